/** A symbol while it is drawn: its modules, and which of them belong to no data. */
export interface Board {
  readonly size: number;
  readonly dark: boolean[][];
  readonly taken: boolean[][];
}

/** A square with the patterns by which it is found: three eyes, one alignment pattern from version 2 on, two lines of timing, and room for the format. */
export function emptyBoard(version: number): Board {
  const size = 17 + 4 * version;
  const grid = (): boolean[][] => Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  const board = { size, dark: grid(), taken: grid() };
  for (let at = 0; at < size; at++) {
    set(board, [6, at], at % 2 === 0);
    set(board, [at, 6], at % 2 === 0);
  }
  for (const [y, x] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ] as const)
    eye(board, y, x);
  if (version > 1) square(board, { y: size - 7, x: size - 7, radius: 2, light: [1] });
  for (const place of formatPlaces(size).flat()) set(board, place, false);
  set(board, [size - 8, 8], true);
  return board;
}

function set({ dark, taken }: Board, [y, x]: readonly [number, number], value: boolean): void {
  const [row, held] = [dark[y], taken[y]];
  if (row?.[x] === undefined || held === undefined) return;
  row[x] = value;
  held[x] = true;
}

/** An eye, with the light border around it. */
function eye(board: Board, y: number, x: number): void {
  square(board, { y, x, radius: 4, light: [2, 4] });
}

/** Rings around a centre, dark but for those that are named. */
function square(
  board: Board,
  at: { readonly y: number; readonly x: number; readonly radius: number; readonly light: readonly number[] },
): void {
  for (let dy = -at.radius; dy <= at.radius; dy++)
    for (let dx = -at.radius; dx <= at.radius; dx++)
      set(board, [at.y + dy, at.x + dx], !at.light.includes(Math.max(Math.abs(dy), Math.abs(dx))));
}

/** Where the fifteen bits of the format stand, twice: around the first eye, and beside the other two (ISO/IEC 18004 figure 25). The lowest bit first. */
export function formatPlaces(size: number): readonly (readonly (readonly [number, number])[])[] {
  const around = Array.from({ length: 15 }, (_, bit): readonly [number, number] => {
    if (bit < 6) return [bit, 8];
    if (bit < 8) return [bit + 1, 8];
    return bit === 8 ? [8, 7] : [8, 14 - bit];
  });
  const beside = Array.from({ length: 15 }, (_, bit): readonly [number, number] =>
    bit < 8 ? [8, size - 1 - bit] : [size - 15 + bit, 8],
  );
  return [around, beside];
}

/** Draws the codewords, two columns at a time from the right, up and down in turn, around what is taken. */
export function placeData({ size, dark, taken }: Board, codewords: readonly number[]): void {
  let bit = 0;
  let upwards = true;
  for (let right = size - 1; right > 0; right -= 2) {
    // The upright line of timing is stepped over.
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      const y = upwards ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        const row = dark[y];
        if (row === undefined || taken[y]?.[x] !== false) continue;
        row[x] = (((codewords[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1;
        bit++;
      }
    }
    upwards = !upwards;
  }
}
