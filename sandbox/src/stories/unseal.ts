import { createHash } from 'node:crypto';
import { nodeHashes } from '@comity/formats';
import { isContainer, LAYOUT, readContainer, readEntry, sourceOfBytes, verifyContainer } from '@comity/formats/container';
import type { UnsealingView } from '@comity/node/api';
import { recoverIdentity, unseal } from '@comity/seal';
import { PASSPHRASE } from '../directory.ts';
import type { Actor } from './actor.ts';

/** What somebody found when they opened a delivery on their own machine. */
export interface Opened {
  readonly digest: string;
  readonly rows: number;
  readonly columns: readonly string[];
  /** All that was sealed: an evidence container, or the data as they are. */
  readonly content: Uint8Array;
}

/** Opens a delivery as the browser does: the node gives ciphertext and the protected identity, the passphrase stays here, and the digests are checked before anything is believed. */
export async function openDelivery(actor: Actor, ask: { readonly case: string; readonly item: string }): Promise<Opened> {
  const path = `/api/cases/${ask.case}/items/${ask.item}`;
  const given = await actor.post<UnsealingView>(`${path}/unsealing`, { purpose: 'work' });
  const sealed = await actor.bytes(`${path}/sealed`);
  if (createHash('sha256').update(sealed).digest('hex') !== given.sealed)
    throw new Error('the sealed bytes are not those that were announced');
  const identity = await recoverIdentity(given.identity, PASSPHRASE);
  if (!identity.ok) throw new Error(identity.refusal.code);
  const plain = await unseal(one(sealed), identity.value);
  if (!plain.ok) throw new Error(plain.refusal.code);
  const digest = createHash('sha256').update(Buffer.from(given.plaintextSalt, 'base64url'));
  const pieces: Uint8Array[] = [];
  for await (const chunk of plain.value) {
    digest.update(chunk);
    pieces.push(Uint8Array.from(chunk));
  }
  const content = Buffer.concat(pieces);
  const data = isContainer(content) ? await dataIn(content, given.evidenceKeys) : content;
  const lines = data
    .toString('utf8')
    .split('\r\n')
    .filter((line) => line !== '');
  return { digest: digest.digest('hex'), rows: lines.length - 1, columns: (lines[0] ?? '').split(','), content };
}

/** The one file of evidence in a container, once its signature and every digest hold and the signer's key is one of these. */
async function dataIn(content: Uint8Array, keys: readonly string[]): Promise<Buffer> {
  const container = await readContainer(nodeHashes, sourceOfBytes(content));
  if (!container.ok) throw new Error(JSON.stringify(container.refusal));
  const anchors = { certificates: [], keys: keys.map((key) => Buffer.from(key, 'base64url')) };
  const report = await verifyContainer(nodeHashes, container.value, { anchors, now: new Date().toISOString() });
  if (!report.ok || report.value.verdict !== 'sound') throw new Error(JSON.stringify(report));
  const [entry, another] = container.value.zip.files.filter((file) => file.name.startsWith(LAYOUT.evidence));
  if (entry === undefined || another !== undefined) throw new Error('the container holds not exactly one file of evidence');
  const pieces: Uint8Array[] = [];
  for await (const piece of readEntry(nodeHashes, container.value.zip, entry)) pieces.push(Uint8Array.from(piece));
  return Buffer.concat(pieces);
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
