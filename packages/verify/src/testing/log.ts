import { toBase64, toHex, utf8 } from '@comity/core';
import {
  COSIGNATURE,
  cosignatureMessage,
  encodeCosignature,
  encodeEntry,
  formatCheckpoint,
  formatNote,
  type LogEntry,
  leafHash,
  MLDSA_COSIGNATURE,
  NOTE_SIGNATURE,
  type NoteSignature,
  nodeHash,
  parseNote,
  type VerifierKey,
  verifierKey,
} from '@comity/prove';
import type { LogExtract } from '../casefile.ts';
import { functions, mlDsaSignerOf, type Signer, signerOf } from './keys.ts';

const { sha256 } = functions;
const YEAR = 2026;

/** What the origins of a party's logs begin with. */
export function logOriginOf(party: string): string {
  return `${party}.test/log`;
}

/** The origin of a party's log of a year. */
export function originOf(party: string, year = YEAR): string {
  return `${logOriginOf(party)}/${year}`;
}

/** A key with the hand that signs. */
interface Hand {
  readonly key: VerifierKey;
  readonly signer: Signer;
}

/** The keys of a party's logs under a name, of both kinds. */
export function logHands(party: string, name = logOriginOf(party), seed = `${party}#log`): readonly Hand[] {
  const [classic, later] = [signerOf(seed), mlDsaSignerOf(seed)];
  return [
    { key: verifierKey({ name, kind: NOTE_SIGNATURE, publicKey: classic.publicKey }, sha256), signer: classic },
    { key: verifierKey({ name, kind: MLDSA_COSIGNATURE, publicKey: later.publicKey }, sha256), signer: later },
  ];
}

/** The key of a witness, by its name. */
export function witnessHand(name: string): Hand {
  const signer = signerOf(name);
  return { key: verifierKey({ name, kind: COSIGNATURE, publicKey: signer.publicKey }, sha256), signer };
}

/** A signature line by a hand. */
export function lineOf(text: string, { key, signer }: Hand, time = 1_795_000_000n): NoteSignature {
  const { name, id, kind } = key;
  if (kind === NOTE_SIGNATURE) return { name, id, signature: signer.sign(utf8(text)) };
  return { name, id, signature: encodeCosignature(time, signer.sign(cosignatureMessage({ text, time }, key)), key) };
}

/** A checkpoint with one more signature line. */
export function withLine(note: string, hand: Hand): string {
  const parsed = parseNote(note);
  if (!parsed.ok) throw new Error(parsed.detail);
  const { text, signatures } = parsed.value;
  return formatNote({ text, signatures: [...signatures, lineOf(text, hand)] });
}

/** How an extract differs from what an honest node would give. */
export interface Extracting {
  /** Whose keys sign. */
  readonly seed?: string;
  readonly year?: number;
  /** Places whose entry is blank. */
  readonly blank?: readonly number[];
  /** False: not in the extract. */
  readonly shown?: (entry: LogEntry) => boolean;
}

/** The signed head of a log that holds these entries and nothing else. */
export function checkpointOf(party: string, entries: readonly LogEntry[], { seed, year }: Extracting = {}): string {
  const origin = originOf(party, year);
  const text = formatCheckpoint({ origin, size: BigInt(entries.length), root: rootOf(leavesOf(entries)) });
  return formatNote({ text, signatures: logHands(party, origin, seed).map((hand) => lineOf(text, hand)) });
}

/** An extract of a log that holds these entries and nothing else. */
export function extractOf(party: string, entries: readonly LogEntry[], how: Extracting = {}): LogExtract {
  const leaves = leavesOf(entries);
  const places = entries.map((entry, i) => ({ entry, i, index: String(i), proof: pathOf(leaves, i).map(toBase64) }));
  const blank = (i: number): boolean => how.blank?.includes(i) === true;
  const redactions = places
    .filter(({ i }) => blank(i))
    .map(({ i, index, proof }) => ({ index, leaf: toBase64(leaves[i] ?? new Uint8Array(0)), proof }));
  return {
    party,
    origin: originOf(party, how.year),
    checkpoint: checkpointOf(party, entries, how),
    entries: places
      .filter(({ i, entry }) => !blank(i) && how.shown?.(entry) !== false)
      .map(({ index, entry, proof }) => ({ index, entry: toBase64(encodeEntry(entry)), proof })),
    ...(redactions.length === 0 ? {} : { redactions }),
  };
}

/** What somebody who is shown an entry of a log writes down: its leaf, its place, and a head that holds it. */
export function shownPlace(
  party: string,
  entries: readonly LogEntry[],
  index: number,
): Required<Pick<LogEntry, 'refs' | 'seen'>> {
  const leaves = leavesOf(entries);
  const root = toHex(rootOf(leaves));
  return {
    refs: [toHex(leaves[index] ?? new Uint8Array(0))],
    seen: { origin: originOf(party), index: String(index), size: String(entries.length), root },
  };
}

/** The place of an entry as a receipt states it. */
export function provenPlace(party: string, entries: readonly LogEntry[], index: number) {
  const leaves = leavesOf(entries);
  return {
    index: String(index),
    leaf: toHex(leaves[index] ?? new Uint8Array(0)),
    proof: pathOf(leaves, index).map(toBase64),
    checkpoint: checkpointOf(party, entries),
  };
}

function leavesOf(entries: readonly LogEntry[]): readonly Uint8Array[] {
  return entries.map((entry) => leafHash(encodeEntry(entry), sha256));
}

/** RFC 6962 section 2.1, word for word. */
function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256(new Uint8Array(0));
  if (leaves.length === 1) return only;
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
