import type { Keystore } from '@comity/node';
import type { LogEntry } from '@comity/prove';
import type { CaseFile, LogExtract } from '@comity/verify';
import { entriesIn } from './entries.ts';
import { relog, sightOf } from './relog.ts';

/** One line of a log that is told anew: what it says, and which line of the genuine file it stands for (`also`: it was added beside it). */
export interface Line {
  readonly entry: LogEntry;
  readonly place: string;
}

/** How an entry is told anew: the entries that stand for it, the one that was added beside it second. */
export type Telling = (entry: LogEntry, party: string) => readonly LogEntry[];

/**
 * Every log of a file told anew by all their keepers together, each under its real keys, and tied to each other again: what one log says that it saw of another is
 * what now stands there.
 */
export function weave(file: CaseFile, keys: ReadonlyMap<string, Keystore>, tell: Telling): Promise<LogExtract[]> {
  const logs = new Map(file.logs.map((log) => [log.origin, linesOf(log, tell)]));
  const woven = new Map([...logs.keys()].map((origin) => [origin, [] as LogEntry[]]));
  // Whoever is shown an entry writes that down later: following what was shown always ends.
  const upTo = (origin: string, count: number): LogEntry[] => {
    const [lines, done] = [logs.get(origin) ?? [], woven.get(origin) ?? []];
    while (done.length < count) {
      const line = lines[done.length];
      if (line === undefined) break;
      done.push(tied(line));
    }
    return done.slice(0, count);
  };
  const tied = ({ entry, place }: Line): LogEntry => {
    const { refs: _refs, seen, ...rest } = entry;
    if (seen === undefined) return entry;
    const there = logs.get(seen.origin) ?? [];
    const at = there.findIndex((line) => line.place === `${place.startsWith('also ') ? 'also ' : ''}${seen.index}`);
    return at < 0 ? rest : { ...rest, ...sightOf(seen.origin, upTo(seen.origin, at + 1)) };
  };
  return Promise.all(
    file.logs.map(({ origin, party }) => {
      const own = keys.get(party);
      if (own === undefined) throw new Error(`there are no keys of ${party}`);
      return relog(origin, party, { entries: upTo(origin, Number.POSITIVE_INFINITY), keys: own });
    }),
  );
}

function linesOf(log: LogExtract, tell: Telling): readonly Line[] {
  return entriesIn(log).flatMap(({ index, entry }) =>
    tell(entry, log.party).map((told, i) => ({ entry: told, place: i === 0 ? index : `also ${index}` })),
  );
}
