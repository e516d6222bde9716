import { spawnSync } from 'node:child_process';
import { goProgram } from '../go.ts';

/** The peer; it is no dependency of the project. */
export interface Age {
  readonly program: string;
  readonly version: string;
  /** How it came here. */
  readonly from: string;
}

/** `age` as its own source makes it, at the version that bench/peers/age pins; else the one of this machine; undefined when there is neither. */
export function findAge(): Age | undefined {
  try {
    const program = goProgram('age', 'filippo.io/age/cmd/age');
    return { program, version: versionOf(program) ?? 'unknown', from: 'built from its source' };
  } catch {
    // No Go here, or no way to get the source.
    const version = versionOf('age');
    return version === undefined ? undefined : { program: 'age', version, from: 'as found on this machine' };
  }
}

/** Both did the same work: each opens what the other sealed, to the same bytes. Throws when not. */
export function proveSame(files: readonly (readonly [string, string])[]): void {
  for (const [one, other] of files) {
    const done = spawnSync('cmp', [one, other], { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`what was opened is not what was sealed: ${done.stdout}${done.stderr}`);
  }
}

function versionOf(program: string): string | undefined {
  const done = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return done.status === 0 ? done.stdout.trim() : undefined;
}
