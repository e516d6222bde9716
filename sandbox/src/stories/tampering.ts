import type { JsonObject } from '@comity/core';
import type { Keystore } from '@comity/node';
import type { About, CaseFile, FindingCode } from '@comity/verify';

/** A way to tamper with a case file, and what a verifier must say of it. */
export interface Tampering {
  /** Key of its sentence in the catalogue, `tampered.<name>`. */
  readonly name: string;
  readonly file: CaseFile;
  /** The trust file that the verifier is given, where it is not the sandbox's own. */
  readonly trust?: JsonObject;
  /** A finding; or that the trust file is refused, so that nothing is verified with it. */
  readonly expect: { readonly code: FindingCode | 'trust-file-invalid'; readonly about: About };
}

/** A genuine file, and the keys of everybody in it. */
export interface Scene {
  readonly file: CaseFile;
  readonly keys: ReadonlyMap<string, Keystore>;
  /** What the verifier trusts beforehand. */
  readonly trust: JsonObject;
}

/** A file that can be written to: a copy of a genuine one. */
// biome-ignore lint/suspicious/noExplicitAny: whoever tampers knows no types.
export type Loose = any;

/** A copy of a file with an edit made to it. */
export function edited(file: CaseFile, edit: (copy: Loose) => void): CaseFile {
  const copy: Loose = JSON.parse(JSON.stringify(file));
  edit(copy);
  return copy;
}
