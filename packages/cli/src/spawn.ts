import { spawn } from 'node:child_process';
import { EXIT } from './output.ts';
import { inRepository } from './places.ts';
import { say } from './words.ts';

/** Runs a program of the repository with this Node and takes over its exit code; a clear sentence where the program is not there. */
export async function runHere(path: readonly string[], args: readonly string[]): Promise<void> {
  const file = inRepository(...path);
  if (file === undefined) {
    process.stderr.write(`${say('not-here', { file: path.join('/') })}\n`);
    process.exitCode = EXIT.usage;
    return;
  }
  const child = spawn(process.execPath, [file, ...args], { stdio: 'inherit' });
  const forward = (signal: NodeJS.Signals) => (): void => void child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, forward(signal));
  process.exitCode = await new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? EXIT.internal)));
}
