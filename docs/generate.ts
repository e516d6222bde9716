import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { api } from './pages/api.ts';
import { cli } from './pages/cli.ts';
import { errors } from './pages/errors.ts';
import { findings } from './pages/findings.ts';
import { law } from './pages/law.ts';
import { logEntries } from './pages/log-entries.ts';
import { ROOT } from './pages/page.ts';
import { procedures } from './pages/procedures.ts';

const FOLDER = join(ROOT, 'docs', 'reference');

const PAGES: Readonly<Record<string, () => string | Promise<string>>> = {
  'api.md': api,
  'cli.md': cli,
  'errors.md': errors,
  'findings.md': findings,
  'law.md': law,
  'log-entries.md': logEntries,
  'procedures.md': procedures,
};

/** File names of the pages of docs/reference. */
export const NAMES: readonly string[] = Object.keys(PAGES);

/** A page as its source says it must be, in the form of the project's formatter. */
export async function makePage(name: string): Promise<string> {
  const make = PAGES[name];
  if (make === undefined) throw new Error(`there is no page ${name}`);
  const biome = join(ROOT, 'node_modules', '.bin', 'biome');
  const input = await make();
  const done = spawnSync(biome, ['format', `--stdin-file-path=docs/reference/${name}`], { cwd: ROOT, input, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${name} could not be formatted: ${done.stderr}`);
  return done.stdout;
}

/** The page as it stands on disk; undefined when there is none. */
export function standingPage(name: string): string | undefined {
  const file = join(FOLDER, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

async function writeAll(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  for (const name of NAMES) {
    const text = await makePage(name);
    if (text === standingPage(name)) continue;
    writeFileSync(join(FOLDER, name), text);
    process.stdout.write(`docs/reference/${name}\n`);
  }
}

// node docs/generate.ts: writes the reference pages that have changed, and names them.
if (import.meta.main) await writeAll();
