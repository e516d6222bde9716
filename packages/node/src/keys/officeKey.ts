import { ok, type Party, type Result, refuse } from '@comity/core';
import { recipientOf, recoverIdentity } from '@comity/seal';
import { type Generation, keyWithId, type OfficeKey } from './generations.ts';
import type { Keystore } from './keystore.ts';

/** An office key as it lies in the keystore: an age identity under the office's passphrase, armoured. Errors: `not-found`. */
export function officeKeyOf({ keys }: Keystore, id: string): Result<string> {
  const key = keyWithId(keys.office, id);
  return key === undefined ? refuse('not-found', id) : ok(key.protected);
}

/**
 * A keystore with an office key that its officers have brought back, or that is under another passphrase now. The directory says which key that is; another identity is not taken for
 * it. Errors: `not-found` for a key that the directory does not list, those of recoverIdentity, `recipient-unknown` when the identity is another one's.
 */
export async function withOfficeKey(
  { keystore, party }: { readonly keystore: Keystore; readonly party: Pick<Party, 'keys'> },
  given: { readonly id: string; readonly protected: string; readonly passphrase: string },
): Promise<Result<Keystore>> {
  const listed = party.keys.find((key) => key.id === given.id && key.use === 'office');
  if (listed === undefined) return refuse('not-found', given.id);
  const identity = await recoverIdentity(given.protected, given.passphrase);
  if (!identity.ok) return identity;
  const recipient = await recipientOf(identity.value);
  if (!recipient.ok) return recipient;
  if (recipient.value !== listed.public) return refuse('recipient-unknown', given.id);
  const key = { recipient: listed.public, protected: given.protected };
  return ok({ ...keystore, keys: { ...keystore.keys, office: replaced(keystore.keys.office, given.id, key) } });
}

/** A keystore that was made anew lacks what stood in the one before: then the key comes in front of those that it has. */
function replaced(office: readonly Generation<OfficeKey>[], id: string, key: OfficeKey): readonly Generation<OfficeKey>[] {
  if (!office.some((one) => one.id === id)) return [{ id, key }, ...office];
  return office.map((one) => (one.id === id ? { ...one, key } : one));
}
