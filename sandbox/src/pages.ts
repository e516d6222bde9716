import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Builds the pages if their sources changed since the last build; gives the folder. About two seconds the first time, nothing after. */
export async function buildPages(root: string): Promise<string> {
  const web = join(root, 'packages', 'web');
  const dist = join(web, 'dist');
  const stamp = join(dist, '.built-from');
  const sources = digestOf([
    join(web, 'src'),
    ...['index.html', 'verifier.html', 'vite.config.ts', 'vite.offline.config.ts'].map((name) => join(web, name)),
    ...['core', 'formats', 'seal', 'verify', 'assess', 'procedure', 'prove'].map((name) => join(root, 'packages', name)),
  ]);
  const isBuilt = (): boolean => existsSync(stamp) && readFileSync(stamp, 'utf8') === sources;
  if (isBuilt()) return dist;
  await alone(join(root, 'node_modules', '.building-pages'), async () => {
    if (!isBuilt()) await build(web);
    writeFileSync(stamp, sources);
  });
  return dist;
}

async function build(web: string): Promise<void> {
  const vite = join(dirname(createRequire(join(web, 'package.json')).resolve('vite/package.json')), 'bin', 'vite.js');
  await runQuietly([vite, 'build'], web);
  await runQuietly([vite, 'build', '-c', 'vite.offline.config.ts'], web);
}

const PAUSE_MS = 100;
/** A lock that is older was left behind. */
const STALE_MS = 120_000;

/** Does something while nobody else does it: two who build at once take each other's files away. */
async function alone(lock: string, work: () => Promise<void>): Promise<void> {
  while (!taken(lock)) await new Promise((done) => setTimeout(done, PAUSE_MS));
  try {
    await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function taken(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    // It is there: somebody builds, or died while building.
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > STALE_MS) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function digestOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  const visit = (path: string): void => {
    if (!existsSync(path) || path.includes('node_modules') || path.endsWith('dist')) return;
    const stat = statSync(path);
    if (stat.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else if (!path.endsWith('.test.ts')) hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`);
  };
  for (const path of paths) visit(path);
  return hash.digest('hex');
}

function runQuietly(args: readonly string[], cwd: string): Promise<void> {
  const child = spawn(process.execPath, [...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`The pages could not be built:\n${said.slice(-2000)}`)),
    );
  });
}
