import { type Cipheriv, createCipheriv } from 'node:crypto';
import type { TextCipher } from './siv.ts';

const ROUNDS = 10;
/** Revision 1 of NIST SP 800-38G (draft of 2019) raises the least domain from a hundred to this: smaller ones are searched through. */
export const SMALLEST_DOMAIN = 1_000_000;
const LONGEST = 4_096;

/** FF1 over numerals of a radix from 2 to 36. */
export interface Ff1 {
  readonly encrypt: (numerals: readonly number[]) => readonly number[];
  readonly decrypt: (numerals: readonly number[]) => readonly number[];
}

/** Whether texts of so many numerals have at least a million values. */
export function isLargeEnough(radix: number, length: number): boolean {
  return length <= LONGEST && radix ** length >= SMALLEST_DOMAIN;
}

/**
 * FF1 of NIST SP 800-38G, algorithms 7 and 8, with AES under a key of 16, 24 or 32 bytes. A bijection on the texts of each length.
 * Throws for a domain of fewer than a million texts: the caller asks `isLargeEnough` first.
 */
export function ff1(radix: number, key: Uint8Array, tweak: Uint8Array): Ff1 {
  const aes = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false);
  const run = (numerals: readonly number[], forward: boolean): readonly number[] => {
    if (!isLargeEnough(radix, numerals.length)) throw new Error('the domain is smaller than a million');
    return feistel(numerals, { radix, aes, tweak, forward });
  };
  return { encrypt: (numerals) => run(numerals, true), decrypt: (numerals) => run(numerals, false) };
}

interface Run {
  readonly radix: number;
  readonly aes: Cipheriv;
  readonly tweak: Uint8Array;
  readonly forward: boolean;
}

/** Ten rounds; backwards the halves change places and the sum becomes a difference. */
function feistel(numerals: readonly number[], run: Run): readonly number[] {
  const { radix, forward } = run;
  const u = Math.floor(numerals.length / 2);
  const v = numerals.length - u;
  const prf = roundFunction(run, u, v);
  let [a, b] = [toNumber(numerals.slice(0, u), radix), toNumber(numerals.slice(u), radix)];
  for (let step = 0; step < ROUNDS; step++) {
    const round = forward ? step : ROUNDS - 1 - step;
    const modulus = BigInt(radix) ** BigInt(round % 2 === 0 ? u : v);
    if (forward) [a, b] = [b, mod(a + prf(round, b), modulus)];
    else [a, b] = [mod(b - prf(round, a), modulus), a];
  }
  return [...toNumerals(a, radix, u), ...toNumerals(b, radix, v)];
}

/** Steps 3 to 6 of algorithm 7: the number y of a round, from the block P, the tweak and the other half. */
function roundFunction({ radix, aes, tweak }: Run, u: number, v: number): (round: number, half: bigint) => bigint {
  // Bits of the greatest number of v numerals: exact, where a logarithm would not be.
  const bytes = Math.ceil((BigInt(radix) ** BigInt(v) - 1n).toString(2).length / 8);
  const width = 4 * Math.ceil(bytes / 4) + 4;
  const padding = (((-tweak.length - bytes - 1) % 16) + 16) % 16;
  const message = Buffer.alloc(16 + tweak.length + padding + 1 + bytes);
  message.set([1, 2, 1, (radix >> 16) & 255, (radix >> 8) & 255, radix & 255, ROUNDS, u & 255]);
  message.writeUInt32BE(u + v, 8);
  message.writeUInt32BE(tweak.length, 12);
  message.set(tweak, 16);
  const at = 16 + tweak.length + padding;
  return (round, half) => {
    message[at] = round;
    message.write(half.toString(16).padStart(bytes * 2, '0'), at + 1, 'hex');
    return BigInt(`0x${stretch(aes, cbcMac(aes, message), width).toString('hex')}`);
  };
}

function cbcMac(aes: Cipheriv, message: Buffer): Buffer {
  let mac = Buffer.alloc(16);
  for (let at = 0; at < message.length; at += 16) mac = aes.update(xor(mac, message.subarray(at, at + 16)));
  return mac;
}

/** The first `width` bytes of R, then of the ciphered R xor 1, R xor 2, ... */
function stretch(aes: Cipheriv, r: Buffer, width: number): Buffer {
  const blocks = [r];
  for (let j = 1; j < Math.ceil(width / 16); j++) {
    const counter = Buffer.alloc(16);
    counter.writeUInt32BE(j, 12);
    blocks.push(aes.update(xor(r, counter)));
  }
  return Buffer.concat(blocks).subarray(0, width);
}

function xor(a: Buffer, b: Buffer): Buffer {
  const out = Buffer.alloc(16);
  for (let i = 0; i < 16; i++) out[i] = (a[i] ?? 0) ^ (b[i] ?? 0);
  return out;
}

const mod = (value: bigint, modulus: bigint): bigint => ((value % modulus) + modulus) % modulus;

function toNumber(numerals: readonly number[], radix: number): bigint {
  return numerals.reduce((sum, one) => sum * BigInt(radix) + BigInt(one), 0n);
}

function toNumerals(value: bigint, radix: number, length: number): readonly number[] {
  const text = value.toString(radix).padStart(length, '0');
  return [...text].map((one) => Number.parseInt(one, radix));
}

/** These stay where they stand: the ways in which numbers are written in groups. */
const PUNCTUATION = /[\s./-]/;

/**
 * FF1 over the characters of an alphabet, with the name of the column as tweak; spaces, points, slashes and hyphens stay where they stand.
 * A text with other characters, or with too few for a million values, is not ciphered: undefined.
 */
export function ff1Cipher(key: Uint8Array, column: string, alphabet: string): TextCipher {
  const cipher = ff1(alphabet.length, key, new Uint8Array(Buffer.from(column, 'utf8')));
  const run = (text: string, how: Ff1['encrypt']): string | undefined => {
    const numerals = [...text].filter((one) => !PUNCTUATION.test(one)).map((one) => alphabet.indexOf(one));
    if (numerals.includes(-1) || !isLargeEnough(alphabet.length, numerals.length)) return undefined;
    const made = [...how(numerals)].map((one) => alphabet[one] ?? '');
    let next = 0;
    return [...text].map((one) => (PUNCTUATION.test(one) ? one : made[next++])).join('');
  };
  return { encrypt: (text) => run(text, cipher.encrypt), decrypt: (text) => run(text, cipher.decrypt) };
}
