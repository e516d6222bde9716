import { type Instant, keyAt, ok, type Party, type Result, refuse } from '@comity/core';
import { kindOfRecipient, readHeader, type SealKind, sourceOf } from '@comity/seal';

/** What an age v1 file begins with (C2SP age). */
const FIRST_LINE = Buffer.from('age-encryption.org/v1\n');
const STANZAS: Readonly<Record<SealKind, string>> = { hybrid: 'mlkem768x25519', x25519: 'X25519' };
/** Stanzas that open nothing, which some writers add. */
const GREASE = /-grease$/;

/**
 * Passes on the bytes of a file from one on, as long as it begins as a sealed file does. Throws NotSealed before any byte of another file has gone through.
 */
export async function* sealedOnly(bytes: AsyncIterable<Uint8Array>, from: number): AsyncGenerator<Uint8Array> {
  let at = from;
  for await (const piece of bytes) {
    const expected = FIRST_LINE.subarray(at, at + piece.length);
    if (!expected.equals(piece.subarray(0, expected.length))) throw new NotSealed();
    at += piece.length;
    yield piece;
  }
}

/** Bytes that do not begin as a sealed file does. */
export class NotSealed extends Error {}

/**
 * Whether a sealed file is for the offices of these parties and nobody else, as far as its stanzas show: one of the kind of each office's key, and none beside. Whose key a
 * stanza is for, it does not say. Errors: `upload-not-sealed`, `recipient-unknown` for a party without an office key.
 */
export async function checkSealedFor(
  parties: readonly Party[],
  file: AsyncIterable<Uint8Array>,
  now: Instant,
): Promise<Result<'sealed'>> {
  const keys = parties.map((party) => ({ name: party.id, recipient: keyAt(party, 'office', now)?.public ?? '' }));
  return checkSealedTo(keys, file);
}

/** The same for keys that are no office's of the directory. */
export async function checkSealedTo(
  keys: readonly { readonly name: string; readonly recipient: string }[],
  file: AsyncIterable<Uint8Array>,
): Promise<Result<'sealed'>> {
  const expected: string[] = [];
  for (const { name, recipient } of keys) {
    const kind = kindOfRecipient(recipient);
    if (kind === undefined) return refuse('recipient-unknown', name);
    expected.push(STANZAS[kind]);
  }
  const header = await readHeader(sourceOf(file));
  if (!header.ok) return refuse('upload-not-sealed');
  const types = [
    ...Buffer.from(header.value)
      .toString('latin1')
      .matchAll(/^-> ([^ \n]+)/gm),
  ].map(([, type = '']) => type);
  const found = types.filter((type) => !GREASE.test(type));
  return found.sort().join() === expected.sort().join() ? ok('sealed') : refuse('upload-not-sealed');
}
