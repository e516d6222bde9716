import { createHash } from 'node:crypto';
import type { Flow } from '@comity/seal/file-to-file';

/** SHA-256, hexadecimal. */
export interface Digests {
  readonly input: string;
  readonly output: string;
}

/** A flow that also hashes what it reads and writes, and what was hashed when it has ended. */
export function hashing({ source, sink }: Flow): { readonly flow: Flow; readonly digests: () => Digests } {
  const [input, output] = [createHash('sha256'), createHash('sha256')];
  const read = async (into: Uint8Array): Promise<number> => {
    const count = await source.read(into);
    input.update(into.subarray(0, count));
    return count;
  };
  const write = (parts: readonly Uint8Array[]): void | Promise<void> => {
    for (const part of parts) output.update(part);
    return sink.write(parts);
  };
  return {
    flow: { source: { ...source, read }, sink: { write } },
    digests: () => ({ input: input.digest('hex'), output: output.digest('hex') }),
  };
}
