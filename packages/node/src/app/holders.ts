import { ok, type Party, type Result, refuse } from '@comity/core';
import type { ActRule, CaseState } from '@comity/procedure';
import type { ShareSet } from '@comity/seal';
import { type Manifest, type ManifestRecipient, officesIn } from '@comity/seal/manifest';
import type { JointView } from '../api.ts';
import type { House } from './house.ts';

/**
 * The parties that must come together to open what an act delivers, in the order in which the procedure names their seats. Errors: `seat-not-held` with the seat while nobody sits there;
 * `holder-twice` with the party that sits in two of them, and would open with fewer others than the procedure demands.
 */
export function holdersOf(
  house: Pick<House, 'directory'>,
  state: CaseState,
  { seats }: NonNullable<ActRule['joint']>,
): Result<readonly Party[]> {
  const holders: Party[] = [];
  for (const seat of seats) {
    const party = house.directory.parties.find(({ id }) => id === state.seats[seat]);
    if (party === undefined) return refuse('seat-not-held', `seats.${seat}`);
    if (holders.includes(party)) return refuse('holder-twice', `seats.${seat}`, { party: party.id });
    holders.push(party);
  }
  return ok(holders);
}

/** What a manifest says of those whom a file is sealed to: each opens it alone, or, where it was sealed jointly, each has the share with this commitment. */
export function addressedTo(offices: readonly ManifestRecipient[], set?: ShareSet): Pick<Manifest, 'to' | 'joint'> {
  if (set === undefined) return { to: offices };
  const holders = offices.map((office, index) => ({ ...office, commitment: set.commitments[index] ?? '' }));
  return { to: [], joint: { needed: set.needed, holders } };
}

/** Who must come together to open what has this manifest; nothing where each office opens it alone. */
export function jointViewOf(house: Pick<House, 'directory'>, manifest: Manifest | undefined): { readonly joint?: JointView } {
  if (manifest?.joint === undefined) return {};
  const nameOf = (id: string): string => house.directory.parties.find((party) => party.id === id)?.name ?? id;
  const holders = officesIn(manifest).map(({ party }) => ({ id: party, name: nameOf(party) }));
  return { joint: { needed: manifest.joint.needed, holders } };
}
