import { canonicalJson, isJsonObject, type Json, type JsonObject, ok, type Result, refuse, toBase64 } from '@comity/core';
import { meetsQuorum, NO_QUORUM, parseNote } from '@comity/prove';
import { actsOf, type StoredAct } from '../store/acts.ts';
import { findCase } from '../store/cases.ts';
import type { Tx } from '../store/database.ts';
import { actsOnTheirWay, entriesOf, leafAt, type StoredEntry } from '../store/logRead.ts';
import { receiptsOf } from '../store/outbox.ts';
import { procedureFor } from './append.ts';
import type { House } from './house.ts';
import { proveEntries } from './proofs.ts';

/** What one party's log says of a case: the signed checkpoint and every entry with its place in the tree. */
export interface LogExtract {
  readonly party: string;
  readonly origin: string;
  readonly checkpoint: string;
  readonly entries: readonly { readonly index: string; readonly entry: string; readonly proof: readonly string[] }[];
  /** Entries that were blanked by order: what is left of each is its leaf hash. */
  readonly redactions?: readonly { readonly index: string; readonly leaf: string; readonly proof: readonly string[] }[];
  /** What blinded entries among them hide. */
  readonly disclosed?: readonly { readonly index: string; readonly salt: string; readonly inner: string }[];
}

/** How long a proof waits for witnesses, in milliseconds; without them it is made nevertheless, and says so. */
const CONFIRM = 3000;

/** Between two looks whether the witnesses have confirmed what is to be proven, in milliseconds. */
const AGAIN = 100;

interface Taken {
  readonly logs: readonly { readonly checkpoint: string }[];
  /** Acts whose entries are still on their way into the tree; none where it is not said. */
  readonly unplaced?: number;
}

/** Takes what is of one moment, and takes it again until every act in it has its entry and witnesses have confirmed them, or have had their time. */
export async function confirmed<T extends Taken>(house: House, take: (tx: Tx) => Promise<T>): Promise<T> {
  const { policy, confirm } = house.witnesses;
  const end = Date.now() + CONFIRM;
  for (;;) {
    const taken = await house.db.transaction().setIsolationLevel('repeatable read').execute(take);
    if (Date.now() > end) return taken;
    const placed = (taken.unplaced ?? 0) === 0;
    if (placed && (policy.quorum === NO_QUORUM || taken.logs.every((log) => isWitnessed(house, log.checkpoint)))) return taken;
    if (placed) await confirm(end - Date.now());
    await new Promise((done) => setTimeout(done, AGAIN));
  }
}

function isWitnessed({ witnesses: { policy } }: House, checkpoint: string): boolean {
  const note = parseNote(checkpoint);
  if (!note.ok) return false;
  const names = policy.witnesses.filter(({ key }) =>
    note.value.signatures.some((line) => line.name === key.name && line.id === key.id),
  );
  return meetsQuorum(policy, new Set(names.map(({ name }) => name)));
}

/** This node's own extracts, one for each year in which the case has entries, with inclusion proofs. */
export async function extractLog(house: House, caseId: string): Promise<readonly LogExtract[]> {
  const take = async (tx: Tx) => ({ unplaced: await actsOnTheirWay(tx, caseId), logs: await extractIn(house, tx, caseId) });
  return (await confirmed(house, take)).logs;
}

/**
 * The case file: everything that somebody without a network and without trust in either side needs to check the case. It holds what this party may read
 * and no more; logs of peers that do not answer are named as absent, never left out in silence.
 */
