/** Checks an Ed25519 signature (RFC 8032): public key 32 bytes, signature 64 bytes. Handed in. */
export type Ed25519Verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

/** Checks an ML-DSA-44 signature (FIPS 204, pure, empty context): public key 1,312 bytes, signature 2,420 bytes. Handed in. */
export type MlDsa44Verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

/**
 * The functions that check signatures, handed in: node:crypto in Node, a pure function in a browser. They answer false to a key or
 * signature that they cannot read, and throw only when the machine cannot check at all.
 */
export interface SignatureChecks {
  readonly ed25519: Ed25519Verify;
  readonly mlDsa44: MlDsa44Verify;
}

/** Length of an Ed25519 signature in bytes. */
export const ED25519_SIGNATURE_BYTES = 64;
/** Length of an ML-DSA-44 signature in bytes. */
export const MLDSA_SIGNATURE_BYTES = 2420;
