import { parseTrust, type Report, type Trust, verifyCase } from '@comity/verify';
import { sha256 } from '@noble/hashes/sha2.js';
import { Refusal } from '../../api/client.ts';
import { pageChecks } from './pageChecks.ts';

/** Replays a case file in this page. Throws a Refusal when file or trust cannot be read as JSON. */
export function runVerifier(file: string, trust: Trust): Report {
  return verifyCase(parse(file, 'case-file-invalid'), trust, { sha256: (bytes) => sha256(bytes), checks: pageChecks });
}

/** The trusted key as somebody pasted it: a trust file, or the key alone. */
export function readTrust(text: string, env: Trust['env']): Trust {
  const trimmed = text.trim();
  const json = trimmed.startsWith('{') ? parse(trimmed, 'trust-file-invalid') : { v: 1, env, directoryKey: trimmed };
  const trust = parseTrust(json);
  if (!trust.ok) throw new Refusal(trust.refusal);
  return trust.value;
}

function parse(text: string, code: 'case-file-invalid' | 'trust-file-invalid'): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal({ code });
  }
}
