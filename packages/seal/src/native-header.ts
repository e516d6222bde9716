import { randomBytes } from 'node:crypto';
import { ok, type Result, refuse } from '@comity/core';
import type { SealedHeader } from './header.ts';
import { HAS_ML_KEM } from './hybrid-kem.ts';
import { isDowngrade, kindOfIdentity, kindOfRecipient } from './kinds.ts';
import { checkRecipients, MAX_HEADER_BYTES } from './limits.ts';
import { parseHeader, type WrapStanza, writeHeader } from './stanza.ts';
import { type Unwrap, unwrapperOf, wrapFor } from './wrap.ts';

/** Who opens: an age identity, or several of which the first that fits does. */
export type Opener = string | readonly string[];

/**
 * Makes the header of an age v1 file (C2SP age) with one stanza for each recipient, around a fresh file key or the one that is given.
 * Recipients of one kind only: a file that also opens by a classical key is not post-quantum. Refuses none, more than 64, a repeated,
 * mixed or unreadable recipient. With the cryptography of Node itself, or of typage where this Node lacks ML-KEM.
 */
export async function makeHeader(recipients: readonly string[], given?: Uint8Array): Promise<Result<SealedHeader>> {
  const fit = checkRecipients(recipients);
  if (!fit.ok) return fit;
  if (!HAS_ML_KEM && kindOfRecipient(recipients[0] ?? '') === 'hybrid') {
    return (await import('./header.ts')).makeHeader(recipients, given);
  }
  const fileKey = given === undefined ? new Uint8Array(randomBytes(16)) : Uint8Array.from(given);
  const stanzas: WrapStanza[] = [];
  for (const [i, recipient] of recipients.entries()) {
    const stanza = wrapFor(recipient, fileKey);
    if (stanza === undefined) return refuse('recipient-unknown', `recipients.${i}`);
    stanzas.push(stanza);
  }
  return ok({ header: writeHeader(stanzas, fileKey), fileKey });
}

/**
 * The file key behind a header. Every failure (form, mixed kinds, MAC, not a recipient) is the one refusal `unseal-refused`: what failed is
 * no business of somebody who feeds us files.
 */
export async function openHeader(header: Uint8Array, opener: Opener): Promise<Result<Uint8Array>> {
  const identities = typeof opener === 'string' ? [opener] : opener;
  if (!HAS_ML_KEM && identities.some((identity) => kindOfIdentity(identity) === 'hybrid')) {
    return (await import('./header.ts')).openHeader(header, opener);
  }
  const unwraps = identities.flatMap((identity) => unwrapperOf(identity) ?? []);
  const read = header.length > MAX_HEADER_BYTES ? undefined : parseHeader(header);
  if (read === undefined || unwraps.length < identities.length) return refuse('unseal-refused');
  if (isDowngrade(read.stanzas.map(({ args }) => args[0] ?? ''))) return refuse('unseal-refused');
  const fileKey = firstKey(unwraps, read.stanzas);
  return fileKey !== undefined && read.isUnder(fileKey) ? ok(new Uint8Array(fileKey)) : refuse('unseal-refused');
}

/** The key that the first identity finds in the first stanza for it; none when a stanza on the way is not well made. */
function firstKey(unwraps: readonly Unwrap[], stanzas: readonly WrapStanza[]): Uint8Array | undefined {
  for (const unwrap of unwraps) {
    for (const stanza of stanzas) {
      const found = unwrap(stanza);
      if (found === 'broken') return undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
