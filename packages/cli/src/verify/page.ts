import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { ok, type Result, refuse } from '@comity/core';
import { inRepository } from '../places.ts';

const PAGE = 'verifier.html';

/** Writes the verifier as one page that works from a file without a network. Built afresh where it can be; else the one that was built last. */
export function writePage(out: string): Result<string> {
  const web = inRepository('packages', 'web');
  const vite = web === undefined ? undefined : viteOf(web);
  const built = join(web ?? '', 'dist', PAGE);
  if (web === undefined || (vite === undefined && !existsSync(built))) return refuse('not-found', 'packages/web');
  if (vite === undefined) return copy(built, out);
  const dir = mkdtempSync(join(tmpdir(), 'comity-page-'));
  try {
    const args = [vite, 'build', '-c', 'vite.offline.config.ts', '--outDir', dir, '--logLevel', 'error'];
    const done = spawnSync(process.execPath, args, { cwd: web, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`the page could not be built: ${done.stderr.slice(-1000)}`);
    return copy(join(dir, PAGE), out);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function copy(from: string, out: string): Result<string> {
  try {
    copyFileSync(from, out);
    return ok(resolve(out));
  } catch {
    // A folder that is not there, or may not be written to.
    return refuse('not-found', out);
  }
}

function viteOf(web: string): string | undefined {
  try {
    return join(dirname(createRequire(join(web, 'package.json')).resolve('vite/package.json')), 'bin', 'vite.js');
  } catch {
    // Installed without the tools of development.
    return undefined;
  }
}
