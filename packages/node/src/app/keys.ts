import { type Instant, type KeyUse, keyAt, type Refusal } from '@comity/core';
import type { House } from './house.ts';

/** Whether the party has a key of these uses that holds at an instant. Refusal: `key-not-valid` with the use. */
export function checkKeys(house: Pick<House, 'party'>, uses: readonly KeyUse[], at: Instant): Refusal | undefined {
  const lost = uses.find((use) => keyAt(house.party, use, at) === undefined);
  return lost === undefined ? undefined : { code: 'key-not-valid', field: lost };
}

/** Whether evidence containers can be signed now: with a listed key that holds, or, where the directory lists none yet, with an unlisted one. Refusal: `key-not-valid`. */
export function checkEvidenceKey({ party, now }: Pick<House, 'party' | 'now'>): Refusal | undefined {
  return party.keys.some(({ use }) => use === 'evidence') ? checkKeys({ party }, ['evidence'], now()) : undefined;
}

/** Whether the directory still says which keys hold: after its end a key may have been revoked for long, so nothing is sealed to it. Refusal: `directory-expired`. */
export function checkFresh({ directory, now }: Pick<House, 'directory' | 'now'>): Refusal | undefined {
  return now() < directory.until ? undefined : { code: 'directory-expired', field: 'directory' };
}
