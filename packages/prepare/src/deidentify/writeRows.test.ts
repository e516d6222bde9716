import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { checkSource, type SourceShape } from '../check-source.ts';
import { csvRecord } from '../csv.ts';
import { lookAtTable, type TableHead } from '../engines/trinoTable.ts';
import { type Recorded, serveTrino, type TrinoServer } from '../testing/trinoServer.ts';
import { deidentify } from './deidentify.ts';
import type { DeidentifyPlan } from './plan.ts';
import { proposeLevels } from './propose.ts';

const open: TrinoServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

/** Name, year of birth, illness: two people of one class, three of another, one alone. */
const ROWS = [
  ['Ann, A.', '1950', 'asthma'],
  ['Bea', '1950', 'gout'],
  ['Cem', '1961', 'asthma'],
  ['Dov', '1961', null],
  ['Eve', '1961', 'gout'],
  ['Fay', '1999', 'gout'],
];

const PLAN: DeidentifyPlan = {
  v: 1,
  method: 'plan',
  columns: [
    { name: 'name', class: null, why: 'stated', operation: { op: 'token' } },
    { name: 'born', class: null, why: 'stated', operation: { op: 'keep' } },
    { name: 'illness', class: null, why: 'stated', operation: { op: 'suppressIf', k: 2 } },
  ],
  hierarchies: {},
  verify: { quasi: ['born'], sensitive: [], k: 2, l: null, t: null, suppress: 0.2 },
};

/** What a cluster answers that holds the rows: grouped where it is asked to group, else as they are. */
function holding(
  rows: readonly (readonly (string | null)[])[],
  pass: (nth: number) => Recorded = () => ({ pages: [rows.slice(0, 4), rows.slice(4)] }),
) {
  return (sql: string, nth: number): Recorded => {
    if (sql.includes('information_schema'))
      return {
        pages: [
          [
            ['name', 'varchar'],
            ['born', 'varchar'],
            ['illness', 'varchar'],
          ],
        ],
      };
    if (sql.includes('version()')) return { pages: [[['476', 1_790_000_000]]] };
    if (sql.startsWith('SELECT count(*)')) return { pages: [[[ROWS.length]]] };
    if (!sql.includes('GROUP BY')) return pass(nth);
    const at = ['name', 'born', 'illness'].flatMap((name, i) => (sql.split('FROM')[0]?.includes(`"${name}"`) ? [i] : []));
    const counts = new Map<string, number>();
    for (const row of rows) {
      const key = JSON.stringify(at.map((i) => row[i] ?? null));
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return { pages: [[...counts].map(([key, count]) => [...JSON.parse(key), count])] };
  };
}

async function tableOf(answer: (sql: string, nth: number) => Recorded): Promise<TrinoServer & { readonly head: TableHead }> {
  const server = await serveTrino(answer);
  open.push(server);
  const head = await lookAtTable(server.table, []);
  if (!head.ok) throw new Error(head.refusal.code);
  return { ...server, head: head.value };
}

async function fileOf(): Promise<SourceShape> {
  const path = join(mkdtempSync(join(tmpdir(), 'comity-rows-')), 'same.csv');
  writeFileSync(path, [['name', 'born', 'illness'], ...ROWS].map(csvRecord).join(''));
  const source = await checkSource(path, 'csv', []);
  if (!source.ok) throw new Error(source.refusal.code);
  return source.value;
}

async function made(source: SourceShape | TableHead, plan: DeidentifyPlan = PLAN) {
  const dir = mkdtempSync(join(tmpdir(), 'comity-rows-'));
  const result = await deidentify(source, plan, {
    output: join(dir, 'out.csv'),
    key: new Uint8Array(32).fill(7),
    population: undefined,
    sha256: (bytes) => createHash('sha256').update(bytes).digest(),
  });
  const files = readdirSync(dir);
  return { result, files, text: files.includes('out.csv') ? readFileSync(join(dir, 'out.csv'), 'utf8') : undefined };
}

describe('de-identifying a table on a cluster', () => {
  test('writes what the same rows in a file would become; the cluster counts the classes', async () => {
    const { head, asked } = await tableOf(holding(ROWS));
    const [table, file] = [await made(head), await made(await fileOf())];
    expect(table.text).toBe(file.text);
    expect(table.text?.split('\r\n')).toHaveLength(7);
    expect(table.result).toMatchObject({
      ok: true,
      value: {
        input: null,
        table: { name: 'lake.made.people', engine: 'Trino 476' },
        rows: { read: 6, written: 5, suppressed: 1 },
        emptied: 0,
        risk: { smallest: 2 },
      },
    });
    expect(asked.filter((sql) => sql.includes('GROUP BY'))).toEqual([
      'SELECT "born", count(*) FROM "lake"."made"."people" GROUP BY 1',
      'SELECT "illness", count(*) FROM "lake"."made"."people" GROUP BY 1',
    ]);
  });

  test('asks for no column that does not leave', async () => {
    const { head, asked } = await tableOf(holding(ROWS, () => ({ pages: [ROWS.map(([, born]) => [born])] })));
    await made(head, { ...PLAN, columns: PLAN.columns.slice(1, 2), verify: null });
    expect(asked.slice(2)).toEqual(['SELECT "born" FROM "lake"."made"."people"', 'SELECT count(*) FROM "lake"."made"."people"']);
  });

  test('begins anew when a worker is lost, and writes no row twice', async () => {
    const lost = (nth: number): Recorded =>
      nth === 1 ? { pages: [ROWS.slice(0, 3)], ends: 'INTERNAL_ERROR' } : { pages: [ROWS] };
    const { head } = await tableOf(holding(ROWS, lost));
    const { text, files } = await made(head);
    expect(text).toBe((await made(await fileOf())).text);
    expect(files).toEqual(['out.csv']);
  });

  test('leaves no file where something is wrong: a value, the number of rows, the table', async () => {
    const dated: DeidentifyPlan = {
      ...PLAN,
      columns: [{ name: 'born', class: null, why: 'stated', operation: { op: 'bin', edges: [1900, 2000] } }],
      verify: null,
    };
    const born = (years: readonly string[], ends?: 'USER_ERROR') =>
      holding(ROWS, () => ({ pages: [years.map((year) => [year])], ...(ends === undefined ? {} : { ends }) }));
    for (const [answer, refused] of [
      [born(['1950', 'long ago', '1961', '?', '1999', '1999']), { code: 'value-unreadable', values: { rows: 2 } }],
      [born(['1950', '1961']), { code: 'preview-stale' }],
      [born(['1950'], 'USER_ERROR'), { code: 'dataset-unreadable' }],
    ] as const) {
      const { head } = await tableOf(answer);
      const { result, files } = await made(head, dated);
      expect(result).toMatchObject({ ok: false, refusal: refused });
      expect(files).toEqual([]);
    }
  });

  test('finds the same levels', async () => {
    const { head } = await tableOf(holding(ROWS));
    const verify = { quasi: ['born'], sensitive: ['illness'], k: 2, l: 2, t: null, suppress: 0 };
    const hierarchies = { born: { kind: 'number', widths: [20, 100], from: 1900 } } as const;
    const found = await proposeLevels(head, verify, hierarchies);
    expect(found).toEqual(await proposeLevels(await fileOf(), verify, hierarchies));
    expect(found).toMatchObject({ ok: true, value: { levels: [2] } });
  });
});
