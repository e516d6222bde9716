import { describe, expect, test } from 'vitest';
import { checkSource } from '../check-source.ts';
import { csvFile, value } from '../testing/files.ts';
import { seededDice } from '../testing/seeded.ts';
import { TABLES, type TestTable, textOfTable } from '../testing/tables.ts';
import { scan } from './scan.ts';

interface Tally {
  readonly right: number;
  readonly wrong: readonly string[];
  readonly missed: readonly string[];
}

/** Columns of which the names of classes agree with what was put into them. */
async function tallyOf(table: TestTable, headers: boolean): Promise<Tally> {
  const path = csvFile(textOfTable(table, 400, { dice: seededDice(5), headers }));
  const report = value(await scan(value(await checkSource(path, 'csv', []))));
  const pairs = table.columns.map((column, i) => ({ column, found: report.columns[i]?.classes.map((one) => one.class) ?? [] }));
  const tell = (header: string, name: string): string => `${table.name}: ${header}: ${name}`;
  return {
    right: pairs.filter(({ column, found }) => column.truth.some((name) => found.includes(name))).length,
    // A second name of the same truth is no fault (a full name under the header of a given name).
    wrong: pairs.flatMap(({ column, found }) =>
      found.filter((name) => !column.truth.includes(name)).map((name) => tell(column.header, name)),
    ),
    missed: pairs
      .filter(({ column, found }) => column.truth.length > 0 && !column.truth.some((name) => found.includes(name)))
      .map(({ column, found }) => tell(column.header, `${column.truth} not in ${found}`)),
  };
}

/** F2: a miss weighs four times a false alarm. */
async function f2(headers: boolean): Promise<{ readonly score: number; readonly faults: readonly string[] }> {
  const tallies: Tally[] = [];
  for (const table of TABLES) tallies.push(await tallyOf(table, headers));
  const right = tallies.reduce((sum, one) => sum + one.right, 0);
  const wrong = tallies.flatMap((one) => one.wrong);
  const missed = tallies.flatMap((one) => one.missed);
  return { score: (5 * right) / (5 * right + 4 * missed.length + wrong.length), faults: [...missed, ...wrong] };
}

describe('tables of several countries', () => {
  test('with their headers are classified with an F2 of .95 or more', async () => {
    const { score, faults } = await f2(true);
    expect(score, faults.join('\n')).toBeGreaterThanOrEqual(0.95);
  });

  test('without headers are classified with an F2 of .85 or more', async () => {
    const { score, faults } = await f2(false);
    expect(score, faults.join('\n')).toBeGreaterThanOrEqual(0.85);
  });
});
