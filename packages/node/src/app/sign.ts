import {
  type Act,
  type ActBody,
  type ActSignature,
  actBytes,
  actDigest,
  commitment,
  type Instant,
  type Json,
  type Opening,
  toBase64Url,
} from '@comity/core';
import { personKeyId } from '../keys/cards.ts';
import { sha256 } from '../keys/crypto.ts';
import type { House } from './house.ts';

/** Salts and commits each section of an act. */
export function commitSections(
  house: House,
  sections: Readonly<Record<string, Json>>,
): { readonly commitments: Record<string, string>; readonly openings: Record<string, Opening> } {
  const openings = Object.fromEntries(
    Object.entries(sections).map(([name, value]) => [name, { salt: toBase64Url(house.random(32)), value }]),
  );
  const commitments = Object.fromEntries(
    Object.entries(openings).map(([name, opening]) => [name, commitment(name, opening, sha256)]),
  );
  return { commitments, openings };
}

/** Signs an act with the person's key and the party's. Throws when the person has no key here: roles are checked before. */
export async function signAct(
  house: House,
  body: ActBody,
  openings: Readonly<Record<string, Opening>>,
): Promise<Act & { readonly digest: string }> {
  const signatures = await signBytes(house, { person: body.by.person, at: body.at }, actBytes(body));
  return { body, signatures, openings, digest: actDigest(body, sha256) };
}

/** Signatures of a person and of the party over bytes that begin with a domain line. Throws when the person has no key here, or the party none that holds then. */
export async function signBytes(
  house: House,
  by: { readonly person: string; readonly at: Instant },
  bytes: Uint8Array,
): Promise<readonly ActSignature[]> {
  const person = house.signers.person(by.person);
  if (person === undefined) throw new Error(`there is no key for ${by.person} in this keystore`);
  const party = house.signers.party(by.at);
  return [
    { key: personKeyId(house.party.id, by.person), signature: toBase64Url(person(bytes)) },
    { key: party.id, signature: toBase64Url(await party.sign(bytes)) },
  ];
}
