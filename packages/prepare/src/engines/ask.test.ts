import { afterEach, describe, expect, test } from 'vitest';
import { type Recorded, serveTrino, type TrinoServer } from '../testing/trinoServer.ts';
import { clusterOf, refusalOf, type TrinoRow } from './ask.ts';
import { lookAtTable, readTrinoTable } from './trinoTable.ts';

const open: TrinoServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function serving(answer: (sql: string, nth: number) => Recorded): Promise<TrinoServer> {
  const server = await serveTrino(answer);
  open.push(server);
  return server;
}

const PAGES = [[['a'], ['b']], [['c']], [['d'], ['e']]];

async function gather(pages: AsyncIterable<readonly TrinoRow[]>): Promise<string> {
  const rows: unknown[] = [];
  for await (const page of pages) rows.push(...page.map(([cell]) => cell));
  return rows.join('');
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    const refused = refusalOf(error);
    return refused.ok ? 'none' : refused.refusal.code;
  }
}

describe('asking a cluster', () => {
  test.each(['away', 'INTERNAL_ERROR'] as const)(
    'goes on behind the rows that it has when a worker is lost (%s)',
    async (ends) => {
      const server = await serving((_, nth) => (nth === 1 ? { pages: PAGES.slice(0, 2), ends } : { pages: PAGES }));
      const { pages } = await clusterOf(server.table, 1);
      expect(await gather(pages('SELECT x ORDER BY x'))).toBe('abcde');
      expect(server.asked).toHaveLength(2);
    },
  );

  test('a loss within a page of another length leaves out no row and gives none twice', async () => {
    const server = await serving((_, nth) =>
      nth === 1 ? { pages: [[['a']]], ends: 'INTERNAL_ERROR' } : { pages: [[['a'], ['b'], ['c'], ['d']], [['e']]] },
    );
    const { pages } = await clusterOf(server.table, 1);
    expect(await gather(pages('SELECT x ORDER BY x'))).toBe('abcde');
  });

  test('refuses when the rows are others the second time', async () => {
    for (const again of [[[['a'], ['x'], ['c']]], [[['a']]]]) {
      const server = await serving((_, nth) =>
        nth === 1 ? { pages: PAGES.slice(0, 1), ends: 'INTERNAL_ERROR' } : { pages: again },
      );
      const { pages } = await clusterOf(server.table, 1);
      expect(await codeOf(gather(pages('SELECT x ORDER BY x')))).toBe('preview-stale');
    }
  });

  test('a statement that is wrong is asked once, and what the engine says of it goes nowhere', async () => {
    const server = await serving(() => ({ pages: [], ends: 'USER_ERROR' }));
    const { ask } = await clusterOf(server.table, 1);
    await expect(ask('SELECT wrong')).rejects.toThrow(/^USER_ERROR$/);
    expect(await codeOf(ask('SELECT wrong'))).toBe('dataset-unreadable');
    expect(server.asked).toHaveLength(2);
  });

  test('whoever stops listening does not leave the cluster at work', async () => {
    const server = await serving(() => ({ pages: PAGES }));
    const { pages } = await clusterOf(server.table, 1);
    for await (const _ of pages('SELECT x ORDER BY x')) break;
    expect(server.cancelled).toEqual(['SELECT x ORDER BY x']);
  });

  test('says what a table holds in the names that are expected, and the types that a file would have', async () => {
    const columns = [
      ['mrn', 'varchar(20)'],
      ['at', 'timestamp(3) with time zone'],
      ['price', 'decimal(10,2)'],
      ['tags', 'array(varchar)'],
    ];
    const server = await serving((sql) => ({ pages: [sql.includes('version()') ? [['476', 1_790_000_000.123]] : columns] }));
    const head = await lookAtTable(server.table, ['MRN']);
    expect(head).toMatchObject({
      ok: true,
      value: {
        seen: { name: 'lake.made.people', engine: 'Trino 476', at: '2026-09-21T14:13:20.123Z' },
        columns: [
          { name: 'MRN', type: 'VARCHAR' },
          { name: 'at', type: 'TIMESTAMP WITH TIME ZONE' },
          { name: 'price', type: 'DECIMAL(10,2)' },
          { name: 'tags', type: 'VARCHAR' },
        ],
      },
    });
    expect(await lookAtTable(server.table, ['mrn', 'nowhere'])).toMatchObject({
      refusal: { code: 'column-missing', field: 'nowhere' },
    });
  });

  test('a table that is not there, or not for us, is unknown', async () => {
    const empty = await serving(() => ({ pages: [] }));
    expect(await lookAtTable(empty.table, [])).toMatchObject({ refusal: { code: 'dataset-unknown' } });
    const denied = await serving(() => ({ pages: [], ends: 'USER_ERROR' }));
    expect(await lookAtTable(denied.table, [])).toMatchObject({ refusal: { code: 'dataset-unknown' } });
  });

  test('a coordinator that is away, and one whose memory does not suffice, are told apart', async () => {
    const server = await serving(() => ({ pages: [] }));
    await server.close();
    const away = await clusterOf(server.table, 1);
    expect(await codeOf(away.ask('SELECT 1'))).toBe('engine-unreachable');
    const tight = await serving(() => ({ pages: [], ends: 'INSUFFICIENT_RESOURCES' }));
    const short = await clusterOf(tight.table, 1);
    expect(await codeOf(short.ask('SELECT 1'))).toBe('engine-exhausted');
    expect(tight.asked).toHaveLength(6);
  });

  test('reads addresses of tables and nothing else', () => {
    expect(readTrinoTable('trinos://ann@host:8443/lake/s/t')).toEqual({
      server: 'https://host:8443',
      user: 'ann',
      catalog: 'lake',
      schema: 's',
      table: 't',
    });
    for (const text of ['trino://host/only', 'data.csv', 'http://host/a/b/c']) expect(readTrinoTable(text)).toBeUndefined();
  });
});
