import { ok, type Result } from '@comity/core';
import type { Flow } from './payload.ts';
import { type Rewrapping, rewrapHeader } from './rewrap-header.ts';
import { piecesOf, prepend, type Source, sourceOf } from './source.ts';
import { cutHeader } from './split.ts';

const PIECE_BYTES = 256 * 1024;

/** A sealed file under a new header, its payload byte for byte as it was; see rewrapHeader for what that does and does not do, and its refusals. */
export async function rewrap(
  ciphertext: AsyncIterable<Uint8Array>,
  rewrapping: Rewrapping,
): Promise<Result<AsyncIterable<Uint8Array>>> {
  const under = await underNewHeader(sourceOf(ciphertext), rewrapping);
  return under.ok ? ok(piecesOf(under.value, PIECE_BYTES)) : under;
}

/** The same from a source to a sink. */
export async function rewrapInto({ source, sink }: Flow, rewrapping: Rewrapping): Promise<Result<'rewrapped'>> {
  const under = await underNewHeader(source, rewrapping);
  if (!under.ok) return under;
  for await (const piece of piecesOf(under.value, PIECE_BYTES)) await sink.write([piece]);
  return ok('rewrapped');
}

async function underNewHeader(source: Source, rewrapping: Rewrapping): Promise<Result<Source>> {
  const cut = await cutHeader(source);
  if (!cut.ok) return cut;
  const made = await rewrapHeader(cut.value.header, rewrapping);
  if (made.ok) return ok(prepend(made.value, cut.value.rest));
  await cut.value.rest.close?.();
  return made;
}
