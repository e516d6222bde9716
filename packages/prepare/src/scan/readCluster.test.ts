import { afterEach, describe, expect, test } from 'vitest';
import { lookAtTable } from '../engines/trinoTable.ts';
import { serveTrino, type TrinoServer } from '../testing/trinoServer.ts';
import { scan } from './scan.ts';
import { STRONG_SHAPES } from './sweep.ts';
import { shapesFor, sweepOnCluster } from './sweepCluster.ts';

const open: TrinoServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

const ROWS = 1_000_000;
const NOTES = Array.from({ length: 900 }, (_, i) => [`the parcel number ${i} was left with a neighbour`, 1]);

/** What Trino 476 answers to a table of addresses, of which most are the same, and of notes, of which one in a million holds a mail address. */
function answer(sql: string, ends?: 'USER_ERROR') {
  if (sql.includes('information_schema'))
    return {
      pages: [
        [
          ['email', 'varchar'],
          ['note', 'varchar'],
          ['price', 'double'],
        ],
      ],
    };
  if (sql.includes('version()')) return { pages: [[['476', 1_790_000_000]]] };
  if (ends !== undefined) return { pages: [], ends };
  if (sql.includes('\\b1')) return { pages: [[[false]]] };
  if (sql.startsWith('SELECT count(DISTINCT')) return { pages: [[[2]]] };
  if (sql.includes('approx_distinct'))
    return { pages: [[[ROWS, ROWS - 10, 2, 15, 15, 15 * ROWS, ROWS, 900_000, 30, 60, 45 * ROWS, 0, 0, null, null, null]]] };
  if (sql.includes('min_by'))
    return { pages: [[[3, ['was left with zebulon@example.org and kept', 'or zebulon@example.org', 'c zebulon@example.org']]]] };
  return {
    pages: [
      sql.includes('"email"')
        ? [
            ['ann@example.org', ROWS - 20],
            ['bea@example.org', 10],
          ]
        : NOTES,
    ],
  };
}

async function scanned(ends?: 'USER_ERROR') {
  const server = await serveTrino((sql) => answer(sql, ends));
  open.push(server);
  const head = await lookAtTable(server.table, []);
  if (!head.ok) throw new Error(head.refusal.code);
  return { server, report: await scan(head.value, { subject: 'email' }) };
}

describe('scanning a table on a cluster', () => {
  test('says what the columns hold, with the counts of the cluster, and names the table instead of a digest', async () => {
    const { report } = await scanned();
    expect(report).toMatchObject({
      ok: true,
      value: {
        sha256: null,
        table: { name: 'lake.made.people', engine: 'Trino 476', at: '2026-09-21T14:13:20.000Z' },
        rows: ROWS,
        header: true,
        subjects: { column: 'email', distinct: 2 },
        columns: [
          { name: 'email', type: 'VARCHAR', nulls: 10, distinct: 2, classes: [{ class: 'email', rateRows: 1 }] },
          { name: 'note', distinct: 900_000, sample: { complete: false }, identifying: true },
          { name: 'price', nulls: ROWS, reason: 'all-empty' },
        ],
      },
    });
    expect(JSON.stringify(report)).not.toMatch(/zebulon|ann@/);
  });

  test('finds on the cluster what stands in few of all rows', async () => {
    const { report, server } = await scanned();
    const note = report.ok ? report.value.columns[1] : undefined;
    expect(note?.classes).toContainEqual(expect.objectContaining({ class: 'email', inText: true, rateRows: 3 / ROWS }));
    // The other columns were looked at whole, or hold nothing.
    expect(server.asked.filter((sql) => sql.includes('min_by'))).toHaveLength(1);
    expect(
      server.asked.filter((sql) => sql.includes('xxhash64') && sql.includes('"note"') && sql.includes('% 900 = 0')),
    ).toHaveLength(1);
  });

  test('refuses a table of which the cluster says that it cannot be read', async () => {
    expect((await scanned('USER_ERROR')).report).toMatchObject({ ok: false, refusal: { code: 'dataset-unreadable' } });
  });

  test('looks for the same shapes whichever library of regular expressions the cluster has', async () => {
    const [re2, joni] = [
      await shapesFor(async () => [[true]], STRONG_SHAPES),
      await shapesFor(async () => [[false]], STRONG_SHAPES),
    ];
    expect(re2).toEqual(STRONG_SHAPES);
    expect(joni.join('')).not.toContain('\\b');
    const texts = [
      'x ann.lee@example.org y',
      '123-45-6789',
      'A123-45-6789',
      '123-45-67890',
      'é123-45-6789é',
      'DE89 3704 0044 0532 0130 00',
      'mDE89370400440532013000',
      '10.1.2.3',
      '910.1.2.3456',
      '00:1a:2b:3c:4d:5e',
      '+351 21 000 0000',
      '(202) 555-0143',
      '4111 1111 1111 1111',
      '1EG4-TE5-MK73',
      'x1EG4-TE5-MK73',
      '123.456.789-09',
      '11010519491231002X',
      '11010519491231002XX',
      'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq',
      'https://example.org',
      'rs123456',
      'hrs123456',
      'NOFORN',
      'éNOFORN',
      'NOFORNS',
      'Distribution Statement A',
      '1:23-cv-456',
      'SSN: 1',
      'essn 1',
      'my pan is 5',
      'Japan 5',
      'plain words, and 12 of them',
    ];
    // The expressions of JavaScript know both words, and take ASCII's letters for those of a word as RE2 does.
    for (const [i, shape] of STRONG_SHAPES.entries())
      for (const text of texts)
        expect([shape, text, new RegExp(joni[i] ?? '').test(text)]).toEqual([shape, text, new RegExp(shape).test(text)]);
  });

  test('asks for no more than sixty pieces, none longer than two thousand characters', () => {
    const sql = sweepOnCluster('SELECT "note" AS v FROM t', { shapes: ['a', "b'c"], seed: 1, back: 60 });
    expect(sql).toBe(
      `SELECT count(*), transform(min_by(v, from_big_endian_64(xxhash64(to_utf8('1:' || v))), 60), x -> substr(x, greatest(1, regexp_position(x, 'a|b''c') - 200), 2000)) ` +
        `FROM (SELECT "note" AS v FROM t) WHERE regexp_like(v, 'a') OR regexp_like(v, 'b''c')`,
    );
  });
});
