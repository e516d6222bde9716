import { textOf, utf8 } from './bytes.ts';
import { type ENTRY_MARKS, MEMBERS } from './entry-members.ts';
import { found, type Outcome, refused } from './refusal.ts';
import { writeStrict } from './strict-json.ts';

/** A mark of an entry, from the closed list. */
export type EntryMark = (typeof ENTRY_MARKS)[number];

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
  /** Where the entry that this one answers stands in another log, and a head of that log that holds it. */
  readonly seen?: { readonly origin: string; readonly index: string; readonly size: string; readonly root: string };
  /** Each at most once, in the order of ENTRY_MARKS. */
  readonly marks?: readonly EntryMark[];
  /** When what a blinded entry hides is to be published: RFC 3339, UTC, milliseconds. */
  readonly until?: string;
  /** Which entry of this log a redaction is about, decimal. */
  readonly index?: string;
  /** The type of that entry. */
  readonly was?: string;
  /** Under a redaction: 1 to 16 overseers, each once, with an Ed25519 signature over redactionMessage, base64url. */
  readonly orders?: readonly { readonly key: string; readonly signature: string }[];
  /** Commitments: base64url of 32 bytes each. */
  readonly _sd?: readonly string[];
  readonly _sd_alg?: 'sha-256';
}

/** The bytes of an entry: canonical JSON (RFC 8785), the very bytes that are hashed. Throws on an entry that decodeEntry would refuse. */
export function encodeEntry(entry: LogEntry): Uint8Array {
  const text = spell(entry);
  if (!text.ok) throw new TypeError(`entry: ${text.detail}`);
  const bytes = utf8(text.value);
  if (bytes.length > MAX_ENTRY_BYTES) throw new RangeError(`an entry is at most ${MAX_ENTRY_BYTES} bytes`);
  return bytes;
}

/** Reads the bytes of an entry. Refuses unknown members, wrong types, more than 4,096 bytes, and every spelling but the canonical one. */
export function decodeEntry(bytes: Uint8Array): Outcome<LogEntry> {
  if (bytes.length > MAX_ENTRY_BYTES) return refused('entry-too-large', `more than ${MAX_ENTRY_BYTES} bytes`);
  const text = textOf(bytes);
  const value = text === undefined ? undefined : parseJson(text);
  const canonical = spell(value);
  if (!canonical.ok) return canonical;
  if (canonical.value !== text) return refused('malformed-entry', 'not canonical JSON');
  return found(value as LogEntry); // parser: spell has checked every member
}

/** The canonical text of an entry (MEMBERS has the order of RFC 8785, so nothing is sorted), or what is wrong with it. */
function spell(value: unknown): Outcome<string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refused('malformed-entry', 'not an object');
  const members = value as Readonly<Record<string, unknown>>; // parser: an object, whatever it holds
  let [text, known] = ['', 0];
  for (const { name, required, check, lead } of MEMBERS) {
    const member = members[name];
    if (member === undefined && !required) continue;
    if (!check(member)) return refused('malformed-entry', `${name} is missing or wrong`);
    text += `${lead}${writeStrict(member)}`;
    known += 1;
  }
  if (Object.keys(members).length !== known) return refused('malformed-entry', 'an unknown member');
  if ((members['_sd'] === undefined) !== (members['_sd_alg'] === undefined))
    return refused('malformed-entry', '_sd and _sd_alg stand together');
  return found(`{${text.slice(1)}}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
