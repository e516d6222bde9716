import { type Env, fromBase64Url, isJsonObject, ok, type Result, refuse } from '@comity/core';

/** What a verifier believes beforehand: whose directory, in which environment, and which witnesses. Comes from elsewhere than the case file. */
export interface Trust {
  readonly v: 1;
  readonly env: Env;
  /** Ed25519 key of whoever keeps the directory, base64url. */
  readonly directoryKey: string;
  /** Verifier keys (C2SP signed-note) of witnesses; where some are named, each checkpoint needs the cosignature of at least one. */
  readonly witnesses?: readonly string[];
}

const MEMBERS = ['v', 'env', 'directoryKey', 'witnesses'];
const MAX_WITNESSES = 100;

/** Reads a trust file from parsed JSON. Refuses `trust-file-invalid` with the field that is missing, unknown or of another form. */
export function parseTrust(json: unknown): Result<Trust> {
  if (!isJsonObject(json)) return refuse('trust-file-invalid');
  const unknown = Object.keys(json).find((member) => !MEMBERS.includes(member));
  if (unknown !== undefined) return refuse('trust-file-invalid', unknown.slice(0, 200));
  const { v, env, directoryKey, witnesses } = json;
  if (v !== 1) return refuse('trust-file-invalid', 'v');
  if (env !== 'sandbox' && env !== 'production') return refuse('trust-file-invalid', 'env');
  if (typeof directoryKey !== 'string' || !isKey(directoryKey)) return refuse('trust-file-invalid', 'directoryKey');
  if (witnesses === undefined) return ok({ v, env, directoryKey });
  if (!Array.isArray(witnesses) || witnesses.length > MAX_WITNESSES) return refuse('trust-file-invalid', 'witnesses');
  const vkeys = witnesses.filter((vkey) => typeof vkey === 'string');
  return vkeys.length === witnesses.length
    ? ok({ v, env, directoryKey, witnesses: vkeys })
    : refuse('trust-file-invalid', 'witnesses');
}

function isKey(text: string): boolean {
  try {
    return fromBase64Url(text).length === 32;
  } catch {
    // fromBase64Url throws on every other spelling.
    return false;
  }
}
