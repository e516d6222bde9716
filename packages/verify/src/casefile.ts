import {
  type Act,
  type Env,
  type Instant,
  isJsonObject,
  type Json,
  ok,
  type Result,
  refuse,
  type SignedDirectory,
} from '@comity/core';
import { anything, digest, exactly, type Form, instant, is, isModestJson, listOf, mapOf, name, objectOf, text } from './form.ts';

/**
 * What one party's log of one year says of the case. Nothing in it is believed before its checkpoint and proofs have been checked. Bytes and hashes are base64,
 * indexes decimal.
 */
export interface LogExtract {
  readonly party: string;
  /** `<logOrigin of the party>/<year>`. */
  readonly origin: string;
  /** Signed note, verbatim. */
  readonly checkpoint: string;
  readonly entries: readonly { readonly index: string; readonly entry: string; readonly proof: readonly string[] }[];
  /** Entries whose bytes were blanked by order of an overseer: only their leaf hashes are left. */
  readonly redactions?: readonly { readonly index: string; readonly leaf: string; readonly proof: readonly string[] }[];
  /** What blinded entries among them stand for, where it may be shown: `inner` is the hidden entry. */
  readonly disclosed?: readonly { readonly index: string; readonly salt: string; readonly inner: string }[];
}

/** A receiver's signed word (JWS) that its application has taken an act. */
export interface FiledReceipt {
  readonly party: string;
  readonly act: string;
  readonly receipt: string;
}

/** A case file as it is read: the form is right, and nothing more is known. */
export interface CaseFile {
  readonly format: 'comity-case';
  readonly v: 2;
  readonly env: Env;
  readonly case: string;
  /** The party whose copy of the case this is. */
  readonly madeBy: string;
  readonly madeAt: Instant;
  readonly directory: SignedDirectory;
  readonly procedure: Json;
  /** SHA-256 of its canonical JSON -> pack of law or vocabulary. */
  readonly law: Readonly<Record<string, Json>>;
  readonly acts: readonly Act[];
  readonly logs: readonly LogExtract[];
  /** Parties whose log could not be had when the file was made. */
  readonly logsAbsent: readonly string[];
  readonly receipts: readonly FiledReceipt[];
}

const MAX_ACTS = 1000;
const MAX_PARTIES = 2000;
const MAX_ENTRIES = 50_000;
const env: Form = is((value) => value === 'sandbox' || value === 'production');
const object: Form = is(isJsonObject);

const key = objectOf(
  {
    id: name,
    use: is(
      (value) =>
        typeof value === 'string' && ['sign', 'sign-pq', 'messages', 'office', 'log', 'witness', 'evidence'].includes(value),
    ),
    public: text(4000),
    from: instant,
  },
  { until: instant },
);
const party = objectOf(
  {
    id: name,
    name,
    country: name,
    zone: name,
    kind: name,
    endpoint: text(2000),
    keys: listOf(key, 100),
    persons: listOf(objectOf({ id: name, roles: listOf(name, 100), key }), 5000),
    powers: listOf(objectOf({ procedure: name, seat: name }), 1000),
    logOrigin: name,
    from: instant,
  },
  // How a provider is asked: no verdict rests on it.
  { until: instant, card: object },
);
/** A signed directory. */
export const directory: Form = objectOf({
  directory: objectOf({ v: exactly(1), env, issued: instant, until: instant, parties: listOf(party, MAX_PARTIES) }),
  signature: text(200),
});

const body = objectOf({
  v: exactly(1),
  env,
  id: name,
  case: name,
  procedure: objectOf({ id: name, version: is(Number.isSafeInteger), sha256: digest }),
  type: name,
  by: objectOf({ party: name, person: name, role: name, seat: name }),
  at: instant,
  prev: listOf(digest, MAX_ACTS),
  data: object,
  sections: mapOf(text(100), 100),
});
/** An act with the openings that are shown. */
export const act: Form = objectOf({
  body,
  signatures: listOf(objectOf({ key: name, signature: text(200) }), 8),
  openings: mapOf(objectOf({ salt: text(100), value: anything }), 100),
});
const index = text(20);
const proof = listOf(text(64), 63);
const log = objectOf(
  {
    party: name,
    origin: name,
    checkpoint: text(100_000),
    entries: listOf(objectOf({ index, entry: text(8000), proof }), MAX_ENTRIES),
  },
  {
    redactions: listOf(objectOf({ index, leaf: text(64), proof }), MAX_ENTRIES),
    disclosed: listOf(objectOf({ index, salt: text(100), inner: text(8000) }), MAX_ENTRIES),
  },
);

const FILE = objectOf({
  format: exactly('comity-case'),
  v: exactly(2),
  env,
  case: name,
  madeBy: name,
  madeAt: instant,
  directory,
  procedure: object,
  law: mapOf(object, 1000),
  acts: listOf(act, MAX_ACTS),
  logs: listOf(log, 100),
  logsAbsent: listOf(name, 100),
  receipts: listOf(objectOf({ party: name, act: digest, receipt: text(200_000) }), 20_000),
});

/** Whether something says of itself that it is a case file of this version. */
export function claimsToBeCaseFile(file: unknown): boolean {
  return isJsonObject(file) && file['format'] === 'comity-case' && file['v'] === 2;
}

/** Reads a case file from parsed JSON: unknown members are refused, sizes are bounded. Refuses `case-file-invalid` with the path. */
export function parseCaseFile(file: unknown): Result<CaseFile> {
  if (!isModestJson(file)) return refuse('case-file-invalid', '');
  const wrong = FILE(file);
  return wrong === undefined ? ok(file as CaseFile) : refuse('case-file-invalid', wrong.slice(0, 200)); // parser: FILE has checked every member
}
