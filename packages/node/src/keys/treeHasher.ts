import { hash } from 'node:crypto';
import type { TreeHasher } from '@comity/prove';
import { sha256 } from './crypto.ts';

const HASH_BYTES = 32;
/** Entries up to this length are hashed from a buffer that is kept; it is the limit of what a log's own entries may have. */
const MAX_KEPT = 4096;

/**
 * The tree hasher of this machine. What costs time in Node is an object for each hash, not SHA-256: so inputs are written into buffers
 * that are kept, and a digest is taken as a text of 32 one-byte characters
 * ("binary" is the older name of latin1), which goes straight to its place.
 */
export const nodeTreeHasher: TreeHasher = { sha256, hashLeaves, foldPairs };

// One byte more for what sets leaves and nodes apart (RFC 6962 section 2.1): it stays 0, and 1 here.
const leafInput = Buffer.alloc(1 + MAX_KEPT);
const pairInput = Buffer.alloc(1 + 2 * HASH_BYTES);
pairInput[0] = 1;
const leafViews: Buffer[] = [];

function hashLeaves(entries: readonly Uint8Array[]): Uint8Array {
  const hashes = new Uint8Array(entries.length * HASH_BYTES);
  const out = bufferOver(hashes);
  let offset = 0;
  for (const entry of entries) {
    const input = inputOf(entry.length);
    input.set(entry, 1);
    out.write(hash('sha256', input, 'binary'), offset, HASH_BYTES, 'latin1');
    offset += HASH_BYTES;
  }
  return hashes;
}

function foldPairs(hashes: Uint8Array, pairs: number): void {
  const work = bufferOver(hashes);
  for (let i = 0; i < pairs; i++) {
    work.copy(pairInput, 1, 2 * HASH_BYTES * i, 2 * HASH_BYTES * (i + 1));
    work.write(hash('sha256', pairInput, 'binary'), HASH_BYTES * i, HASH_BYTES, 'latin1');
  }
}

/** Where to put an entry of a length: a view on the kept buffer, kept itself, because most entries have one of a few lengths. */
function inputOf(length: number): Buffer {
  if (length > MAX_KEPT) return Buffer.alloc(1 + length);
  const view = leafViews[length] ?? leafInput.subarray(0, 1 + length);
  leafViews[length] = view;
  return view;
}

function bufferOver(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
