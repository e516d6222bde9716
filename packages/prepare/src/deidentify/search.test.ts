import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classesOf, type LevelColumn, lossesOf, type Tuples } from './lattice.ts';
import { type Demand, findLevels } from './search.ts';

/** A column of some values whose levels each merge groups of the one before; the last level is one group. */
const column: fc.Arbitrary<LevelColumn> = fc.integer({ min: 1, max: 5 }).chain((values) =>
  fc.array(fc.array(fc.nat(3), { minLength: values, maxLength: values }), { maxLength: 2 }).map((merges) => {
    const groups: Int32Array[] = [Int32Array.from({ length: values }, (_, i) => i)];
    for (const merge of merges) groups.push(Int32Array.from(groups.at(-1) ?? [], (group) => merge[group] ?? 0));
    groups.push(new Int32Array(values));
    return { groups };
  }),
);

const table: fc.Arbitrary<Tuples> = fc.array(column, { minLength: 1, maxLength: 3 }).chain((columns) =>
  fc
    .array(
      fc.tuple(
        fc.tuple(...columns.map(({ groups }) => fc.nat((groups[0]?.length ?? 1) - 1))),
        fc.nat(2),
        fc.integer({ min: 1, max: 4 }),
      ),
      {
        minLength: 1,
        maxLength: 14,
      },
    )
    .map((rows) => ({
      columns,
      values: columns.map((_, i) => Int32Array.from(rows, ([cells]) => cells[i] ?? 0)),
      sensitive: [Int32Array.from(rows, ([, value]) => value)],
      counts: Int32Array.from(rows, ([, , count]) => count),
    })),
);

const demand: fc.Arbitrary<Demand> = fc.record({
  k: fc.integer({ min: 1, max: 6 }),
  l: fc.option(fc.integer({ min: 1, max: 3 })),
  t: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  ordered: fc.constantFrom([true], [false]),
  suppressed: fc.nat(8),
});

interface Row {
  readonly key: string;
  readonly value: number;
  readonly loss: number;
}

/** The rows one by one, on the levels of a node: written apart from what is tested, by the definitions. */
function rowsOf(tuples: Tuples, node: readonly number[]): readonly Row[] {
  const losses = tuples.columns.map(lossesOf);
  return Array.from(tuples.counts, (count, tuple) => {
    const cells = node.map((level, i) => tuples.columns[i]?.groups[level]?.[tuples.values[i]?.[tuple] ?? 0] ?? 0);
    const loss = node.reduce((sum, level, i) => sum + (losses[i]?.[level]?.[tuples.values[i]?.[tuple] ?? 0] ?? 0), 0);
    return Array.from({ length: count }, () => ({ key: cells.join(), value: tuples.sensitive[0]?.[tuple] ?? 0, loss }));
  }).flat();
}

/** What a node loses, or undefined where it does not hold. */
function lossOf(tuples: Tuples, node: readonly number[], asked: Demand): number | undefined {
  const rows = rowsOf(tuples, node);
  const classes = Map.groupBy(rows, ({ key }) => key);
  const holds = (key: string): boolean => {
    const members = classes.get(key) ?? [];
    return members.length >= asked.k && new Set(members.map(({ value }) => value)).size >= (asked.l ?? 0);
  };
  const kept = rows.filter(({ key }) => holds(key));
  if (rows.length - kept.length > asked.suppressed) return undefined;
  const values = [...new Set(kept.map(({ value }) => value))].sort();
  const share = (of: readonly Row[]) => values.map((value) => of.filter((row) => row.value === value).length / of.length);
  const whole = share(kept);
  for (const members of Map.groupBy(kept, ({ key }) => key).values()) {
    const apart = share(members).map((own, i) => own - (whole[i] ?? 0));
    let carried = 0;
    const ordered =
      apart.reduce((sum, one) => {
        carried += one;
        return sum + Math.abs(carried);
      }, 0) / Math.max(1, values.length - 1);
    const equal = apart.reduce((sum, one) => sum + Math.abs(one), 0) / 2;
    const distance = asked.ordered[0] === true ? (values.length < 2 ? 0 : ordered) : equal;
    if (asked.t !== null && distance > asked.t + 1e-9) return undefined;
  }
  const lost = rows.reduce((sum, row) => sum + (holds(row.key) ? row.loss : node.length), 0);
  return lost / (rows.length * node.length);
}

function everyNode({ columns }: Tuples): readonly (readonly number[])[] {
  return columns.reduce<readonly (readonly number[])[]>(
    (nodes, { groups }) => nodes.flatMap((node) => groups.map((_, level) => [...node, level])),
    [[]],
  );
}

describe('the search for levels', () => {
  test('finds on any table and demand what trying every combination finds', () => {
    fc.assert(
      fc.property(table, demand, (tuples, asked) => {
        const all = everyNode(tuples).flatMap((node) => lossOf(tuples, node, asked) ?? []);
        const found = findLevels(tuples, asked);
        expect(found === undefined).toBe(all.length === 0);
        if (found === undefined) return;
        expect(found.loss).toBeCloseTo(Math.min(...all), 9);
        expect(lossOf(tuples, found.node, asked)).toBeCloseTo(found.loss, 9);
      }),
      { numRuns: 400 },
    );
  });

  test('groups fewer nodes than there are', () => {
    const twenty = Int32Array.from({ length: 20 }, (_, i) => i);
    const halves = (by: number) => Int32Array.from(twenty, (i) => Math.floor(i / by));
    const columns = Array.from({ length: 4 }, () => ({ groups: [twenty, halves(2), halves(5), halves(10), new Int32Array(20)] }));
    const values = columns.map((_, c) => Int32Array.from({ length: 200 }, (__, i) => (i * (c + 3) * 7 + (i >> (c + 1))) % 20));
    const counts = new Int32Array(200).fill(1);
    const found = findLevels({ columns, values, sensitive: [], counts }, { k: 5, l: null, t: null, ordered: [], suppressed: 10 });
    expect(found?.nodes).toBe(625);
    expect(found?.grouped).toBeLessThan(200);
  });

  test('classes are the rows that share all groups', () => {
    const columns = [
      { groups: [Int32Array.of(0, 1), Int32Array.of(0, 0)] },
      { groups: [Int32Array.of(0, 1), Int32Array.of(0, 0)] },
    ];
    const tuples = {
      columns,
      values: [Int32Array.of(0, 0, 1), Int32Array.of(0, 1, 1)],
      sensitive: [],
      counts: Int32Array.of(2, 3, 4),
    };
    expect(classesOf(tuples, [0, 0]).rows).toEqual([2, 3, 4]);
    expect(classesOf(tuples, [0, 1]).rows).toEqual([5, 4]);
    expect(classesOf(tuples, [1, 1]).rows).toEqual([9]);
  });
});
