/** One point of a sharing: `data` has as many bytes as the secret. */
export interface Point {
  /** 1 to 255; another one for each point. */
  readonly index: number;
  readonly data: Uint8Array;
}

/**
 * Shares a secret so that any `needed` of the points give it and fewer say nothing about it (Shamir 1979), byte by byte over GF(2^8) with
 * the polynomial of AES (FIPS 197 section 4.2). `random` gives that many random bytes. Throws a RangeError unless 2 <= needed <= count <= 255.
 */
export function splitSecret(
  secret: Uint8Array,
  { needed, count }: { readonly needed: number; readonly count: number },
  random: (length: number) => Uint8Array,
): readonly Point[] {
  if (!(Number.isInteger(needed) && Number.isInteger(count) && needed >= 2 && needed <= count && count <= 255))
    throw new RangeError('a sharing needs 2 <= needed <= count <= 255');
  // Coefficients of one polynomial for each byte of the secret; the constant one is the byte itself.
  const higher = Array.from({ length: needed - 1 }, () => random(secret.length));
  return Array.from({ length: count }, (_, i) => {
    const index = i + 1;
    const data = secret.map((byte, at) => evaluate([byte, ...higher.map((row) => row[at] ?? 0)], index));
    return { index, data };
  });
}

/**
 * The secret behind as many points as were needed. From fewer, or from a point that was altered, it gives another secret and no sign of
 * it: commitments tell. Throws a RangeError for no points, an index twice or out of range, or points of different lengths.
 */
export function joinSecret(points: readonly Point[]): Uint8Array {
  const [first] = points;
  const indexes = points.map(({ index }) => index);
  if (first === undefined || new Set(indexes).size !== points.length) throw new RangeError('points have different indexes');
  if (indexes.some((index) => !Number.isInteger(index) || index < 1 || index > 255)) throw new RangeError('an index is 1 to 255');
  if (points.some(({ data }) => data.length !== first.data.length)) throw new RangeError('points have the same length');
  // Lagrange's interpolation at 0, where subtraction is addition.
  const weights = indexes.map((index) =>
    indexes.filter((other) => other !== index).reduce((weight, other) => multiply(weight, divide(other, other ^ index)), 1),
  );
  return first.data.map((_, at) => points.reduce((sum, { data }, i) => sum ^ multiply(data[at] ?? 0, weights[i] ?? 0), 0));
}

/** Horner's scheme. */
function evaluate(coefficients: readonly number[], at: number): number {
  return coefficients.reduceRight((sum, coefficient) => multiply(sum, at) ^ coefficient, 0);
}

/** Product in GF(2^8): no branch and no look-up in a table depends on the factors, so that neither time nor cache tells them. */
export function multiply(a: number, b: number): number {
  let [product, left, right] = [0, a, b];
  for (let bit = 0; bit < 8; bit++) {
    product ^= left & -(right & 1);
    left = ((left << 1) & 0xff) ^ (0x1b & -(left >> 7));
    right >>= 1;
  }
  return product;
}

/** a / b: the inverse of b is its 254th power. */
function divide(a: number, b: number): number {
  let [inverse, power] = [1, b];
  // 254 = 11111110 in binary.
  for (let bit = 1; bit < 8; bit++) {
    power = multiply(power, power);
    inverse = multiply(inverse, power);
  }
  return multiply(a, inverse);
}
