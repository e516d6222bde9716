import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromBase64Url, isJsonObject, toBase64Url, utf8 } from '@comity/core';
import { ed25519Verify, type PrivateJwk, sha256Hex, signerOf } from './keys/crypto.ts';

/** Beside the index of compiled packs: who vouches for it. */
export const SIGNATURES = 'signatures.json';
const MOST_SIGNATURES = 100;

/** A publisher's signature over an index of packs, and so over the digest of every pack in it. */
export interface LawSignature {
  /** base64url Ed25519 public key. */
  readonly signer: string;
  readonly signature: string;
}

/** Signs an index of packs (the exact text of index.json) as its publisher. */
export function signLawIndex(index: string, key: PrivateJwk): LawSignature {
  return { signer: key.x, signature: toBase64Url(signerOf(key)(statement(index))) };
}

/** The first of the trusted signers whose signature over the index in a folder is good; undefined when there is none. */
export function signerOfLaw(dir: string, trusted: readonly string[]): string | undefined {
  const index = readFileSync(join(dir, 'index.json'), 'utf8');
  return readSignatures(join(dir, SIGNATURES)).find(
    ({ signer, signature }) => trusted.includes(signer) && isGood(index, { signer, signature }),
  )?.signer;
}

function isGood(index: string, { signer, signature }: LawSignature): boolean {
  try {
    return ed25519Verify(fromBase64Url(signer), statement(index), fromBase64Url(signature));
  } catch {
    // fromBase64Url throws on what is no base64url: then it is no signature.
    return false;
  }
}

/** The signatures in a file; what is none is left out. */
export function readSignatures(file: string): readonly LawSignature[] {
  if (!existsSync(file)) return [];
  const json = jsonOrNothing(readFileSync(file, 'utf8'));
  const list: readonly unknown[] = Array.isArray(json) ? json.slice(0, MOST_SIGNATURES) : [];
  return list.flatMap((entry) => {
    if (!isJsonObject(entry)) return [];
    const { signer, signature } = entry;
    return typeof signer === 'string' && typeof signature === 'string' ? [{ signer, signature }] : [];
  });
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Half a file, or anybody's: it vouches for nothing, so the law beside it is not loaded.
    return undefined;
  }
}

/** What is signed: the kind of statement, so that a signature for one thing is none for another, and the digest of the index. */
function statement(index: string): Uint8Array {
  return utf8(`comity-law-index/1\n${sha256Hex(index)}\n`);
}
