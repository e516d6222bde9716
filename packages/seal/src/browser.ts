/**
 * The door for browsers: the same files as `seal` and `unseal` make and open, whole and in memory, without node:crypto. For what a
 * person seals or reads on a page (a section, a report); streams of any length belong to the node.
 */
import { ok, type Result, refuse } from '@comity/core';
import { Decrypter, Encrypter } from 'age-encryption';
import { refuseDowngrade } from './downgrade.ts';
import { addRecipients } from './header.ts';
import { kindOfIdentity } from './kinds.ts';

export {
  generateOfficeIdentity,
  MAX_WORK_FACTOR,
  type OfficeIdentity,
  protectIdentity,
  recipientOf,
  recoverIdentity,
} from './identity.ts';
export { kindOfIdentity, kindOfRecipient, type SealKind } from './kinds.ts';

/** Seals bytes to offices; the rules and refusals of `seal`. */
export async function sealWhole(plaintext: Uint8Array, recipients: readonly string[]): Promise<Result<Uint8Array>> {
  const encrypter = new Encrypter();
  const added = addRecipients(encrypter, recipients);
  return added.ok ? ok(await encrypter.encrypt(plaintext)) : added;
}

/** Opens a sealed file that is wholly in memory. Nothing is given back unless all of it is authentic; every failure is `unseal-refused`. */
export async function unsealWhole(file: Uint8Array, identity: string): Promise<Result<Uint8Array>> {
  if (kindOfIdentity(identity) === undefined) return refuse('unseal-refused');
  const decrypter = new Decrypter();
  refuseDowngrade(decrypter);
  try {
    decrypter.addIdentity(identity);
    return ok(await decrypter.decrypt(file));
  } catch {
    // typage reports every refusal as an Error without a code.
    return refuse('unseal-refused');
  }
}
