import { readFileSync } from 'node:fs';
import { isJsonObject, ok, type Result, refuse } from '@comity/core';
import {
  type Finding,
  type KnownKeys,
  lintMessage,
  type ReadMessage,
  readMessage,
  readMessageJson,
  verifySigned,
} from '@comity/formats/hi1';
import { readJson } from '../output.ts';

/** A message of a file, what the linter says, and who signed it where keys were given. */
export interface Looked {
  readonly read: ReadMessage;
  readonly findings: readonly Finding[];
  /** The key that signed it; undefined where no keys were given. */
  readonly kid?: string;
}

/** Reads a message from a file, and with keys checks who signed it. Errors: `not-found`, those of `readMessage` and `verifySigned`. */
export async function lookAt(file: string, keysFile: string | undefined): Promise<Result<Looked>> {
  const bytes = bytesOf(file);
  if (!bytes.ok) return bytes;
  if (keysFile === undefined) {
    const read = readMessage(bytes.value);
    return read.ok ? ok({ read: read.value, findings: lintMessage(read.value) }) : read;
  }
  const keys = readKeys(keysFile);
  if (!keys.ok) return keys;
  const signed = await verifySigned(bytes.value, keys.value);
  if (!signed.ok) return signed;
  const read = readMessageJson(signed.value.json);
  if (!read.ok) return read;
  const findings = lintMessage(read.value).filter(({ code }) => code !== 'unsigned');
  return ok({ read: read.value, findings, kid: signed.value.kid });
}

function bytesOf(file: string): Result<Uint8Array> {
  try {
    return ok(new Uint8Array(readFileSync(file)));
  } catch {
    // Whatever the reason, the file cannot be had.
    return refuse('not-found', file);
  }
}

/** Keys by id: `{"<kid>": {JWK}}`. */
function readKeys(file: string): Result<KnownKeys> {
  const json = readJson(file);
  if (!json.ok) return json;
  const keys = json.value;
  if (!isJsonObject(keys) || !Object.values(keys).every(isJsonObject))
    return refuse('field-invalid', '--keys', { kind: '{"<kid>": JWK}' });
  return ok(keys as KnownKeys); // parser: every member is an object
}
