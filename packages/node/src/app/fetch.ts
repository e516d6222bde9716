import { ok, type Party, type Result } from '@comity/core';
import type { StoredPayload } from '../store/payloads.ts';
import type { House } from './house.ts';

/**
 * Fetches a sealed payload from its sender, going on where an earlier try stopped, and keeps it in the vault once it is whole and its digest fits. What has come stays over a
 * restart. Errors: `payload-altered`, then the next try begins anew; `body-too-large` for more than was announced; `storage-full`. Throws when the sender cannot be reached.
 */
export async function fetchPayload(
  house: Pick<House, 'partials' | 'peers' | 'vault'>,
  sender: Party,
  payload: Pick<StoredPayload, 'ciphertext' | 'size'>,
): Promise<Result<'kept'>> {
  const { ciphertext, size } = payload;
  const { partials, vault } = house;
  const here = await partials.sizeOf(ciphertext);
  if (here < size) {
    const given = await house.peers.fetchPayload(sender, { ciphertext, from: here });
    // A sender that gives nothing but the whole begins anew.
    if (given.from !== here) await partials.remove(ciphertext);
    const grown = await partials.append(ciphertext, { from: given.from, most: size }, given.bytes);
    if (!grown.ok) return grown;
  }
  const put = await vault.putExactly(partials.read(ciphertext), ciphertext);
  // What is whole and not what was announced never becomes it; what the vault could not take now, it may take later.
  const wrong = !put.ok && put.refusal.code !== 'storage-full' && put.refusal.code !== 'vault-unreachable';
  if (put.ok || wrong) await partials.remove(ciphertext);
  return put.ok ? ok('kept') : put;
}
