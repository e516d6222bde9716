import { type JsonObject, ok, type Result, refuse } from '@comity/core';
import { decisionsOf } from '@comity/procedure';
import { movePayload, payloadsOf, type StoredPayload } from '../store/payloads.ts';
import type { ActRequest } from './act.ts';
import type { House } from './house.ts';

/** How sealed copies end here: the ciphertext is deleted from the vault and looked for again. The office key stays, for it opens other deliveries. */
const METHOD = 'ciphertext-deleted';

/**
 * Removes the sealed copies of a destruction act and checks that they are gone, before the act says so. A crash between the two leaves no copy and no act:
 * the act is simply made again.
 */
export async function destroyCopies(
  house: House,
  ask: { readonly case: string; readonly side: StoredPayload['side']; readonly request: ActRequest },
): Promise<Result<ActRequest>> {
  const payloads = await payloadsOf(house.db, ask.case);
  const decisions: JsonObject[] = [];
  for (const [index, decision] of decisionsOf(ask.request.data).entries()) {
    const payload = payloads.find((candidate) => candidate.item === decision.item && candidate.side === ask.side);
    if (payload === undefined) return refuse('delivery-unknown', `data.decisions.${index}.item`);
    await house.vault.remove(payload.ciphertext);
    if (await house.vault.has(payload.ciphertext)) throw new Error('a sealed copy is still in the vault after its removal');
    await house.db.transaction().execute((tx) => movePayload(tx, payload, 'destroyed'));
    decisions.push({ item: decision.item, choice: decision.choice, ciphertext: payload.ciphertext, method: METHOD });
  }
  return ok({ ...ask.request, data: { ...ask.request.data, decisions } });
}
