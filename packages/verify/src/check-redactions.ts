import { type Directory, holdsAt } from '@comity/core';
import { type LogEntry, redactionMessage } from '@comity/prove';
import { type Finding, finding } from './report.ts';
import { fits, type KnownEntry, type KnownLog, type Place, type Scene } from './scene.ts';

const REDACTED = 'redacted';
/** The kind of party that may order a redaction. */
const OVERSEER = 'overseer';

/** Every blank place: ordered by overseers in an entry of the same log, or not. A redaction by order is no fault, but worth knowing. */
export function checkRedactions(scene: Scene): readonly Finding[] {
  return scene.logs.flatMap((log) => {
    const orders = Map.groupBy(
      log.entries.filter(({ entry }) => entry.t === REDACTED),
      ({ origin, entry }) => `${origin}#${entry.index}`,
    );
    return log.blanks.map((blank) =>
      checkBlank(scene, log, { blank, orders: orders.get(`${blank.origin}#${blank.index}`) ?? [] }),
    );
  });
}

/** The entry of a log that says it redacted the entry about an act; undefined when there is none. */
export function redactionOf(log: KnownLog, act: string): KnownEntry | undefined {
  return log.entries.find(({ entry }) => entry.t === REDACTED && entry.act === act);
}

function checkBlank(
  scene: Scene,
  { party }: KnownLog,
  { blank, orders }: { readonly blank: Place; readonly orders: readonly KnownEntry[] },
): Finding {
  const index = String(blank.index);
  const order = orders.find(({ entry }) => isOrdered(scene, blank, { party, entry }));
  const about = { party, log: blank.origin, index };
  if (order === undefined) return finding('redaction-without-order', about, { party, index });
  const { was = '', act, decision = '', orders: by = [] } = order.entry;
  const overseers = [...new Set(by.map(({ key }) => key.split('#')[0] ?? ''))].join(', ');
  return finding('entry-redacted', act === undefined ? about : { ...about, act }, {
    party,
    index,
    t: was,
    reason: decision,
    overseers,
  });
}

/** The entry names this very leaf, and every order under it is an overseer's, given under a key that was valid, and not by the log's own party. */
function isOrdered(
  scene: Scene,
  { origin, index, leaf }: Place,
  { party, entry }: { readonly party: string; readonly entry: LogEntry },
): boolean {
  const { refs = [], orders = [], decision } = entry;
  if (decision === undefined || refs.length !== 1 || refs[0] !== leaf || orders.length === 0) return false;
  const message = redactionMessage({ origin, index: String(index), leaf, reason: decision });
  return orders.every(({ key, signature }) => {
    const found = overseersKey(scene.directory, key, entry.at);
    return found !== undefined && found.party !== party && fits(scene, message, { key: found.public, signature });
  });
}

function overseersKey(
  directory: Directory,
  id: string,
  at: string,
): { readonly party: string; readonly public: string } | undefined {
  for (const party of directory.parties.filter(({ kind }) => kind === OVERSEER)) {
    const key = party.keys.find((candidate) => candidate.id === id && candidate.use === 'sign' && holdsAt(candidate, at));
    if (key !== undefined && holdsAt(party, at)) return { party: party.id, public: key.public };
  }
  return undefined;
}
