/**
 * How much `hits` of `tries` speak against chance, in natural units: tries times the divergence of the rate from chance, zero where the rate is not above it.
 * Nine is one in eight thousand by chance.
 */
export function evidenceOf(hits: number, tries: number, chance: number): number {
  if (tries === 0 || hits === 0) return 0;
  const rate = hits / tries;
  if (rate <= chance || chance >= 1) return 0;
  const misses = tries - hits;
  return hits * Math.log(rate / chance) + (misses === 0 ? 0 : misses * Math.log((1 - rate) / (1 - chance)));
}

/** Evidence from which a column's values alone name a class. */
export const ENOUGH = 9;
/** Evidence from which finds inside texts count: one find where chance is one in fifteen, two where it is one in ten. */
export const ENOUGH_IN_TEXT = 2.7;
