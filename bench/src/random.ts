/** A number from 0 up to 1, the next of a row that its seed alone decides. */
export type Random = () => number;

/** A row of numbers from a seed: the same seed, the same row, so that every run measures the same work. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    // A 32-bit counter with odd step, mixed by two rounds of multiply and shift.
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}
