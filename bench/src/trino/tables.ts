import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  checkSource,
  type Deidentified,
  deidentify,
  lookAtTable,
  type MinimisePlan,
  minimise,
  readDeidentifyPlan,
  readMinimisePlan,
  type ScanReport,
  type SourceShape,
  scanBeside,
  type TableHead,
} from '@comity/prepare';
import { DuckDBInstance } from '@duckdb/node-api';
import { comparison, type Figure } from '../sheet.ts';
import type { Cluster } from './cluster.ts';
import type { ClusterPart } from './clusterPart.ts';
import { queryOn } from './query.ts';

const ROWS = 400_000;
const KEY = new Uint8Array(32).fill(7);

/** One Parquet file, read by DuckDB where it lies and by the cluster as a table: what a scan says, what leaves and what is made must be the same. */
export const tablesPart: ClusterPart = async (dir, cluster) => {
  const file = await makeTable(cluster);
  const head = await lookAtTable(
    { server: cluster.server, user: 'bench', catalog: 'lake', schema: 'bench', table: 'people' },
    [],
  );
  if (!head.ok) throw new Error(head.refusal.code);
  const sides: Sides = { file, head: head.value, dir };
  const figures = [await scanned(sides), await minimised(sides, { what: 'few', plan: planOf(ITEMS) }), await deidentified(sides)];
  const before = await failures(cluster);
  figures.push(
    await minimised(sides, { what: 'all rows, a worker killed', plan: planOf(undefined), onFirst: cluster.killWorker }),
  );
  const lost = (await failures(cluster)) - before;
  const left = await cluster.workers();
  return {
    input: `tables: one Parquet file of ${ROWS} rows and ${COLUMNS.length} columns, ${file.bytes} bytes; of all rows one worker of two was killed when the first had come`,
    figures,
    notes: [
      'Tables: every answer of the cluster was compared with that from the file, and is the same: counts, lengths, classes and shares of the scan wherever all values were looked at, classes elsewhere; bytes of what was minimised; lines of what was de-identified, and its classes.',
      `Tables: workers left after the kill ${left}, statements that were lost with it ${lost}.`,
    ],
  };
};

interface Sides {
  readonly file: SourceShape;
  readonly head: TableHead;
  readonly dir: string;
}

/** Name, SQL of DuckDB over `i`, type of Trino. */
const COLUMNS = [
  ['at', `TIMESTAMP '2026-01-01' + to_milliseconds(i * 7919)`, 'timestamp(3)'],
  ['id', 'i', 'bigint'],
  [
    'email',
    `CASE i % 5 WHEN 0 THEN NULL WHEN 1 THEN ' Person' || i % 20000 || '@Example.ORG' WHEN 2 THEN 'pérson' || i % 20000 || '@example.org' ELSE 'person' || i % 20000 || '@example.org' END`,
    'varchar',
  ],
  ['phone', `CASE WHEN i % 2 = 0 THEN '+351 21 ' ELSE '0035121' END || (1000000 + i % 5000)`, 'varchar'],
  [
    'address',
    `CASE i % 3 WHEN 0 THEN '2001:DB8::' || to_hex(i % 900) WHEN 1 THEN '::ffff:192.0.2.' || i % 200 ELSE '192.0.2.' || i % 200 END`,
    'varchar',
  ],
  ['born', `DATE '1930-01-01' + CAST(i * 37 % 30000 AS INTEGER)`, 'date'],
  ['amount', `CASE WHEN i % 4 > 0 THEN i % 1000 * 1.5 END::DOUBLE`, 'double'],
  ['price', 'CAST(i % 100 + 0.25 AS DECIMAL(10, 2))', 'decimal(10, 2)'],
  ['open', 'i % 2 = 0', 'boolean'],
  ['zip', `CAST(10001 + i * 7 % 300 AS VARCHAR)`, 'varchar'],
  [
    'note',
    `'a "note", of ' || i || CASE WHEN i % 50000 = 7 THEN ', mail zebulon@example.org' WHEN i % 40000 = 9 THEN ' SSN 123-45-6789' ELSE '' END`,
    'varchar',
  ],
] as const;

async function makeTable({ lake, server }: Cluster): Promise<SourceShape> {
  mkdirSync(join(lake, 'people'), { recursive: true });
  const path = join(lake, 'people', 'people.parquet');
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const cells = COLUMNS.map(([name, sql]) => `${sql} AS ${name}`).join(', ');
  await connection.run(`COPY (SELECT ${cells} FROM range(${ROWS}) t(i)) TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE 20480)`);
  connection.closeSync();
  instance.closeSync();
  const types = COLUMNS.map(([name, , type]) => `"${name}" ${type}`).join(', ');
  await queryOn(
    server,
    `CREATE TABLE lake.bench.people (${types}) WITH (external_location = 'local:///people', format = 'PARQUET')`,
  );
  const source = await checkSource(path, 'parquet', []);
  if (!source.ok) throw new Error(source.refusal.code);
  return source.value;
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly made: T; readonly ms: number }> {
  const begun = performance.now();
  const made = await work();
  return { made, ms: performance.now() - begun };
}

function same(what: string, ours: unknown, theirs: unknown): void {
  const [a, b] = [JSON.stringify(ours), JSON.stringify(theirs)];
  if (a !== b) throw new Error(`${what} differs between the engines`);
}

