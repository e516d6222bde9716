import { existsSync, writeFileSync } from 'node:fs';

/** Which parts of a process its core dump holds (core(5)); Linux alone has it. */
const FILTER = '/proc/self/coredump_filter';

/** Sees to it that a crash of this process writes nothing of its memory, in which private keys stand: no part of it goes into a core dump, and no diagnostic report is written. */
export function keepOutOfDumps(): void {
  if (existsSync(FILTER)) writeFileSync(FILTER, '0');
  for (const on of ['reportOnFatalError', 'reportOnUncaughtException', 'reportOnSignal'] as const) process.report[on] = false;
}
