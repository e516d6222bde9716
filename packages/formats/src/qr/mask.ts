import { type Board, formatPlaces } from './board.ts';

/** The eight patterns that may lie over the data (ISO/IEC 18004 table 10). */
export const MASKS: readonly ((y: number, x: number) => boolean)[] = [
  (y, x) => (y + x) % 2 === 0,
  (y) => y % 2 === 0,
  (_, x) => x % 3 === 0,
  (y, x) => (y + x) % 3 === 0,
  (y, x) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (y, x) => ((y * x) % 2) + ((y * x) % 3) === 0,
  (y, x) => (((y * x) % 2) + ((y * x) % 3)) % 2 === 0,
  (y, x) => (((y + x) % 2) + ((y * x) % 3)) % 2 === 0,
];

type Rows = readonly (readonly boolean[])[];

/** The symbol under one of the patterns, with the format that says which. */
export function withMask({ size, dark, taken }: Board, mask: number): Rows {
  const under = MASKS[mask];
  const rows = dark.map((row, y) => row.map((value, x) => (taken[y]?.[x] === false && under?.(y, x) === true ? !value : value)));
  const bits = formatOf(mask);
  for (const places of formatPlaces(size))
    places.forEach(([y, x], bit) => {
      const row = rows[y];
      if (row !== undefined) row[x] = ((bits >> bit) & 1) === 1;
    });
  return rows;
}

/** Level M and the pattern, with their ten bits of correction (ISO/IEC 18004 section 7.9). */
function formatOf(mask: number): number {
  let rest = mask << 10;
  for (let bit = 14; bit >= 10; bit--) if (((rest >> bit) & 1) === 1) rest ^= 0x537 << (bit - 10);
  return ((mask << 10) | rest) ^ 0x5412;
}

/** How hard a symbol is to read: long runs, blocks, what looks like an eye, too much of one colour (ISO/IEC 18004 section 7.8.3). */
export function penaltyOf(rows: Rows): number {
  const columns = rows.map((_, x) => rows.map((row) => row[x] === true));
  const lines = [...rows, ...columns].map((line) => line.map((dark) => (dark ? '1' : '0')).join(''));
  const dark = rows.flat().filter(Boolean).length / rows.flat().length;
  return lines.reduce((sum, line) => sum + runs(line) + eyes(line), 0) + blocks(rows) + Math.floor(Math.abs(dark * 20 - 10)) * 10;
}

function runs(line: string): number {
  return (line.match(/0{5,}|1{5,}/g) ?? []).reduce((sum, run) => sum + run.length - 2, 0);
}

function eyes(line: string): number {
  return [...line.matchAll(/(?=10111010000|00001011101)/g)].length * 40;
}

function blocks(rows: Rows): number {
  let found = 0;
  for (let y = 0; y + 1 < rows.length; y++)
    for (let x = 0; x + 1 < rows.length; x++) {
      const value = rows[y]?.[x];
      if (rows[y]?.[x + 1] === value && rows[y + 1]?.[x] === value && rows[y + 1]?.[x + 1] === value) found += 3;
    }
  return found;
}
