import { describe, expect, test } from 'vitest';
import type { Figures } from '../../api/figures.ts';
import { csvOf, LETTERS, tablesOf, unitsOf } from './tables.ts';

const key = { type: 'traffic', addressee: '=cmd', emergency: false } as const;
const count = { instrument: 'EPOC', ...key, orders: 1, items: 2 } as const;
const figures: Figures = {
  ...{ v: 1, year: 2026, zone: 'Europe/Lisbon', made: '2026-11-26T00:00:00.000Z', party: 'pt' },
  units: { requests: 1, instruments: { EPOC: 1, 'EPOC-PR': 0 }, items: 2, identifiers: null, persons: null },
  ...{ a: [count], b: 0, c: [], e: [], f: [] },
  d: { notifications: [], refusals: [{ ...key, ground: 'privilege', by: 'provider', orders: 1, items: 1 }] },
  g: { transmitted: [], received: [], fulfilled: [] },
  h: { issuing: [], enforcing: null },
  i: { refused: 0, lapsed: 0 },
  j: { claims: 1, decided: 0, amounts: [{ act: 'claim-costs', amount: 12 }] },
  definitions: { a: '(a) "EPOCs" issued.', 'unit.person': 'never counted' },
};

describe('the figures of a year', () => {
  test('stand under every letter of the article, and under no other', () => {
    expect([...new Set(tablesOf(figures).map(({ letter }) => letter))]).toEqual([...LETTERS]);
  });

  test('what nobody can tell is null, and none of it is zero', () => {
    expect(unitsOf(figures).map(({ n }) => n)).toEqual([1, 1, 0, 2, null, null]);
    expect(tablesOf(figures).find(({ part }) => part === 'enforcing')?.says).toBeNull();
  });

  test('as a file each line has as many cells as the head, and its definition', () => {
    const lines = csvOf(figures).trimEnd().split('\r\n');
    const cells = lines.map((line) => line.match(/"(?:[^"]|"")*"/g)?.length);
    expect([...new Set(cells)]).toEqual([18]);
    expect(lines[1]).toBe(`"2026","Europe/Lisbon","unit.request"${',""'.repeat(13)},"1",""`);
    expect(lines.find((line) => line.includes('"a"'))).toContain('"(a) ""EPOCs"" issued."');
    expect(lines.find((line) => line.includes('unit.person'))).toContain('"null","never counted"');
  });

  test('as a file nothing is run by a spreadsheet', () => {
    expect(csvOf(figures)).toContain(`"'=cmd"`);
  });
});
