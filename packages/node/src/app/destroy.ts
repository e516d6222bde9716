import { type JsonObject, ok, type Result, refuse } from '@comity/core';
import { decisionsOf } from '@comity/procedure';
import type { Tx } from '../store/database.ts';
import { movePayload, payloadsOf, type StoredPayload } from '../store/payloads.ts';
import type { ActRequest } from './act.ts';
import type { House } from './house.ts';

/** How sealed copies end here: the ciphertext is deleted from the vault and looked for again. The office key stays, for it opens other deliveries. */
const METHOD = 'ciphertext-deleted';

/**
 * Completes a destruction act with the sealed copies it is about, and gives it its work: they are removed, and looked for again, in the act's own
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
    decisions.push({ item: decision.item, choice: decision.choice, ciphertext: payload.ciphertext, method: METHOD });
    doomed.push(payload);
  }
  const work = (tx: Tx): Promise<void> => removeCopies(house, tx, doomed);
  return ok({ ...ask.request, data: { ...ask.request.data, decisions }, work });
}

async function removeCopies(house: House, tx: Tx, payloads: readonly StoredPayload[]): Promise<void> {
  for (const payload of payloads) {
    await movePayload(tx, payload, 'destroyed');
    await house.vault.remove(payload.ciphertext);
    if (await house.vault.has(payload.ciphertext)) throw new Error('a sealed copy is still in the vault after its removal');
  }
}
