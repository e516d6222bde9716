import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What a program of bench/peers/python said, as JSON; or why there is nothing. */
export type Said<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };

const SCRIPTS = join(import.meta.dirname, '..', '..', 'peers', 'python');
/** Longer than so many minutes nobody waits for a peer, unless told to. */
const LONGEST_MS = Number(process.env['BENCH_PEER_MINUTES'] ?? 15) * 60_000;

/** Runs a peer's program in the first Python that has it: those that BENCH_PYTHON names, with colons between, else `python3`. */
export function inPython<T>(script: string, args: readonly string[]): Said<T> {
  let why = 'no Python has it';
  for (const python of (process.env['BENCH_PYTHON'] ?? 'python3').split(':')) {
    const done = spawnSync(python, [join(SCRIPTS, script), ...args], {
      encoding: 'utf8',
      timeout: LONGEST_MS,
      maxBuffer: 1 << 26,
    });
    if (done.status === 0) return { ok: true, value: JSON.parse(done.stdout.trim().split('\n').at(-1) ?? '') };
    // 3: not in this Python; the next one may have it.
    if (done.status === null) why = done.error === undefined ? 'it was stopped' : `stopped: ${done.error.message}`;
    else if (done.status !== 3) why = `it failed: ${faultIn(done.stderr)}`;
  }
  return { ok: false, why };
}

/** The line that names a fault; some libraries write more behind it. */
function faultIn(stderr: string): string {
  const lines = stderr.trim().split('\n');
  return lines.findLast((line) => /^[\w.]*(Error|Exception)\b/.test(line)) ?? lines.at(-1) ?? '';
}
