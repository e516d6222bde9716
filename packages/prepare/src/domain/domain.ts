/**
 * What a column may hold, said by a person or bought with privacy budget, never read from the data: the data's own extremes and rare values would tell of single persons.
 * Every value has a number; the numbers of a column run from 0 without a gap.
 */
export type ColumnDomain = {
  readonly name: string;
  /** Whether a cell may be empty: the last number. */
  readonly missing: boolean;
} & (CodeDomain | CategoryDomain | NumberDomain | DateDomain);

/** Whole numbers from 0 up to, not including, `size`. */
interface CodeDomain {
  readonly kind: 'code';
  readonly size: number;
}

interface CategoryDomain {
  readonly kind: 'category';
  readonly values: readonly string[];
  /** Whether values that are not listed count as one more, `other`; if not, they make the data unfit for the domain. */
  readonly other: boolean;
}

/** Bins from each edge up to, not including, the next; what lies outside counts to the first or last. */
interface NumberDomain {
  readonly kind: 'number';
  readonly edges: readonly number[];
  /** Digits after the point with which values are written; 0 for whole numbers. */
  readonly digits: number;
}

/** As numbers, with days (`YYYY-MM-DD`) as edges. */
interface DateDomain {
  readonly kind: 'date';
  readonly edges: readonly string[];
}

export type Domain = readonly ColumnDomain[];

/** How many values a column has, `other` and empty included. */
export function sizeOf(column: ColumnDomain): number {
  return plainSize(column) + (column.kind === 'category' && column.other ? 1 : 0) + (column.missing ? 1 : 0);
}

/** How many values are listed. */
export function plainSize(column: ColumnDomain): number {
  switch (column.kind) {
    case 'code':
      return column.size;
    case 'category':
      return column.values.length;
    default:
      return column.edges.length - 1;
  }
}

/** The number of the empty cell, if a cell may be empty. */
export function missingCode(column: ColumnDomain): number | undefined {
  return column.missing ? sizeOf(column) - 1 : undefined;
}

/** Whether neighbouring numbers stand for neighbouring values. */
export function isOrdered(column: ColumnDomain): boolean {
  return column.kind !== 'category';
}
