import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BIN = join(import.meta.dirname, '..', '..', 'bin', 'comity.js');

/** What the program answered. */
export interface Answered {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the program as a person would, in a folder, with the Node that runs the tests. */
export function runIn(dir: string, ...args: readonly string[]): Answered {
  const done = spawnSync(process.execPath, [BIN, ...args], { encoding: 'utf8', cwd: dir });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

/** Writes a file for the program; what is no text is written as JSON. */
export function fileIn(dir: string, name: string, content: unknown): string {
  writeFileSync(join(dir, name), typeof content === 'string' ? content : JSON.stringify(content));
  return join(dir, name);
}
