import { ok, type Result, refuse } from '@comity/core';
import { Decrypter, Encrypter, type Stanza } from 'age-encryption';
import { refuseDowngrade } from './downgrade.ts';
import { kindOfIdentity, kindOfRecipient } from './kinds.ts';

/** Offices that one file may be sealed to. */
export const MAX_RECIPIENTS = 64;
/** Bytes of the longest header that is read: 64 hybrid stanzas are about 104 KiB. */
export const MAX_HEADER_BYTES = 128 * 1024;

/** The header of an age file, and the file key that it wraps. */
export interface SealedHeader {
  readonly header: Uint8Array;
  /** 16 bytes; whoever has them can open the file. */
  readonly fileKey: Uint8Array;
}

/**
 * Makes the header of an age v1 file (C2SP age) with a fresh file key, one stanza for each recipient. Recipients of one kind only:
 * a file that also opens by a classical key is not post-quantum. Refuses none, more than 64, a repeated, mixed or unreadable recipient.
 */
export async function makeHeader(recipients: readonly string[]): Promise<Result<SealedHeader>> {
  const encrypter = new Encrypter();
  const caught: Uint8Array[] = [];
  // typage tells its file key only to recipients: this one keeps a copy and adds no stanza.
  const listen = (key: Uint8Array): Stanza[] => {
    caught.push(Uint8Array.from(key));
    return [];
  };
  encrypter.addRecipient({ wrapFileKey: listen });
  const added = addRecipients(encrypter, recipients);
  if (!added.ok) return added;
  // A whole file over no plaintext: header, 16 bytes of nonce, one chunk of nothing but its tag.
  const file = await encrypter.encrypt(new Uint8Array(0));
  const [fileKey] = caught;
  if (fileKey === undefined) throw new Error('typage did not offer its file key');
  return ok({ header: file.subarray(0, file.length - 32), fileKey });
}

/**
 * The file key behind a header, for the holder of an identity. Every failure (form, mixed kinds, MAC, not a recipient) is the one
 * refusal `unseal-refused`: what failed is no business of somebody who feeds us files.
 */
export async function openHeader(header: Uint8Array, identity: string): Promise<Result<Uint8Array>> {
  if (kindOfIdentity(identity) === undefined) return refuse('unseal-refused');
  const decrypter = new Decrypter();
  refuseDowngrade(decrypter);
  try {
    decrypter.addIdentity(identity);
    const fileKey = await decrypter.decryptHeader(header);
    return fileKey.length === 16 ? ok(fileKey) : refuse('unseal-refused');
  } catch {
    // typage reports every refusal as an Error without a code.
    return refuse('unseal-refused');
  }
}

/** Tells typage whom to seal to. Refuses `recipient-unknown` with the place of the first that is repeated, unreadable or of another kind than the first. */
export function addRecipients(encrypter: Encrypter, recipients: readonly string[]): Result<undefined> {
  const unfit = firstUnfit(recipients);
  if (unfit !== undefined) return refuse('recipient-unknown', `recipients.${unfit}`);
  for (const [i, recipient] of recipients.entries()) {
    if (!accepts(encrypter, recipient)) return refuse('recipient-unknown', `recipients.${i}`);
  }
  return ok(undefined);
}

function firstUnfit(recipients: readonly string[]): number | undefined {
  if (recipients.length === 0 || recipients.length > MAX_RECIPIENTS) return Math.min(recipients.length, MAX_RECIPIENTS);
  const kind = kindOfRecipient(recipients[0] ?? '');
  const unfit = (recipient: string, i: number): boolean =>
    kind === undefined || kindOfRecipient(recipient) !== kind || recipients.indexOf(recipient) !== i;
  const at = recipients.findIndex(unfit);
  return at < 0 ? undefined : at;
}

function accepts(encrypter: Encrypter, recipient: string): boolean {
  try {
    encrypter.addRecipient(recipient);
    return true;
  } catch {
    return false;
  }
}
