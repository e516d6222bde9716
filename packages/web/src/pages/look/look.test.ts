import { describe, expect, test } from 'vitest';
import { amountText, type Evidence, minorUnits, rolesOf, timeOf } from './evidence.ts';
import { flows } from './flows.ts';
import { join, likelyColumns } from './join.ts';
import { layout } from './layout.ts';
import { links } from './links.ts';
import { search } from './search.ts';
import { perDay, timeline } from './timeline.ts';

const about = { item: 'i1', file: 'data.csv', digest: 'd', whole: true };
const connections: Evidence = {
  ...about,
  columns: ['at', 'account_id', 'client_ip', 'protocol'],
  rows: [
    ['2026-03-03 10:00:00+00', 'A-1', '198.51.100.7', 'imap'],
    ['2026-03-01T08:30:00Z', 'A-2', '198.51.100.7', 'web'],
    ['2026-03-03 11:00:00+00', 'A-1', '198.51.100.9', 'imap'],
  ],
};
const transfers: Evidence = {
  ...about,
  item: 'i2',
  columns: ['at', 'from_account', 'to_account', 'amount', 'currency', 'reference'],
  rows: [
    ['2026-03-02', 'A-1', 'B-7', '100.10', 'EUR', 'Überweisung'],
    ['2026-03-04', 'A-1', 'B-7', '0.20', 'EUR', 'rent'],
    ['2026-03-05', 'B-7', 'C-3', '99', 'USD', 'rent'],
  ],
};
const tables = [connections, transfers];

describe('what a column holds', () => {
  test('is told by its name, where its values agree', () => {
    expect(rolesOf(transfers)).toEqual(['time', 'from', 'to', 'amount', 'currency', 'other']);
    expect(rolesOf({ columns: ['amount'], rows: [['a lot']] })).toEqual(['other']);
    expect(rolesOf({ columns: ['at'], rows: [['the kitchen']] })).toEqual(['other']);
  });

  test('times are read as databases and ISO write them', () => {
    expect(timeOf('2026-03-03 10:00:00+00')).toBe(Date.UTC(2026, 2, 3, 10));
    expect(timeOf('2026-03-03T10:00:00+0530')).toBe(Date.UTC(2026, 2, 3, 4, 30));
    expect(timeOf('2026-03-03 10:00')).toBe(Date.UTC(2026, 2, 3, 10));
    expect(timeOf('3 March')).toBeUndefined();
  });

  test('sums of money are exact: a tenth and two tenths are three tenths', () => {
    expect((minorUnits('0.1') ?? 0n) + (minorUnits('0.2') ?? 0n)).toBe(minorUnits('0.3'));
    expect(minorUnits('-12.5')).toBe(-125_000n);
    expect(minorUnits('1e3')).toBeUndefined();
    expect(amountText(1_003_000n, 'en')).toBe('100.30');
    expect(amountText(-12_345_678n, 'en')).toBe('−1,234.5678');
  });
});

test('a search finds the rows that have every word, without regard to accents', () => {
  expect(search(tables, 'uberweisung a-1')).toEqual([{ table: 1, row: 0 }]);
  expect(search(tables, '"A-1" imap')).toEqual([
    { table: 0, row: 0 },
    { table: 0, row: 2 },
  ]);
  expect(search(tables, '  ')).toEqual([]);
});

test('the timeline puts rows of all tables in order, and counts days', () => {
  const moments = timeline(tables, {});
  expect(moments.map(({ table, row }) => `${table}.${row}`)).toEqual(['0.1', '1.0', '0.0', '0.2', '1.1', '1.2']);
  expect(perDay(moments)[2]).toEqual(['2026-03-03', 2]);
  expect(timeline(tables, { from: Date.UTC(2026, 2, 4) }).length).toBe(2);
});

test('identifiers are linked where they stand in the same row, over all tables', () => {
  const graph = links(tables, { most: 10 });
  expect(graph.nodes[0]).toEqual({ value: 'A-1', rows: 4, degree: 3 });
  expect(graph.edges[0]?.rows.length).toBe(2);
  expect(
    links(tables, { most: 10, around: 'C-3' })
      .nodes.map(({ value }) => value)
      .sort(),
  ).toEqual(['B-7', 'C-3']);
  expect(links(tables, { most: 2 }).left).toBe(graph.nodes.length - 2);
});

test('the same graph is always drawn in the same way, inside its square', () => {
  const graph = links(tables, { most: 10 });
  const [one, other] = [layout(graph), layout(graph)];
  expect([...one]).toEqual([...other]);
  for (const { x, y } of one.values()) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThanOrEqual(1);
  }
});

test('money is summed by payer, payee and currency, the largest first; what is no number is counted apart', () => {
  expect(flows([{ ...transfers, rows: [...transfers.rows, ['2026-03-06', 'A-1', 'B-7', 'n/a', 'EUR', '']] }]).unread).toBe(1);
  const { flows: ranked } = flows(tables);
  expect(ranked.map(({ from, to, sum }) => [from, to, sum])).toEqual([
    ['A-1', 'B-7', 1_003_000n],
    ['B-7', 'C-3', 990_000n],
  ]);
});

test('tables are joined by the columns that share values, and a table with itself has each pair once', () => {
  const on = likelyColumns(tables, 0, 1);
  expect(on).toEqual({ left: { table: 0, column: 1 }, right: { table: 1, column: 1 } });
  expect(on === undefined ? [] : join(tables, on).length).toBe(4);
  const column = { table: 0, column: 2 };
  expect(join(tables, { left: column, right: column })).toEqual([{ left: { table: 0, row: 0 }, right: { table: 0, row: 1 } }]);
});
