import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { nodeTreeHasher } from '@comity/node/hasher';
import {
  decodeEntry,
  encodeEntry,
  type LogEntry,
  MLDSA_COSIGNATURE,
  NOTE_SIGNATURE,
  signCheckpoint,
  type VerifierKey,
} from '@comity/prove';
// The node's own writer is what is driven; it is no part of the node's public door. INVARIANT: no other file of the fault tools and the
// benches knows the writer of the log.
import { connect } from '../../../packages/node/src/store/database.ts';
import { headFile } from '../../../packages/node/src/store/headFile.ts';
import { openLog } from '../../../packages/node/src/store/sequencer.ts';
import { stageEntries } from '../../../packages/node/src/store/stage.ts';
import { testSigner } from '../../../packages/prove/src/testing/signer.ts';

/** A log that is open for appending. */
export interface DrivenLog {
  /** Appends entries in their order; answers with the index of the first one when all are durable. */
  readonly append: (entries: readonly Uint8Array[]) => Promise<bigint>;
  /** Stages entries in a transaction, as an act does; the sequencer, here or in another process, puts them into the tree. */
  readonly stage: (entries: readonly Uint8Array[]) => Promise<void>;
  /** Waits until nothing is staged any more. */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What a log needs besides its database. */
export interface DriveOptions {
  /** Folder for the copy of the head outside the database: it belongs to the database, and outlives the process. */
  readonly heads: string;
  /** Told in a word why the log had to begin again. */
  readonly report?: (why: string) => void;
}

/** The one year whose log is driven, whenever that is. */
export const DRIVEN_YEAR = 2026;
const AT = `${DRIVEN_YEAR}-01-01T00:00:00.000Z`;
const ORIGIN = `faults.example/log/${DRIVEN_YEAR}`;

/** Opens the log of a database that has its tables, with keys that are the same in every process: Ed25519 and ML-DSA-44, both on every checkpoint. */
export function driveLog(url: string, { heads, report = () => undefined }: DriveOptions): DrivenLog {
  const { db, close } = connect(url, 8);
  const log = openLog(url, {
    originOf: () => ORIGIN,
    hasher: nodeTreeHasher,
    sign: (text) => signCheckpoint({ text, time: BigInt(Math.floor(Date.now() / 1000)) }, SIGNERS),
    headFileOf: (year) => headFile(join(heads, `log-${year}`)),
    clock: () => Date.parse(AT),
    consult: async () => undefined,
    report,
  });
  return {
    append: async (entries) => (await log.append(entries)).index,
    stage: (entries) => {
      const stagings = entries.map((bytes) => decodeEntry(bytes)).flatMap((read) => (read.ok ? [{ entry: read.value }] : []));
      return db.transaction().execute((tx) => stageEntries(tx, stagings));
    },
    settle: async () => {
      while ((await db.selectFrom('log_staged').select('seq').limit(1).executeTakeFirst()) !== undefined)
        await new Promise((done) => setTimeout(done, 20));
    },
    close: async () => {
      await log.stop();
      await close();
    },
  };
}

/** The keys that every checkpoint of a driven log is signed with. */
export function keysOfDrivenLog(): readonly VerifierKey[] {
  return SIGNERS.map(({ key }) => key);
}

// Keys that follow from a seed which everybody can read, so that every process has them and nobody can mistake them for ones to be trusted.
const SIGNERS = ([NOTE_SIGNATURE, MLDSA_COSIGNATURE] as const).map((kind) => testSigner(ORIGIN, kind, 'driven'));

/** The bytes of every driven entry: what Tessera and others publish their rates for. */
export const DRIVEN_BYTES = 256;

/** A well-formed entry of DRIVEN_BYTES bytes; the same row and number give the same entry, others another. */
export function drivenEntry(row: string, number: number): Uint8Array {
  const digest = createHash('sha256').update(`${row} ${number}`).digest('hex');
  const uuid = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-4${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
  const entry: LogEntry = {
    v: 1,
    t: 'act.deliver',
    id: uuid,
    nonce: Buffer.from(digest, 'hex').toString('base64url'),
    case: uuid,
    at: AT,
    actor: 'driven#sign-1',
    role: 'reviewer',
  };
  const missing = DRIVEN_BYTES - encodeEntry(entry).length;
  return encodeEntry({ ...entry, actor: entry.actor.padEnd(entry.actor.length + missing, '1') });
}