async function scanned({ file, head }: Sides): Promise<Figure> {
  const scan = async (source: SourceShape | TableHead): Promise<ScanReport> => {
    const report = await scanBeside(source, { subject: 'email' });
    if (!report.ok) throw new Error(report.refusal.code);
    return report.value;
  };
  const [ours, theirs] = [await timed(() => scan(file)), await timed(() => scan(head))];
  same('the scan', exactOf(ours.made), exactOf(theirs.made));
  return comparison('scan', 'ms', { ours: ours.ms, peer: { name: 'Trino', value: theirs.ms } });
}

/** What of a report does not depend on which values were sampled. */
function exactOf({ rows, subjects, columns }: ScanReport): unknown {
  const told = columns.map(({ name, type, nulls, distinct, minLength, maxLength, classes, identifying, reason, sample }) => ({
    ...{ name, type, nulls, minLength, maxLength, identifying, reason, complete: sample.complete },
    distinct: sample.complete ? distinct : null,
    classes: classes
      .map((one) => ({ class: one.class, inText: one.inText, by: one.by, share: sample.complete ? one.rateRows : null }))
      .toSorted((a, b) => (a.class < b.class ? -1 : 1)),
  }));
  return { rows, subjects, told };
}

const PERIOD = { from: '2026-01-05T00:00:00Z', until: '2026-01-20T00:00:00+01:00' };
const ITEMS = [
  ...Array.from({ length: 200 }, (_, i) => ({ id: `e${i}`, value: `PERSON${i * 83}@example.org`, ...PERIOD })),
  { id: 'p', value: 'pérson17@example.org', ...PERIOD },
  { id: 't', type: 'phone', column: 'phone', value: '+351 211 001 234', ...PERIOD },
  { id: 'a4', type: 'ip_address', column: 'address', value: '192.0.2.44', ...PERIOD },
  { id: 'a6', type: 'ip_address', column: 'address', value: '2001:db8:0:0::1f', ...PERIOD },
];

function planOf(items: readonly object[] | undefined): MinimisePlan {
  const selecting =
    items === undefined ? {} : { identifier: { column: 'email', type: 'email' }, period: { column: 'at', zone: 'UTC' }, items };
  const columns = COLUMNS.map(([name]) => ({
    name,
    reason: 'in-category',
    ...(name === 'phone' ? { transform: { op: 'token' } } : {}),
    ...(name === 'note' ? { transform: { op: 'redact', kinds: ['email', 'national-id'] } } : {}),
  }));
  const plan = readMinimisePlan({ v: 1, purpose: 'bench', columns, ...selecting }, 'A'.repeat(43));
  if (!plan.ok) throw new Error(plan.refusal.code);
  return plan.value;
}

interface Minimising {
  readonly what: string;
  readonly plan: MinimisePlan;
  /** Called when the first of the rows from the cluster have come. */
  readonly onFirst?: () => void;
}

async function minimised({ file, head }: Sides, { what, plan, onFirst = () => {} }: Minimising): Promise<Figure> {
  const write = async (source: SourceShape | TableHead, first: () => void): Promise<unknown> => {
    const rows = minimise(plan, source, { recipient: KEY });
    let chunks = 0;
    for await (const _ of rows) if (++chunks === 1) first();
    const { inputDigest, table, ...report } = rows.report();
    return report;
  };
  const [ours, theirs] = [await timed(() => write(file, () => {})), await timed(() => write(head, onFirst))];
  same(`what was minimised (${what})`, ours.made, theirs.made);
  return comparison(`minimise, ${what}`, 'ms', { ours: ours.ms, peer: { name: 'Trino', value: theirs.ms } });
}

async function deidentified({ file, head, dir }: Sides): Promise<Figure> {
  const stated = {
    columns: [
      { name: 'email', operation: { op: 'token' } },
      { name: 'phone', operation: { op: 'siv' } },
      { name: 'born', operation: { op: 'year', order: 'iso' } },
      { name: 'zip', operation: { op: 'zip3' } },
      { name: 'price', operation: { op: 'suppressIf', k: 1000 } },
    ],
    verify: { quasi: ['born', 'zip'], sensitive: ['price'], k: 700, l: 5, suppress: 0.5 },
  };
  const plan = readDeidentifyPlan(stated, { on: '2026-11-26', restrictedZip3: ['036'] });
  if (!plan.ok) throw new Error(`${plan.refusal.code} ${plan.refusal.field}`);
  const make = async (source: SourceShape | TableHead): Promise<unknown> => {
    const output = join(dir, 'made.csv');
    const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
    const made = await deidentify(source, plan.value, { output, key: KEY, population: undefined, sha256 });
    if (!made.ok) throw new Error(made.refusal.code);
    return { ...told(made.value), lines: sha256(Buffer.from(readFileSync(output, 'utf8').split('\r\n').sort().join('\n'))) };
  };
  const [ours, theirs] = [await timed(() => make(file)), await timed(() => make(head))];
  same('what was de-identified', ours.made, theirs.made);
  return comparison('de-identify', 'ms', { ours: ours.ms, peer: { name: 'Trino', value: theirs.ms } });
}

const told = ({ plan, rows, emptied, risk }: Deidentified): object => ({ plan, rows, emptied, risk });

async function failures({ server }: Cluster): Promise<number> {
  return Number((await queryOn(server, `SELECT count(*) FROM system.runtime.queries WHERE state = 'FAILED'`))[0]?.[0]);
}
