import { quoteText } from '../engine.ts';
import { isNamed } from './candidates.ts';
import type { ScanClass } from './classes.ts';
import { type Detector, spansIn } from './detector.ts';
import { ENOUGH_IN_TEXT, evidenceOf } from './evidence.ts';
import { maskText } from './mask-text.ts';
import { type Measured, stepOf, textOfColumn } from './measure.ts';
import type { ScanFinding } from './report.ts';

/** What is looked for in every row, in the engine's own regular expressions (RE2, linear in time): each is plain enough to mean something in one row of millions. */
export const STRONG_SHAPES: readonly string[] = [
  '[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\\.[A-Za-z]{2}',
  '\\b\\d{3}-\\d{2}-\\d{4}\\b',
  '\\b[A-Z]{2}\\d{2} ?[A-Z0-9]{4} ?[A-Z0-9]{4} ?[A-Z0-9]{3}',
  '\\b\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\b',
  '\\b[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}\\b',
  '\\+\\d[\\d ().-]{7,17}\\d',
  '\\(\\d{3}\\) ?\\d{3}-\\d{4}',
  '\\b[3-6]\\d{3}[ -]?\\d{4}[ -]?\\d{4}[ -]?\\d{1,7}\\b',
  '\\b3[47]\\d{2}[ -]?\\d{6}[ -]?\\d{5}\\b',
  '\\b[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\\d-?[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\\d-?[AC-HJKMNP-RT-Y]{2}\\d{2}\\b',
  '\\b\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}\\b',
  '\\b[1-9]\\d{5}(?:19|20)\\d{9}[\\dXx]\\b',
  '\\b(?:bc1|[13])[A-Za-z0-9]{25,62}\\b',
  'https?://',
  '\\brs\\d{4,10}\\b',
  '\\b(?:NOFORN|FOUO|ITAR|CUI|EAR99|USML)\\b',
  '(?i:distribution statement)',
  '\\d:\\d{2}-(?:cr|cv|mj)-\\d{3}',
  '(?i:\\b(?:ssn|social security|passport|passeport|pasaporte|reisepass|nino|nhs|pesel|aadhaar|mrn|cpf|dni|bsn|codice fiscale|personnummer|pan|sin|tfn|iban)\\b)[^\\d\\n]{0,20}\\d',
];

const STRONG = STRONG_SHAPES.join('|');

/** A find with what stands around it. */
export const AROUND = `(?s).{0,60}(?:${STRONG}).{0,60}`;

/** How many of the rows found are brought back to be checked. */
export const BACK = 60;

/** Whether rare finds could hide in a column: it was not read whole, and its values are long enough to hold something. */
export function needsSweep(column: Measured): boolean {
  return (
    stepOf(column) > 1 &&
    column.maxLength >= 7 &&
    !/^(?:DATE|TIME|BOOLEAN|DOUBLE|FLOAT|U?(?:TINY|SMALL|BIG|HUGE)?INT|DECIMAL)/.test(column.type)
  );
}

/** Part of the second pass: how many rows hold something strong, and the surroundings in some of them, chosen by a seeded hash. */
export function sweepSql(column: Measured, seed: number): readonly [count: string, some: string] {
  const text = textOfColumn(column);
  const hit = `FILTER (WHERE regexp_matches(${text}, ${quoteText(STRONG)}))`;
  const around = `regexp_extract(x, ${quoteText(AROUND)})`;
  return [
    `count(*) ${hit}`,
    `CAST(to_json(list_transform(arg_min(${text}, hash(${text}, ${seed}), ${BACK}) ${hit}, lambda x: ${around})) AS VARCHAR)`,
  ];
}

/** What a look through all rows has found. */
export interface Swept {
  readonly rows: number;
  readonly some: readonly string[];
}

/** What `sweepSql` answers. */
export function readSweep(count: unknown, some: unknown): Swept {
  // The engine wrote the list itself.
  const texts: readonly string[] = typeof some === 'string' ? JSON.parse(some) : [];
  return { rows: Number(count ?? 0), some: texts };
}

/** Findings of a sweep: what the detectors make of the rows brought back, each counted for its share of all rows found. */
export function sweptFindings(swept: Swept, column: Measured, detectors: readonly Detector[]): readonly ScanFinding[] {
  if (swept.some.length === 0) return [];
  const hits = new Map<ScanClass, { detector: Detector; texts: readonly string[] }>();
  for (const detector of detectors) {
    const texts = holding(detector, swept.some);
    const known = hits.get(detector.class);
    if (texts.length === 0) continue;
    hits.set(detector.class, { detector: known?.detector ?? detector, texts: [...new Set([...(known?.texts ?? []), ...texts])] });
  }
  return [...hits].map(([name, { detector, texts }]) => {
    const rows = (texts.length / swept.some.length) * swept.rows;
    return {
      class: name,
      rateRows: Math.min(1, rows / Math.max(1, column.filled)),
      rateDistinct: Math.min(1, rows / Math.max(1, column.distinct)),
      confidence: detector.validator === undefined ? 0.7 : 0.8,
      by: 'values' as const,
      inText: true,
      ...(detector.validator === undefined ? {} : { validator: detector.validator }),
      examples: texts.slice(0, 3).map((text) => maskText(text.trim())),
    };
  });
}

/** The texts that hold something of the detector's: a find counts where it needs nothing, where chance would hardly make so many, or where words name it. */
function holding(detector: Detector, texts: readonly string[]): readonly string[] {
  const found = texts.map((text) => ({ text, ...spansIn(detector, text) }));
  const [hits, tries] = [found.reduce((sum, one) => sum + one.hits.length, 0), found.reduce((sum, one) => sum + one.shaped, 0)];
  // Where nothing is checked, what speaks is how many texts have the shape.
  const tried = detector.valid === undefined ? Math.max(hits, texts.length) : tries;
  const enough = detector.needs !== 'context' && evidenceOf(hits, tried, Math.min(detector.chance, 0.9)) >= ENOUGH_IN_TEXT;
  const named = ({ text, hits: spans }: (typeof found)[number]): boolean =>
    spans.some((span) => isNamed(detector.class, text, span));
  return found.filter((one) => one.hits.length > 0 && (enough || named(one))).map(({ text }) => text);
}
