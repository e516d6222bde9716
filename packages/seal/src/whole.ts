import { ok, type Result, refuse } from '@comity/core';
import { Encrypter } from 'age-encryption';
import { addRecipients, type Opener, readerFor } from './header.ts';

/** Seals bytes to offices; the rules and refusals of `seal`. */
export async function sealWhole(plaintext: Uint8Array, recipients: readonly string[]): Promise<Result<Uint8Array>> {
  const encrypter = new Encrypter();
  const added = addRecipients(encrypter, recipients);
  return added.ok ? ok(await encrypter.encrypt(plaintext)) : added;
}

/** Opens a sealed file that is wholly in memory. Nothing is given back unless all of it is authentic; every failure is `unseal-refused`. */
export async function unsealWhole(file: Uint8Array, identity: string): Promise<Result<Uint8Array>> {
  return openWhole(file, identity);
}

/** The same for whoever can find the file key. */
export async function openWhole(file: Uint8Array, opener: Opener): Promise<Result<Uint8Array>> {
  const reader = readerFor(opener);
  if (!reader.ok) return reader;
  try {
    return ok(await reader.value.decrypt(file));
  } catch {
    // typage reports every refusal as an Error without a code.
    return refuse('unseal-refused');
  }
}
