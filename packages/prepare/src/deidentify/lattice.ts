/** A quasi-identifier as numbers: what each of its values becomes on each level. */
export interface LevelColumn {
  /** Level -> value -> its group on that level. Level 0 has each value apart, the last level one group. */
  readonly groups: readonly Int32Array[];
}

/** A table as its different rows over the quasi-identifiers and sensitive columns, and how often each stands there. */
export interface Tuples {
  readonly columns: readonly LevelColumn[];
  /** Column -> tuple -> value. */
  readonly values: readonly Int32Array[];
  /** Sensitive column -> tuple -> value. */
  readonly sensitive: readonly Int32Array[];
  readonly counts: Int32Array;
}

/** One level for each column. */
export type Node = readonly number[];

/** How many groups a level has. */
export function groupsOn({ groups }: LevelColumn, level: number): number {
  return 1 + (groups[level]?.reduce((most, group) => Math.max(most, group), -1) ?? -1);
}

/** The classes that a node makes: to which each tuple belongs, and how many rows each has. */
export interface Classes {
  readonly of: Int32Array;
  readonly rows: readonly number[];
}

/** Groups the tuples by their values on the levels of a node, column by column: a class and a group make a number that stays small. */
export function classesOf({ columns, values, counts }: Tuples, node: Node): Classes {
  let of = new Int32Array(counts.length);
  let size = counts.length === 0 ? 0 : 1;
  columns.forEach((column, i) => {
    const groups = column.groups[node[i] ?? 0] ?? new Int32Array();
    const width = groupsOn(column, node[i] ?? 0);
    if (width < 2) return;
    const own = values[i] ?? new Int32Array();
    const numbers = numbersUpTo(size * width);
    of = of.map((at, tuple) => numbers.of(at * width + (groups[own[tuple] ?? 0] ?? 0)));
    size = numbers.size();
  });
  const rows = new Array<number>(size).fill(0);
  for (let tuple = 0; tuple < of.length; tuple++) rows[of[tuple] ?? 0] = (rows[of[tuple] ?? 0] ?? 0) + (counts[tuple] ?? 0);
  return { of, rows };
}

/** Up to here a table with a place for every key is faster than one that is searched. */
const DENSE = 1 << 25;

interface Numbers {
  /** The number of a key: the keys are counted as they come. */
  readonly of: (key: number) => number;
  readonly size: () => number;
}

function numbersUpTo(keys: number): Numbers {
  let size = 0;
  if (keys <= DENSE) {
    // 0 is a key that has not come yet.
    const table = new Int32Array(keys);
    const of = (key: number): number => {
      if (table[key] === 0) table[key] = ++size;
      return (table[key] ?? 0) - 1;
    };
    return { of, size: () => size };
  }
  const known = new Map<number, number>();
  const of = (key: number): number => {
    const found = known.get(key);
    if (found === undefined) known.set(key, size);
    return found ?? size++;
  };
  return { of, size: () => size };
}

/** Different values of a sensitive column in each class. */
export function distinctIn({ of, rows }: Classes, sensitive: Int32Array): readonly number[] {
  const width = 1 + sensitive.reduce((most, value) => Math.max(most, value), 0);
  const pairs = numbersUpTo(rows.length * width);
  const distinct = new Array<number>(rows.length).fill(0);
  for (let tuple = 0; tuple < of.length; tuple++) {
    const at = of[tuple] ?? 0;
    const before = pairs.size();
    pairs.of(at * width + (sensitive[tuple] ?? 0));
    if (pairs.size() > before) distinct[at] = (distinct[at] ?? 0) + 1;
  }
  return distinct;
}

/**
 * What a value loses on a level: how many other values of the data it can no longer be told from, as a share of all others (the
 * "normalised certainty penalty" of Xu and others 2006, over the values that occur). 0 on level 0, 1 where all are one.
 */
export function lossesOf({ groups }: LevelColumn): readonly Float64Array[] {
  const leaves = groups[0]?.length ?? 0;
  return groups.map((level) => {
    const members = new Map<number, number>();
    for (const group of level) members.set(group, (members.get(group) ?? 0) + 1);
    return Float64Array.from(level, (group) => (leaves < 2 ? 0 : ((members.get(group) ?? 1) - 1) / (leaves - 1)));
  });
}
