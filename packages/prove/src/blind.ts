import { toBase64, utf8 } from './bytes.ts';
import { decodeEntry, type LogEntry } from './entry.ts';
import { isBytes32 } from './entry-members.ts';
import type { Sha256 } from './hash.ts';
import { type Outcome, refused } from './refusal.ts';

/** What a blinded entry says about itself. */
export interface Blinding extends Pick<LogEntry, 'id' | 'nonce' | 'at' | 'actor'> {
  /** 32 random bytes, base64url; kept with the inner entry until both are published. */
  readonly salt: string;
  /** When the inner entry is to be published. */
  readonly until: string;
}

/** What opens a blinded entry. */
export interface Unblinding {
  readonly salt: string;
  /** Bytes of the inner entry. */
  readonly inner: Uint8Array;
}

const BLINDED = 'blinded';

/**
 * An entry that stands in the log for another until a date: case and role say only that it is blinded, and one commitment holds the
 * exact bytes of the inner entry. Throws on an inner entry that decodeEntry refuses and on a salt that is not 32 bytes.
 */
export function blindEntry(inner: Uint8Array, { salt, ...about }: Blinding, sha256: Sha256): LogEntry {
  const read = decodeEntry(inner);
  if (!read.ok || read.value.t === BLINDED) throw new TypeError('what is blinded is an entry, and only once');
  if (!isBytes32(salt)) throw new TypeError('a salt is 32 bytes in base64url');
  const _sd = [commitmentTo({ salt, inner }, sha256)];
  return { v: 1, t: BLINDED, case: BLINDED, role: BLINDED, ...about, _sd, _sd_alg: 'sha-256' };
}

/** The inner entry of a blinded one; refuses a salt or bytes that are not what was committed to. */
export function unblind(blinded: LogEntry, opening: Unblinding, sha256: Sha256): Outcome<LogEntry> {
  const { t, _sd = [] } = blinded;
  if (t !== BLINDED || _sd.length !== 1) return refused('opening-differs', 'not a blinded entry');
  if (!isBytes32(opening.salt) || _sd[0] !== commitmentTo(opening, sha256))
    return refused('opening-differs', 'not what the blinded entry commits to');
  return decodeEntry(opening.inner);
}

/** SHA-256 over the disclosure base64url(JSON [salt, "entry", base64url(inner)]), in base64url (RFC 9901 section 4.2). */
function commitmentTo({ salt, inner }: Unblinding, sha256: Sha256): string {
  const disclosure = toBase64Url(utf8(JSON.stringify([salt, 'entry', toBase64Url(inner)])));
  return toBase64Url(sha256(utf8(disclosure)));
}

function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
