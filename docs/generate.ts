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

/** Every page of docs/reference by file name. */
export const PAGES: Readonly<Record<string, () => string | Promise<string>>> = {
  'api.md': api,
  ...(existsSync(join(ROOT, 'packages/cli/src/main.ts')) ? { 'cli.md': cli } : {}),
  'errors.md': errors,
  'findings.md': findings,
  'law.md': law,
  'log-entries.md': logEntries,
  'procedures.md': procedures,
};

/** The page as it stands on disk; undefined when there is none. */
export function standing(name: string): string | undefined {
  const file = join(FOLDER, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

async function writeAll(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, make] of Object.entries(PAGES)) {
    const text = await make();
    if (text === standing(name)) continue;
    writeFileSync(join(FOLDER, name), text);
    process.stdout.write(`docs/reference/${name}\n`);
  }
}

// node docs/generate.ts: writes the reference pages that have changed, and names them.
if (import.meta.main) await writeAll();
