import { ok, type Party, type Result, refuse } from '@comity/core';
import { decisionsOf } from '@comity/procedure';
import { jointSetOf } from '@comity/seal';
import { checkManifest, type Manifest, officesIn, parseManifest } from '@comity/seal/manifest';
import { keyWithId } from '../keys/generations.ts';
import { actsOf, type StoredAct } from '../store/acts.ts';
import type { Tx } from '../store/database.ts';
import { findPayload, payloadsOf } from '../store/payloads.ts';
import { packageOf } from './expect.ts';
import type { House } from './house.ts';
import { trustIn } from './manifest.ts';
import { beforeContent, type NotedReading, noteReading, type Reading } from './read.ts';

/** What a holder needs to take this office's share out of a jointly sealed file, on their own machine: the header, and the office's protected identity. */
export interface ShareMeans {
  readonly manifest: Manifest;
  readonly header: Uint8Array;
  readonly identity: string;
}

/** What is known before the header is here. */
interface Found extends Omit<ShareMeans, 'header'> {
  readonly sender: Party;
}

/**
 * Hands out the means to take out a share. Who asked and why stands in the log first. The header comes from our vault where the file lies here, else from the sender or another holder: it is not kept
 * here, so that destroying it there destroys every copy. Errors: `delivery-unknown` for an item that was not delivered jointly, or not to us; `manifest-invalid` for a manifest that its sender did not sign;
 * `header-missing` when nobody gives the header; `payload-altered` for the header of another file.
 */
export async function shareMeans(house: House, ask: Required<Reading>): Promise<Result<ShareMeans>> {
  const noted = await beforeContent<Found & NotedReading>(house, ask.case, async (tx) => {
    const found = findJoint(house, await actsOf(tx, ask.case, house.subjects), ask.item);
    if (!found.ok) return found;
    const { sha256: ct_sha256, size: bytes } = found.value.manifest.ciphertext;
    return ok({ ...found.value, ...(await noteReading(house, tx, { ...ask, obj: { ct_sha256, bytes } })) });
  });
  if (!noted.ok) return noted;
  const { manifest, identity } = noted.value;
  const header = await headerOf(house, noted.value);
  if (header === undefined) return refuse('header-missing', 'item');
  return (await isHeaderOf(header, manifest)) ? ok({ manifest, header, identity }) : refuse('payload-altered', 'item');
}

/** The latest delivery of an item that was sealed jointly, to us among others. */
function findJoint(house: House, acts: readonly StoredAct[], item: string): Result<Found> {
  const act = acts.findLast((one) => packageOf(one, item) !== undefined);
  const sealed = act === undefined ? undefined : packageOf(act, item);
  if (act === undefined || sealed === undefined) return refuse('delivery-unknown', 'item');
  const sender = house.directory.parties.find(({ id }) => id === act.body.by.party);
  const signed = checkManifest(sealed, trustIn(sender, act.body.at));
  const told = decisionsOf(act.body.data).find((decision) => decision.item === item)?.['ciphertext'];
  if (sender === undefined || !signed.ok || signed.value.ciphertext.sha256 !== told) return refuse('manifest-invalid', 'item');
  const office = signed.value.joint?.holders.find(({ party }) => party === house.party.id);
  if (office === undefined) return refuse('delivery-unknown', 'item');
  const identity = keyWithId(house.keystore.keys.office, office.keyId)?.protected;
  return identity === undefined ? refuse('recipient-unknown', 'item') : ok({ manifest: signed.value, identity, sender });
}

async function headerOf(house: House, { manifest, sender }: Found): Promise<Uint8Array | undefined> {
  const { sha256 } = manifest.ciphertext;
  const here = house.vault.header(sha256);
  if (here !== undefined) return here;
  const others = officesIn(manifest).flatMap(({ party }) => house.directory.parties.find(({ id }) => id === party) ?? []);
  for (const party of [sender, ...others]) {
    const given = party.id === house.party.id ? undefined : await house.peers.fetchHeader(party, sha256);
    if (given !== undefined) return given;
  }
  return undefined;
}

/** Whether a header shares its key as the sender signed it: then each share in it can be held against its commitment. */
async function isHeaderOf(header: Uint8Array, { joint }: Manifest): Promise<boolean> {
  const set = await jointSetOf(header);
  const commitments = joint?.holders.map(({ commitment }) => commitment).join();
  return set.ok && set.value.needed === joint?.needed && set.value.commitments.join() === commitments;
}

/** The header of a jointly sealed file that lies here, for another of its holders. Errors: `delivery-unknown`, also for whoever holds no share; `already-destroyed`; `payload-missing` before it is here. */
export async function headerForHolder(
  house: House,
  ask: { readonly ciphertext: string; readonly to: string },
): Promise<Result<Uint8Array>> {
  return house.db.transaction().execute(async (tx) => {
    const manifest = await manifestHere(house, tx, ask.ciphertext);
    if (manifest?.joint?.holders.some(({ party }) => party === ask.to) !== true) return refuse('delivery-unknown');
    const states = (await payloadsOf(tx, manifest.case)).filter(({ ciphertext }) => ciphertext === ask.ciphertext);
    const header = states.some(({ state }) => state === 'held') ? house.vault.header(ask.ciphertext) : undefined;
    if (header !== undefined) return ok(header);
    return refuse(states.some(({ state }) => state === 'destroyed') ? 'already-destroyed' : 'payload-missing');
  });
}

/** The manifest of a file that we sent or received. */
async function manifestHere(house: House, tx: Tx, ciphertext: string): Promise<Manifest | undefined> {
  const payload = (await findPayload(tx, ciphertext, 'sent')) ?? (await findPayload(tx, ciphertext, 'received'));
  if (payload === undefined) return undefined;
  for (const act of await actsOf(tx, payload.case, house.subjects)) {
    const manifest = parseManifest(packageOf(act, payload.item)?.manifest);
    if (manifest.ok && manifest.value.ciphertext.sha256 === ciphertext) return manifest.value;
  }
  return undefined;
}
