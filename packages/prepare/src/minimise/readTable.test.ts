import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { lookAtSource, type SourceHead } from '../check-source.ts';
import { csvRecord } from '../csv.ts';
import { lookAtTable, type TableHead } from '../engines/trinoTable.ts';
import { ExtractRefused } from '../extract.ts';
import { type Recorded, serveTrino, type TrinoServer } from '../testing/trinoServer.ts';
import { minimise, previewMinimise } from './minimise.ts';
import type { MinimisePlan } from './plan.ts';
import { readMinimisePlan } from './readPlan.ts';

const open: TrinoServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

const COLUMNS = [
  ['at', 'timestamp(3)'],
  ['email', 'varchar'],
  ['note', 'varchar'],
  ['price', 'decimal(10,2)'],
  ['secret', 'varchar'],
];

/** Time, note, price and address as the cluster gives them: by time, and more rows than are asked for. */
const ROWS = [
  ['2026-01-30 09:00:00.000', null, null, 'ann@example.org'],
  ['2026-03-01 09:00:00.120', 'rings, "often"', '12.55', 'Ann@Example.org'],
  ['2026-03-01 10:00:00.000', 'passed the sieve by chance', '1.00', 'bea@example.org'],
  ['2026-03-02 00:00:00.000', '', '0.05', ' ann@example.org '],
  [null, 'no time', '7.00', 'ann@example.org'],
];

/** Identifiers of rows outside all periods, and of how many. */
const OUTSIDE = [[['ANN@example.org', 2]], [['bea@example.org', 1]]];

/** How a file writes the same times. */
const IN_A_FILE = ROWS.map(([at, ...rest]) => [at?.replace(/\.?0+$/, '') ?? null, ...rest]);

const PLAN = {
  v: 1,
  purpose: 'a test',
  identifier: { column: 'email', type: 'email' },
  period: { column: 'at', zone: 'Europe/Lisbon' },
  columns: [
    { name: 'at', reason: 'in-category' },
    { name: 'note', reason: 'in-category' },
    { name: 'price', reason: 'in-category', transform: { op: 'round', decimals: 1 } },
  ],
  items: [{ id: '1', value: 'ann@example.org', from: '2026-02-01T00:00:00Z', until: '2026-04-01T00:00:00Z' }],
};

function planOf(json: object = PLAN): MinimisePlan {
  const plan = readMinimisePlan(json, 'A'.repeat(43));
  if (!plan.ok) throw new Error(plan.refusal.code);
  return plan.value;
}

async function serving(rows: Recorded, counts: readonly number[] = [9, 9]): Promise<TrinoServer & { readonly head: TableHead }> {
  const server = await serveTrino((sql, nth) => {
    if (sql.includes('version()')) return { pages: [[['476', 1_790_000_000]]] };
    if (sql.includes('information_schema')) return { pages: [COLUMNS] };
    if (sql.includes('GROUP BY')) return { pages: OUTSIDE };
    return sql.startsWith('SELECT count(*)') ? { pages: [[[counts[nth - 1]]]] } : rows;
  });
  open.push(server);
  const head = await lookAtTable(server.table, []);
  if (!head.ok) throw new Error(head.refusal.code);
  return { ...server, head: head.value };
}

async function written(plan: MinimisePlan, source: SourceHead | TableHead) {
  const rows = minimise(plan, source, {});
  let text = '';
  for await (const bytes of rows) text += Buffer.from(bytes).toString();
  return { text, report: rows.report() };
}

async function fileOf(rows: readonly (readonly (string | null)[])[]): Promise<SourceHead> {
  const path = join(mkdtempSync(join(tmpdir(), 'comity-table-')), 'same.csv');
  writeFileSync(path, [['at', 'note', 'price', 'email'], ...rows].map(csvRecord).join(''));
  const source = await lookAtSource(path, 'csv', []);
  if (!source.ok) throw new Error(source.refusal.code);
  return source.value;
}

