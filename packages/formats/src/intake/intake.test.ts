import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { utf8 } from '@comity/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FINDINGS } from '../hi1/finding.ts';
import { DOUBTS, DRAFT_FIELDS, type DraftValue, OPEN_CODES } from './draft.ts';
import { draftFromFile, FILE_KINDS } from './draft-file.ts';

const drafted = (kind: 'pdf' | 'eml' | 'txt', content: string | Uint8Array) => {
  const draft = draftFromFile(kind, typeof content === 'string' ? utf8(content) : content);
  if (!draft.ok) throw new Error(JSON.stringify(draft.refusal));
  return draft.value;
};
const found = (text: string): readonly DraftValue[] => drafted('txt', text).values;
const pairs = (text: string) => found(text).map(({ field, value, reads }) => [field, value, reads]);

const LETTER = `Staatsanwaltschaft Bremen
Aktenzeichen: 330 Js 17/26

Emergency: we ask for subscriber data and traffic data of m.duarte@skymail.example,
+351 21 000 0000 and 192.0.2.7 from 2026-03-01 08:00 to 2026-03-02T09:30:00+01:00
under Regulation (EU) 2023/1543 and § 100k Abs. 1 StPO. Device 490154203237518.
It is necessary and proportionate because the account received the proceeds.`;

