import { type Directory, directoryBytes, type SignedDirectory, toBase64Url } from '@comity/core';

/** Signs a directory with the key of whoever keeps it. */
export function signDirectory(directory: Directory, sign: (message: Uint8Array) => Uint8Array): SignedDirectory {
  return { directory, signature: toBase64Url(sign(directoryBytes(directory))) };
}
