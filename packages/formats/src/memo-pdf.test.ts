import { describe, expect, it } from 'vitest';
import { memoPdf, memoPrint } from './memo-pdf.ts';
import { MEMO } from './testing/memo.ts';
import { WORDS } from './words.ts';

const { en } = WORDS;
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const headings = (document: typeof MEMO): readonly string[] => memoPrint(document, en).sections.map(({ heading }) => heading);

describe('a memo for counsel', () => {
  it.each(Object.entries(WORDS))('is set in %s, twice the same bytes, tagged and archival', async (_, words) => {
    const bytes = await memoPdf(MEMO, words);
    expect(text(bytes)).toMatch(/pdfaid:part>2/);
    expect(text(bytes)).toContain('/MarkInfo');
    expect(Buffer.compare(bytes, await memoPdf(MEMO, words))).toBe(0);
  });

  it('begins with the verdict, and beside it how well the law was confirmed and that nobody has reviewed it', () => {
    const [answer] = memoPrint(MEMO, en).sections;
    const said = JSON.stringify(answer);
    expect(said).toContain('laws collide');
    expect(said).toContain('secondary source only');
    expect(said).toContain('the law of Côte d’Ivoire itself');
    expect(said).toContain('not been reviewed by counsel');
    const sure = memoPrint(
      { ...MEMO, confirmed: 'official', packs: MEMO.packs.map((pack) => ({ ...pack, reviewed: true })) },
      en,
    );
    expect(JSON.stringify(sure.sections[0])).not.toContain('secondary');
    expect(JSON.stringify(sure.sections[0])).not.toContain('not been reviewed');
  });

  it('holds every rule with its citation and how it was confirmed, every duty, question, way, fact and pack', () => {
    const said = JSON.stringify(memoPrint(MEMO, en));
    for (const shown of [
      '28 CFR 202.401(a)',
      'us.hipaa.504e',
      'Waits for: Exporter’s roles',
      'US CLOUD Act (18 USC 2713) demands what EU GDPR',
      '45 CFR 164.504(e)(2)(ii)(J)',
      'Safeguards: all CISA Security Requirements',
      'Texas SB 1188',
      'Share held from countries of concern',
      '12,000',
      MEMO.packs[0]?.sha256 ?? '-',
      'not reviewed by counsel',
    ])
      expect(said).toContain(shown);
  });

  it('leaves out what there is none of', () => {
    const short = { ...MEMO, conflicts: [], duties: [], open: [], ways: [], never: [], notAssessed: [], silent: [], regimes: [] };
    expect(headings(short)).toEqual(['The answer', 'Facts as given (3)', 'Law packs that were applied']);
  });

  it('wears the band in the sandbox only', () => {
    expect(memoPrint(MEMO, en).band).toContain('SANDBOX');
    expect(memoPrint({ ...MEMO, env: 'production' }, en).band).toBeNull();
  });
});