describe('a text that came', () => {
  it('is proposed value by value, each with its place in it', () => {
    expect(pairs(LETTER)).toEqual([
      ['reference', '330 Js 17/26', undefined],
      ['emergency', 'Emergency', undefined],
      ['data', 'subscriber data', 'subscriber'],
      ['data', 'traffic data', 'traffic'],
      ['identifier', 'm.duarte@skymail.example', 'email'],
      ['identifier', '+351 21 000 0000', 'phone'],
      ['identifier', '192.0.2.7', 'ip_address'],
      ['time', '2026-03-01 08:00', undefined],
      ['time', '2026-03-02T09:30:00+01:00', '2026-03-02T08:30:00.000Z'],
      ['legal-basis', 'Regulation (EU) 2023/1543', undefined],
      ['legal-basis', '§ 100k Abs. 1 StPO', undefined],
      ['identifier', '490154203237518', 'imei'],
    ]);
    for (const { value, place, by } of found(LETTER)) {
      expect(place.kind === 'text' && LETTER.slice(place.from, place.to)).toBe(value);
      expect(by).toBe('machine');
    }
  });

  it('never has its necessity proposed', () => {
    expect(DRAFT_FIELDS).not.toContain('necessity');
    expect(JSON.stringify(found(LETTER))).not.toContain('proportionate');
  });

  it('has its times flagged that name no zone, and its dates that can be read in two ways', () => {
    const doubts = (text: string) => found(text).map(({ reads, doubts: given }) => [reads, given]);
    expect(doubts('2026-03-01 08:00')).toEqual([[undefined, ['zone-missing']]]);
    expect(doubts('2026-03-01 08:00 UTC')).toEqual([['2026-03-01T08:00:00.000Z', []]]);
    expect(doubts('03/04/2026')).toEqual([[undefined, ['date-ambiguous', 'zone-missing']]]);
    expect(doubts('23/04/2026')).toEqual([['2026-04-23', ['zone-missing']]]);
    expect(doubts('04/23/2026')).toEqual([['2026-04-23', ['zone-missing']]]);
    expect(doubts('3.4.2026, 9:15')).toEqual([[undefined, ['zone-missing']]]);
    expect(doubts('31.02.2026')).toEqual([[undefined, ['zone-missing']]]);
  });

  it('tells a device number that cannot be one', () => {
    expect(found('490154203237519')[0]?.doubts).toEqual(['checksum']);
  });

  it('may be any bytes at all, also hostile ones, and is answered soon', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(...FILE_KINDS), (bytes, kind) => {
        expect(typeof draftFromFile(kind, bytes).ok).toBe('boolean');
      }),
    );
    const started = performance.now();
    for (const piece of ['a@', 'a.', '1:', '::', '+1 ', '1.', '=?', '<a', 'reference: ', '1-'])
      expect(drafted('txt', piece.repeat(100_000)).readable).toBe(true);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

const MAIL = [
  'From: =?utf-8?B?U3RBIEJyZW1lbiDinJM=?= <post@sta-bremen.example>',
  'To: orders@skymail.example',
  'Subject: =?iso-8859-1?Q?Ersuchen_f=FCr_17/26?=',
  'Date: Thu, 26 Nov 2026 10:00:00 +0100',
  'Content-Type: multipart/mixed; boundary="b1"',
  '',
  'preamble',
  '--b1',
  'Content-Type: multipart/alternative; boundary=b2',
  '',
  '--b2',
  'Content-Type: text/plain; charset=iso-8859-1',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'Bestandsdaten f=FCr ana@exam=',
  'ple.org',
  '--b2',
  'Content-Type: text/html',
  '',
  '<p>other@example.org</p>',
  '--b2--',
  '--b1',
  'Content-Type: application/pdf; name="order.pdf"',
  'Content-Disposition: attachment; filename="order.pdf"',
  'Content-Transfer-Encoding: base64',
  '',
  'JVBERi0xLjcK',
  '--b1--',
].join('\r\n');

describe('an e-mail that came', () => {
  it('is read by its parts, and its headers prove nothing', () => {
    const draft = drafted('eml', MAIL);
    expect(draft.text).toBe('Bestandsdaten für ana@example.org');
    expect(draft.values.map(({ field, value, by, doubts }) => [field, value, by, doubts[0]])).toEqual([
      ['authority', 'StA Bremen ✓ <post@sta-bremen.example>', 'sender', 'unproven'],
      ['addressee', 'orders@skymail.example', 'sender', 'unproven'],
      ['issued', 'Thu, 26 Nov 2026 10:00:00 +0100', 'sender', 'unproven'],
      ['reference', 'Ersuchen für 17/26', 'sender', 'unproven'],
      ['data', 'Bestandsdaten', 'machine', 'meaning'],
      ['identifier', 'ana@example.org', 'machine', undefined],
    ]);
    expect(draft.open).toEqual([{ code: 'attachment', path: 'order.pdf' }]);
  });

  it('of HTML alone gives its words, without what would run, and says so', () => {
    const draft = drafted(
      'eml',
      'From: a@b.example\nContent-Type: text/html\n\n<script>x@y.example</script><p>z@y.example&amp;</p>',
    );
    expect([draft.text, draft.open]).toEqual(['z@y.example&\n', [{ code: 'html-only', path: '' }]]);
  });
});

const XML = `<?xml version="1.0" encoding="UTF-8"?>
<f:Form xmlns:f="http://data.europa.eu/edm/1/ns/forms/EPOC-FORM_1#" xmlns:e="http://data.europa.eu/edm/1/ns/epoc">
  <f:SectionB><e:Addressee><e:Authority><e:NameOfAuthority>Skymail Cloud Ltd</e:NameOfAuthority></e:Authority>
    <e:ServiceProviderConcerned><e:TechnicalIdentifier><e:Country>IE</e:Country><e:NationalId>ie-skymail</e:NationalId></e:TechnicalIdentifier></e:ServiceProviderConcerned></e:Addressee>
    <e:EmergencyCase>false</e:EmergencyCase></f:SectionB>
  <f:SectionC><e:DataProductionInRelationToDeadline>AS_SOON_AS_POSSIBLE</e:DataProductionInRelationToDeadline>
    <e:DataProductionInRelationToDeadline>AT_THE_END_OF_TEN_DAYS</e:DataProductionInRelationToDeadline></f:SectionC>
  <f:SectionE>
    <e:Evidence><e:Identifier><e:Id>1</e:Id><e:Type>EMAIL</e:Type><e:Value>ana@example.org</e:Value><e:DateTimeRange><e:Start>2026-03-01T00:00:00+01:00</e:Start><e:End>2026-04-01T00:00:00+02:00</e:End></e:DateTimeRange></e:Identifier>
      <e:DataCategories><e:Subscriber><e:Option>PUK_CODES_INFORMATION</e:Option></e:Subscriber><e:Traffic><e:OtherText>and all else</e:OtherText></e:Traffic></e:DataCategories></e:Evidence>
    <e:Evidence><e:Identifier><e:Id>2</e:Id><e:Type>IP_ADDRESS_RANGE</e:Type><e:Value>192.0.2.0-192.0.2.9</e:Value></e:Identifier><e:DataCategories><e:Subscriber/></e:DataCategories></e:Evidence>
    <e:Evidence><e:Identifier><e:Id>3</e:Id><e:Type>PHONE_NUMBER</e:Type><e:Value>+351 21 000 0000</e:Value></e:Identifier><e:DataCategories><e:Content/></e:DataCategories></e:Evidence>
  </f:SectionE>
  <f:SectionI><e:Type>PUBLIC_PROSECUTOR</e:Type><e:SignatureOfAuthority><e:Date>2026-11-26+01:00</e:Date></e:SignatureOfAuthority></f:SectionI>
  <f:SectionX><e:Surprise>kept</e:Surprise></f:SectionX>
</f:Form>`;

describe('a form of the Commission that came in XML', () => {
  const draft = drafted('txt', XML);

  it('is read by the names that were observed: one item for each identifier and type of data', () => {
    expect(
      draft.items.map(({ item, identifier, said, doubts }) => [item.id, item.category, identifier.value, said, doubts]),
    ).toEqual([
      ['1.1', 'subscriber', 'ana@example.org', 'PUK_CODES_INFORMATION', ['zone-missing']],
      ['1.2', 'traffic', 'ana@example.org', 'and all else', ['zone-missing', 'meaning']],
      ['3', 'content', '+351210000000', undefined, []],
    ]);
    expect(draft.items[0]?.item.period).toEqual({ from: '2026-02-28T23:00:00.000Z', until: '2026-03-31T22:00:00.000Z' });
  });

  it('keeps a day a day, flags both ten-day boxes and ranges, and drops nothing', () => {
    const of = (field: string) =>
      draft.values.filter((value) => value.field === field).map(({ value, doubts }) => [value, doubts]);
    expect(of('approval')).toEqual([['SectionI: PUBLIC_PROSECUTOR, 2026-11-26', []]]);
    expect(of('deadline')).toEqual([
      ['AS_SOON_AS_POSSIBLE', ['meaning']],
      ['AT_THE_END_OF_TEN_DAYS', ['meaning']],
    ]);
    expect(of('identifier')).toEqual([['IP_ADDRESS_RANGE 192.0.2.0-192.0.2.9', ['meaning']]]);
    expect(of('addressee')).toEqual([
      ['Skymail Cloud Ltd', []],
      ['IE ie-skymail', []],
    ]);
    expect(draft.open).toEqual([{ code: 'unplaced', path: 'Form/SectionX/Surprise' }]);
  });

  it('warns where section M came along, and expands no entity', () => {
    const leaked = XML.replace('<f:SectionX>', '<f:SectionM><e:Necessity>x</e:Necessity></f:SectionM><f:SectionX>');
    expect(drafted('txt', leaked).open[0]).toEqual({ code: 'section-m', path: 'SectionM' });
    const bomb = XML.replace('<f:Form', '<!DOCTYPE f [<!ENTITY x "y">]><f:Form');
    expect(drafted('txt', bomb).items).toEqual([]);
  });
});

describe('a file that came', () => {
  it('as PDF waits for the clerk, and is refused when it is none', () => {
    expect(drafted('pdf', '%PDF-1.7\n')).toEqual({ values: [], items: [], open: [], readable: false });
    expect(draftFromFile('pdf', utf8('MZ'))).toMatchObject({ ok: false, refusal: { code: 'import-unreadable' } });
    expect(draftFromFile('eml', utf8('no headers'))).toMatchObject({ ok: false });
    expect(drafted('txt', Uint8Array.of(0xff)).open).toEqual([{ code: 'text-unreadable', path: '' }]);
  });
});

const CATALOGUES = ['en', 'fr', 'ar'].map((language) => ({
  language,
  words: JSON.parse(readFileSync(resolve(import.meta.dirname, `../../messages/intake/${language}.json`), 'utf8')) as Record<
    string,
    string
  >, // our own file
}));

describe('the words on what came', () => {
  it.each(CATALOGUES)('name every field, doubt and obstacle, and nothing else, in $language', ({ words }) => {
    const { meta: _, ...said } = words;
    const expected = [
      ...DRAFT_FIELDS.map((field) => `draft.field.${field}`),
      ...DOUBTS.map((doubt) => `draft.doubt.${doubt}`),
      ...OPEN_CODES.map((code) => `draft.open.${code}`),
      ...['sender', 'machine'].map((by) => `draft.by.${by}`),
      ...['hi1', ...FILE_KINDS].map((kind) => `import.kind.${kind}`),
      ...['quarantined', 'proposed', 'taken-up', 'refused', 'withdrawn'].map((state) => `import.state.${state}`),
      ...['not-authentic', 'not-competent', 'incomplete', 'not-for-us', 'duplicate', 'other-way'].map(
        (reason) => `import.reason.${reason}`,
      ),
    ];
    expect(Object.keys(said).sort()).toEqual(expected.sort());
    expect(Object.keys(FINDINGS).filter((code) => (OPEN_CODES as readonly string[]).includes(code))).toEqual([]);
  });
});
