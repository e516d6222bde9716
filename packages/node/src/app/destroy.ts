import { type JsonObject, ok, type Result, refuse } from '@comity/core';
import { decisionsOf } from '@comity/procedure';
import type { Tx } from '../store/database.ts';
import { movePayload, payloadsOf, type StoredPayload } from '../store/payloads.ts';
import { forgetPreviewsOf } from '../store/previews.ts';
import type { ActRequest } from './act.ts';
import type { House } from './house.ts';

/**
 * How sealed copies end here: cryptographic erase in the sense of NIST SP 800-88 Rev. 2. The header, which alone holds the file's key (wrapped for the
 * office), is overwritten and removed; the ciphertext is deleted. The office key stays, for it opens other deliveries.
 */
const METHOD = 'key-erased';

/**
 * Completes a destruction act with the sealed copies it is about, and gives it its work: they are destroyed, and looked for again, in the act's own
 * transaction, once the procedure has allowed it. A crash after the removal leaves no copy and no act: the act is simply made again.
 */
export async function completeDestruction(
  house: House,
  ask: { readonly case: string; readonly side: StoredPayload['side']; readonly request: ActRequest },
): Promise<Result<ActRequest>> {
  const payloads = await payloadsOf(house.db, ask.case);
  const decisions: JsonObject[] = [];
  const doomed: StoredPayload[] = [];
  for (const [index, decision] of decisionsOf(ask.request.data).entries()) {
    const payload = payloads.find((candidate) => candidate.item === decision.item && candidate.side === ask.side);
    if (payload === undefined) return refuse('delivery-unknown', `data.decisions.${index}.item`);
    const { item, choice } = decision;
    decisions.push({ item, choice, ciphertext: payload.ciphertext, method: METHOD, verified: house.now() });
    doomed.push(payload);
    // What was passed on from here under another header is of no use once it is there; the receiver's own copy is its own.
    if (ask.side === 'received')
      doomed.push(...payloads.filter((one) => one.item === item && one.side === 'sent' && one.state === 'held'));
  }
  const work = (tx: Tx): Promise<void> => destroyCopies(house, tx, doomed);
  return ok({ ...ask.request, data: { ...ask.request.data, decisions }, work });
}

/** Destroys copies and looks for what is left of them. Throws when anything is: then the act that says they are gone does not stand. */
async function destroyCopies(house: House, tx: Tx, payloads: readonly StoredPayload[]): Promise<void> {
  for (const payload of payloads) {
    await movePayload(tx, payload, 'destroyed');
    // What would be cut out of the source again: it holds the values that were asked for.
    if (payload.side === 'sent') await forgetPreviewsOf(tx, payload);
    // What had come of it in part, where it was not whole yet.
    await house.partials.remove(payload.ciphertext);
    const left = await house.vault.destroy(payload.ciphertext);
    if (left.header || left.payload || (await house.vault.has(payload.ciphertext)))
      throw new Error('a sealed copy is still there after its destruction');
  }
}
