import { canonicalJson, ok, type Result, refuse, type Sha256, toHex, utf8 } from '@comity/core';
import { code, type Line, note, type Print, plain, type Section, strong } from '../print.ts';
import { canSet, setPdf } from '../set-pdf.ts';
import { fileDate, wallClock } from '../zoned.ts';
import { type NoticeDocument, noticeCode } from './document.ts';
import { noticeWords } from './notice-words.ts';

/** The digest of a notice: the act that says that the person was told carries it, and the code is its beginning. */
export function noticeDigest(document: NoticeDocument, sha256: Sha256): string {
  return toHex(sha256(utf8(`comity/notice/v1\n${canonicalJson(document)}`)));
}

/** What is printed, before it is set. */
export function noticePrint(document: NoticeDocument, digest: string): Print {
  const { lang, dir, texts } = noticeWords(document.language);
  return {
    ...{ lang, dir },
    title: texts.title,
    lead: texts.lead,
    issuer: document.authority,
    reference: document.reference,
    band: document.env === 'sandbox' ? texts['band.sandbox'] : null,
    date: fileDate(document.issued),
    foot: { label: texts['foot.digest'], digest, page: texts.page },
    sections: [
      ...addressed(document),
      request(document),
      ...delay(document),
      remedies(document),
      check(document, digest),
      draft(document),
    ],
  };
}

/** The notice as PDF. Refuses `language-not-printable` where the fonts that come with the program lack the language: a letter that cannot be read tells nobody. `noticeText` gives it as text. */
export async function noticePdf(document: NoticeDocument, digest: string): Promise<Result<Uint8Array>> {
  const { texts } = noticeWords(document.language);
  if (!canSet(Object.values(texts).join('')))
    return refuse('language-not-printable', 'language', { language: document.language });
  return ok(setPdf(noticePrint(document, digest)));
}

/** The notice as plain text, in every language: to be set by whoever has the fonts, read out, or sent. */
export function noticeText(document: NoticeDocument, digest: string): string {
  const print = noticePrint(document, digest);
  const lines = print.sections.flatMap((section): readonly string[] => {
    const body =
      section.kind === 'pairs'
        ? section.rows.flatMap(({ label, lines: told }) =>
            told.map((line, index) => `${index === 0 && label !== '' ? `${label}: ` : '  '}${labelled(line)}`),
          )
        : section.kind === 'text'
          ? section.lines.map(labelled)
          : [];
    return ['', section.heading, ...body];
  });
  return `${[...(print.band === null ? [] : [print.band, '']), print.title, '', print.lead ?? '', ...lines, '', `${print.foot.label}: ${digest}`].join('\n')}\n`;
}

function labelled({ label, text }: Line): string {
  return label === undefined ? text : `${label} ${text}`;
}

function addressed({ person }: NoticeDocument): readonly Section[] {
  return [
    { kind: 'text', heading: person.name, lines: person.address === undefined ? [] : person.address.split('\n').map(plain) },
  ];
}

function request(document: NoticeDocument): Section {
  const { texts } = noticeWords(document.language);
  const { authority, reference, holder, ordered, basis, data, state, zone } = document;
  const told = data.flatMap(({ category, identifier, period }): readonly Line[] => [
    plain(texts[`category.${category}`]),
    code(identifier),
    ...(period === undefined
      ? []
      : [{ text: `${wallClock(period.from, zone)} – ${wallClock(period.until, zone)} ${zone}`, style: 'minor' as const }]),
  ]);
  const rows: readonly (readonly [string, readonly Line[]])[] = [
    [texts['label.authority'], [strong(authority)]],
    [texts['label.reference'], [code(reference)]],
    [texts['label.holder'], [plain(holder)]],
    [texts['label.data'], told],
    [texts['label.ordered'], [code(ordered)]],
    [texts['label.basis'], [plain(basis)]],
    [texts['label.state'], [plain(texts[`state.${state}`])]],
  ];
  return { kind: 'pairs', heading: texts['heading.request'], rows: rows.map(([label, lines]) => ({ label, lines })) };
}

function delay({ language, delay: reason }: NoticeDocument): readonly Section[] {
  const { texts } = noticeWords(language);
  return reason === undefined
    ? []
    : [{ kind: 'text', heading: texts['heading.delay'], lines: [plain(texts['delay.text']), plain(reason)] }];
}

function remedies({ language, remedies: given, contact }: NoticeDocument): Section {
  const { texts } = noticeWords(language);
  return {
    kind: 'pairs',
    heading: texts['heading.remedies'],
    rows: [
      { label: '', lines: [plain(texts['remedies.text']), plain(texts['remedies.accused'])] },
      { label: texts['label.court'], lines: [plain(given.court)] },
      { label: texts['label.limit'], lines: [plain(given.limit)] },
      { label: texts['label.how'], lines: [plain(given.how)] },
      { label: texts['label.contact'], lines: [plain(contact)] },
    ],
  };
}

function check({ language, check: address }: NoticeDocument, digest: string): Section {
  const { texts } = noticeWords(language);
  return {
    kind: 'pairs',
    heading: texts['heading.check'],
    rows: [
      { label: '', lines: [plain(texts['check.text'])] },
      { label: texts['label.code'], lines: [code(noticeCode(digest))] },
      { label: texts['label.address'], lines: [code(address)] },
    ],
  };
}

function draft({ language }: NoticeDocument): Section {
  const { texts } = noticeWords(language);
  return { kind: 'text', heading: '', lines: [note(texts['note.draft'])] };
}
