/** Size of a class -> how many classes have it. All figures of re-identification follow from this, and no value stands in it. */
export type Sizes = ReadonlyMap<number, number>;

/** What the sizes of the classes say. Shares are from 0 to 1. */
export interface ClassFigures {
  readonly rows: number;
  readonly classes: number;
  /** k of k-anonymity: rows in the smallest class (Sweeney 2002); null where there are no rows. */
  readonly smallest: number | null;
  /** Rows that are alone in their class, as a share of all. */
  readonly unique: number;
  /** Classes of fewer rows than were asked for, smallest first: size and how many. */
  readonly below: readonly { readonly size: number; readonly classes: number }[];
  readonly rowsBelow: number;
  /**
   * Chance that somebody who knows that a person is in the data picks their row: for the person in the smallest class, and on average.
   * It bounds what somebody can do who does not know it (journalist), for the classes of the population are at least as large as those
   * of the sample; the average bounds the share of rows that somebody gets right who links all (marketer). El Emam, Guide to the De-Identification of Personal Health Information (2013).
   */
  readonly prosecutor: { readonly highest: number; readonly average: number };
}

/** The figures of a table whose smallest allowed class has `k` rows. */
export function classFigures(sizes: Sizes, k: number): ClassFigures {
  const sorted = [...sizes].sort(([a], [b]) => a - b);
  const rows = sorted.reduce((sum, [size, classes]) => sum + size * classes, 0);
  const classes = sorted.reduce((sum, [, count]) => sum + count, 0);
  const below = sorted.filter(([size]) => size < k).map(([size, count]) => ({ size, classes: count }));
  const smallest = sorted[0]?.[0] ?? null;
  return {
    rows,
    classes,
    smallest,
    unique: rows === 0 ? 0 : (sizes.get(1) ?? 0) / rows,
    below,
    rowsBelow: below.reduce((sum, one) => sum + one.size * one.classes, 0),
    prosecutor: { highest: smallest === null ? 0 : 1 / smallest, average: rows === 0 ? 0 : classes / rows },
  };
}
