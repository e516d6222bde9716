import { readFileSync } from 'node:fs';
import { fromUtf8, isJsonObject, ok, type Result, refuse } from '@comity/core';
import { readJson } from '../output.ts';

/** First bytes of a sealed file (C2SP age). */
const SEALED = Buffer.from('age-encryption.org/v1\n');

/** How to read shares: the identities that open sealed ones, and the form of a share. */
interface ReadShares<T> {
  readonly identities: readonly string[];
  readonly parse: (json: unknown) => Result<T>;
}

/** Shares from files, each as it was written or sealed to one of the identities. Refusals name the file. */
export async function readShares<T>(files: readonly string[], how: ReadShares<T>): Promise<Result<readonly T[]>> {
  const shares: T[] = [];
  for (const file of files) {
    const bytes = await readShareFile(file, how.identities);
    if (!bytes.ok) return bytes;
    const share = how.parse(jsonOf(bytes.value));
    if (!share.ok) return refuse(share.refusal.code, file);
    shares.push(share.value);
  }
  return ok(shares);
}

async function readShareFile(file: string, identities: readonly string[]): Promise<Result<Uint8Array>> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    // Whatever the reason (missing, no right to read it), the file cannot be had.
    return refuse('not-found', file);
  }
  if (!bytes.subarray(0, SEALED.length).equals(SEALED)) return ok(bytes);
  if (identities.length === 0) return refuse('field-missing', `--identity: ${file}`);
  const { unsealWhole } = await import('@comity/seal');
  for (const identity of identities) {
    const opened = await unsealWhole(bytes, identity);
    if (opened.ok) return opened;
  }
  return refuse('unseal-refused', file);
}

/** The commitments of a jointly sealed file: a list, what `comity seal --json` said of it, or its manifest. Refuses `field-invalid` for another file. */
export function readCommitments(file: string): Result<readonly string[]> {
  const json = readJson(file);
  if (!json.ok) return json;
  const found = listIn(json.value);
  const sound = Array.isArray(found) && found.every((one) => typeof one === 'string');
  return sound ? ok(found) : refuse('field-invalid', file);
}

function listIn(json: unknown): unknown {
  if (!isJsonObject(json)) return json;
  const joint = json['joint'];
  if (isJsonObject(joint)) return listIn(joint);
  if (Array.isArray(json['holders']))
    return json['holders'].map((holder) => (isJsonObject(holder) ? holder['commitment'] : null));
  return isJsonObject(json['manifest']) ? listIn(json['manifest']) : json['commitments'];
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(bytes));
  } catch {
    // No share, whatever it is.
    return undefined;
  }
}
