import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canSet } from '../set-pdf.ts';
import { WORDS } from '../words.ts';
import { MLA_GAPS, type MlaDocument, NOTICE_LANGUAGES, type NoticeDocument, noticeCode } from './document.ts';
import { mlaGaps, mlaPdf, mlaPrint } from './mla.ts';
import { MLA_WORDS } from './mla-words.ts';
import { noticeDigest, noticePdf, noticeText } from './notice.ts';
import { noticeWords } from './notice-words.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const period = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' };

const NOTICE: NoticeDocument = {
  v: 1,
  env: 'sandbox',
  language: 'en',
  person: { name: 'Ana Duarte', address: 'Rua da Prata 1\nLisboa' },
  authority: 'Ministério Público, DIAP Lisboa',
  reference: 'P-17/26',
  holder: 'Skymail Cloud Ltd',
  ordered: '2026-11-26',
  basis: 'Regulation (EU) 2023/1543',
  zone: 'Europe/Lisbon',
  data: [
    { category: 'subscriber', identifier: 'ana@example.org' },
    { category: 'traffic', identifier: 'ana@example.org', period },
  ],
  state: 'delivered',
  delay: 'The inquiry would have been known too early.',
  remedies: { court: 'Tribunal Central', limit: '30 days', how: 'in writing' },
  contact: 'DIAP Lisboa',
  check: 'https://desk.example/public/notices',
  issued: '2026-11-26T10:00:00.000Z',
  nonce: '00112233445566778899aabbccddeeff',
};
const DIGEST = noticeDigest(NOTICE, sha256);

describe('the notice to a person', () => {
  it.each(NOTICE_LANGUAGES)('says in %s all that it says in English, with the same placeholders', (language) => {
    const [words, english] = [noticeWords(language), noticeWords('en')];
    expect(Object.keys(words.texts)).toEqual(Object.keys(english.texts));
    const placeholders = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();
    for (const [key, text] of Object.entries(english.texts)) {
      const said = words.texts[key as keyof typeof words.texts];
      expect(said.trim(), key).not.toBe('');
      expect(placeholders(said), key).toEqual(placeholders(text));
      // A translation, not a copy: short labels may be the same in two languages.
      if (language !== 'en' && text.length > 30) expect(said, key).not.toBe(text);
    }
  });

  it.each(NOTICE_LANGUAGES)('is text in %s, and a PDF where the fonts have the language', async (language) => {
    const document = { ...NOTICE, language };
    const text = noticeText(document, DIGEST);
    for (const told of ['Ana Duarte', 'P-17/26', noticeCode(DIGEST), '30 days', 'Tribunal Central']) expect(text).toContain(told);
    const pdf = await noticePdf(document, DIGEST);
    expect(pdf.ok && Buffer.from(pdf.value.slice(0, 5)).toString()).toBe('%PDF-');
    expect(canSet(Object.values(noticeWords(language).texts).join(''))).toBe(true);
    expect(canSet('\u65e5\u672c')).toBe(true);
    // No font for it, or one that looks like another letter: it stands as its number.
    for (const character of ['\u0f40', '\uff21', '\ud55c']) expect(canSet(character)).toBe(false);
  });

  it('has a code that is the beginning of its digest, which changes with every word and every nonce', () => {
    expect(noticeCode(DIGEST)).toMatch(/^[0-9a-f]{4}(-[0-9a-f]{4}){4}$/);
    expect(DIGEST.startsWith(noticeCode(DIGEST).replaceAll('-', ''))).toBe(true);
    expect(noticeDigest({ ...NOTICE, state: 'open' }, sha256)).not.toBe(DIGEST);
    expect(noticeDigest({ ...NOTICE, nonce: 'ff'.repeat(16) }, sha256)).not.toBe(DIGEST);
  });

  it('tells the remedies whatever else it tells', () => {
    const { delay: _delay, ...soon } = NOTICE;
    const text = noticeText(soon, DIGEST);
    expect(text).toContain('You can have a court examine');
    expect(text).not.toContain('Why only now');
  });
});

const REQUEST: MlaDocument = {
  v: 1,
  env: 'sandbox',
  reference: 'MLA-3/26',
  issued: '2026-11-26T10:00:00.000Z',
  zone: 'Europe/Lisbon',
  requesting: 'Ministério Público, DIAP Lisboa',
  centralOut: 'Procuradoria-Geral da República',
  centralIn: 'Ministry of Justice',
  treaty: 'UNTOC art. 18',
  subject: 'Criminal investigation',
  facts: 'Computer fraud of March 2026.',
  offence: 'Código Penal art. 221',
  maxPenaltyYears: 5,
  purpose: 'criminal-investigation',
  necessity: 'Who opened the account cannot be learnt otherwise.',
  language: 'English',
  deathPenaltyPossible: false,
  items: [{ id: 'i1', identifier: { type: 'email', value: 'ana@example.org' }, category: 'traffic', period }],
  annexes: [{ title: 'Text of the provisions', sha256: 'ab'.repeat(32) }],
  digest: 'cd'.repeat(32),
};

describe('a request for mutual assistance', () => {
  it.each(['en', 'fr', 'ar'] as const)('is a letter in %s with its annexes by digest, twice the same bytes', async (language) => {
    const words = { general: WORDS[language], own: MLA_WORDS[language] };
    const pdf = await mlaPdf(REQUEST, words);
    expect(Buffer.compare(pdf, await mlaPdf(REQUEST, words))).toBe(0);
    expect(JSON.stringify(mlaPrint(REQUEST, words))).toContain('ab'.repeat(32));
    expect(Object.keys(MLA_WORDS[language])).toEqual(Object.keys(MLA_WORDS.en));
  });

  it('says on itself what is still missing', () => {
    expect(mlaGaps(REQUEST)).toEqual([]);
    const { treaty: _treaty, language: _language, ...rest } = REQUEST;
    const bare = {
      ...rest,
      requesting: '',
      centralIn: ' ',
      subject: '',
      facts: '',
      offence: '',
      items: [],
      purpose: '',
      necessity: '',
      deathPenaltyPossible: true,
    };
    expect(mlaGaps(bare)).toEqual(MLA_GAPS);
    const print = JSON.stringify(mlaPrint(bare, { general: WORDS.en, own: MLA_WORDS.en }));
    expect(print).toContain('Still missing');
    expect(print).toContain('assurances where the death penalty is possible');
  });
});
