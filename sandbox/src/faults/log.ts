import { createHash } from 'node:crypto';
import { sha256, signerOf } from '@comity/node/keys';
import {
  decodeEntry,
  encodeEntry,
  formatNote,
  type LogEntry,
  NOTE_SIGNATURE,
  signNote,
  type VerifierKey,
  verifierKey,
} from '@comity/prove';
// The node's own writer is what is driven; it is no part of the node's public door. INVARIANT: no other file of the fault tools and the
// benches knows the writer of the log.
import { connect } from '../../../packages/node/src/store/database.ts';
import { appendEntries } from '../../../packages/node/src/store/log.ts';

/** A log that is open for appending. */
export interface DrivenLog {
  /** Appends entries in their order; answers with the index of the first one when all are durable. */
  readonly append: (entries: readonly Uint8Array[]) => Promise<bigint>;
  readonly close: () => Promise<void>;
}

const ORIGIN = 'faults.example/log';

/** Opens the log of a database that has its tables, with keys that are the same in every process. */
export async function driveLog(url: string): Promise<DrivenLog> {
  const { db, close } = connect(url, 8);
  const { key, sign } = signer();
  const writer = {
    origin: ORIGIN,
    sha256,
    sign: async (text: string) => formatNote({ text, signatures: [await signNote(text, key, sign)] }),
  };
  return {
    append: (entries) => {
      const read = entries.map((bytes) => decodeEntry(bytes)).flatMap((entry) => (entry.ok ? [entry.value] : []));
      return db.transaction().execute((tx) => appendEntries(tx, writer, read));
    },
    close,
  };
}

/** The keys that every checkpoint of a driven log is signed with. */
export function keysOfDrivenLog(): readonly VerifierKey[] {
  return [signer().key];
}

function signer(): { readonly key: VerifierKey; readonly sign: (message: Uint8Array) => Uint8Array } {
  // RFC 8032, test 1: a key that everybody knows, so that nobody can mistake it for one to be trusted.
  const d = 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A';
  const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
  const publicKey = new Uint8Array(Buffer.from(x, 'base64url'));
  return {
    key: verifierKey({ name: ORIGIN, kind: NOTE_SIGNATURE, publicKey }, sha256),
    sign: signerOf({ kty: 'OKP', crv: 'Ed25519', x, d }),
  };
}

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
    at: '2026-01-01T00:00:00.000Z',
    actor: 'driven#sign-1',
    role: 'reviewer',
  };
  const missing = DRIVEN_BYTES - encodeEntry(entry).length;
  return encodeEntry({ ...entry, actor: entry.actor.padEnd(entry.actor.length + missing, '1') });
}
