import { toBase64 } from '@comity/core';
import { type Keystore, sha256, signerOf } from '@comity/node';
import {
  encodeEntry,
  formatCheckpoint,
  formatNote,
  type LogEntry,
  leafHash,
  NOTE_SIGNATURE,
  nodeHash,
  signNote,
  verifierKey,
} from '@comity/prove';
import type { LogExtract } from '@comity/verify';

/** A log as its keeper could write it anew: these entries and no others, in this order, with a checkpoint signed by the log's real key. */
export async function relog(
  origin: string,
  party: string,
  { entries, key }: { readonly entries: readonly LogEntry[]; readonly key: Keystore['log'] },
): Promise<LogExtract> {
  const bytes = entries.map(encodeEntry);
  const leaves = bytes.map((entry) => leafHash(entry, sha256));
  const text = formatCheckpoint({ origin, size: BigInt(leaves.length), root: rootOf(leaves) });
  const verifier = verifierKey({ name: origin, kind: NOTE_SIGNATURE, publicKey: Buffer.from(key.x, 'base64url') }, sha256);
  const signature = await signNote(text, verifier, signerOf(key));
  return {
    party,
    origin,
    checkpoint: formatNote({ text, signatures: [signature] }),
    entries: bytes.map((entry, i) => ({ index: String(i), entry: toBase64(entry), proof: pathOf(leaves, i).map(toBase64) })),
  };
}

/** RFC 6962 section 2.1, word for word. */
function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (leaves.length === 1 && only !== undefined) return only;
  const half = splitOf(leaves.length);
  return nodeHash(rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)), sha256);
}

/** RFC 6962 section 2.1.1, word for word. */
function pathOf(leaves: readonly Uint8Array[], index: number): readonly Uint8Array[] {
  if (leaves.length === 1) return [];
  const half = splitOf(leaves.length);
  return index < half
    ? [...pathOf(leaves.slice(0, half), index), rootOf(leaves.slice(half))]
    : [...pathOf(leaves.slice(half), index - half), rootOf(leaves.slice(0, half))];
}

/** The largest power of two smaller than the count. */
function splitOf(count: number): number {
  return 2 ** Math.floor(Math.log2(count - 1));
}
