import type { Instant } from '@comity/core';
import type { LogEntry } from '@comity/prove';
import type { Tx } from '../../store/database.ts';
import { entryOf, type Logging, logEntries, nextInstant } from '../entry.ts';
import type { House } from '../house.ts';

/** What may happen to an import. The last five are about answers to its tasks, and to tasks of ours. */
export type ImportStep =
  | 'arrived'
  | 'proposed'
  | 'taken-up'
  | 'refused'
  | 'withdrawn'
  | 'erased'
  | 'answered'
  | 'released'
  | 'discarded'
  | 'delivered'
  | 'landed';

/** What the log says of an import: that it came, and each step of deciding and of answering; never what it says or whom it is about. */
export async function logImport(
  house: Logging & Pick<House, 'now'>,
  tx: Tx,
  about: {
    readonly id: string;
    readonly step: ImportStep;
    readonly decision: string;
    readonly role: string;
    readonly basis?: readonly string[];
    readonly _sd?: NonNullable<LogEntry['_sd']>;
  },
): Promise<{ readonly id: string; readonly at: Instant }> {
  const { id, step, decision, role, basis, _sd } = about;
  const at = await nextInstant(house, tx, id);
  const known = basis === undefined ? {} : { basis };
  const committed = _sd === undefined ? {} : { _sd, _sd_alg: 'sha-256' as const };
  const entry = entryOf(house, { t: `import.${step}`, case: id, at, role, decision, ...known, ...committed });
  await logEntries(house, tx, [entry]);
  return { id: entry.id, at };
}
