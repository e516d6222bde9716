import { textOf, utf8 } from './bytes.ts';
import { found, type Outcome, refused } from './refusal.ts';
import { writeStrict } from './strict-json.ts';

/** Bytes that an entry may have. */
export const MAX_ENTRY_BYTES = 4096;

/**
 * One entry of the log. INVARIANT: it holds no personal data and no free text; every value is a name, a number or a digest, and
 * everything else is only committed to in `_sd`, so that its opening can be erased.
 */
export interface LogEntry {
  readonly v: 1;
  /** What happened, e.g. `approval.signed`. */
  readonly t: string;
  /** UUID. */
  readonly id: string;
  /** 32 random bytes, base64url: keeps a published leaf hash from being guessed. */
  readonly nonce: string;
  /** Random pseudonym of the case. */
  readonly case: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly at: string;
  /** Key id of the organisation. */
  readonly actor: string;
  readonly role: string;
  /** SHA-256 of the act, hexadecimal. */
  readonly act?: string;
  /** SHA-256 of the packs of law that were applied, hexadecimal. */
  readonly policy?: string;
  readonly decision?: string;
  readonly basis?: readonly string[];
  /** Leaf hashes of other entries, hexadecimal. */
  readonly refs?: readonly string[];
  /** The sealed object: SHA-256 of its ciphertext, and its length. */
  readonly obj?: { readonly ct_sha256: string; readonly bytes: number };
  /** Commitments: base64url of 32 bytes each. */
  readonly _sd?: readonly string[];
  readonly _sd_alg?: 'sha-256';
}

type Check = (value: unknown) => boolean;

const NAME = matches(/^[A-Za-z0-9][A-Za-z0-9._:/#-]{0,127}$/);
const HASH = matches(/^[0-9a-f]{64}$/);
// 32 bytes end in a character whose last two bits are zero; any other would be a second spelling of the same bytes.
const BYTES32 = matches(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/);

const REQUIRED: Readonly<Record<string, Check>> = {
  v: (value) => value === 1,
  t: matches(/^(?=.{1,64}$)[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*$/),
  id: matches(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
  nonce: BYTES32,
  case: NAME,
  at: isInstant,
  actor: NAME,
  role: NAME,
};

const OPTIONAL: Readonly<Record<string, Check>> = {
  act: HASH,
  policy: HASH,
  decision: NAME,
  basis: listOf(NAME),
  refs: listOf(HASH),
  obj: isSealedObject,
  _sd: listOf(BYTES32),
  _sd_alg: (value) => value === 'sha-256',
};

/** The bytes of an entry: canonical JSON (RFC 8785), the very bytes that are hashed. Throws on an entry that decodeEntry would refuse. */
export function encodeEntry(entry: LogEntry): Uint8Array {
  const wrong = firstWrong(entry);
  if (wrong !== undefined) throw new TypeError(`entry: ${wrong}`);
  const bytes = utf8(writeStrict(entry));
  if (bytes.length > MAX_ENTRY_BYTES) throw new RangeError(`an entry is at most ${MAX_ENTRY_BYTES} bytes`);
  return bytes;
}

/** Reads the bytes of an entry. Refuses unknown members, wrong types, more than 4,096 bytes, and every spelling but the canonical one. */
export function decodeEntry(bytes: Uint8Array): Outcome<LogEntry> {
  if (bytes.length > MAX_ENTRY_BYTES) return refused('entry-too-large', `more than ${MAX_ENTRY_BYTES} bytes`);
  const text = textOf(bytes);
  const value = text === undefined ? undefined : parseJson(text);
  const wrong = firstWrong(value);
  if (wrong !== undefined) return refused('malformed-entry', wrong);
  if (writeStrict(value) !== text) return refused('malformed-entry', 'not canonical JSON');
  return found(value as LogEntry); // parser: firstWrong has checked every member
}

function firstWrong(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not an object';
  const members = new Map<string, unknown>(Object.entries(value));
  for (const [name, check] of Object.entries(REQUIRED)) if (!check(members.get(name))) return `${name} is missing or wrong`;
  for (const [name, member] of members) {
    if (Object.hasOwn(REQUIRED, name)) continue;
    if (!Object.hasOwn(OPTIONAL, name)) return 'an unknown member';
    if (OPTIONAL[name]?.(member) !== true) return `${name} is wrong`;
  }
  return members.has('_sd') === members.has('_sd_alg') ? undefined : '_sd and _sd_alg stand together';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function matches(form: RegExp): Check {
  return (value) => typeof value === 'string' && form.test(value);
}

function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.length > 0 && value.every(check);
}

function isSealedObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const members = new Map<string, unknown>(Object.entries(value));
  const bytes = members.get('bytes');
  return (
    members.size === 2 && HASH(members.get('ct_sha256')) && typeof bytes === 'number' && Number.isSafeInteger(bytes) && bytes >= 0
  );
}

function isInstant(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(value)) return false;
  const milliseconds = Date.parse(value);
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString() === value;
}
