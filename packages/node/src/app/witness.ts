import { partyAt, type Result, refuse } from '@comity/core';
import {
  addSignatures,
  cosign,
  formatCosignatures,
  judgeAddCheckpoint,
  type KnownLog,
  MLDSA_COSIGNATURE,
  type NoteSignature,
  type ReadAddCheckpoint,
  type VerifierKey,
  verifierKey,
  type WitnessAnswer,
  type WitnessConsent,
} from '@comity/prove';
import { witnessName } from '../keys/cards.ts';
import { sha256, sha256Hex, signatureChecks } from '../keys/crypto.ts';
import type { Tx } from '../store/database.ts';
import { headOfNote } from '../store/logRead.ts';
import {
  type Evidence,
  keepEvidence,
  keepWitnessed,
  lockWitnessed,
  type WitnessedLog,
  witnessedLogs,
} from '../store/witnessed.ts';
import type { House } from './house.ts';
import { isLogOf, logOf } from './places.ts';

/** A refusal of the protocol, or the cosignature lines. */
export type Answered = Exclude<WitnessAnswer, WitnessConsent> | { readonly status: 200; readonly body: string };

/**
 * Answers a log that asks for our cosignature (C2SP tlog-witness, add-checkpoint). The head is compared and replaced in one transaction, and only then is anything
 * signed, so that of two requests at once neither rolls back the other. Two heads that cannot both be true are kept as evidence.
 */
export async function answerLog(house: House, request: ReadAddCheckpoint): Promise<Answered> {
  const log = knownLog(house, request.head.origin);
  if (log === undefined) return { status: 404, detail: 'no log of this origin is known' };
  // Nothing is written, and nobody waits, for whoever does not hold the log's keys.
  const unknown = judgeAddCheckpoint({ request, logs: [log], latest: undefined }, { sha256, checks: signatureChecks });
  if (unknown.status === 400 || unknown.status === 403 || unknown.status === 404) return unknown;
  return house.db.transaction().execute(async (tx) => {
    const latest = await lockWitnessed(tx, request.head.origin, house.now());
    const answer = judgeAddCheckpoint({ request, logs: [log], latest }, { sha256, checks: signatureChecks });
    if (answer.status !== 200) {
      await keepFault(house, tx, { answer, latest, request });
      return answer;
    }
    const line = await cosignFor(house, answer.text);
    const { note } = answer;
    await keepWitnessed(tx, { ...answer.checkpoint, note, cosigned: addSignatures(note, [line]), at: house.now() });
    return { status: 200, body: formatCosignatures([line]) };
  });
}

/** A log of the directory that is not our own: nobody is their own witness. */
function knownLog(house: House, origin: string): KnownLog | undefined {
  const party = house.directory.parties.find((candidate) => isLogOf(candidate, origin));
  const takesPart = party !== undefined && party.id !== house.party.id && partyAt(house.directory, party.id, house.now());
  return takesPart ? logOf(house, party, origin) : undefined;
}

async function keepFault(
  house: House,
  tx: Tx,
  {
    answer,
    latest,
    request,
  }: { readonly answer: WitnessAnswer; readonly latest: WitnessedLog | undefined; readonly request: ReadAddCheckpoint },
): Promise<void> {
  if (latest === undefined) return;
  const kind = kindOf(answer);
  if (kind === undefined) return;
  await keepEvidence(tx, { origin: latest.origin, kind, first: latest.note, second: request.checkpoint, at: house.now() });
}

/** A validly signed checkpoint at the size that was cosigned before but with another root, or one that no proof leads to. */
function kindOf(answer: WitnessAnswer): Evidence['kind'] | undefined {
  if ('splitView' in answer && answer.splitView !== undefined) return 'split-view';
  return answer.status === 422 ? 'inconsistent' : undefined;
}

async function cosignFor(house: House, text: string): Promise<NoteSignature> {
  const time = BigInt(Math.floor(Date.parse(house.now()) / 1000));
  return cosign({ text, time }, witnessKey(house), house.signers.witness);
}

function witnessKey({ party, keystore }: House): VerifierKey {
  const publicKey = Buffer.from(keystore.witness.pub, 'base64url');
  return verifierKey({ name: witnessName(party.logOrigin), kind: MLDSA_COSIGNATURE, publicKey }, sha256);
}

/** The checkpoint that we last cosigned for the log with this origin hash (SHA-256, hexadecimal), for whoever monitors it. */
export async function lastCosigned(house: House, originHash: string): Promise<string | undefined> {
  return (await witnessedLogs(house.db)).find(({ origin }) => sha256Hex(origin) === originHash)?.cosigned;
}

/** A head that a peer shows us in passing, against the one that we cosigned: two roots at one size are a fork, whoever showed which. Errors: `log-forked`. */
export async function compareHeads(house: House, note: string): Promise<Result<true>> {
  const { origin, size, root } = headOfNote(note);
  const latest = (await witnessedLogs(house.db)).find((log) => log.origin === origin);
  if (latest === undefined || latest.size !== size || Buffer.from(latest.root).equals(root)) return { ok: true, value: true };
  await keepEvidence(house.db, { origin, kind: 'split-view', first: latest.note, second: note, at: house.now() });
  return refuse('log-forked', 'log.checkpoint');
}
