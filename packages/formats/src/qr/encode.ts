import { remainderOf } from './field.ts';

/** Letters of the alphanumeric mode, each by its value (ISO/IEC 18004 table 5). */
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/** A size of symbol at error correction level M, all of whose blocks are of one length (ISO/IEC 18004 table 9). */
export interface Version {
  readonly number: number;
  readonly blocks: number;
  /** Codewords of data in a block, and of correction. */
  readonly data: number;
  readonly correction: number;
}

const VERSIONS: readonly Version[] = [
  { number: 1, blocks: 1, data: 16, correction: 10 },
  { number: 2, blocks: 1, data: 28, correction: 16 },
  { number: 3, blocks: 1, data: 44, correction: 26 },
  { number: 4, blocks: 2, data: 32, correction: 18 },
  { number: 5, blocks: 2, data: 43, correction: 24 },
  { number: 6, blocks: 4, data: 27, correction: 16 },
];

/** The smallest symbol that holds a text, and its codewords in the order in which they are drawn. Throws a RangeError for a text that is too long or has other letters. */
export function encode(text: string): { readonly version: Version; readonly codewords: readonly number[] } {
  const bits = [...bitsOf(0b0010, 4), ...bitsOf(text.length, 9), ...lettersOf(text)];
  const version = VERSIONS.find(({ blocks, data }) => blocks * data * 8 >= bits.length);
  if (version === undefined) throw new RangeError('this text is too long for a code of this kind');
  return { version, codewords: interleaved(filled(bits, version.blocks * version.data), version) };
}

function lettersOf(text: string): readonly number[] {
  const values = [...text].map((letter) => LETTERS.indexOf(letter));
  if (values.includes(-1)) throw new RangeError('this text has letters that a code of this kind does not have');
  const bits: number[] = [];
  for (let at = 0; at < values.length; at += 2) {
    const [first = 0, second] = values.slice(at, at + 2);
    bits.push(...(second === undefined ? bitsOf(first, 6) : bitsOf(first * 45 + second, 11)));
  }
  return bits;
}

function bitsOf(value: number, length: number): readonly number[] {
  return Array.from({ length }, (_, at) => (value >> (length - 1 - at)) & 1);
}

/** Bits as codewords: an end mark, zeros to the end of the codeword, then two codewords in turn. */
function filled(bits: readonly number[], capacity: number): readonly number[] {
  const ended = [...bits, ...Array.from({ length: Math.min(4, capacity * 8 - bits.length) }, () => 0)];
  while (ended.length % 8 !== 0) ended.push(0);
  const words = Array.from({ length: ended.length / 8 }, (_, word) =>
    ended.slice(word * 8, word * 8 + 8).reduce((sum, bit) => sum * 2 + bit, 0),
  );
  for (let pad = 0; words.length < capacity; pad++) words.push(pad % 2 === 0 ? 0xec : 0x11);
  return words;
}

function interleaved(words: readonly number[], { blocks, data, correction }: Version): readonly number[] {
  const parts = Array.from({ length: blocks }, (_, block) => words.slice(block * data, (block + 1) * data));
  const checks = parts.map((part) => remainderOf(part, correction));
  return [...across(parts, data), ...across(checks, correction)];
}

function across(parts: readonly (readonly number[])[], length: number): readonly number[] {
  return Array.from({ length }, (_, at) => parts.map((part) => part[at] ?? 0)).flat();
}
