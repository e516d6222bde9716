import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fstatSync, linkSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ok, type Result, refuse } from '@comity/core';
import { fileSink, fileSource, type Sink, type Source, sourceOf } from '@comity/seal/file-to-file';
import { EXIT } from '../output.ts';

/** The name that stands for standard input or output. */
export const STANDARD = '-';

/** Where a command writes to. Exactly one of `keep` and `drop` ends it. */
export interface Output {
  readonly sink: Sink;
  /** All is written and well: now the file is there, under its name. */
  readonly keep: () => void;
  /** Something went wrong: nothing is left. */
  readonly drop: () => void;
}

/** A file, or standard input for `-`, to be read once. Refuses `not-found`, naming it. */
export function openInput(file: string): Result<Source> {
  // What comes through a pipe may not be there yet; only Node's streams know how to wait for it.
  if (file === STANDARD) return ok(fstatSync(0).isFile() ? fileSource(0) : sourceOf(process.stdin));
  try {
    const fd = openSync(file, 'r');
    return ok({ ...fileSource(fd), close: () => closeSync(fd) });
  } catch {
    // Whatever the reason (missing, no right to read it), the file cannot be had.
    return refuse('not-found', file);
  }
}

/**
 * A file, or standard output for `-`. What is written goes to a hidden file beside the target, which nobody else may read, and is moved when
 * it is kept: nobody takes a part for the whole. A device or a named pipe is written to as it is. Refuses `file-exists` unless `force`, and `not-found` for a folder that cannot be written.
 */
export function openOutput(file: string, { force = false }: { readonly force?: boolean }): Result<Output> {
  if (file === STANDARD) return ok(standardOutput());
  const there = statSync(file, { throwIfNoEntry: false });
  if (there !== undefined && !there.isFile() && !there.isDirectory()) return openDevice(file);
  if (there?.isDirectory() || (there !== undefined && !force)) return refuse('file-exists', file);
  const part = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.part`);
  try {
    return ok(hiddenFile(part, openSync(part, 'wx', 0o600), { file, force }));
  } catch {
    return refuse('not-found', dirname(file));
  }
}

/** Writes a small file at once, as openOutput does. */
export async function writeOutput(
  file: string,
  bytes: Uint8Array,
  how: { readonly force?: boolean },
): Promise<Result<undefined>> {
  const output = openOutput(file, how);
  if (!output.ok) return output;
  try {
    await output.value.sink.write([bytes]);
  } catch (error) {
    output.value.drop();
    throw error;
  }
  output.value.keep();
  return ok(undefined);
}

function openDevice(file: string): Result<Output> {
  try {
    const fd = openSync(file, 'w');
    const end = (): void => closeSync(fd);
    return ok({ sink: fileSink(fd), keep: end, drop: end });
  } catch {
    return refuse('not-found', file);
  }
}

function hiddenFile(part: string, fd: number, { file, force }: { readonly file: string; readonly force: boolean }): Output {
  const stop = onSignal(() => rmSync(part, { force: true }));
  const end = (): void => {
    stop();
    closeSync(fd);
  };
  const drop = (): void => {
    end();
    rmSync(part, { force: true });
  };
  const keep = (): void => {
    end();
    if (force) renameSync(part, file);
    else moveWithoutReplacing(part, file);
  };
  return { sink: fileSink(fd), keep, drop };
}

/** A name that was taken meanwhile stays: a link, other than a renaming, replaces nothing. */
function moveWithoutReplacing(part: string, file: string): void {
  try {
    linkSync(part, file);
    rmSync(part);
  } catch (error) {
    if (existsSync(file)) {
      rmSync(part, { force: true });
      throw error;
    }
    // A file system without links.
    renameSync(part, file);
  }
}

/** Does something before a signal ends the program; gives what takes that back. */
export function onSignal(work: () => void): () => void {
  const signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;
  const handlers = Object.entries(signals).map(([signal, number]) => {
    const end = (): void => {
      work();
      process.exit(128 + number);
    };
    process.on(signal, end);
    return { signal, end };
  });
  return () => {
    for (const { signal, end } of handlers) process.off(signal, end);
  };
}

function standardOutput(): Output {
  // Whoever reads us may stop, which ends this program at once: then not with a code that says all is well.
  process.exitCode = EXIT.internal;
  const keep = (): void => {
    process.exitCode = EXIT.ok;
  };
  return { sink: fstatSync(1).isFile() ? fileSink(1) : { write: throughPipe }, keep, drop: () => undefined };
}

/** The parts are copied, for what a stream was given it may write later, when they are used again. */
function throughPipe(parts: readonly Uint8Array[]): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(Buffer.concat(parts), (error) => (error ? reject(error) : resolve()));
  });
}
