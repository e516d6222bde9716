import type { PartyView } from '@comity/node/api';

/** A party's name, or its id where this page does not know it. */
export function nameOf(parties: readonly PartyView[], id: string | undefined): string {
  return parties.find((party) => party.id === id)?.name ?? id ?? '';
}
