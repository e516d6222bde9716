import { fromBase64, textOf, toBase64 } from './bytes.ts';
import { parseCheckpoint, type ReadCheckpoint } from './checkpoint.ts';
import { HASH_BYTES } from './hash.ts';
import { NOTE_SIGNATURE, type VerifierKey } from './key.ts';
import { formatNote, MAX_NOTE_BYTES, type NoteSignature, parseNote } from './note.ts';
import { openNote, type VerifiedSignature } from './open-note.ts';
import { found, type Outcome, refused } from './refusal.ts';
import type { SignatureChecks } from './signature.ts';
import { isSize, parseSize } from './size.ts';

/** What a log asks a witness (C2SP tlog-witness, add-checkpoint): to cosign a checkpoint that holds the tree the witness knows. */
export interface AddCheckpoint {
  /** Size of the tree that the witness last cosigned, as the log believes. */
  readonly oldSize: bigint;
  /** Consistency proof from the old size to the checkpoint's. */
  readonly proof: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
}

/** A request as read, with its checkpoint taken apart. Nothing in it is to be believed before judgeAddCheckpoint. */
export interface ReadAddCheckpoint extends AddCheckpoint {
  readonly head: ReadCheckpoint;
  /** The text that is cosigned. */
  readonly text: string;
}

/** More lines would prove nothing: a tree of at most 2^63 - 1 leaves is at most 63 levels high. */
const MAX_HASHES = 63;
const MAX_REQUEST_BYTES = MAX_NOTE_BYTES + 4096;

/** The body of an add-checkpoint request. Throws on what parseAddCheckpoint would refuse. */
export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  if (!isSize(oldSize)) throw new RangeError('a size is 0 to 2^63 - 1');
  const body = `${[`old ${oldSize}`, ...proof.map(toBase64)].join('\n')}\n\n${checkpoint}`;
  const read = parseAddCheckpoint(body);
  if (!read.ok) throw new TypeError(read.detail);
  return body;
}

/** Reads the body of an add-checkpoint request; what is refused here is answered with 400. Verifies nothing. */
export function parseAddCheckpoint(body: Uint8Array | string): Outcome<ReadAddCheckpoint> {
  if (body.length > MAX_REQUEST_BYTES) return malformed('too long');
  const whole = typeof body === 'string' ? body : textOf(body);
  const split = whole?.indexOf('\n\n') ?? -1;
  if (whole === undefined || split < 0) return malformed('not UTF-8, or no empty line');
  const [oldLine = '', ...hashLines] = whole.slice(0, split).split('\n');
  const oldSize = parseSize(oldLine.startsWith('old ') ? oldLine.slice('old '.length) : '');
  if (!oldSize.ok) return malformed('no old size');
  if (hashLines.length > MAX_HASHES) return malformed('more than 63 hashes');
  const proof = hashLines.map(fromBase64).filter((hash) => hash?.length === HASH_BYTES) as Uint8Array[]; // parser: the filter keeps whole hashes only
  if (proof.length !== hashLines.length) return malformed('a line of the proof that is no hash');
  const checkpoint = whole.slice(split + 2);
  const note = parseNote(checkpoint);
  if (!note.ok) return malformed(`checkpoint: ${note.detail}`);
  const head = parseCheckpoint(note.value.text);
  if (!head.ok) return malformed(`checkpoint: ${head.detail}`);
  return found({ oldSize: oldSize.value, proof, checkpoint, head: head.value, text: note.value.text });
}

/** The body of a witness's answer: one signature line for each key that cosigned. Throws on lines that no note could hold. */
export function formatCosignatures(cosignatures: readonly NoteSignature[]): string {
  return formatNote({ text: '\n', signatures: cosignatures }).slice(2);
}

/** A checkpoint that was sent to a witness, and the keys that the witness is known by. */
export interface Asked {
  readonly checkpoint: string;
  readonly keys: readonly VerifierKey[];
}

/**
 * The cosignatures in a witness's answer, each checked over the checkpoint that was sent. Lines by unknown keys are ignored; refused is
 * an answer that is not signature lines, one with a line of a known key that does not verify, and one without any known key.
 */
export function parseCosignatures(
  body: Uint8Array | string,
  { checkpoint, keys }: Asked,
  checks: SignatureChecks,
): Outcome<readonly VerifiedSignature[]> {
  const note = parseNote(checkpoint);
  const lines = body.length > MAX_NOTE_BYTES || typeof body === 'string' ? body : textOf(body);
  if (!note.ok || typeof lines !== 'string' || lines.startsWith('\n') || lines.includes('\n\n'))
    return refused('malformed-note', 'not signature lines');
  const cosigners = keys.filter(({ kind }) => kind !== NOTE_SIGNATURE);
  const opened = openNote(`${note.value.text}\n${lines}`, cosigners, checks);
  return opened.ok ? found(opened.value.verified) : opened;
}

/** The checkpoint with more signature lines; a line whose name and id it has already is left out. Throws when the note would be too large. */
export function addSignatures(checkpoint: string, more: readonly NoteSignature[]): string {
  const note = parseNote(checkpoint);
  if (!note.ok) throw new TypeError(note.detail);
  const { text, signatures } = note.value;
  const fresh = more.filter(({ name, id }) => !signatures.some((line) => line.name === name && line.id === id));
  return formatNote({ text, signatures: [...signatures, ...fresh] });
}

function malformed(detail: string): Outcome<never> {
  return refused('malformed-request', detail);
}
