import { join } from 'node:path';
import { checkSource, scanBeside } from '@comity/prepare';
import { DuckDBInstance } from '@duckdb/node-api';
import { spend } from '../measure.ts';
import { comparison } from '../sheet.ts';
import type { Part } from './part.ts';
import { inPython } from './pythons.ts';

const SAMPLE = 2_000;

/** Finding what identifies people in a table of fifteen columns, some of which do. */
export const scanPart: Part = async (dir, rows) => {
  const path = join(dir, 'people.csv');
  await makeTable(path, rows);
  const source = await checkSource(path, 'csv', []);
  if (!source.ok) throw new Error(source.refusal.code);
  let found = 0;
  const { wall } = await spend(async () => {
    const report = await scanBeside(source.value);
    if (!report.ok) throw new Error(report.refusal.code);
    found = report.value.columns.filter(({ identifying }) => identifying).length;
  });
  const peer = inPython<{ readonly version: string; readonly seconds: number }>('scan.py', [path, String(SAMPLE)]);
  const theirs = peer.ok ? (peer.value.seconds / Math.min(SAMPLE, rows)) * rows : null;
  return {
    input: `scan: ${rows} rows of ${COLUMNS.length} columns (CSV of ${source.value.bytes} bytes), ${found} found to identify; once, after the source was checked`,
    versions: peer.ok ? { 'presidio-analyzer': peer.value.version } : {},
    figures: [comparison('scan', 's', { ours: wall, peer: { name: 'Presidio, extrapolated', value: theirs } })],
    notes: [
      peer.ok
        ? `Scan: Presidio's analyzer looked at every cell of the first ${SAMPLE} rows by patterns and checksums alone, without a model of language; its time is multiplied up to all rows. Ours samples different values and sweeps all rows for strong patterns.`
        : `Scan: Presidio is not here (${peer.why}). It comes with \`pip install presidio-analyzer==2.2.366\`; say where: BENCH_PYTHON=…/bin/python.`,
    ],
  };
};

const any = (i: number, below: number): string => `(hash(range * 31 + ${i}) % ${below})::BIGINT`;

const COLUMNS = [
  `range AS row`,
  `'user' || ${any(1, 500_000)} || '@mail.example' AS email`,
  `'+33 6 ' || lpad(${any(2, 100_000_000)}::VARCHAR, 8, '0') AS phone`,
  `'10.' || ${any(3, 250)} || '.' || ${any(4, 250)} || '.' || ${any(5, 250)} AS address`,
  `DATE '1940-01-01' + ${any(6, 25_000)}::INTEGER AS born`,
  `lpad(${any(7, 99_999)}::VARCHAR, 5, '0') AS zip`,
  `['f', 'm', 'x'][1 + ${any(8, 3)}] AS sex`,
  `'C' || ${any(9, 400)} AS code`,
  `${any(10, 100_000)} / 100.0 AS amount`,
  `TIMESTAMP '2026-01-01' + to_seconds(${any(11, 10_000_000)}) AS at`,
  `['open', 'closed', 'waiting'][1 + ${any(12, 3)}] AS state`,
  `'branch ' || ${any(13, 60)} AS branch`,
  `${any(14, 2)} AS renewed`,
  `'called on ' || ${any(15, 28)} || ' about item ' || ${any(16, 9_000)} AS note`,
  `${any(17, 1_000)} AS points`,
];

async function makeTable(path: string, rows: number): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '2GB' });
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT ${COLUMNS.join(', ')} FROM range(${rows})) TO '${path}' (FORMAT csv, HEADER)`);
  connection.closeSync();
  instance.closeSync();
}
