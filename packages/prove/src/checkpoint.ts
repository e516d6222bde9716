import { fromBase64, toBase64 } from './bytes.ts';
import { HASH_BYTES } from './hash.ts';
import { isKeyName } from './key.ts';
import { isNoteText } from './note.ts';
import { found, type Outcome, refused } from './refusal.ts';
import { isSize, parseSize } from './size.ts';

/** The head of a log at a size. */
export interface Checkpoint {
  /** Identity of the log: a URL without scheme, e.g. `node.example.org/comity/log/2026`. */
  readonly origin: string;
  readonly size: bigint;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

/** A checkpoint as read. `extensions` are opaque: nothing in this package, and nothing that builds on it, gives them a meaning. */
export interface ReadCheckpoint extends Checkpoint {
  readonly extensions: readonly string[];
}

/**
 * The text of a checkpoint, to be signed as a note (C2SP tlog-checkpoint). Extension lines are never written: an ML-DSA cosignature
 * would not cover them. Throws on an origin with spaces or plus, which the standard only advises against.
 */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  if (!isKeyName(origin)) throw new TypeError('an origin is not empty and has no space, plus or control character');
  if (!isSize(size) || root.length !== HASH_BYTES) throw new RangeError('size or root out of range');
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/**
 * Reads the text of a checkpoint. Decision: extension lines of other logs are accepted, since C2SP tlog-checkpoint lets them stand and
 * an Ed25519 signature covers them, but they are only handed back, never interpreted.
 */
export function parseCheckpoint(text: string): Outcome<ReadCheckpoint> {
  const lines = text.split('\n');
  const [origin = '', decimal = '', encoded = '', ...rest] = lines;
  const extensions = rest.slice(0, -1);
  if (!isNoteText(text)) return refused('malformed-checkpoint', 'control characters');
  if (lines.length < 4 || rest.at(-1) !== '' || [origin, ...extensions].includes('')) {
    return refused('malformed-checkpoint', 'not three or more non-empty lines, each ended by a newline');
  }
  const size = parseSize(decimal);
  const root = fromBase64(encoded);
  if (!size.ok || root?.length !== HASH_BYTES) return refused('malformed-checkpoint', 'size or root hash cannot be read');
  return found({ origin, size: size.value, root, extensions });
}
