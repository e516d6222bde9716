import { ok, type Result, refuse } from '@comity/core';
import { type Opener, readerFor } from './header.ts';

/**
 * Opens a sealed file piece by piece as it comes, for pages: neither the file nor its content need be in memory as a whole. Refuses
 * `unseal-refused` when the header does not open. Every byte that the stream gives is authentic; when it errors, what it gave was a true
 * beginning and no more, and must not be used.
 */
export async function unsealPieces(
  file: ReadableStream<Uint8Array>,
  opener: Opener,
): Promise<Result<ReadableStream<Uint8Array>>> {
  const reader = readerFor(opener);
  if (!reader.ok) return reader;
  try {
    return ok(await reader.value.decrypt(file));
  } catch {
    // typage reports every refusal as an Error without a code.
    return refuse('unseal-refused');
  }
}
