import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { api } from './pages/api.ts';
import { cli } from './pages/cli.ts';
import { errors } from './pages/errors.ts';
import { findings } from './pages/findings.ts';
import { gates } from './pages/gates.ts';
import { law, lawPacks, packPage } from './pages/law.ts';
import { logEntries } from './pages/log-entries.ts';
import { ROOT } from './pages/page.ts';
import { procedures } from './pages/procedures.ts';

const DOCS = join(ROOT, 'docs');

const PAGES: Readonly<Record<string, () => string | Promise<string>>> = {
  'reference/api.md': api,
  'reference/cli.md': cli,
  'reference/errors.md': errors,
  'reference/findings.md': findings,
  'reference/gates.md': gates,
  'reference/law.md': law,
  'reference/log-entries.md': logEntries,
  'reference/procedures.md': procedures,
  ...Object.fromEntries(lawPacks().map((pack) => [`law/${pack.id}.md`, () => packPage(pack)])),
};

/** The generated pages, as paths in docs. */
export const NAMES: readonly string[] = Object.keys(PAGES);

/** A page as its source says it must be, in the form of the project's formatter; the packs' pages stand as they are made. */
export async function makePage(name: string): Promise<string> {
  const make = PAGES[name];
  if (make === undefined) throw new Error(`there is no page ${name}`);
  if (name.startsWith('law/')) return make();
  const biome = join(ROOT, 'node_modules', '.bin', 'biome');
  const input = await make();
  const done = spawnSync(biome, ['format', `--stdin-file-path=docs/${name}`], { cwd: ROOT, input, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${name} could not be formatted: ${done.stderr}`);
  return done.stdout;
}

/** The page as it stands on disk; undefined when there is none. */
export function standingPage(name: string): string | undefined {
  const file = join(DOCS, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

async function writeAll(): Promise<void> {
  for (const folder of ['reference', 'law']) mkdirSync(join(DOCS, folder), { recursive: true });
  for (const name of NAMES) {
    const text = await makePage(name);
    if (text === standingPage(name)) continue;
    writeFileSync(join(DOCS, name), text);
    process.stdout.write(`docs/${name}\n`);
  }
}

// node docs/generate.ts: writes the reference pages that have changed, and names them.
if (import.meta.main) await writeAll();
