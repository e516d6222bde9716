import type { PartyView } from '@comity/node/api';

/** The parties that the directory lets sit in a seat of a procedure. */
export function partiesFor(
  known: readonly PartyView[],
  at: { readonly procedure: string; readonly seat: string },
): readonly PartyView[] {
  return known.filter((party) => party.powers.some((power) => power.procedure === at.procedure && power.seat === at.seat));
}
