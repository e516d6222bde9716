import { type ClassFigures, classFigures } from '../deidentify/classSizes.ts';
import { type ClassValues, diversityOf } from '../deidentify/diversity.ts';
import type { Rows } from '../synthesise/sample.ts';

/** How rows stand together: classes of rows that are alike in all columns but one, and what that one holds in each. */
export interface Crowd {
  readonly rows: number;
  readonly classes: number;
  /** k: rows of the smallest class; null without rows. */
  readonly k: number | null;
  /** Rows that are alone in their class, as a share of all. */
  readonly unique: number;
  /** l: fewest different values of the remaining column in a class; t: greatest distance of a class from the whole. Null without rows. */
  readonly l: number | null;
  readonly t: number | null;
}

/** Counts the classes of coded rows over all columns but `label`. A synthetic row belongs to nobody, so that k of 1 says nothing by itself; that far more rows of one file are alone than of the other does. */
export function crowdOf(rows: Rows, sizes: readonly number[], label: number): Crowd {
  const classes = classesOf(rows, label);
  const counts = new Map<number, number>();
  const whole = new Array<number>(sizes[label] ?? 0).fill(0);
  for (const held of classes.values()) {
    let size = 0;
    for (const [value, count] of held) {
      size += count;
      whole[value] = (whole[value] ?? 0) + count;
    }
    counts.set(size, (counts.get(size) ?? 0) + 1);
  }
  const figures: ClassFigures = classFigures(counts, 1);
  const diversity = diversityOf([...classes.values()].map(valuesOf), { whole, ordered: false, l: 2 });
  return {
    rows: figures.rows,
    classes: figures.classes,
    k: figures.smallest,
    unique: figures.unique,
    l: diversity?.distinct ?? null,
    t: diversity?.t ?? null,
  };
}

type Held = ReadonlyMap<number, number>;

function valuesOf(held: Held): ClassValues {
  return { places: [...held.keys()], counts: [...held.values()] };
}

function classesOf(rows: Rows, label: number): ReadonlyMap<string, Held> {
  const others = rows.filter((_, column) => column !== label);
  const classes = new Map<string, Map<number, number>>();
  for (const [row, value] of (rows[label] ?? new Uint16Array(0)).entries()) {
    const key = String.fromCharCode(...others.map((list) => list[row] ?? 0));
    const held = classes.get(key) ?? new Map<number, number>();
    held.set(value, (held.get(value) ?? 0) + 1);
    classes.set(key, held);
  }
  return classes;
}
