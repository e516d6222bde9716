import { createHash } from 'node:crypto';
import type { UnsealingView } from '@comity/node/api';
import { recoverIdentity, unseal } from '@comity/seal';
import { PASSPHRASE } from '../directory.ts';
import type { Actor } from './actor.ts';

/** What somebody found when they opened a delivery on their own machine. */
export interface Opened {
  readonly digest: string;
  readonly rows: number;
  readonly columns: readonly string[];
}

/** Opens a delivery as the browser does: the node gives ciphertext and the protected identity, the passphrase stays here, and the digests are checked before anything is believed. */
export async function openDelivery(actor: Actor, ask: { readonly case: string; readonly item: string }): Promise<Opened> {
  const path = `/api/cases/${ask.case}/items/${ask.item}`;
  const given = await actor.post<UnsealingView>(`${path}/unsealing`, { purpose: 'work' });
  const sealed = await actor.bytes(`${path}/sealed`);
  if (createHash('sha256').update(sealed).digest('hex') !== given.ciphertext)
    throw new Error('the sealed bytes are not those that were announced');
  const identity = await recoverIdentity(given.identity, PASSPHRASE);
  if (!identity.ok) throw new Error(identity.refusal.code);
  const plain = await unseal(one(sealed), identity.value);
  if (!plain.ok) throw new Error(plain.refusal.code);
  const digest = createHash('sha256').update(Buffer.from(given.plaintextSalt, 'base64url'));
  let text = '';
  for await (const chunk of plain.value) {
    digest.update(chunk);
    text += Buffer.from(chunk).toString('utf8');
  }
  const lines = text.split('\r\n').filter((line) => line !== '');
  return { digest: digest.digest('hex'), rows: lines.length - 1, columns: (lines[0] ?? '').split(',') };
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
