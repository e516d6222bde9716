import { spawnSync } from 'node:child_process';
import type { Spent } from '../measure.ts';

/** What a program took from its start to its end, by the shell's own account of its children (POSIX `times`). Throws what it says when it fails. */
export function childSpent(program: string, args: readonly string[]): Spent {
  const start = performance.now();
  const done = spawnSync('sh', ['-c', '"$@" >&2 && times', 'sh', program, ...args], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${program} ${args[0]} failed: ${done.stderr}`);
  const seconds = [...(done.stdout.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
  );
  return { wall: (performance.now() - start) / 1000, cpu: seconds.reduce((sum, one) => sum + one, 0) };
}
