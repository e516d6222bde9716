import type { Sheet } from '../sheet.ts';

/** One measurement of the bench of preparation, in a folder of its own with so many rows where it makes them. What it says of its input begins with its name. */
export type Part = (dir: string, rows: number) => Promise<Sheet>;

/** Rows that the goals speak of. */
export const ROWS = 10_000_000;
