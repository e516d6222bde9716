import { ok, type Result, refuse } from '@comity/core';
import { Decrypter, Encrypter, type Identity, type Recipient } from 'age-encryption';
import { refuseDowngrade } from './downgrade.ts';
import { kindOfIdentity } from './kinds.ts';
import { checkRecipients, MAX_HEADER_BYTES } from './limits.ts';

/** The header of an age file, and the file key that it wraps. */
export interface SealedHeader {
  readonly header: Uint8Array;
  /** 16 bytes; whoever has them can open the file. */
  readonly fileKey: Uint8Array;
}

/** Who opens: an age identity, several of which the first that fits does, or something else that finds the file key. */
export type Opener = string | readonly string[] | Identity;

/**
 * Makes the header of an age v1 file (C2SP age) with one stanza for each recipient, around a fresh file key or the one that is given.
 * Recipients of one kind only: a file that also opens by a classical key is not post-quantum. Refuses none, more than 64, a repeated,
 * mixed or unreadable recipient.
 */
export async function makeHeader(recipients: readonly string[], given?: Uint8Array): Promise<Result<SealedHeader>> {
  const fileKey = given === undefined ? crypto.getRandomValues(new Uint8Array(16)) : Uint8Array.from(given);
  const encrypter = new Encrypter();
  encrypter.addRecipient(dictate(fileKey));
  const added = addRecipients(encrypter, recipients);
  return added.ok ? ok({ header: await headerBy(encrypter), fileKey }) : added;
}

/** A recipient without a stanza that puts our file key in the place of the one that typage has made: to be added before all others, which wrap what stands there then. */
export function dictate(fileKey: Uint8Array): Recipient {
  return {
    wrapFileKey: (key) => {
      key.set(fileKey);
      return [];
    },
  };
}

/** The header that typage makes for the recipients it was told. */
export async function headerBy(encrypter: Encrypter): Promise<Uint8Array> {
  // A whole file over no plaintext: header, 16 bytes of nonce, one chunk of nothing but its tag.
  const file = await encrypter.encrypt(new Uint8Array(0));
  return file.subarray(0, file.length - 32);
}

/**
 * The file key behind a header. Every failure (form, mixed kinds, MAC, not a recipient) is the one refusal `unseal-refused`: what failed is
 * no business of somebody who feeds us files.
 */
export async function openHeader(header: Uint8Array, opener: Opener): Promise<Result<Uint8Array>> {
  const reader = readerFor(opener);
  if (!reader.ok) return reader;
  try {
    const fileKey = await reader.value.decryptHeader(header);
    return fileKey.length === 16 ? ok(fileKey) : refuse('unseal-refused');
  } catch {
    // typage reports every refusal as an Error without a code.
    return refuse('unseal-refused');
  }
}

/** A reader of typage's for somebody, which refuses downgrades before anything else; `unseal-refused` for a text that is no identity. */
export function readerFor(opener: Opener): Result<Decrypter> {
  const decrypter = new Decrypter();
  refuseDowngrade(decrypter);
  for (const one of openersIn(opener)) {
    if (typeof one === 'string' && kindOfIdentity(one) === undefined) return refuse('unseal-refused');
    try {
      decrypter.addIdentity(one);
    } catch {
      // typage throws when the checksum of the text is wrong.
      return refuse('unseal-refused');
    }
  }
  return ok(decrypter);
}

function openersIn(opener: Opener): readonly (string | Identity)[] {
  return Array.isArray(opener) ? opener : [opener as string | Identity]; // parser: isArray does not narrow a readonly array
}

/** Where the header of a sealed file that is wholly in memory ends; `unseal-refused` when it does not. */
export function headerOf(file: Uint8Array): Result<Uint8Array> {
  // A line that starts with `---` is the last one (C2SP age).
  const text = Array.from(file.subarray(0, MAX_HEADER_BYTES), (byte) => String.fromCharCode(byte)).join('');
  const last = text.indexOf('\n---');
  const end = last < 0 ? -1 : text.indexOf('\n', last + 1);
  return end < 0 ? refuse('unseal-refused') : ok(file.subarray(0, end + 1));
}

/** Tells typage whom to seal to. Refuses `recipient-unknown` with the place of the first that is repeated, unreadable or of another kind than the first. */
export function addRecipients(encrypter: Encrypter, recipients: readonly string[]): Result<undefined> {
  const fit = checkRecipients(recipients);
  if (!fit.ok) return fit;
  for (const [i, recipient] of recipients.entries()) {
    if (!accepts(encrypter, recipient)) return refuse('recipient-unknown', `recipients.${i}`);
  }
  return ok(undefined);
}

function accepts(encrypter: Encrypter, recipient: string): boolean {
  try {
    encrypter.addRecipient(recipient);
    return true;
  } catch {
    return false;
  }
}
