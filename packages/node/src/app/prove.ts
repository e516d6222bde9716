import { canonicalJson, isJsonObject, type Json, type JsonObject, ok, type Result, refuse, toBase64 } from '@comity/core';
import { actsOf } from '../store/acts.ts';
import { findCase } from '../store/cases.ts';
import { receiptsOf } from '../store/outbox.ts';
import { procedureFor } from './append.ts';
import type { House } from './house.ts';
import { proveInclusion } from './proofs.ts';

/** What one party's log says of a case: the signed checkpoint and every entry with its place in the tree. */
export interface LogExtract {
  readonly party: string;
  readonly origin: string;
  readonly checkpoint: string;
  readonly entries: readonly { readonly index: string; readonly entry: string; readonly proof: readonly string[] }[];
}

/** This node's own extract, with inclusion proofs to its present checkpoint. */
export async function extractLog(house: House, caseId: string): Promise<LogExtract> {
  const { checkpoint, entries } = await proveInclusion(house, caseId);
  return {
    party: house.party.id,
    origin: house.log.origin,
    checkpoint,
    entries: entries.map(({ index, bytes, proof }) => ({
      index: String(index),
      entry: toBase64(bytes),
      proof: proof.map(toBase64),
    })),
  };
}

/**
 * The case file: everything that somebody without a network and without trust in either side needs to check the case. It holds what this party may read
 * and no more; logs of peers that do not answer are named as absent, never left out in silence.
 */
export async function caseFile(house: House, caseId: string): Promise<Result<JsonObject>> {
  const found = await findCase(house.db, caseId);
  if (found === undefined) return refuse('case-unknown', 'case');
  const loaded = procedureFor(house, { id: found.procedure, sha256: found.procedureSha256 });
  if (!loaded.ok) return loaded;
  const acts = await house.db.transaction().execute((tx) => actsOf(tx, caseId));
  const logs: (LogExtract | Json)[] = [await extractLog(house, caseId)];
  const absent: string[] = [];
  for (const id of [...new Set(Object.values(found.state.seats))].sort()) {
    if (id === house.party.id) continue;
    const extract = await peerExtract(house, id, caseId);
    if (extract === undefined) absent.push(id);
    else logs.push(extract);
  }
  const receipts = (await receiptsOf(house.db, caseId)).filter((row) => row.receipt !== null);
  const file = {
    format: 'comity-case',
    v: 1,
    env: house.env,
    case: caseId,
    madeBy: house.party.id,
    madeAt: house.now(),
    directory: house.signedDirectory,
    procedure: JSON.parse(loaded.value.text),
    law: Object.fromEntries([...house.law.texts].map(([digest, text]) => [digest, JSON.parse(text)])),
    acts: acts.map(({ body, signatures, openings }) => ({ body, signatures, openings })),
    logs,
    logsAbsent: absent,
    receipts: receipts.map(({ party, act, receipt }) => ({ party, act, receipt })),
  };
  // Plain JSON by construction; the round trip drops class instances and proves it.
  return ok(JSON.parse(canonicalJson(file)) as JsonObject);
}

async function peerExtract(house: House, id: string, caseId: string): Promise<Json | undefined> {
  const party = house.directory.parties.find((candidate) => candidate.id === id);
  if (party === undefined) return undefined;
  try {
    const extract = await house.peers.fetchProofs(party, caseId);
    // What the peer says is checked by whoever verifies the file, against keys from the directory.
    return isJsonObject(extract) ? extract : undefined;
  } catch {
    return undefined;
  }
}
