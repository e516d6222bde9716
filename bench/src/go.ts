import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PEERS = join(import.meta.dirname, '../peers');

const built = new Map<string, string>();

/**
 * The path of a Go program of `bench/peers`, built on first use: its own, or that of another module which it pins. Throws an error that says
 * why when it cannot be built here.
 */
export function goProgram(name: string, source = '.'): string {
  const known = built.get(name);
  if (known !== undefined) return known;
  const program = join(temporary(`comity-${name}-`), name);
  run('go', ['build', '-C', join(PEERS, name), '-o', program, source]);
  built.set(name, program);
  return program;
}

/** Why a Go program of `bench/peers` cannot be had here; undefined when it can. */
export function goAbsence(name: string): string | undefined {
  try {
    goProgram(name);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The version of a module that a program of `bench/peers` was pinned to, and the Go it is built with. */
export function goVersions(name: string, module: string): { readonly module: string; readonly go: string } {
  const pinned = readFileSync(join(PEERS, name, 'go.mod'), 'utf8')
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/^require /, '')
        .split(' '),
    )
    .find(([path]) => path === module)?.[1];
  return { module: pinned ?? 'unknown', go: run('go', ['env', 'GOVERSION']).trim() };
}

/** What a run of a program may be given beside its arguments. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** What a program wrote. Throws when it cannot be run or ends with another code than 0. */
export function run(program: string, args: readonly string[], { env, input }: RunOptions = {}): string {
  const done = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, ...env }, input, maxBuffer: 1 << 28 });
  if (done.error !== undefined) throw new Error(`${program} cannot be run: ${done.error.message}`);
  if (done.status !== 0) throw new Error(`${program} ${args[0]}: ${done.stderr.slice(-400)}`);
  return done.stdout;
}

/** A folder that goes when this process does. */
export function temporary(prefix: string): string {
  const dir = mkdtempSync(join(tmpdir(), prefix));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  return dir;
}
