import { describe, expect, it } from 'vitest';
import ar from '../../messages/twin-report/ar.json' with { type: 'json' };
import en from '../../messages/twin-report/en.json' with { type: 'json' };
import es from '../../messages/twin-report/es.json' with { type: 'json' };
import fr from '../../messages/twin-report/fr.json' with { type: 'json' };
import hi from '../../messages/twin-report/hi.json' with { type: 'json' };
import pt from '../../messages/twin-report/pt.json' with { type: 'json' };
import ru from '../../messages/twin-report/ru.json' with { type: 'json' };
import sw from '../../messages/twin-report/sw.json' with { type: 'json' };
import ur from '../../messages/twin-report/ur.json' with { type: 'json' };
import zh from '../../messages/twin-report/zh.json' with { type: 'json' };
import { canSet } from '../set-pdf.ts';
import { TWIN } from '../testing/twinReport.ts';
import { REPORT_LANGUAGES } from './document.ts';
import { twinReportPdf, twinReportPrint } from './twin-report.ts';
import { reportWords } from './words.ts';

const CATALOGUES = { ar, en, es, fr, hi, pt, ru, sw, ur, zh };
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const said = (document: typeof TWIN): string => JSON.stringify(twinReportPrint(document));
const headings = (document: typeof TWIN): readonly string[] => twinReportPrint(document).sections.map(({ heading }) => heading);
const placeholders = (one: string): readonly string[] => (one.match(/\{\w+\}/g) ?? []).toSorted();

describe('the words of a report', () => {
  it.each(REPORT_LANGUAGES)('say in %s all that English says, with the same placeholders, and can be set', (language) => {
    const texts: Readonly<Record<string, string>> = CATALOGUES[language].texts;
    expect(Object.keys(texts)).toEqual(Object.keys(en.texts));
    for (const [key, english] of Object.entries(en.texts)) {
      expect(placeholders(texts[key] ?? ''), key).toEqual(placeholders(english));
      expect(texts[key]?.trim(), key).not.toBe('');
      if (language !== 'en' && english.length > 30) expect(texts[key], key).not.toBe(english);
    }
    expect(canSet(Object.values(texts).join(''))).toBe(true);
    const { number } = reportWords(language);
    expect(canSet([number(-1234.5, 1), number(1_234_567)].join(' '))).toBe(true);
  });

  it('write numbers as the language does, with digits that every reader of a table knows', () => {
    expect(reportWords('fr').number(0.5, 1)).toBe('0,5');
    for (const language of REPORT_LANGUAGES) expect(reportWords(language).number(-1.25, 2)).toMatch(/^−1[.,]25$/);
  });
});

describe('the report of a synthetic twin', () => {
  it.each(REPORT_LANGUAGES)('is set in %s, twice the same bytes, tagged and archival', async (language) => {
    const bytes = await twinReportPdf({ ...TWIN, language });
    expect(text(bytes)).toMatch(/pdfaid:part>2/);
    expect(text(bytes)).toContain('/MarkInfo');
    expect(Buffer.compare(bytes, await twinReportPdf({ ...TWIN, language }))).toBe(0);
    // No placeholder is left.
    const { sections, title, lead } = twinReportPrint({ ...TWIN, language });
    expect(/\{\w+\}/.exec(JSON.stringify({ sections, title, lead }))).toBeNull();
  });

  it('says on every page that it stays with the controller, and first what the guarantee means and what attacks got', () => {
    const print = twinReportPrint(TWIN);
    expect(print.reference).toBe('Stays with the controller · 6f1d7f0a');
    expect(print.lead).toContain('computed from real rows');
    expect(headings(TWIN).slice(0, 3)).toEqual(['The guarantee', 'Attacks, each beside a control', 'Column by column']);
    // An advantage of 0.0865 is 4.3 right guesses of a hundred beyond a coin's fifty: never rounded down.
    expect(said(TWIN)).toContain('right in at most 55 of 100');
    expect(print.sections[0]).toMatchObject({ kind: 'dots', rows: [{ count: 50 }, { count: 5 }] });
    expect(said(TWIN)).toContain('δ = 10⁻⁹');
  });

  it('holds every figure that was measured', () => {
    for (const shown of [
      '1.37 times',
      '0.094 at most',
      'Same columns count: 0.9',
      'Same columns count: not compared',
      '0.917',
      '−2 %',
      'one false alarm in a hundred',
      '2.41 columns',
      'Guessing diagnosis from the rest',
      '18.3 %',
      '0.744',
      'at most 412 MB',
      '1,826 rows a second',
      'b94d27b9',
    ])
      expect(said(TWIN)).toContain(shown);
  });

  it('shows nothing below the control as something beyond it', () => {
    const attacks = twinReportPrint(TWIN).sections[1];
    expect(JSON.stringify(attacks)).not.toContain('−0.1 %');
    expect(attacks).toMatchObject({ kind: 'ranges', scale: ['0', '1'] });
  });

  it('names no guarantee where nobody stated one, and no attack where there was no control', () => {
    const bare = {
      ...TWIN,
      guarantee: null,
      cost: null,
      groups: [],
      judgement: { ...TWIN.judgement, attacks: null, usefulness: [], floor: null, associationFloor: null, propensity: null },
    };
    expect(said(bare)).toContain('No guarantee is known');
    expect(said(bare)).toContain('No attack was tried');
    expect(said(bare)).toContain('too few rows to see');
    expect(said(bare)).not.toContain('ε =');
    expect(headings(bare)).toEqual([
      'The guarantee',
      'Attacks, each beside a control',
      'Column by column',
      'How close is it?',
      'Is it useful?',
      'How rows stand together',
      'Where this comes from',
    ]);
  });

  it.each(['#panic("boom")', ']', '$x', '*a* _b_', '<a>', 'x'.repeat(500), '', '👩‍👩‍👧', 'محمد'])(
    'takes %j as a name, never as markup',
    async (value) => {
      const charts = [{ column: value, distance: 0, bars: [{ value, real: 1, synthetic: 0 }] }];
      const bytes = await twinReportPdf({ ...TWIN, name: value, label: value, columns: [value, 'b', 'c', 'd', 'e'], charts });
      expect(text(bytes.slice(0, 5))).toBe('%PDF-');
    },
  );

  it('goes on over as many pages as its columns need', async () => {
    const [chart] = TWIN.charts;
    const many = Array.from({ length: 60 }, (_, i) => ({ column: `c${i}`, distance: 0, bars: chart?.bars ?? [] }));
    const pages = Number(/\/Type \/Pages\s+\/Count (\d+)/.exec(text(await twinReportPdf({ ...TWIN, charts: many })))?.[1]);
    expect(pages).toBeGreaterThan(3);
  });

  it('wears the band in the sandbox only', () => {
    expect(twinReportPrint(TWIN).band).toContain('SANDBOX');
    expect(twinReportPrint({ ...TWIN, env: 'production' }).band).toBeNull();
  });
});
