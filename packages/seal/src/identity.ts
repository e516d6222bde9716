import { fromUtf8, ok, type Result, refuse, utf8 } from '@comity/core';
import {
  armor,
  Decrypter,
  Encrypter,
  generateHybridIdentity,
  generateX25519Identity,
  identityToRecipient,
  type Stanza,
} from 'age-encryption';
import { parseIdentities } from './identity-file.ts';
import { kindOfIdentity, type SealKind } from './kinds.ts';

/** An office's key pair: `identity` stays in the office, `recipient` stands in the directory. */
export interface OfficeIdentity {
  readonly identity: string;
  readonly recipient: string;
}

/** Work factor of scrypt (base-2 logarithm of N) by default, and the highest that can be made or opened: about 1 s and 4 s, 256 MiB and 1 GiB. */
export const WORK_FACTOR = 18;
export const MAX_WORK_FACTOR = 20;

/** A fresh key pair for an office: hybrid unless a peer needs X25519. */
export async function generateOfficeIdentity(kind: SealKind = 'hybrid'): Promise<OfficeIdentity> {
  const identity = await (kind === 'hybrid' ? generateHybridIdentity() : generateX25519Identity());
  return { identity, recipient: await identityToRecipient(identity) };
}

/** The recipient that belongs to an identity; refuses `field-invalid` for a text that is none. */
export async function recipientOf(identity: string): Promise<Result<string>> {
  if (kindOfIdentity(identity) === undefined) return refuse('field-invalid', 'identity');
  try {
    return ok(await identityToRecipient(identity));
  } catch {
    // typage throws when the checksum of the text is wrong.
    return refuse('field-invalid', 'identity');
  }
}

/**
 * Puts an identity under a passphrase: an armored age file with a scrypt stanza, which any age tool opens. Throws on a text that is no
 * identity, an empty passphrase, or a work factor that is not 1 to 20.
 */
export async function protectIdentity(identity: string, passphrase: string, workFactor: number = WORK_FACTOR): Promise<string> {
  if (kindOfIdentity(identity) === undefined) throw new TypeError('not an age identity');
  if (passphrase === '') throw new TypeError('a passphrase is not empty');
  if (!Number.isInteger(workFactor) || workFactor < 1 || workFactor > MAX_WORK_FACTOR)
    throw new RangeError('a work factor is 1 to 20');
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(workFactor);
  return armor.encode(await encrypter.encrypt(utf8(`${identity}\n`)));
}

/**
 * The identity behind a passphrase. A work factor above `maxWorkFactor` is refused before any work is done: it would let a forged file
 * hold the office up. Every failure is `unseal-refused`.
 */
export async function recoverIdentity(
  armored: string,
  passphrase: string,
  maxWorkFactor: number = MAX_WORK_FACTOR,
): Promise<Result<string>> {
  const file = readArmor(armored);
  if (!file.ok) return file;
  const opened = await openWithPassphrase(file.value, passphrase, maxWorkFactor);
  if (!opened.ok) return opened;
  const identity = textOf(opened.value)?.trimEnd() ?? '';
  return kindOfIdentity(identity) === undefined ? refuse('unseal-refused') : ok(identity);
}

/** The identities of a file under a passphrase; the limits and refusals of recoverIdentity. */
export async function recoverIdentities(
  armored: string,
  passphrase: string,
  maxWorkFactor: number = MAX_WORK_FACTOR,
): Promise<Result<readonly string[]>> {
  const file = readArmor(armored);
  if (!file.ok) return file;
  const opened = await openWithPassphrase(file.value, passphrase, maxWorkFactor);
  if (!opened.ok) return opened;
  const text = textOf(opened.value);
  return text === undefined ? refuse('unseal-refused') : parseIdentities(text);
}

/** The bytes of an armored age file (strict PEM, C2SP age "ASCII armor"); `unseal-refused` otherwise. */
export function readArmor(armored: string): Result<Uint8Array> {
  try {
    return ok(armor.decode(armored));
  } catch {
    return refuse('unseal-refused');
  }
}

/** Opens a whole, small age file that is sealed by a passphrase. */
export async function openWithPassphrase(
  file: Uint8Array,
  passphrase: string,
  maxWorkFactor: number,
): Promise<Result<Uint8Array>> {
  const decrypter = new Decrypter();
  decrypter.addIdentity({
    unwrapFileKey: (stanzas: Stanza[]) => {
      const tooHard = stanzas.some(({ args }) => args[0] === 'scrypt' && !(Number(args[2]) <= maxWorkFactor));
      if (tooHard) throw new Error('work factor');
      return null;
    },
  });
  decrypter.addPassphrase(passphrase);
  try {
    return ok(await decrypter.decrypt(file));
  } catch {
    return refuse('unseal-refused');
  }
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return fromUtf8(bytes);
  } catch {
    return undefined;
  }
}
