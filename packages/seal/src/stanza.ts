import { equalBytes } from '@comity/core';
import { hkdf, hmac } from './primitives.ts';

/** One way in: type and arguments, and a body. */
export interface WrapStanza {
  readonly args: readonly string[];
  readonly body: Uint8Array;
}

/** A header as it was read; its MAC has not been checked. */
export interface ReadHeader {
  readonly stanzas: readonly WrapStanza[];
  /** Whether the header's MAC is that of this file key. */
  readonly isUnder: (fileKey: Uint8Array) => boolean;
}

const VERSION = 'age-encryption.org/v1';
/** Columns of a line of a body, and the bytes they stand for. */
const LINE = 64;
const LINE_BYTES = 48;

/** The header with these stanzas under the MAC of a file key (C2SP age, "Header"). */
export function writeHeader(stanzas: readonly WrapStanza[], fileKey: Uint8Array): Uint8Array {
  const lines = stanzas.flatMap(({ args, body }) => [`-> ${args.join(' ')}`, ...bodyLines(body)]);
  const covered = Buffer.from([VERSION, ...lines, '---'].join('\n'));
  return Buffer.concat([covered, Buffer.from(` ${toUnpadded(macOf(covered, fileKey))}\n`)]);
}

/** Reads a header, strictly: undefined for every deviation from C2SP age. */
export function parseHeader(header: Uint8Array): ReadHeader | undefined {
  const text = Buffer.from(header).toString('latin1');
  const lines = text.split('\n');
  if (lines.shift() !== VERSION || lines.pop() !== '') return undefined;
  const [label = '', code = '', ...more] = (lines.pop() ?? '').split(' ');
  const mac = fromUnpadded(code);
  const stanzas = stanzasIn(lines);
  if (label !== '---' || more.length > 0 || mac?.length !== 32 || stanzas === undefined) return undefined;
  const covered = header.subarray(0, header.length - code.length - 2);
  return { stanzas, isUnder: (fileKey) => equalBytes(mac, macOf(covered, fileKey)) };
}

function macOf(covered: Uint8Array, fileKey: Uint8Array): Uint8Array {
  return hmac(hkdf(fileKey, { salt: new Uint8Array(0), info: 'header', length: 32 }), covered);
}

function stanzasIn(lines: readonly string[]): readonly WrapStanza[] | undefined {
  const stanzas: WrapStanza[] = [];
  for (let at = 0; at < lines.length; ) {
    const [arrow, ...args] = (lines[at++] ?? '').split(' ');
    // VCHAR of RFC 5234: no argument is empty or holds anything else.
    if (arrow !== '->' || args.length === 0 || !args.every((arg) => /^[!-~]+$/.test(arg))) return undefined;
    const first = at;
    while (lines[at]?.length === LINE) at++;
    const body = bodyOf(lines.slice(first, ++at));
    if (at > lines.length || body === undefined) return undefined;
    stanzas.push({ args, body });
  }
  return stanzas.length > 0 ? stanzas : undefined;
}

function bodyOf(lines: readonly string[]): Uint8Array | undefined {
  const parts = lines.map((line) => (line.length <= LINE ? fromUnpadded(line) : undefined));
  return parts.includes(undefined) ? undefined : Buffer.concat(parts.flatMap((part) => part ?? []));
}

/** Full lines, then one that is shorter, perhaps empty: it ends the body. */
function bodyLines(body: Uint8Array): readonly string[] {
  const count = Math.floor(body.length / LINE_BYTES) + 1;
  return Array.from({ length: count }, (_, i) => toUnpadded(body.subarray(i * LINE_BYTES, (i + 1) * LINE_BYTES)));
}

/** Base64 without padding (RFC 4648 section 4). */
export function toUnpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '');
}

/** Bytes of canonical base64 without padding; undefined for anything else. */
export function fromUnpadded(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64');
  return toUnpadded(bytes) === text ? bytes : undefined;
}
