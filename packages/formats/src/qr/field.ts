/** GF(256) with the polynomial x^8 + x^4 + x^3 + x^2 + 1 (ISO/IEC 18004 section 7.5.2). */
const POLYNOMIAL = 0x11d;

function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * POLYNOMIAL);
    if (((b >> bit) & 1) === 1) product ^= a;
  }
  return product;
}

/** The generator of a Reed-Solomon code of so many codewords, without its leading 1. */
function generatorOf(degree: number): readonly number[] {
  let generator = [1];
  let root = 1;
  for (let step = 0; step < degree; step++) {
    const shifted = [...generator, 0];
    generator = shifted.map((coefficient, at) => coefficient ^ times(generator[at - 1] ?? 0, root));
    root = times(root, 2);
  }
  return generator.slice(1);
}

/** The codewords of correction for a block of data. */
export function remainderOf(data: readonly number[], degree: number): readonly number[] {
  const generator = generatorOf(degree);
  let rest: number[] = Array.from({ length: degree }, () => 0);
  for (const word of data) {
    const factor = word ^ (rest[0] ?? 0);
    rest = [...rest.slice(1), 0].map((value, at) => value ^ times(generator[at] ?? 0, factor));
  }
  return rest;
}
