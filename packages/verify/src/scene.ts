import { type Act, type ActBody, type Directory, fromBase64Url, type Party, type Sha256 } from '@comity/core';
import type { LogEntry, SignatureChecks } from '@comity/prove';
import type { CaseFile } from './casefile.ts';
import type { Trust } from './trust.ts';

/** The functions to check with: handed in, so that the verifier runs anywhere. */
export interface Functions {
  readonly sha256: Sha256;
  readonly checks: SignatureChecks;
}

/** An act of the file. `sound`: of this case and environment, and signed as it says, with keys that were valid. */
export interface KnownAct {
  readonly act: Act;
  readonly body: ActBody;
  readonly digest: string;
  readonly sound: boolean;
  /** False where a signature does not fit: what was signed may have been another text. */
  readonly signed: boolean;
}

/** An entry that a log is shown to hold. */
export interface KnownEntry {
  readonly index: bigint;
  readonly entry: LogEntry;
}

/** One party's log as far as it may be believed. */
export interface KnownLog {
  readonly party: string;
  /** The checkpoint is signed by the log's key of the directory. */
  readonly trusted: boolean;
  /** Entries proven to stand in the log, in the order of their indexes; none when the checkpoint is not trusted. */
  readonly entries: readonly KnownEntry[];
  /** Digests of acts in entries of the extract that could not be proven: what is wrong with them is said elsewhere. */
  readonly unproven: ReadonlySet<string>;
}

/** Everything that the checks look at once the directory is believed. */
export interface Scene extends Functions {
  readonly file: CaseFile;
  readonly trust: Trust;
  readonly directory: Directory;
  /** Each act once. */
  readonly acts: readonly KnownAct[];
  readonly logs: readonly KnownLog[];
}

/** A party of the directory. */
export function partyOf(directory: Directory, id: string): Party | undefined {
  return directory.parties.find((party) => party.id === id);
}

/** The trusted log of a party. */
export function logOf(scene: Scene, party: string): KnownLog | undefined {
  return scene.logs.find((log) => log.party === party && log.trusted);
}

/** Bytes of unpadded base64url of a length, or undefined for every other spelling. */
export function bytesOf(text: string, length: number): Uint8Array | undefined {
  try {
    const bytes = fromBase64Url(text);
    return bytes.length === length ? bytes : undefined;
  } catch {
    // fromBase64Url throws on every other spelling.
    return undefined;
  }
}

/** Whether an Ed25519 signature, both given as base64url, fits. */
export function fits(
  functions: Functions,
  message: Uint8Array,
  by: { readonly key: string; readonly signature: string },
): boolean {
  const [key, signature] = [bytesOf(by.key, 32), bytesOf(by.signature, 64)];
  return key !== undefined && signature !== undefined && functions.checks.ed25519(key, message, signature);
}
