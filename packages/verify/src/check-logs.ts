import type { LogExtract } from './casefile.ts';
import { type LogScene, type ReadExtract, readExtract } from './read-extract.ts';
import { type Finding, finding } from './report.ts';
import { type KnownHead, type KnownLog, placeKey } from './scene.ts';

/** Two clocks of honest machines may differ by so much, in milliseconds. */
export const CLOCK_TOLERANCE = 60_000;

/** Reads every log of the file: checkpoint against the directory's keys, each entry's form and inclusion, order of indexes and times. */
export function readLogs(scene: LogScene): {
  readonly logs: readonly KnownLog[];
  /** Heads in extracts that stand beside another extract of the same log: signed all the same. */
  readonly others: readonly KnownHead[];
  readonly findings: readonly Finding[];
} {
  const findings: (readonly Finding[])[] = [];
  const first = new Map<string, LogExtract>();
  const others: KnownHead[] = [];
  for (const extract of scene.file.logs) {
    const { party, origin } = extract;
    if (!first.has(origin)) {
      first.set(origin, extract);
      continue;
    }
    findings.push([finding('log-twice', { party, log: origin }, { party })]);
    const { head } = readExtract(scene, extract);
    if (head !== undefined) others.push(head);
  }
  const byParty = Map.groupBy(first.values(), ({ party }) => party);
  const logs = [...byParty].map(([party, extracts]) => {
    const inOrder = extracts.sort((a, b) => (a.origin < b.origin ? -1 : 1)).map((extract) => readExtract(scene, extract));
    const log = together(party, inOrder);
    findings.push(...inOrder.map((read) => read.findings), checkTimes(log));
    return log;
  });
  return { logs, others, findings: findings.flat() };
}

/** The years of a party's log as one. */
function together(party: string, years: readonly ReadExtract[]): KnownLog {
  const trusted = years.every((year) => year.trusted);
  return {
    party,
    trusted,
    entries: years.flatMap((year) => year.entries),
    blanks: years.flatMap((year) => year.blanks),
    places: new Map(years.flatMap((year) => year.places.map(({ origin, index, leaf }) => [placeKey(origin, index), leaf]))),
    heads: years.flatMap(({ head }) => head ?? []),
    unproven: new Set(years.flatMap((year) => year.unproven)),
  };
}

/**
 * Time runs forward along a log. An act is dated when it is appended and never before what its maker knew, so its entry must not be earlier than any act or
 * receipt before it; other entries (a reading, a request for a payload) are written beside acts and may lag by the tolerance.
 */
function checkTimes(log: KnownLog): readonly Finding[] {
  const findings: Finding[] = [];
  let [latest, latestAct] = ['', ''];
  for (const { origin, index, entry } of log.entries) {
    const about = { party: log.party, log: origin, index: String(index) };
    const values = { party: log.party, index: String(index), t: entry.t, at: entry.at };
    const isAct = entry.t.startsWith('act.');
    if (isAct && entry.act !== undefined && entry.at < latestAct)
      findings.push(finding('act-back-dated', { ...about, act: entry.act }, { ...values, after: latestAct }));
    else if (latest !== '' && Date.parse(entry.at) < Date.parse(latest) - CLOCK_TOLERANCE)
      findings.push(
        finding('entry-back-dated', entry.act === undefined ? about : { ...about, act: entry.act }, { ...values, after: latest }),
      );
    if (entry.at > latest) latest = entry.at;
    if ((isAct || entry.t.startsWith('received.')) && entry.at > latestAct) latestAct = entry.at;
  }
  return findings;
}
