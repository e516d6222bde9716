import { holdsAt, keyAt, ok, type Result, refuse } from '@comity/core';
import { decisionsOf } from '@comity/procedure';
import { officesIn, parseManifest } from '@comity/seal/manifest';
import { keyWithId } from '../keys/generations.ts';
import { actsOf, type StoredAct } from '../store/acts.ts';
import type { Tx } from '../store/database.ts';
import { findPayload, payloadsOf, type StoredPayload } from '../store/payloads.ts';
import type { ActRequest } from './act.ts';
import { packageOf, type SealedPackage } from './expect.ts';
import type { House, Person } from './house.ts';
import { beforeContent, type NotedReading, needReason, noteReading, type Reading } from './read.ts';

/** What somebody needs to open a received payload on their own machine: the ciphertext, the package, and the office's protected identity. */
export interface Unsealing extends NotedReading {
  readonly payload: StoredPayload;
  readonly package: SealedPackage;
  readonly identity: string;
  /** Keys that the sender signs evidence containers with (SubjectPublicKeyInfo, base64url). */
  readonly evidenceKeys: readonly string[];
  /** Whose office it may be passed on to. */
  readonly onward?: { readonly party: string; readonly name: string; readonly recipient: string };
}

/**
 * Hands out the means to open a payload, and from then on, for eight hours, its sealed bytes. The entry that says who asked and why stands in the log first: no entry,
 * no content. The server never opens anything: the identity is protected by the office's passphrase, which stays with the people.
 */
export async function unsealing(house: House, ask: Required<Reading>): Promise<Result<Unsealing>> {
  return beforeContent(house, ask.case, async (tx) => {
    const found = await receivedPayload(house, tx, ask);
    if (!found.ok) return found;
    const { ciphertext, size } = found.value.payload;
    const noted = await noteReading(house, tx, { ...ask, obj: { ct_sha256: ciphertext, bytes: size } });
    return ok({ ...found.value, ...noted });
  });
}

/** The sealed bytes of a payload, for somebody who has said why they open it. */
export async function sealedBytes(
  house: House,
  ask: { readonly person: Person; readonly case: string; readonly item: string },
): Promise<Result<{ readonly bytes: AsyncIterable<Uint8Array>; readonly size: number }>> {
  const reason = await needReason(house, ask.person, ask.case, ask.item);
  if (!reason.ok) return reason;
  const found = await house.db.transaction().execute((tx) => receivedPayload(house, tx, ask));
  if (!found.ok) return found;
  const bytes = await house.vault.read(found.value.payload.ciphertext);
  return bytes === undefined ? refuse('payload-missing', 'item') : ok({ bytes, size: storedSize(found.value.payload) });
}

/** Bytes of a received payload as it lies in the vault. */
function storedSize({ rewrapped, size }: StoredPayload): number {
  return rewrapped?.size ?? size;
}

async function receivedPayload(
  house: House,
  tx: Tx,
  ask: { readonly case: string; readonly item: string },
): Promise<Result<Omit<Unsealing, keyof NotedReading>>> {
  const payloads = await payloadsOf(tx, ask.case);
  const payload = payloads.find((candidate) => candidate.item === ask.item && candidate.side === 'received');
  if (payload === undefined) return refuse('delivery-unknown', 'item');
  if (payload.state === 'destroyed') return refuse('already-destroyed', 'item');
  if (payload.state === 'expected') return refuse('payload-missing', 'item');
  const acts = await actsOf(tx, ask.case, house.subjects);
  const sealed = acts.map((act) => packageOf(act, ask.item)).find((candidate) => candidate !== undefined);
  if (sealed === undefined) return refuse('section-not-addressed', 'package');
  const identity = identityFor(house, sealed, payload);
  if (identity === undefined) return refuse('recipient-unknown', 'package');
  return ok({
    payload,
    package: sealed,
    identity,
    evidenceKeys: evidenceKeysOf(house, payload.holder, sealed),
    ...onwardOf(house, acts),
  });
}

/** The office that the latest permission names, when it has a key that holds. */
function onwardOf(house: House, acts: readonly StoredAct[]): Pick<Unsealing, 'onward'> {
  const permitted = acts.findLast((act) => act.body.type === 'permit-onward')?.body.data['party'];
  const party = house.directory.parties.find(({ id }) => id === permitted);
  const key = party === undefined ? undefined : keyAt(party, 'office', house.now());
  return party === undefined || key === undefined || party.id === house.party.id
    ? {}
    : { onward: { party: party.id, name: party.name, recipient: key.public } };
}

/** The keys that the sender signed evidence containers with when the manifest was made. */
function evidenceKeysOf(house: House, sender: string, sealed: SealedPackage): readonly string[] {
  const manifest = parseManifest(sealed.manifest);
  const at = manifest.ok ? manifest.value.at : house.now();
  const keys = house.directory.parties.find((party) => party.id === sender)?.keys ?? [];
  return keys.filter((key) => key.use === 'evidence' && holdsAt(key, at)).map((key) => key.public);
}

/** The protected identity of the office key that a payload is wrapped for: since it was wrapped anew, or as its manifest says. */
function identityFor(house: House, sealed: SealedPackage, { rewrapped }: StoredPayload): string | undefined {
  const manifest = parseManifest(sealed.manifest);
  const to = manifest.ok ? officesIn(manifest.value).find(({ party }) => party === house.party.id) : undefined;
  const key = rewrapped?.key ?? to?.keyId;
  return key === undefined ? undefined : keyWithId(house.keystore.keys.office, key)?.protected;
}

/** Checks an `open` act: the digest that the opener computed must be the one that the sender's manifest promised. */
export async function checkOpened(
  house: House,
  ask: { readonly case: string; readonly request: ActRequest },
): Promise<Result<ActRequest>> {
  const acts = await house.db.transaction().execute((tx) => actsOf(tx, ask.case, house.subjects));
  for (const [index, decision] of decisionsOf(ask.request.data).entries()) {
    const sealed = acts.map((act) => packageOf(act, decision.item)).find((candidate) => candidate !== undefined);
    const manifest = parseManifest(sealed?.manifest);
    if (!manifest.ok) return refuse('delivery-unknown', `data.decisions.${index}.item`);
    if (manifest.value.plaintext.digest !== decision['plaintext'])
      return refuse('payload-altered', `data.decisions.${index}.plaintext`);
  }
  return ok(ask.request);
}

/** A sealed payload that this node sent, for the party that it is addressed to: from a byte on, or whole when it has no such byte. */
export async function sentPayload(
  house: House,
  ask: { readonly ciphertext: string; readonly to: string; readonly from: number },
): Promise<Result<{ readonly bytes: AsyncIterable<Uint8Array>; readonly size: number }>> {
  const payload = await findPayload(house.db, ask.ciphertext, 'sent');
  if (payload === undefined || !payload.holder.split(',').includes(ask.to)) return refuse('delivery-unknown');
  if (payload.state === 'destroyed') return refuse('already-destroyed');
  const bytes = await house.vault.read(ask.ciphertext, ask.from < payload.size ? ask.from : 0);
  return bytes === undefined ? refuse('payload-missing') : ok({ bytes, size: payload.size });
}
