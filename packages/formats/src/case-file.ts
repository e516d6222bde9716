import { gunzipSync, gzipSync } from 'node:zlib';
import { canonicalJson, fromUtf8, isJsonObject, type JsonObject, ok, type Result, refuse, utf8 } from '@comity/core';

const FORMAT = 'comity-case';
/** Bytes of JSON that a case file may hold; a file that would unfold to more is refused while it unfolds. */
export const CASE_FILE_LIMIT = 64 * 1024 * 1024;
/** Nesting that a case file may have: deeper ones would exhaust the stack of whoever walks them. */
const DEPTH_LIMIT = 64;

/**
 * A case file: the canonical JSON (RFC 8785) of the value with the member `"format":"comity-case"`, gzip'ed (RFC 1952) without a time
 * or a name, so that the same value gives the same bytes. Throws when the value already has another `format`.
 */
export function writeCaseFile(value: JsonObject): Uint8Array {
  if (value['format'] !== undefined && value['format'] !== FORMAT) throw new TypeError('the value is of another format');
  const bytes = Uint8Array.from(gzipSync(utf8(canonicalJson({ ...value, format: FORMAT })), { level: 9 }));
  // RFC 1952: byte 9 names the operating system; 255 is "unknown".
  bytes[9] = 255;
  return bytes;
}

/**
 * The value of a case file, `format` included. Refuses `body-too-large` for files that unfold to more than `limit` bytes and
 * `case-file-invalid` for all that is not gzip, UTF-8, canonical JSON (so no member stands twice) or a case file.
 */
export function readCaseFile(bytes: Uint8Array, limit: number = CASE_FILE_LIMIT): Result<JsonObject> {
  const text = unfolded(bytes, limit);
  if (!text.ok) return text;
  const value = parsed(text.value);
  return value !== undefined && isJsonObject(value) && value['format'] === FORMAT ? ok(value) : refuse('case-file-invalid');
}

function unfolded(bytes: Uint8Array, limit: number): Result<string> {
  try {
    const { buffer, engine } = gunzipWithInfo(bytes, limit);
    // What follows the gzip stream is ignored by zlib; a file must not carry more than it says.
    return engine.bytesWritten === bytes.length ? ok(fromUtf8(buffer)) : refuse('case-file-invalid');
  } catch (error) {
    const tooLarge = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return tooLarge ? refuse('body-too-large', undefined, { limit }) : refuse('case-file-invalid');
  }
}

interface Unfolded {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

function gunzipWithInfo(bytes: Uint8Array, limit: number): Unfolded {
  // With `info` zlib returns an object that its published types do not describe (Node documentation, zlib, class Options).
  return gunzipSync(bytes, { maxOutputLength: limit, info: true }) as unknown as Unfolded;
}

/** Undefined unless the text is the canonical form of what it says: then no two readers can see two values in it. */
function parsed(text: string): unknown {
  if (nesting(text) > DEPTH_LIMIT) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return canonicalJson(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (quoted && character === '\\') at++;
    else if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
    else if (character === ']' || character === '}') depth--;
  }
  return deepest;
}
