import { ok, type Result, refuse } from '@comity/core';
import { decisionsOf } from '@comity/procedure';
import { parseManifest } from '@comity/seal/manifest';
import { actsOf } from '../store/acts.ts';
import { lockCase } from '../store/cases.ts';
import { appendEntries } from '../store/log.ts';
import { findPayload, payloadsOf, type StoredPayload } from '../store/payloads.ts';
import type { ActRequest } from './act.ts';
import { entryOf, nextInstant } from './entry.ts';
import { packageOf, type SealedPackage } from './expect.ts';
import type { House } from './house.ts';

/** What somebody needs to open a received payload on their own machine: the ciphertext, the package, and the office's protected identity. */
export interface Unsealing {
  readonly payload: StoredPayload;
  readonly package: SealedPackage;
  readonly identity: string;
}

/**
 * Hands out the sealed bytes and the means to open them. The entry that says who asked comes first: no entry, no content.
 * The server never opens anything: the identity is protected by the office's passphrase, which stays with the people.
 */
export async function unsealing(
  house: House,
  ask: { readonly case: string; readonly item: string; readonly role: string },
): Promise<Result<Unsealing>> {
  return house.db.transaction().execute(async (tx) => {
    await lockCase(tx, ask.case);
    const payload = (await payloadsOf(tx, ask.case)).find(
      (candidate) => candidate.item === ask.item && candidate.side === 'received',
    );
    if (payload === undefined) return refuse('delivery-unknown', 'item');
    if (payload.state === 'destroyed') return refuse('already-destroyed', 'item');
    if (payload.state === 'expected') return refuse('payload-missing', 'item');
    const acts = await actsOf(tx, ask.case);
    const sealed = acts.map((act) => packageOf(act, ask.item)).find((candidate) => candidate !== undefined);
    if (sealed === undefined) return refuse('section-not-addressed', 'package');
    const entry = entryOf(house, {
      t: 'payload.asked',
      case: ask.case,
      at: await nextInstant(house, tx, ask.case),
      role: ask.role,
      obj: { ct_sha256: payload.ciphertext, bytes: payload.size },
    });
    await appendEntries(tx, house.log, [entry]);
    return ok({ payload, package: sealed, identity: house.keystore.office.protected });
  });
}

/** Checks an `open` act: the digest that the opener computed must be the one that the sender's manifest promised. */
export async function checkOpened(
  house: House,
  ask: { readonly case: string; readonly request: ActRequest },
): Promise<Result<ActRequest>> {
  const acts = await house.db.transaction().execute((tx) => actsOf(tx, ask.case));
  for (const [index, decision] of decisionsOf(ask.request.data).entries()) {
    const sealed = acts.map((act) => packageOf(act, decision.item)).find((candidate) => candidate !== undefined);
    const manifest = parseManifest(sealed?.manifest);
    if (!manifest.ok) return refuse('delivery-unknown', `data.decisions.${index}.item`);
    if (manifest.value.plaintext.digest !== decision['plaintext'])
      return refuse('payload-altered', `data.decisions.${index}.plaintext`);
  }
  return ok(ask.request);
}

/** A sealed payload that this node sent, for the party that it is addressed to. */
export async function sentPayload(
  house: House,
  ask: { readonly ciphertext: string; readonly to: string },
): Promise<Result<AsyncIterable<Uint8Array>>> {
  const payload = await findPayload(house.db, ask.ciphertext, 'sent');
  if (payload === undefined || !payload.holder.split(',').includes(ask.to)) return refuse('delivery-unknown');
  if (payload.state === 'destroyed') return refuse('already-destroyed');
  const bytes = house.vault.read(ask.ciphertext);
  return bytes === undefined ? refuse('payload-missing') : ok(bytes);
}
