import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certificatePrint, destructionCertificatePdf } from './destruction-certificate-pdf.ts';
import { orderPdf, orderPrint } from './order-pdf.ts';
import { DESTRUCTION, ORDER } from './testing/documents.ts';
import { WORDS } from './words.ts';

const { en, ar } = WORDS;
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const pagesOf = (bytes: Uint8Array): number => Number(/\/Type \/Pages\s+\/Count (\d+)/.exec(text(bytes))?.[1]);
const [first] = ORDER.items;
const withIdentifier = (value: string) => {
  if (first === undefined) throw new Error('the sample order has items');
  return { ...ORDER, items: [{ ...first, identifier: { type: 'user_id', value } as const }] };
};

describe('printed documents', () => {
  it.each(Object.entries(WORDS))('are set in %s, twice the same bytes, tagged and archival', async (_, words) => {
    for (const once of [() => orderPdf(ORDER, words), () => destructionCertificatePdf(DESTRUCTION, words)]) {
      const bytes = await once();
      expect(text(bytes.slice(0, 5))).toBe('%PDF-');
      expect(text(bytes)).toMatch(/pdfaid:part>2/);
      expect(text(bytes)).toContain('/MarkInfo');
      expect(Buffer.compare(bytes, await once())).toBe(0);
    }
  });

  it.each([
    '#panic("boom")',
    '#{',
    ']',
    '$x',
    '*a* _b_ `c`',
    '"\\',
    '@label',
    '<a>',
    '= h',
    '#import "/etc/passwd"',
    ' ',
    'x'.repeat(3000),
  ])('take %j as a value, never as markup', async (value) => {
    const bytes = await orderPdf({ ...withIdentifier(value), title: value, reference: value, issuer: value, lead: value }, en);
    expect(pagesOf(bytes)).toBeGreaterThan(0);
  });

  it('set every text, also what the fonts lack', async () => {
    for (const value of ['张伟', 'किरण', '👩‍👩‍👧 ✓', '\u202Eelpmaxe', 'a\u0000b', '\uD800', 'Đặng Văn Ích', 'محمد ۱۲۳']) {
      expect(pagesOf(await orderPdf(withIdentifier(value), ar))).toBeGreaterThan(0);
    }
  });

  it('set any text at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { minLength: 5, maxLength: 30 }), async (texts) => {
        const basis = texts.map((text) => ({ text, cite: text }));
        const approvals = texts.map((text) => ({ role: text, person: text, party: text, at: ORDER.issued }));
        expect(pagesOf(await orderPdf({ ...ORDER, basis, approvals }, ar))).toBeGreaterThan(0);
      }),
      { numRuns: 15 },
    );
  });

  it('differ when one value differs', async () => {
    const [one, other] = [await orderPdf(withIdentifier('a1'), en), await orderPdf(withIdentifier('a2'), en)];
    expect(Buffer.compare(one, other)).not.toBe(0);
  });

  it('go on over as many pages as they need', async () => {
    const items = Array.from({ length: 120 }, (_, i) => withIdentifier(`user-${i}`).items).flat();
    expect(pagesOf(await orderPdf({ ...ORDER, items }, en))).toBeGreaterThan(5);
  });

  it('wear the band in the sandbox only', () => {
    expect(orderPrint(ORDER, en).band).toContain('SANDBOX');
    expect(orderPrint({ ...ORDER, env: 'production' }, en).band).toBeNull();
    expect(certificatePrint(DESTRUCTION, en).band).toContain('SANDBOX');
    expect(certificatePrint({ ...DESTRUCTION, env: 'production' }, en).band).toBeNull();
  });

  it('show both ends of a period on the wall clock of its zone and in UTC', () => {
    const items = JSON.stringify(orderPrint(ORDER, en).sections.find(({ heading }) => heading.startsWith('What is asked')));
    for (const shown of [
      '2026-03-01 00:00:00',
      '2026-04-01 01:00:00',
      'Europe/Lisbon',
      '2026-04-01 00:00:00 UTC',
      '2026-05-03 22:00:00.250 UTC',
    ]) {
      expect(items).toContain(shown);
    }
  });

  it('refuse a zone that does not exist', async () => {
    await expect(orderPdf({ ...ORDER, zone: 'Europe/Atlantis' }, en)).rejects.toThrow(TypeError);
  });

  it('state that the keys had no other copy, or list the copies', () => {
    expect(JSON.stringify(certificatePrint(DESTRUCTION, en))).toContain('never had another copy');
    const listed = JSON.stringify(certificatePrint({ ...DESTRUCTION, otherKeyCopies: ['safe 4, envelope 12'] }, en));
    expect(listed).toContain('safe 4, envelope 12');
    expect(listed).not.toContain('never had another copy');
  });
});
