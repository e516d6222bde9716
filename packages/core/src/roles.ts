import { fromBase64, fromBase64Url, toHex } from './bytes.ts';
import type { Directory, PartyKey } from './party.ts';

/**
 * The ids of two keys of a directory that share their public bytes, or undefined. A key serves one use of one party or person: what is signed, sealed or witnessed with
 * one must never be good for another. Keys that hold no more count too.
 */
export function keyInTwoRoles({ parties }: Pick<Directory, 'parties'>): readonly [string, string] | undefined {
  const seen = new Map<string, string>();
  for (const party of parties) {
    for (const key of [...party.keys, ...party.persons.map((person) => person.key)]) {
      for (const part of partsOf(key)) {
        const other = seen.get(part);
        if (other !== undefined) return [other, key.id];
        seen.set(part, key.id);
      }
    }
  }
  return undefined;
}

const X25519_BYTES = 32;

/** The public keys in a key, hexadecimal: a hybrid recipient ends in an X25519 key that somebody could take for a message key. */
function partsOf(key: PartyKey): readonly string[] {
  try {
    const raw = rawOf(key);
    const whole = toHex(raw);
    return key.use === 'office' && raw.length > X25519_BYTES ? [whole, toHex(raw.slice(-X25519_BYTES))] : [whole];
  } catch {
    // Of no form that its use has: it can only be the same as itself.
    return [`${key.use} ${key.public}`];
  }
}

function rawOf({ use, public: text }: PartyKey): Uint8Array {
  if (use === 'office') return bech32Payload(text);
  // A signed-note verifier key: name, hash and, after one byte for its kind, the key (C2SP signed-note).
  if (use === 'log' || use === 'witness') return fromBase64(text.replace(/^[^+]*\+[^+]*\+/, '')).slice(1);
  return fromBase64Url(text);
}

const CHARSET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const CHECKSUM = 6;

/** The bytes that an age recipient spells (Bech32, BIP 173), whose checksum is for whoever seals to it to judge. */
function bech32Payload(text: string): Uint8Array {
  const data = text.slice(text.lastIndexOf('1') + 1, -CHECKSUM);
  const bytes: number[] = [];
  let [bits, held] = [0, 0];
  for (const letter of data) {
    const value = CHARSET.indexOf(letter);
    if (value < 0) throw new TypeError('not bech32');
    bits = ((bits << 5) | value) & 0xfff;
    held += 5;
    if (held < 8) continue;
    held -= 8;
    bytes.push((bits >> held) & 0xff);
  }
  return Uint8Array.from(bytes);
}
