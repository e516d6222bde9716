import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { leafHash, type Sha256 } from './hash.ts';
import { COSIGNATURE, MLDSA_COSIGNATURE, NOTE_SIGNATURE, samePublicKey, type VerifierKey } from './key.ts';
import { parseNote } from './note.ts';
import { type OpenedNote, openNote } from './open-note.ts';
import { type KnownLog, type KnownWitness, meetsQuorum, type Policy } from './policy.ts';
import type { TlogProof } from './proof.ts';
import { found, type Outcome, refused } from './refusal.ts';
import type { SignatureChecks } from './signature.ts';
import { verifyInclusion } from './verify.ts';

/** Whom a reader believes, and the functions to check with. */
export interface ProofTrust {
  readonly logs: readonly KnownLog[];
  /** Whose witnesses must have cosigned; its logs are not looked at (logsOf gives them). Left out: no cosignature is asked for. */
  readonly quorum?: Policy;
  /** Seconds since 1970; a cosignature later than this does not count. */
  readonly notAfter?: bigint;
  readonly sha256: Sha256;
  readonly checks: SignatureChecks;
}

/** What a good proof says. */
export interface ProvenEntry {
  /** Without extension lines: not every signature covers them, so they are never part of what is proved. */
  readonly checkpoint: Checkpoint;
  readonly index: bigint;
  readonly leaf: Uint8Array;
  /** The known witnesses that cosigned, and when (seconds since 1970). Empty when the trust names no quorum. */
  readonly witnessed: readonly { readonly name: string; readonly time: bigint }[];
}

type Witnessed = ProvenEntry['witnessed'];

/**
 * Whether the exact bytes of an entry stand in a log that is known: leaf, origin, signature of the log, cosignatures, inclusion, in this
 * order; the first step that fails is the answer (C2SP tlog-proof, "Verifying a tlog proof"). `proof.extra` is not looked at.
 */
export function checkProofOf(entry: Uint8Array, proof: TlogProof, trust: ProofTrust): Outcome<ProvenEntry> {
  const leaf = leafHash(entry, trust.sha256);
  const checkpoint = checkSignedCheckpoint(proof.checkpoint, trust);
  if (!checkpoint.ok) return checkpoint;
  const { size, root } = checkpoint.value.checkpoint;
  if (!verifyInclusion({ index: proof.index, size, leaf, root, proof: proof.hashes }, trust.sha256)) {
    return refused('inclusion', 'the entry is not at this index of the tree');
  }
  return found({ ...checkpoint.value, index: proof.index, leaf });
}

/** The steps of checkProofOf that concern the checkpoint alone: origin, signature of the log, cosignatures. */
export function checkSignedCheckpoint(note: string, trust: ProofTrust): Outcome<Pick<ProvenEntry, 'checkpoint' | 'witnessed'>> {
  const parsed = parseNote(note);
  if (!parsed.ok) return parsed;
  const checkpoint = parseCheckpoint(parsed.value.text);
  if (!checkpoint.ok) return checkpoint;
  const log = trust.logs.find(({ origin }) => origin === checkpoint.value.origin);
  if (log === undefined) return refused('log-unknown', 'no log of this origin is known');
  const signed = openLogNote(note, log, trust.checks);
  if (!signed.ok) return signed;
  const witnessed = checkQuorum(note, log.keys, trust);
  const { origin, size, root } = checkpoint.value;
  return witnessed.ok ? found({ checkpoint: { origin, size, root }, witnessed: witnessed.value }) : witnessed;
}

/** Opens the note of a checkpoint with the keys of its log: one signature of each kind of key that the log is known by. */
export function openLogNote(note: string, log: KnownLog, checks: SignatureChecks): Outcome<OpenedNote> {
  const keys = log.keys.filter(({ kind }) => kind === NOTE_SIGNATURE || kind === MLDSA_COSIGNATURE);
  const opened = openNote(note, keys, checks);
  if (!opened.ok) return refused('checkpoint-signature', opened.detail);
  const missing = keys.find(({ kind }) => !opened.value.verified.some(({ key }) => key.kind === kind));
  return missing === undefined ? opened : refused('checkpoint-signature', 'not signed with every kind of key of the log');
}

function checkQuorum(
  note: string,
  logKeys: readonly VerifierKey[],
  { quorum, notAfter, checks }: ProofTrust,
): Outcome<Witnessed> {
  if (quorum === undefined) return found([]);
  const witnesses = distinct(quorum.witnesses).filter(({ key }) => !logKeys.some((logKey) => samePublicKey(logKey, key)));
  const opened = openNote(
    note,
    witnesses.map(({ key }) => key),
    checks,
  );
  if (!opened.ok && opened.code !== 'note-unsigned') return refused('witness-quorum', opened.detail);
  const verified = opened.ok ? opened.value.verified : [];
  const witnessed = witnesses.flatMap(({ name, key }) => {
    const time = verified.find((signature) => signature.key === key)?.time;
    return time === undefined || (notAfter !== undefined && time > notAfter) ? [] : [{ name, time }];
  });
  if (meetsQuorum(quorum, new Set(witnessed.map(({ name }) => name)))) return found(witnessed);
  return refused('witness-quorum', `the cosignatures of ${witnessed.length} witnesses do not make the quorum`);
}

/** One voice for each public key and each name, and only keys made for cosigning: nobody counts twice (C2SP tlog-policy). */
function distinct(witnesses: readonly KnownWitness[]): KnownWitness[] {
  return witnesses.filter(
    ({ name, key }, i) =>
      isCosigner(key) && !witnesses.slice(0, i).some((other) => other.name === name || samePublicKey(other.key, key)),
  );
}

function isCosigner({ kind }: VerifierKey): boolean {
  return kind === COSIGNATURE || kind === MLDSA_COSIGNATURE;
}
