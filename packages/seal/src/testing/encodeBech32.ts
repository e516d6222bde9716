import { decodeBech32 } from '../bech32.ts';

const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/** Writes Bech32 (BIP 173) for tests that need keys which no generator makes: what it wrote is read back. */
export function encodeBech32(prefix: string, bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  const values = groups.map((group) => Number.parseInt(group.padEnd(5, '0'), 2));
  const checksum = checksumOf(prefix, values);
  const text = `${prefix}1${[...values, ...checksum].map((value) => ALPHABET[value]).join('')}`;
  if (decodeBech32(text) === undefined) throw new Error('not read back');
  return text;
}

function checksumOf(prefix: string, values: readonly number[]): readonly number[] {
  const codes = [...prefix].map((letter) => letter.charCodeAt(0));
  const all = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31), ...values, 0, 0, 0, 0, 0, 0];
  const sum = all.reduce((state, value) => step(state) ^ value, 1) ^ 1;
  return [25, 20, 15, 10, 5, 0].map((shift) => (sum >> shift) & 31);
}

function step(state: number): number {
  const top = state >> 25;
  const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
  return generators.reduce((sum, generator, bit) => (((top >> bit) & 1) === 1 ? sum ^ generator : sum), (state & 0x1ffffff) << 5);
}
