import { toHex, utf8 } from './bytes.ts';
import type { Opening, Sha256 } from './digest.ts';
import { canonicalJson, type JsonObject } from './json.ts';
import type { Env } from './party.ts';
import type { Instant } from './time.ts';

/** Which procedure a case runs under: the exact file, by digest. */
export interface ProcedureRef {
  readonly id: string;
  readonly version: number;
  readonly sha256: string;
}

/**
 * What is signed. It carries no personal data: those stand in sections, of which only commitments are here, and whose openings
 * travel only to the seats that the procedure lets read them.
 */
export interface ActBody {
  readonly v: 1;
  readonly env: Env;
  readonly id: string;
  readonly case: string;
  readonly procedure: ProcedureRef;
  /** Name of the move in the procedure. */
  readonly type: string;
  readonly by: { readonly party: string; readonly person: string; readonly role: string; readonly seat: string };
  readonly at: Instant;
  /** Digests of the acts that this act was made in knowledge of (the heads of the case as its maker knew it). */
  readonly prev: readonly string[];
  readonly data: JsonObject;
  /** Section name -> commitment. */
  readonly sections: Readonly<Record<string, string>>;
}

export interface ActSignature {
  /** Key id in the directory: the person's key, and the party's. */
  readonly key: string;
  /** Ed25519 over actBytes(body), base64url. */
  readonly signature: string;
}

/** A signed statement that moves a case, with the openings of the sections that this copy may show. */
export interface Act {
  readonly body: ActBody;
  readonly signatures: readonly ActSignature[];
  readonly openings: Readonly<Record<string, Opening>>;
}

/** The bytes that are signed and hashed: a domain line, then the canonical JSON of the body. */
export function actBytes(body: ActBody): Uint8Array {
  return utf8(`comity/act/v1\n${canonicalJson(body)}`);
}

/** Digest by which other acts, log entries and receipts name this act: SHA-256 of actBytes, hexadecimal. */
export function actDigest(body: ActBody, sha256: Sha256): string {
  return toHex(sha256(actBytes(body)));
}
