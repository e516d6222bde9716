import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkSource, type ScanClass, type ScanReport, scanBeside } from '@comity/prepare';
import { DuckDBInstance, version } from '@duckdb/node-api';
// Tables whose truth is known; they are no part of the package's public door.
import { seededDice } from '../../../packages/prepare/src/testing/seeded.ts';
import { TABLES, type TestColumn, textOfTable } from '../../../packages/prepare/src/testing/tables.ts';
import { BOTH, labelByPresidio } from '../scan/presidio.ts';
import { type Bench, comparison, type Sheet } from '../sheet.ts';
import { machine } from '../versions.ts';

const ROWS = 400;
const MANY = 10_000_000;
const MISSING =
  'Presidio is not here. Make a Python environment with bench/peers/presidio/requirements.txt and say where: PRESIDIO_PYTHON=…/bin/python.';

/** What columns hold, told by values alone, beside Presidio's pattern recognisers; and a large table. */
export const scanBench: Bench = {
  about:
    'what columns hold, told by their values alone, beside Presidio on the same columns; and ten million rows of fifteen columns',
  run: async () => {
    const dir = mkdtempSync(join(tmpdir(), 'comity-bench-'));
    try {
      return await measure(dir);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

interface Judged {
  readonly column: TestColumn;
  readonly values: readonly string[];
  readonly found: readonly string[];
}

async function measure(dir: string): Promise<Sheet> {
  const start = performance.now();
  const judged = await oursOn(dir);
  const ms = performance.now() - start;
  const presidio = labelByPresidio(judged.map(({ values }) => values));
  const ours = f2(judged.map(({ column, found }) => ({ truth: wanted(column), found: found.filter((name) => name in BOTH) })));
  const theirs =
    presidio === undefined
      ? null
      : f2(
          judged.map(({ column }, i) => ({
            truth: wanted(column).map((name) => BOTH[name] ?? name),
            found: known(presidio.labels[i] ?? []),
          })),
        );
  const peer = (value: number | null): { readonly name: string; readonly value: number | null } => ({ name: 'Presidio', value });
  return {
    input: `${judged.length} columns of ${ROWS} rows from ${TABLES.length} made-up tables, without their headers; ${MANY} rows x 15 columns in Parquet`,
    versions: { ...machine(), DuckDB: version(), ...(presidio === undefined ? {} : { Presidio: presidio.version }) },
    figures: [
      comparison('F2 by values alone', '', { ours, peer: peer(theirs) }),
      comparison('all columns', 'ms', { ours: ms, peer: peer(presidio === undefined ? null : presidio.seconds * 1000) }),
      comparison('ten million rows', 's', { ours: await large(dir), peer: peer(null) }),
    ],
    notes: [
      ...(presidio === undefined ? [MISSING] : []),
      `F2 is over the ${Object.keys(BOTH).length} classes that both know by values; the tables were made by us. Ours also looks for all its other classes in that time, and reads the files; Presidio runs its pattern recognisers without a language model, on values that it is handed.`,
      'Presidio takes single texts, not tables: it was not given the ten million rows.',
    ],
  };
}

/** What was put into a column, as far as values alone tell it: a date of birth is a date. */
function wanted({ truth }: TestColumn): readonly ScanClass[] {
  return truth.map((name) => (name === 'birth-date' ? 'date' : name)).filter((name) => name in BOTH);
}

function known(entities: readonly string[]): readonly string[] {
  const names = Object.values(BOTH);
  return entities.filter((entity) => names.includes(entity));
}

/** F2 over pairs of column and class: a miss weighs four times a false alarm. */
function f2(columns: readonly { readonly truth: readonly string[]; readonly found: readonly string[] }[]): number {
  const right = columns.flatMap(({ truth, found }) => found.filter((name) => truth.includes(name))).length;
  const wrong = columns.flatMap(({ truth, found }) => found.filter((name) => !truth.includes(name))).length;
  const missed = columns.flatMap(({ truth, found }) => truth.filter((name) => !found.includes(name))).length;
  return (5 * right) / (5 * right + 4 * missed + wrong);
}

async function oursOn(dir: string): Promise<readonly Judged[]> {
  const all: Judged[] = [];
  for (const [t, table] of TABLES.entries()) {
    const path = join(dir, `${t}.csv`);
    writeFileSync(path, textOfTable(table, ROWS, { dice: seededDice(5), headers: false }));
    const report = await scanned(path, 'csv');
    // The same values again, column by column.
    const dice = seededDice(5);
    const rows = Array.from({ length: ROWS }, () => table.columns.map((column) => column.make(dice)));
    table.columns.forEach((column, i) => {
      all.push({
        column,
        values: rows.map((row) => row[i] ?? ''),
        found: report.columns[i]?.classes.map((one) => one.class) ?? [],
      });
    });
  }
  return all;
}

async function scanned(path: string, format: 'csv' | 'parquet'): Promise<ScanReport> {
  const source = await checkSource(path, format, []);
  if (!source.ok) throw new Error(source.refusal.code);
  const report = await scanBeside(source.value);
  if (!report.ok) throw new Error(report.refusal.code);
  return report.value;
}

/** Seconds for fifteen columns of text: nine of few values, and names, numbers, dates and sentences of millions. */
async function large(dir: string): Promise<number> {
  const path = join(dir, 'large.parquet');
  const few = [2, 5, 10, 20, 50, 100, 100, 1_000, 5_000].map((count, i) => `'c' || (hash(range, ${i}) % ${count}) AS x${i}q`);
  const many = [
    `'user' || (hash(range) % 8000000) || '@example.org' AS x9q`,
    `lpad(CAST(hash(range, 11) % 1000000000 AS VARCHAR), 9, '0') AS x10q`,
    `'Person ' || (hash(range, 12) % 100000) || ' said that the order number ' || range || ' came late' AS x11q`,
    `CAST(DATE '1940-01-01' + CAST(hash(range, 13) % 25000 AS INTEGER) AS VARCHAR) AS x12q`,
    `'+1415555' || lpad(CAST(hash(range, 14) % 10000 AS VARCHAR), 4, '0') AS x13q`,
    `CAST((hash(range, 15) % 100000) / 100.0 AS VARCHAR) AS x14q`,
  ];
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT ${[...few, ...many].join(', ')} FROM range(${MANY})) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  const start = performance.now();
  await scanned(path, 'parquet');
  return (performance.now() - start) / 1000;
}
