import type { PartyView } from '@comity/node/api';

/** The parties that the directory lets sit in a seat of the European Production Order. */
export function partiesFor(known: readonly PartyView[], seat: string): readonly PartyView[] {
  return known.filter((party) => party.powers.some((power) => power.procedure === 'eu.epoc' && power.seat === seat));
}
