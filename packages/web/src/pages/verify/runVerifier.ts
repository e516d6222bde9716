import { parseTrust, type Report, type Trust, verifyCase } from '@comity/verify';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js';
import { Refusal } from '../../api/client.ts';

/** Replays a case file in this page. Throws a Refusal when file or trust cannot be read as JSON. */
export function runVerifier(file: string, trust: Trust): Report {
  return verifyCase(parse(file, 'case-file-invalid'), trust, {
    sha256: (bytes) => sha256(bytes),
    checks: {
      ed25519: (publicKey, message, signature) => fits(() => ed25519.verify(signature, message, publicKey)),
      mlDsa44: (publicKey, message, signature) => fits(() => ml_dsa44.verify(signature, message, publicKey)),
    },
  });
}

function fits(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    // noble throws on a key or signature of the wrong form: it does not fit.
    return false;
  }
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
