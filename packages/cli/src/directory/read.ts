import { isJsonObject, ok, type Result, refuse, type SignedDirectory } from '@comity/core';
import { readJson } from '../output.ts';

/** A signed directory in a file, as far as its form goes: whoever uses it checks the signature first. Errors: `not-found`, `body-not-json`, `field-invalid`. */
export function readDirectory(file: string): Result<SignedDirectory> {
  const json = readJson(file);
  return json.ok ? parseDirectory(json.value) : json;
}

/** The same of what was read. Errors: `field-invalid`. */
export function parseDirectory(signed: unknown): Result<SignedDirectory> {
  if (!isJsonObject(signed) || !isJsonObject(signed['directory']) || typeof signed['signature'] !== 'string')
    return refuse('field-invalid', 'directory', { kind: '{directory, signature}' });
  // Parser: nothing in it is believed before the keeper's signature over it was checked.
  return ok(signed as unknown as SignedDirectory);
}
