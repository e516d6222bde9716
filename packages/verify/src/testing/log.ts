import { toBase64 } from '@comity/core';
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
import type { LogExtract } from '../casefile.ts';
import { functions, signerOf } from './keys.ts';

const { sha256 } = functions;

/** The origin of a party's log of the year in which the tests play. */
export function originOf(party: string): string {
  return `${party}.test/log/2026`;
}

/** The key of a party's log. */
export function logKeyOf(party: string, seed = `${party}#log`): ReturnType<typeof verifierKey> {
  return verifierKey({ name: originOf(party), kind: NOTE_SIGNATURE, publicKey: signerOf(seed).publicKey }, sha256);
}

/** An extract of a log that holds these entries and nothing else. */
export async function extractOf(party: string, entries: readonly LogEntry[], seed = `${party}#log`): Promise<LogExtract> {
  const bytes = entries.map(encodeEntry);
  const leaves = bytes.map((entry) => leafHash(entry, sha256));
  const text = formatCheckpoint({ origin: originOf(party), size: BigInt(leaves.length), root: rootOf(leaves) });
  const signature = await signNote(text, logKeyOf(party, seed), signerOf(seed).sign);
  return {
    party,
    origin: originOf(party),
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

function splitOf(count: number): number {
  return 2 ** Math.floor(Math.log2(count - 1));
}
