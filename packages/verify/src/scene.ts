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
  /** The log of which year. */
  readonly origin: string;
  readonly index: bigint;
  /** What it says; of a blinded entry that was disclosed, what it hid. */
  readonly entry: LogEntry;
  /** Leaf hash, hexadecimal. */
  readonly leaf: string;
  /** It stands in the log blinded, and was disclosed. */
  readonly blinded?: true;
}

/** A head of a log, and who says that it is one. */
export interface KnownHead {
  readonly origin: string;
  readonly size: bigint;
  /** Hexadecimal. */
  readonly root: string;
  /** The log's own party, where it signed the head; else the party whose log says that it saw it. */
  readonly by: string;
}

/** What is proven to stand at a place, whether or not it can be read. */
export interface Place {
  readonly origin: string;
  readonly index: bigint;
  /** Hexadecimal. */
  readonly leaf: string;
}

/** One text for a place in a log. */
export function placeKey(origin: string, index: bigint | string): string {
  return `${origin}#${index}`;
}

/** One party's logs, of all years, as far as they may be believed. */
export interface KnownLog {
  readonly party: string;
  /** Every checkpoint is signed by the log's keys of the directory. */
  readonly trusted: boolean;
  /** Entries proven to stand in the log, in their order through the years; none when a checkpoint is not trusted. */
  readonly entries: readonly KnownEntry[];
  /** Places whose entry was blanked: only its leaf hash is left. */
  readonly blanks: readonly Place[];
  /** Leaf hashes of all that is proven to stand somewhere, by placeKey. */
  readonly places: ReadonlyMap<string, string>;
  /** Signed heads, by origin. */
  readonly heads: readonly KnownHead[];
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

/** Whose log an origin is: `<logOrigin>/<year>`. */
export function ownerOf(directory: Directory, origin: string): Party | undefined {
  const [, prefix] = /^(.*)\/[0-9]{4}$/.exec(origin) ?? [];
  return directory.parties.find((party) => party.logOrigin === prefix);
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
