const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const VALUES: ReadonlyMap<string, number> = new Map([...ALPHABET].map((letter, value) => [letter, value]));
/** Letters of the checksum. */
const CHECKSUM = 6;
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** What a text in Bech32 holds. */
export interface Decoded {
  readonly prefix: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads Bech32 (BIP 173) in lower case, of any length: recipients and identities of C2SP age. Undefined for another alphabet, a wrong checksum
 * and bits that are left over.
 */
export function decodeBech32(text: string): Decoded | undefined {
  const at = text.lastIndexOf('1');
  const values: number[] = [];
  for (const letter of text.slice(at + 1)) {
    const value = VALUES.get(letter);
    if (value === undefined) return undefined;
    values.push(value);
  }
  const prefix = text.slice(0, Math.max(0, at));
  if (prefix === '' || values.length < CHECKSUM || remainder(prefix, values) !== 1) return undefined;
  const bytes = bytesOf(values.slice(0, -CHECKSUM));
  return bytes === undefined ? undefined : { prefix, bytes };
}

/** Groups of five bits as bytes; what is left over is less than five bits, and all of them zero. */
function bytesOf(values: readonly number[]): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((values.length * 5) / 8));
  let [held, bits, used] = [0, 0, 0];
  for (const value of values) {
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[used++] = held >> bits;
  }
  return bits < 5 && (held & ((1 << bits) - 1)) === 0 ? bytes : undefined;
}

function remainder(prefix: string, values: readonly number[]): number {
  const codes = [...prefix].map((letter) => letter.charCodeAt(0));
  const all = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31), ...values];
  let sum = 1;
  for (const value of all) {
    const top = sum >> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of GENERATOR.entries()) if (((top >> bit) & 1) === 1) sum ^= generator;
  }
  return sum;
}
