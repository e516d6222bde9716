import { createHash } from 'node:crypto';
import { keyAt, type PartyKey } from '@comity/core';
import { openHeader, rewrapHeader } from '@comity/seal';
import { parseManifest } from '@comity/seal/manifest';
import type { SubjectKeys } from '../keys/subjects.ts';
import { actsOf } from '../store/acts.ts';
import { lockCase } from '../store/cases.ts';
import { findPayload, heldPayloads, noteRewrapped, type StoredPayload } from '../store/payloads.ts';
import type { SealedVault } from '../vault/apart.ts';
import { entryOf, type Logging, logEntries, nextInstant } from './entry.ts';
import { packageOf } from './expect.ts';
import { type House, NODE_PERSON } from './house.ts';

/** What of a house it takes to make headers anew. */
export type Rewrapping = Logging & Pick<House, 'db' | 'now'> & { readonly subjects: SubjectKeys; readonly vault: SealedVault };

/** How many received payloads were wrapped anew, were wrapped for the present key already, or are not opened by any key at hand. */
export interface RewrapCount {
  readonly rewrapped: number;
  readonly present: number;
  readonly closed: number;
}

/** The identity of an office key of this party, by its id; undefined when it is not here or its passphrase is another one. */
export type IdentityOf = (keyId: string) => Promise<string | undefined>;

/**
 * Gives every received payload that is held a header for the present office key: the payload itself stays byte for byte as it is, and so does its name. Log and database say what
 * lies there now. Done again after a crash, it goes on. It shuts nobody out: whoever had the old header and the old key opens their copy still. Throws when no office key holds.
 */
export async function rewrapHeld(house: Rewrapping, identityOf: IdentityOf): Promise<RewrapCount> {
  const to = keyAt(house.party, 'office', house.now());
  if (to === undefined) throw new Error(`${house.party.id} has no office key that holds.`);
  const count = { rewrapped: 0, present: 0, closed: 0 };
  for (const payload of await heldPayloads(house.db)) count[await rewrapOne(house, payload, { to, identityOf })] += 1;
  return count;
}

interface Aim {
  readonly to: PartyKey;
  readonly identityOf: IdentityOf;
}

async function rewrapOne(house: Rewrapping, payload: StoredPayload, { to, identityOf }: Aim): Promise<keyof RewrapCount> {
  const from = payload.rewrapped?.key ?? (await announcedKey(house, payload));
  if (from === to.id) return 'present';
  const header = house.vault.header(payload.ciphertext);
  if (from === undefined || header === undefined) return 'closed';
  const next = await headerFor(header, { to, identityOf, from });
  if (next === undefined) return 'closed';
  const stored = await digestUnder(house.vault, payload.ciphertext, { old: header, next });
  return house.db.transaction().execute(async (tx): Promise<keyof RewrapCount> => {
    await lockCase(tx, payload.case);
    // It may have been destroyed meanwhile.
    const still = await findPayload(tx, payload.ciphertext, 'received');
    if (still?.state !== 'held') return 'closed';
    const put = await house.vault.rewrap(payload.ciphertext, next);
    if (!put.ok) return 'closed';
    await noteRewrapped(tx, payload, { ...stored, key: to.id });
    const at = await nextInstant(house, tx, payload.case);
    const entry = entryOf(house, {
      t: 'rewrapped',
      case: payload.case,
      at,
      role: NODE_PERSON,
      basis: [payload.ciphertext, from, to.id],
      obj: { ct_sha256: stored.sha256, bytes: stored.size },
    });
    await logEntries(house, tx, [entry]);
    return 'rewrapped';
  });
}

/** The office key of ours that the sender's manifest names. */
async function announcedKey(house: Rewrapping, payload: StoredPayload): Promise<string | undefined> {
  const acts = await house.db.transaction().execute((tx) => actsOf(tx, payload.case, house.subjects));
  for (const act of acts) {
    const manifest = parseManifest(packageOf(act, payload.item)?.manifest);
    if (!manifest.ok || manifest.value.ciphertext.sha256 !== payload.ciphertext) continue;
    return manifest.value.to.find(({ party }) => party === house.party.id)?.keyId;
  }
  return undefined;
}

/** The header for the present key. Before a crash it may have got its place already, and the database does not know it yet. */
async function headerFor(
  header: Uint8Array,
  { to, identityOf, from }: Aim & { readonly from: string },
): Promise<Uint8Array | undefined> {
  const old = await identityOf(from);
  const made = old === undefined ? undefined : await rewrapHeader(header, { identity: old, recipients: [to.public] });
  if (made?.ok === true) return made.value;
  const present = await identityOf(to.id);
  return present !== undefined && (await openHeader(header, present)).ok ? header : undefined;
}

/** What the file will be under its next header: digest and length. */
async function digestUnder(
  vault: SealedVault,
  name: string,
  { old, next }: { readonly old: Uint8Array; readonly next: Uint8Array },
): Promise<{ readonly sha256: string; readonly size: number }> {
  const digest = createHash('sha256').update(next);
  let size = next.length;
  for await (const piece of (await vault.read(name, old.length)) ?? []) {
    digest.update(piece);
    size += piece.length;
  }
  return { sha256: digest.digest('hex'), size };
}
