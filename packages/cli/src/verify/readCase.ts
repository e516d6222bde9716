import { readFileSync } from 'node:fs';
import { type Result, refuse } from '@comity/core';
import { readCaseFile } from '@comity/formats';
import { parseJson } from '../output.ts';

/** A case file, packed (gzip) or as plain JSON: `not-found`, or what is wrong with it. */
export function readCase(file: string): Result<unknown> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch {
    return refuse('not-found', file);
  }
  // RFC 1952: every gzip file begins with these two bytes.
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return packed ? readCaseFile(bytes) : parseJson(Buffer.from(bytes).toString('utf8'), file);
}