export async function caseFile(house: House, caseId: string): Promise<Result<JsonObject>> {
  // INVARIANT: acts, own log and receipts are of one moment, and peers are asked after it; else an act that arrives meanwhile looks removed or unlogged.
  const held = await confirmed(house, async (tx) => ({
    at: house.now(),
    found: await findCase(tx, caseId),
    acts: await actsOf(tx, caseId, house.subjects),
    receipts: await receiptsOf(tx, caseId),
    unplaced: await actsOnTheirWay(tx, caseId),
    logs: await extractIn(house, tx, caseId),
  }));
  const { found } = held;
  if (found === undefined) return refuse('case-unknown', 'case');
  // An act without its entry would look as if it had been kept out of the log.
  if (held.unplaced > 0) return refuse('log-slow');
  const loaded = procedureFor(house, { id: found.procedure, sha256: found.procedureSha256 });
  if (!loaded.ok) return loaded;
  const { logs, absent } = await peerExtracts(house, caseId, new Set(Object.values(found.state.seats)));
  const file = {
    format: 'comity-case',
    v: 2,
    env: house.env,
    case: caseId,
    madeBy: house.party.id,
    madeAt: held.at,
    directory: house.signedDirectory,
    procedure: JSON.parse(loaded.value.text),
    law: lawFor(house, held.acts),
    acts: held.acts.map(({ body, signatures, openings }) => ({ body, signatures, openings })),
    logs: [...held.logs, ...logs],
    logsAbsent: absent,
    receipts: held.receipts.flatMap(({ party, act, receipt }) => (receipt === null ? [] : [{ party, act, receipt }])),
  };
  // Plain JSON by construction; the round trip drops class instances and proves it.
  return ok(JSON.parse(canonicalJson(file)) as JsonObject);
}

async function extractIn(house: House, tx: Tx, caseId: string): Promise<readonly LogExtract[]> {
  const extracts: LogExtract[] = [];
  for (const { year, checkpoint, entries } of await proveEntries(tx, await entriesOf(tx, caseId))) {
    const [blank, legible] = [entries.filter(isBlank), entries.filter((entry) => !isBlank(entry))];
    const redactions = [];
    for (const { index, proof } of blank)
      redactions.push({ index: String(index), leaf: toBase64(await leafAt(tx, { year, index })), proof: proof.map(toBase64) });
    const disclosed = legible.flatMap(({ index, hidden }) =>
      hidden === undefined ? [] : [{ index: String(index), salt: hidden.salt, inner: toBase64(hidden.inner) }],
    );
    extracts.push({
      party: house.party.id,
      origin: house.logOrigin(year),
      checkpoint,
      entries: legible.map(({ index, bytes, proof }) => ({
        index: String(index),
        entry: toBase64(bytes),
        proof: proof.map(toBase64),
      })),
      ...(redactions.length === 0 ? {} : { redactions }),
      ...(disclosed.length === 0 ? {} : { disclosed }),
    });
  }
  return extracts;
}

function isBlank({ bytes }: StoredEntry): boolean {
  return bytes.length === 0;
}

async function peerExtracts(
  house: House,
  caseId: string,
  seated: ReadonlySet<string>,
): Promise<{ readonly logs: readonly Json[]; readonly absent: readonly string[] }> {
  const logs: Json[] = [];
  const absent: string[] = [];
  for (const id of [...seated].filter((party) => party !== house.party.id).sort()) {
    const extracts = await peerExtract(house, id, caseId);
    if (extracts === undefined) absent.push(id);
    else logs.push(...extracts);
  }
  return { logs, absent };
}

async function peerExtract(house: House, id: string, caseId: string): Promise<readonly Json[] | undefined> {
  const party = house.directory.parties.find((candidate) => candidate.id === id);
  if (party === undefined) return undefined;
  try {
    const extracts = await house.peers.fetchProofs(party, caseId);
    // What the peer says is checked by whoever verifies the file, against keys from the directory.
    return Array.isArray(extracts) && extracts.every(isJsonObject) ? extracts : undefined;
  } catch {
    return undefined;
  }
}

/** Today's law, and whatever older texts the case's readable assessments were made under. */
function lawFor(house: House, acts: readonly StoredAct[]): Record<string, unknown> {
  const applied = canonicalJson(acts.map((act) => act.openings['assessment']?.value ?? null));
  const needed = [...house.law.texts].filter(([digest]) => house.law.current.has(digest) || applied.includes(digest));
  return Object.fromEntries(needed.map(([digest, text]) => [digest, JSON.parse(text)]));
}
