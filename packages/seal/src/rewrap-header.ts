import type { Result } from '@comity/core';
import { makeHeader, type Opener, openHeader } from './header.ts';

/** Who can open a file now, and who shall be able to. */
export interface Rewrapping {
  readonly identity: Opener;
  readonly recipients: readonly string[];
}

/**
 * A new header for the same payload: the file key stays, and is wrapped for other recipients. Whoever could open the file before may have kept
 * its file key or the old header, and can open it still: this is for new keys and new readers; to shut somebody out, seal anew. Refuses
 * `unseal-refused` when the identity does not open the old header, and `recipient-unknown` as makeHeader does. A jointly sealed file has no
 * identity that opens it, and is sealed anew instead.
 */
export async function rewrapHeader(header: Uint8Array, { identity, recipients }: Rewrapping): Promise<Result<Uint8Array>> {
  const fileKey = await openHeader(header, identity);
  if (!fileKey.ok) return fileKey;
  const made = await makeHeader(recipients, fileKey.value);
  fileKey.value.fill(0);
  if (!made.ok) return made;
  made.value.fileKey.fill(0);
  return { ok: true, value: made.value.header };
}
