import type { JsonObject } from '@comity/core';

/** Who must come together to open a delivery: `needed` of these offices. */
export interface JointView {
  readonly needed: number;
  readonly holders: readonly { readonly id: string; readonly name: string }[];
}

/** What a holder needs to take this office's share out of a jointly sealed delivery. */
export interface ShareView {
  /** SHA-256 of the sealed file. */
  readonly ciphertext: string;
  readonly manifest: JsonObject;
  /** The header of the sealed file, base64: it holds the shares, each sealed to its office. */
  readonly header: string;
  /** The office's age identity, protected by its passphrase. */
  readonly identity: string;
}
