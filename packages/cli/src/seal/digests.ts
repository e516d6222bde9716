import { createHash, randomBytes } from 'node:crypto';
import type { Flow } from '@comity/seal/file-to-file';

/** SHA-256, hexadecimal. */
export interface Digests {
  readonly input: string;
  readonly output: string;
  /** SHA-256 of salt and input, and the salt, base64url: what a manifest says of the content, so that nobody can guess a small one. */
  readonly salted: { readonly digest: string; readonly salt: string };
}

/** A flow that also hashes what it reads and writes, and what was hashed when it has ended. */
export function hashing({ source, sink }: Flow): { readonly flow: Flow; readonly digests: () => Digests } {
  const salt = randomBytes(32);
  const [input, output, salted] = [createHash('sha256'), createHash('sha256'), createHash('sha256').update(salt)];
  const read = async (into: Uint8Array): Promise<number> => {
    const count = await source.read(into);
    input.update(into.subarray(0, count));
    salted.update(into.subarray(0, count));
    return count;
  };
  const write = (parts: readonly Uint8Array[]): void | Promise<void> => {
    for (const part of parts) output.update(part);
    return sink.write(parts);
  };
  return {
    flow: { source: { ...source, read }, sink: { write } },
    digests: () => ({
      input: input.digest('hex'),
      output: output.digest('hex'),
      salted: { digest: salted.digest('hex'), salt: salt.toString('base64url') },
    }),
  };
}
