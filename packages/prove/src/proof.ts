import { fromBase64, textOf, toBase64 } from './bytes.ts';
import { HASH_BYTES } from './hash.ts';
import { parseNote } from './note.ts';
import { found, type Outcome, refused } from './refusal.ts';
import { isSize, parseSize } from './size.ts';

/** A proof that can be checked offline (C2SP tlog-proof), file ending `.tlog-proof`. */
export interface TlogProof {
  /** Opaque and unauthenticated: trust nothing in it before the leaf hash recomputed from it has been proved. */
  readonly extra?: Uint8Array;
  readonly index: bigint;
  /** Inclusion proof, from the leaf's sibling to the root's child. */
  readonly hashes: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
}

const FIRST_LINE = 'c2sp.org/tlog-proof@v1';
/** A tree of at most 2^63 - 1 leaves is at most 63 levels high. */
const MAX_HASHES = 63;
const MAX_PROOF_BYTES = 1_500_000;

/** The proof as text. Throws on what parseProof would refuse. */
export function formatProof(proof: TlogProof): string {
  const { extra, index, hashes, checkpoint } = proof;
  if (!isSize(index)) throw new RangeError('an index is 0 to 2^63 - 1');
  const head = [FIRST_LINE, ...(extra === undefined ? [] : [`extra ${toBase64(extra)}`]), `index ${index}`];
  const text = `${[...head, ...hashes.map(toBase64)].join('\n')}\n\n${checkpoint}`;
  const read = parseProof(text);
  if (!read.ok) throw new TypeError(read.detail);
  return text;
}

/** Reads a proof: at most 63 hashes of 32 bytes, an index without leading zeros, no empty extra line, a well-formed signed note. Verifies nothing. */
export function parseProof(proof: Uint8Array | string): Outcome<TlogProof> {
  const text = typeof proof === 'string' ? proof : textOf(proof);
  if (text === undefined || text.length > MAX_PROOF_BYTES) return refused('malformed-proof', 'too long or not UTF-8');
  const split = text.indexOf('\n\n');
  const [first, ...lines] = text.slice(0, Math.max(split, 0)).split('\n');
  if (split < 0 || first !== FIRST_LINE) return refused('malformed-proof', 'not a tlog-proof of version 1');
  const checkpoint = text.slice(split + 2);
  const note = parseNote(checkpoint);
  if (!note.ok) return refused('malformed-proof', `checkpoint: ${note.detail}`);
  return readLines(lines, checkpoint);
}

function readLines(lines: readonly string[], checkpoint: string): Outcome<TlogProof> {
  const extraLine = lines[0]?.startsWith('extra ') ? lines[0] : undefined;
  const [indexLine = '', ...hashLines] = extraLine === undefined ? lines : lines.slice(1);
  const extra = extraLine === undefined ? undefined : fromBase64(extraLine.slice('extra '.length));
  if (extraLine !== undefined && (extra === undefined || extra.length === 0))
    return refused('malformed-proof', 'extra is not base64, or empty');
  const index = parseSize(indexLine.startsWith('index ') ? indexLine.slice('index '.length) : '');
  if (!index.ok) return refused('malformed-proof', 'no index');
  const hashes = hashLines.map(fromBase64).filter((hash) => hash?.length === HASH_BYTES) as Uint8Array[]; // parser: the filter keeps whole hashes only
  if (hashes.length !== hashLines.length || hashes.length > MAX_HASHES)
    return refused('malformed-proof', 'not at most 63 hashes of 32 bytes');
  return found({ ...(extra === undefined ? {} : { extra }), index: index.value, hashes, checkpoint });
}
