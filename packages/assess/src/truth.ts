/**
 * A truth value in two bits: bit 0 = it can be true, bit 1 = it can be false. So T = 1, F = 2, unknown = 3.
 * The same formulas serve 32 scenarios at once when the two bits are two 32-bit words.
 */
export type Truth = 1 | 2 | 3;

export const T = 1;
export const F = 2;
export const U = 3;

/** True where both can be true; false where either can be false. */
export function and(a: Truth, b: Truth): Truth {
  return truth((a & b & 1) | ((a | b) & 2));
}

/** True where either can be true; false where both can be false. */
export function or(a: Truth, b: Truth): Truth {
  return truth(((a | b) & 1) | (a & b & 2));
}

/** Swaps the two bits. */
export function not(a: Truth): Truth {
  return a === U ? U : a === T ? F : T;
}

/** The truth value of a plain yes or no. */
export function fromBoolean(value: boolean): Truth {
  return value ? T : F;
}

function truth(bits: number): Truth {
  return bits === T ? T : bits === F ? F : U;
}
