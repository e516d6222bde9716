import { unwatchFile, watchFile } from 'node:fs';
import type { SignedDirectory } from '@comity/core';
import { readDirectory } from '../directory/read.ts';
import { say, sayRefusal } from '../words.ts';

/** Milliseconds between two looks at the file: a key that was revoked is refused this much later at most. */
const EVERY = 2000;

/** Hands a node its directory anew whenever the file changes. One that cannot be used is said on standard error and changes nothing. */
export function followDirectory(
  file: string,
  take: (signed: SignedDirectory) => Promise<'taken' | 'older'>,
): { readonly stop: () => void } {
  const look = async (): Promise<void> => {
    const read = readDirectory(file);
    if (!read.ok) return tell(sayRefusal(read.refusal));
    try {
      tell(say(`node.directory.${await take(read.value)}`, { file }));
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error));
    }
  };
  watchFile(file, { interval: EVERY, persistent: false }, () => void look());
  return { stop: () => unwatchFile(file) };
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
