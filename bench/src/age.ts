import { spawnSync } from 'node:child_process';
import type { Spent } from './measure.ts';

/** The peer's program; it is no dependency of the project. */
const AGE = 'age';

/** What age took, by the shell's own account of its children (POSIX `times`). */
export function ageSpent(args: readonly string[]): Spent {
  const start = performance.now();
  const done = spawnSync('sh', ['-c', 'age "$@" && times', 'age', ...args], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`age failed: ${done.stderr}`);
  const seconds = [...(done.stdout.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
  );
  return { wall: (performance.now() - start) / 1000, cpu: seconds.reduce((sum, one) => sum + one, 0) };
}

/** Version of the `age` on this machine; undefined when there is none. */
export function ageVersion(): string | undefined {
  const done = spawnSync(AGE, ['--version'], { encoding: 'utf8' });
  return done.status === 0 ? done.stdout.trim() : undefined;
}

/** Both did the same work: age opens our file to the same bytes. */
export function proveSame({
  identity,
  ours,
  plain,
}: {
  readonly identity: string;
  readonly ours: string;
  readonly plain: string;
}): void {
  const done = spawnSync('sh', ['-c', 'age -d -i "$1" "$2" | cmp - "$3"', 'same', identity, ours, plain], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`age does not open what was sealed: ${done.stdout}${done.stderr}`);
}
