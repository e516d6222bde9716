import { sameBytes } from './bytes.ts';
import { openLogNote } from './check-proof.ts';
import type { Checkpoint } from './checkpoint.ts';
import { emptyRoot, type Sha256 } from './hash.ts';
import { formatNote } from './note.ts';
import type { KnownLog } from './policy.ts';
import type { SignatureChecks } from './signature.ts';
import { verifyConsistency } from './verify.ts';
import type { ReadAddCheckpoint } from './witness.ts';

/** The tree that a witness last cosigned for a log. */
export interface LatestTree {
  readonly size: bigint;
  readonly root: Uint8Array;
}

/** What a witness decides upon. `latest` is of the log that the request's checkpoint names, undefined when none was ever cosigned. */
export interface WitnessCase {
  readonly request: ReadAddCheckpoint;
  readonly logs: readonly KnownLog[];
  readonly latest: LatestTree | undefined;
}

/** Two heads that cannot both be of one append-only log; the log has signed the one in `checkpoint`. Keep it beside the note that was cosigned before. */
export interface SplitView {
  readonly latest: LatestTree;
  /** The signed note, verbatim. */
  readonly checkpoint: string;
}

/** What a witness answers to add-checkpoint: the HTTP status and what goes with it. `detail` is for the witness's log, in English. */
export type WitnessAnswer =
  | WitnessConsent
  | { readonly status: 400 | 403 | 404; readonly detail: string }
  | WitnessConflict
  | { readonly status: 422; readonly detail: string; readonly splitView?: SplitView };

/** May be cosigned, once size and root are stored: compare the stored size with `request.oldSize` and replace it in one atomic step. */
export interface WitnessConsent {
  readonly status: 200;
  readonly checkpoint: Checkpoint;
  /** What is cosigned. */
  readonly text: string;
  /** The note with the log's own verified signatures alone: what a witness serves to monitors, with its cosignatures added. */
  readonly note: string;
}

/** The log believes in another size than the one last cosigned. Also what to answer when the atomic step finds one. */
export interface WitnessConflict {
  readonly status: 409;
  /** The size last cosigned, in decimal, and a newline. */
  readonly body: string;
  readonly contentType: 'text/x.tlog.size';
  readonly splitView?: SplitView;
}

/** The answer for a log whose tree was last cosigned at this size. */
export function conflictAt(size: bigint): WitnessConflict {
  return { status: 409, body: `${size}\n`, contentType: 'text/x.tlog.size' };
}

/**
 * Judges a request that was read (C2SP tlog-witness, add-checkpoint), in the order of the specification: origin known (404), signatures
 * of the log (403), old size not above the checkpoint's (400), old size the one last cosigned (409), root of an empty tree, proof from
 * old size 0, same root at the same size, consistency (422). A body that parseAddCheckpoint refuses is answered with 400 before.
 * Decision: a log known by keys of both kinds must have signed with both (403). A validly signed checkpoint of the size last cosigned
 * but with another root comes back as a split view, also when the answer is 409.
 */
export function judgeAddCheckpoint(
  { request, logs, latest }: WitnessCase,
  { sha256, checks }: { readonly sha256: Sha256; readonly checks: SignatureChecks },
): WitnessAnswer {
  const { head, oldSize, text } = request;
  const log = logs.find(({ origin }) => origin === head.origin);
  if (log === undefined) return { status: 404, detail: 'no log of this origin is known' };
  const opened = openLogNote(request.checkpoint, log, checks);
  if (!opened.ok) return { status: 403, detail: opened.detail };
  if (oldSize > head.size) return { status: 400, detail: 'the old size is above the size of the checkpoint' };
  const splitView = splitViewOf(request, latest);
  if (oldSize !== (latest?.size ?? 0n)) return { ...conflictAt(latest?.size ?? 0n), ...splitView };
  const fault = faultOf(request, latest, sha256);
  if (fault !== undefined) return { status: 422, detail: fault, ...splitView };
  const { origin, size, root } = head;
  const note = formatNote({ text, signatures: opened.value.verified.map(({ line }) => line) });
  return { status: 200, checkpoint: { origin, size, root }, text, note };
}

function faultOf(
  { head, oldSize, proof }: ReadAddCheckpoint,
  latest: LatestTree | undefined,
  sha256: Sha256,
): string | undefined {
  const empty = emptyRoot(sha256);
  if (head.size === 0n && !sameBytes(head.root, empty)) return 'an empty tree with the root of another';
  if (oldSize === 0n && proof.length > 0) return 'a proof where none is needed';
  const oldRoot = latest?.root ?? empty;
  if (oldSize === head.size && !sameBytes(oldRoot, head.root)) return 'two roots at one size';
  const claim = { oldSize, newSize: head.size, oldRoot, newRoot: head.root, proof };
  return verifyConsistency(claim, sha256) ? undefined : 'the proof does not lead from the old tree to the new one';
}

function splitViewOf(
  { head, checkpoint }: ReadAddCheckpoint,
  latest: LatestTree | undefined,
): { readonly splitView?: SplitView } {
  if (latest === undefined || latest.size !== head.size || sameBytes(latest.root, head.root)) return {};
  return { splitView: { latest, checkpoint } };
}
