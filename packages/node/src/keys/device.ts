/**
 * Keys that are held elsewhere, in a hardware module or a key service: they sign and unwrap there and never leave. A key is known by its name there. Each call throws DeviceFailed
 * when it cannot be done.
 */
export interface KeyDevice {
  /** The raw Ed25519 public key of a signing key: 32 bytes. */
  readonly publicKey: (name: string) => Promise<Uint8Array>;
  /** An Ed25519 signature (RFC 8032) over a message: 64 bytes. */
  readonly sign: (name: string, message: Uint8Array) => Promise<Uint8Array>;
  /** Encrypts a secret of some bytes under a wrapping key; only `unwrap` opens it again. */
  readonly wrap: (name: string, secret: Uint8Array) => Promise<string>;
  readonly unwrap: (name: string, wrapped: string) => Promise<Uint8Array>;
  readonly close: () => Promise<void>;
}

/** A key device does not do what it was asked. What it said is left out: it may quote what it was given. */
export class DeviceFailed extends Error {
  constructor(what: string) {
    super(`the key device: ${what}`);
  }
}
