import { type Env, fromBase64Url, isJsonObject, ok, type Result, refuse } from '@comity/core';
import { NO_QUORUM, type Policy, type Sha256 } from '@comity/prove';
import { readPolicy } from './policy.ts';

/** What a verifier believes beforehand: whose directory, in which environment, and which witnesses. Comes from elsewhere than the case file. */
export interface Trust {
  readonly v: 1;
  readonly env: Env;
  /** Ed25519 key of whoever keeps the directory, base64url. */
  readonly directoryKey: string;
  /** Whose cosignatures each checkpoint needs; the logs themselves are those of the directory. Left out: no witness is asked for. */
  readonly policy?: Policy;
}

const MEMBERS = ['v', 'env', 'directoryKey', 'policy'];

/**
 * Reads a trust file from parsed JSON; its `policy` is the text of a C2SP tlog-policy. Refuses `trust-file-invalid` with the field that is missing, unknown or of
 * another form, and a policy that asks for nobody or that one organisation can meet alone.
 */
export function parseTrust(json: unknown, sha256: Sha256): Result<Trust> {
  if (!isJsonObject(json)) return refuse('trust-file-invalid');
  const unknown = Object.keys(json).find((member) => !MEMBERS.includes(member));
  if (unknown !== undefined) return refuse('trust-file-invalid', unknown.slice(0, 200));
  const { v, env, directoryKey, policy } = json;
  if (v !== 1) return refuse('trust-file-invalid', 'v');
  if (env !== 'sandbox' && env !== 'production') return refuse('trust-file-invalid', 'env');
  if (typeof directoryKey !== 'string' || !isKey(directoryKey)) return refuse('trust-file-invalid', 'directoryKey');
  if (policy === undefined) return ok({ v, env, directoryKey });
  if (typeof policy !== 'string') return refuse('trust-file-invalid', 'policy');
  const read = readPolicy(policy, sha256);
  if (!read.ok) return read;
  // Whoever wants no witness leaves the policy out, and sees that they did.
  return read.value.quorum === NO_QUORUM
    ? refuse('trust-file-invalid', 'policy')
    : ok({ v, env, directoryKey, policy: read.value });
}

function isKey(text: string): boolean {
  try {
    return fromBase64Url(text).length === 32;
  } catch {
    // fromBase64Url throws on every other spelling.
    return false;
  }
}