describe('minimising a table on a cluster', () => {
  test('writes what the same rows in a file would become, and counts the rows that the cluster kept back', async () => {
    const { head } = await serving({ pages: [ROWS.slice(0, 2), ROWS.slice(2)] });
    const made = await written(planOf(), head);
    const same = await written(planOf(), await fileOf(IN_A_FILE));
    expect(made.text).toBe(same.text);
    expect(made.text.split('\r\n')).toHaveLength(4);
    expect(made.report).toMatchObject({
      inputDigest: null,
      table: { name: 'lake.made.people', engine: 'Trino 476' },
      outputDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      rowsTotal: 9,
      rowsKept: 2,
      rowsDropped: { 'other-identifier': 3, 'time-unreadable': 1, 'outside-period': 3 },
      items: [{ id: '1', rows: 2 }],
      columnsDropped: [{ name: 'email' }, { name: 'secret' }],
    });
  });

  test('asks for the named columns of few rows, in one order, and says no identifier in the statement', async () => {
    const { head, asked } = await serving({ pages: [ROWS] });
    await previewMinimise(planOf(), head);
    const sql = asked.find((one) => one.includes('crc32')) ?? '';
    expect(sql).not.toMatch(/ann|example\.org|secret/i);
    expect(sql).toContain(`FROM "lake"."made"."people" WHERE (`);
    expect(sql).toContain(`to_utf8('${'A'.repeat(43)}' || lower(trim("email")))`);
    // Letters of other scripts are made small here: their rows come.
    expect(sql).toContain('length(to_utf8("email")) <> length("email")');
    // The hull of all periods, three days wider, in words that let the cluster leave out parts of a table.
    expect(sql).toContain(
      `AND ("at" >= TIMESTAMP '2026-01-29 00:00:00' AND "at" < TIMESTAMP '2026-04-04 00:00:00' OR "at" IS NULL) ORDER BY "at", "note", "price", "email"`,
    );
    expect(sql).toContain(`SELECT CAST("at" AS varchar), "note", CAST("price" AS varchar), "email" FROM`);
    // Of the rows that lie outside it only identifiers and how many.
    const outside = asked.find((one) => one.includes('GROUP BY')) ?? '';
    expect(outside).toMatch(
      /^SELECT "email", count\(\*\) FROM .* AND \("at" < TIMESTAMP '2026-01-29 00:00:00' OR "at" >= TIMESTAMP '2026-04-04 00:00:00'\) GROUP BY 1$/,
    );
  });

  test('the sieve lets through the asked identifier, and one in sixty-five thousand others', async () => {
    const { head, asked } = await serving({ pages: [ROWS] });
    await previewMinimise(planOf(), head);
    const [, packed = '', , size = ''] =
      /from_base64\('([^']+)'\).*?(% (\d+) AS integer)/s.exec(asked.find((one) => one.includes('crc32')) ?? '') ?? [];
    const bytes = Buffer.from(packed, 'base64');
    const at = crc32(`${'A'.repeat(43)}ann@example.org`) % 65_536;
    expect([size, bytes.length]).toEqual(['65536', 8_192]);
    expect(bytes.indexOf(1 << (at & 7))).toBe(at >> 3);
    expect(bytes.filter((byte) => byte > 0)).toHaveLength(1);
  });

  test('an address is sought in the form in which the cluster writes it', async () => {
    const { head, asked } = await serving({ pages: [] });
    const places = async (value: string): Promise<readonly number[]> => {
      await previewMinimise(
        planOf({ ...PLAN, identifier: { column: 'note', type: 'ip_address' }, items: [{ ...PLAN.items[0], value }] }),
        head,
      );
      const packed = /from_base64\('([^']+)'\)/.exec(asked.findLast((one) => one.includes('crc32')) ?? '')?.[1] ?? '';
      const bytes = Buffer.from(packed, 'base64');
      return [...bytes.keys()].flatMap((i) =>
        [0, 1, 2, 3, 4, 5, 6, 7].flatMap((bit) => (((bytes[i] ?? 0) >> bit) & 1 ? [8 * i + bit] : [])),
      );
    };
    const placeOf = (text: string): number => crc32('A'.repeat(43) + text) % 65_536;
    expect(await places('2001:0DB8:0:0:1::1')).toEqual([placeOf('2001:db8::1:0:0:1')]);
    expect(await places('192.0.2.7')).toEqual([placeOf('192.0.2.7')]);
  });

  test('lets all rows through where it cannot compare, and where every row is asked for', async () => {
    const whole = await serving({ pages: [ROWS.map(([, note]) => [note])] }, [5, 5]);
    const { items: _, identifier: __, period: ___, ...every } = PLAN;
    const made = await written(planOf({ ...every, columns: [{ name: 'note', reason: 'in-category' }] }), whole.head);
    expect(made.report).toMatchObject({ rowsTotal: 5, rowsKept: 5 });
    expect(whole.asked.at(-2)).toBe(`SELECT "note" FROM "lake"."made"."people" ORDER BY "note"`);
  });

  test('a worker that is lost in mid-stream changes nothing of what is written', async () => {
    const first = await serving({ pages: [ROWS] });
    const server = await serveTrino((sql, nth) => {
      if (sql.startsWith('SELECT count(*)')) return { pages: [[[9]]] };
      if (sql.includes('GROUP BY')) return { pages: OUTSIDE };
      return nth === 1 ? { pages: [ROWS.slice(0, 3)], ends: 'INTERNAL_ERROR' } : { pages: [ROWS.slice(0, 2), ROWS.slice(2)] };
    });
    open.push(server);
    const again = await written(planOf(), { ...first.head, table: server.table });
    expect(again.text).toBe((await written(planOf(), first.head)).text);
    expect(again.report.items).toEqual([{ id: '1', rows: 2 }]);
  });

  test('refuses a table that grew meanwhile, one that cannot be read, and times without a zone', async () => {
    const refusalOf = async (plan: object, rows: Recorded, counts?: readonly number[]): Promise<string> => {
      const { head } = await serving(rows, counts);
      return written(planOf(plan), head).then(
        () => 'none',
        (error: unknown) => (error instanceof ExtractRefused ? error.refusal.code : 'thrown'),
      );
    };
    expect(await refusalOf(PLAN, { pages: [ROWS] }, [9, 10])).toBe('preview-stale');
    expect(await refusalOf(PLAN, { pages: [ROWS.slice(0, 1)], ends: 'USER_ERROR' })).toBe('dataset-unreadable');
    expect(await refusalOf(PLAN, { pages: [[['no time at all', null, null, 'ann@example.org']]] })).toBe('dataset-unreadable');
    expect(await refusalOf({ ...PLAN, period: { column: 'at' } }, { pages: [ROWS] })).toBe('zone-missing');
  });
});
