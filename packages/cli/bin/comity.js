#!/usr/bin/env node
// Plain JavaScript for any Node: the program itself needs Node 22 or later, which strips types. An older Node starts the one from the npm packages.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = 22;
const here = dirname(fileURLToPath(import.meta.url));
const main = join(here, '..', 'src', 'main.ts');

if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
  // Before the first file with types: what strips them takes longer to load than a small command to run. In the user's own folder: whoever may write there could also change the program.
  const { XDG_CACHE_HOME, HOME } = process.env;
  const cache = XDG_CACHE_HOME ?? (HOME === undefined ? undefined : join(HOME, '.cache'));
  if (cache !== undefined) module.enableCompileCache?.(join(cache, 'comity'));
  await import(main);
} else {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const places = [join(here, '..', '..', '..'), join(here, '..'), join(here, '..', '..')];
  const node = places.map((place) => join(place, 'node_modules', '.bin', name)).find((file) => existsSync(file));
  if (node === undefined) {
    process.stderr.write(
      `comity needs Node ${NEEDED} or later; this is ${process.versions.node}. Install it, or run "npm install" here.\n`,
    );
    process.exit(64);
  }
  const done = spawnSync(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exit(done.status ?? 70);
}
