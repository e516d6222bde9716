import { toHex, utf8 } from '@comity/core';
import {
  type Checkpoint,
  checkSignedCheckpoint,
  formatAddCheckpoint,
  type KnownLog,
  openNote,
  type Policy,
  type ProveCode,
  type Sha256,
  type SignatureChecks,
} from '@comity/prove';
import { type PublicLog, Unreachable } from './fetchLog.ts';
import { Absent, type HeadVerdict, judgeHead } from './judgeHead.ts';
import { type Evidence, type KeptHead, keep, layDown, readKept } from './keptHead.ts';

/** What is followed, and how strictly. */
export interface Following {
  readonly log: KnownLog;
  readonly policy: Policy | undefined;
  /** Where the last head and evidence are kept. */
  readonly dir: string;
  /** Milliseconds after which a log that says nothing new is frozen. */
  readonly stale: number;
  readonly now: () => number;
  readonly sha256: Sha256;
  readonly checks: SignatureChecks;
}

/** What one look at a log found. */
export interface Look {
  readonly found: HeadVerdict['kind'] | 'frozen' | 'unwitnessed' | 'downgraded' | 'unsigned' | 'unreachable' | 'another-log';
  readonly origin: string;
  readonly size: string;
  /** Size of the head that was kept before. */
  readonly kept: string;
  /** Folder of evidence. */
  readonly evidence?: string;
  readonly detail?: string;
}

const ACCUSES: readonly Look['found'][] = ['forked', 'rolled-back', 'unsupported', 'downgraded'];
const WORRIES: readonly Look['found'][] = ['frozen', 'unwitnessed'];
const CANNOT: readonly Look['found'][] = ['unreachable', 'unsigned', 'another-log'];

/** The exit code that says a look: 0 sound, 1 frozen or unwitnessed, 2 the log is caught lying, 3 cannot tell. */
export function codeOfLook({ found }: Look): number {
  if (ACCUSES.includes(found)) return 2;
  if (WORRIES.includes(found)) return 1;
  return CANNOT.includes(found) ? 3 : 0;
}

/** Fetches the head of a log, checks it against the one that was kept, keeps the newer one, and lays down evidence when the log is caught. */
export async function lookAt(log: PublicLog, following: Following): Promise<Look> {
  const { dir } = following;
  const blank = { origin: following.log.origin, size: '', kept: '' };
  const before = readKept(dir);
  const known = before === undefined ? undefined : headOf(before.note, following);
  if (known !== undefined && !known.ok) return { ...blank, found: 'another-log', detail: dir };
  const kept = known?.value;
  try {
    const note = await log.checkpoint();
    const served = headOf(note, following);
    if (!served.ok) return { ...blank, ...refusedNote(note, served.code, following), detail: served.detail };
    const verdict = await judgeHead({ kept, served: served.value }, log.readTile, following.sha256);
    return conclude({ verdict, note, served: served.value, before, kept }, following);
  } catch (error) {
    if (error instanceof Unreachable || error instanceof Absent) return { ...blank, found: 'unreachable', detail: error.message };
    throw error;
  }
}

type Head =
  | { readonly ok: true; readonly value: Checkpoint }
  | { readonly ok: false; readonly code: ProveCode; readonly detail: string };

function headOf(note: string, { log, sha256, checks }: Following): Head {
  const signed = checkSignedCheckpoint(note, { logs: [log], sha256, checks });
  return signed.ok ? { ok: true, value: signed.value.checkpoint } : signed;
}

/** A head that some of the log's keys signed, but not each kind, is the log's own doing; one that none signed may be anybody's. */
function refusedNote(note: string, code: ProveCode, { log, checks, dir, sha256 }: Following): Pick<Look, 'found' | 'evidence'> {
  if (code !== 'checkpoint-signature' || !openNote(note, log.keys, checks).ok) return { found: 'unsigned' };
  const evidence = layDown(dir, nameOf('downgraded', [note], sha256), { 'served.note': note });
  return { found: 'downgraded', evidence };
}

interface Seen {
  readonly verdict: HeadVerdict;
  readonly note: string;
  readonly served: Checkpoint;
  readonly before: KeptHead | undefined;
  readonly kept: Checkpoint | undefined;
}

function conclude(seen: Seen, following: Following): Look {
  const { verdict, note, served, before, kept } = seen;
  const look = { origin: served.origin, size: String(served.size), kept: kept === undefined ? '' : String(kept.size) };
  if (verdict.kind === 'forked' || verdict.kind === 'rolled-back' || verdict.kind === 'unsupported') {
    const name = nameOf(verdict.kind, [before?.note ?? '', note], following.sha256);
    return { ...look, found: verdict.kind, evidence: layDown(following.dir, name, evidenceOf(seen)) };
  }
  const now = following.now();
  const since = before?.note === note ? before.since : new Date(now).toISOString();
  if (before?.note !== note) keep(following.dir, { note, since });
  if (isFrozen(note, since, following)) return { ...look, found: 'frozen' };
  return { ...look, found: isWitnessed(note, following) ? verdict.kind : 'unwitnessed' };
}

/** Both signed notes, and the proof that fails between them, in the form of a request to a witness (C2SP tlog-witness). */
function evidenceOf({ verdict, note, before, kept }: Seen): Evidence {
  const notes = { 'served.note': note, ...(before === undefined ? {} : { 'kept.note': before.note }) };
  if (verdict.kind !== 'forked' || kept === undefined) return notes;
  const { proof, root } = verdict;
  const claimed = `${kept.size}\n${Buffer.from(root).toString('base64')}\n`;
  return {
    ...notes,
    'proof.txt': formatAddCheckpoint({ oldSize: kept.size, proof, checkpoint: note }),
    'claimed-root.txt': claimed,
  };
}

function nameOf(kind: string, notes: readonly string[], sha256: Sha256): string {
  return `${kind}-${toHex(sha256(utf8(notes.join('\0')))).slice(0, 16)}`;
}

/**
 * Nothing new for too long: neither another note, nor a fresh time under the log's own cosignature. A time in the future vouches for nothing, else one such
 * note would vouch for years.
 */
function isFrozen(note: string, since: string, { log, checks, stale, now }: Following): boolean {
  const opened = openNote(note, log.keys, checks);
  const times = opened.ok ? opened.value.verified.flatMap(({ time }) => (time === undefined ? [] : [Number(time) * 1000])) : [];
  const past = times.filter((time) => time <= now());
  return [Date.parse(since), ...past].some((time) => now() - time > stale);
}

function isWitnessed(note: string, { log, policy, sha256, checks, now }: Following): boolean {
  if (policy === undefined) return true;
  const notAfter = BigInt(Math.floor(now() / 1000) + 60);
  return checkSignedCheckpoint(note, { logs: [log], quorum: policy, notAfter, sha256, checks }).ok;
}
