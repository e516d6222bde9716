import { toBase64, toHex } from '@comity/core';
import { type Keystore, mlDsa44SignerOf, sha256, signerOf } from '@comity/node';
import {
  encodeEntry,
  formatCheckpoint,
  type LogEntry,
  leafHash,
  MLDSA_COSIGNATURE,
  NOTE_SIGNATURE,
  nodeHash,
  signCheckpoint,
  verifierKey,
} from '@comity/prove';
import type { LogExtract } from '@comity/verify';

/** The keys with which a log is signed. */
export type LogKeys = Pick<Keystore, 'log' | 'logPostQuantum'>;

/** A log as its keeper could write it anew: these entries and no others, in this order, with a checkpoint signed by the log's real keys. */
export async function relog(
  origin: string,
  party: string,
  { entries, keys }: { readonly entries: readonly LogEntry[]; readonly keys: LogKeys },
): Promise<LogExtract> {
  const leaves = entries.map(leafOf);
  return {
    party,
    origin,
    checkpoint: await signHead(origin, leaves, keys),
    entries: entries.map((entry, i) => ({
      index: String(i),
      entry: toBase64(encodeEntry(entry)),
      proof: pathOf(leaves, i).map(toBase64),
    })),
  };
}

async function signHead(origin: string, leaves: readonly Uint8Array[], keys: LogKeys): Promise<string> {
  const text = formatCheckpoint({ origin, size: BigInt(leaves.length), root: rootOf(leaves) });
  const raw = (key: string): Uint8Array => Buffer.from(key, 'base64url');
  const ed25519 = verifierKey({ name: origin, kind: NOTE_SIGNATURE, publicKey: raw(keys.log.x) }, sha256);
  const mlDsa44 = verifierKey({ name: origin, kind: MLDSA_COSIGNATURE, publicKey: raw(keys.logPostQuantum.pub) }, sha256);
  const time = BigInt(Math.floor(Date.now() / 1000));
  return signCheckpoint({ text, time }, [
    { key: ed25519, sign: signerOf(keys.log) },
    { key: mlDsa44, sign: mlDsa44SignerOf(keys.logPostQuantum) },
  ]);
}

/** What a log says that it saw of another one: the leaf at a place, and a head that ends there. */
export function sightOf(origin: string, entries: readonly LogEntry[]): Required<Pick<LogEntry, 'refs' | 'seen'>> {
  const leaves = entries.map(leafOf);
  const index = String(entries.length - 1);
  return {
    refs: leaves.slice(-1).map(toHex),
    seen: { origin, index, size: String(entries.length), root: toHex(rootOf(leaves)) },
  };
}

function leafOf(entry: LogEntry): Uint8Array {
  return leafHash(encodeEntry(entry), sha256);
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
