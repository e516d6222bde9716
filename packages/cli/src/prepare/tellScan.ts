import { factsOfClass, type ScanColumn, type ScanFacts, type ScanRegime, type ScanReport } from '@comity/prepare';
import { say, sayScan } from '../words.ts';

type Row = readonly [column: string, holds: string, rows: string, sure: string, counts: string];

/** Longest name of a column that the table shows whole. */
const NAME = 32;

/** Which columns fall under which group of rules. */
export function regimesOf(report: ScanReport): ReadonlyMap<ScanRegime, readonly string[]> {
  const found = new Map<ScanRegime, string[]>();
  for (const column of report.columns) {
    for (const regime of new Set(column.classes.flatMap((one) => factsOfClass(one.class).regimes)))
      found.set(regime, [...(found.get(regime) ?? []), column.name]);
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A report as lines for a person. */
export function scanLines(report: ScanReport, facts: ScanFacts | undefined): readonly string[] {
  const { columns, rows, header } = report;
  const open = columns.filter((one) => one.classes.length === 0).length;
  const regimes = [...regimesOf(report)].map(([regime, names]) =>
    say('scan.rule', { regime: sayScan(`regime.${regime}`), columns: names.join(', ') }),
  );
  return [
    say('scan.shape', { rows: number(rows), columns: number(columns.length) }),
    ...(report.table === undefined ? [] : [say('scan.table', { ...report.table })]),
    ...(header ? [] : [sayScan('no-header')]),
    '',
    ...table(columns.flatMap(rowsOf)),
    '',
    ...(open === 0 ? [] : [say('scan.unknown', { count: number(open), columns: number(columns.length) })]),
    ...(regimes.length === 0 ? [] : [say('scan.rules'), ...regimes.map((line) => `  ${line}`)]),
    ...peopleLines(report, facts),
    say('scan.limits'),
  ];
}

function peopleLines(report: ScanReport, facts: ScanFacts | undefined): readonly string[] {
  const bulk = facts?.bulk ?? [];
  const people =
    report.subjects === null
      ? say('scan.no-subject')
      : say('scan.subjects', { count: number(report.subjects.distinct), column: report.subjects.column });
  const lines = bulk.map(({ category, over, alone }) =>
    say('scan.bulk', { regime: sayScan(`regime.us-dsp:${category}`), over: number(over), says: sayScan(`bulk.${alone}`) }),
  );
  return [people, ...lines, ...(bulk.length === 0 ? [] : [sayScan('unknown-us')])];
}

function rowsOf(column: ScanColumn): readonly Row[] {
  const name = column.name.length > NAME ? `${column.name.slice(0, NAME - 1)}…` : column.name;
  const counts = column.identifying ? say('scan.identifying') : '';
  if (column.classes.length === 0) return [[name, say('scan.nothing'), '', '', counts]];
  return column.classes.map((one, i) => [
    i === 0 ? name : '',
    `${sayScan(`class.${one.class}`)}${one.inText ? ` (${sayScan('in-text')})` : ''}`,
    share(one.rateRows),
    one.confidence.toFixed(2),
    i === 0 ? counts : '',
  ]);
}

function share(rate: number): string {
  const percent = rate * 100;
  return percent > 0 && percent < 0.1 ? '< 0.1 %' : `${percent.toFixed(percent === 100 ? 0 : 1)} %`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}

function table(rows: readonly Row[]): readonly string[] {
  const head: Row = [say('scan.head.column'), say('scan.head.holds'), say('scan.head.rows'), say('scan.head.sure'), ''];
  const all = [head, ...rows];
  const widths = [0, 1, 2, 3].map((i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
