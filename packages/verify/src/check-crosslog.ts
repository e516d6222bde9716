import { CLOCK_TOLERANCE } from './check-logs.ts';
import type { ReadReceipt } from './check-receipts.ts';
import { type Finding, finding } from './report.ts';
import { type KnownEntry, type KnownLog, ownerOf, placeKey, type Scene } from './scene.ts';

/** What somebody says that they were shown of another party's log. */
interface Shown {
  /** The party that was shown it. */
  readonly by: string;
  /** Whose log it is, and where. */
  readonly party: string;
  readonly origin: string;
  readonly index: string;
  readonly leaf: string;
  readonly act: string;
  /** What the entry at that place must be. */
  readonly t: string;
}

/**
 * One log against the other: what the receiver's log and its signed receipts say of the sender's log, and the reverse, stands at that very place in the extract of
 * the log it is of. An entry that was dropped, exchanged or rolled back after it was shown is missing there, or is another one.
 */
export function checkCrossLog(scene: Scene, receipts: readonly ReadReceipt[]): readonly Finding[] {
  const logs = new Map(scene.logs.map((log) => [log.party, { log, entries: byPlace(log) }]));
  const shown = [...scene.logs.flatMap((log) => shownIn(scene, log)), ...receipts.flatMap(shownBy)];
  return shown.flatMap((one) => {
    const there = logs.get(one.party);
    return there === undefined || !there.log.trusted || there.log.unproven.has(one.act) ? [] : checkShown(there, one);
  });
}

interface There {
  readonly log: KnownLog;
  readonly entries: ReadonlyMap<string, KnownEntry>;
}

function byPlace({ entries }: KnownLog): There['entries'] {
  return new Map(entries.map((known) => [placeKey(known.origin, known.index), known]));
}

function shownIn(scene: Scene, log: KnownLog): readonly Shown[] {
  // Other logs are asked after the file's time: what was shown later than that need not be in them.
  const end = Date.parse(scene.file.madeAt) - (log.party === scene.file.madeBy ? 0 : CLOCK_TOLERANCE);
  return log.entries.flatMap(({ entry }) => {
    const { seen, refs = [], act, t } = entry;
    const leaf = refs[0];
    if (seen === undefined || leaf === undefined || act === undefined || Date.parse(entry.at) > end) return [];
    const owner = ownerOf(scene.directory, seen.origin)?.id;
    return owner === undefined || owner === log.party
      ? []
      : [{ by: log.party, party: owner, origin: seen.origin, index: seen.index, leaf, act, t: answered(t) }];
  });
}

/** An entry of receipt answers an act; the sender's note of the receipt answers the entry of receipt. */
function answered(t: string): string {
  const [kind, ...type] = t.split('.');
  return [kind === 'receipted' ? 'received' : 'act', ...type].join('.');
}

function shownBy({ party, to, act, place }: ReadReceipt): readonly Shown[] {
  if (place === undefined) return [];
  const { head, index, leaf } = place;
  return [{ by: to, party, origin: head.origin, index, leaf, act, t: '' }];
}

function checkShown({ log, entries }: There, { by, party, origin, index, leaf, act, t }: Shown): readonly Finding[] {
  const about = { party, log: origin, index, act };
  const values = { party, index, by };
  const head = log.heads.find((candidate) => candidate.origin === origin);
  if (head !== undefined && BigInt(index) >= head.size)
    return [finding('log-rolled-back', about, { ...values, size: String(head.size) })];
  const there = log.places.get(placeKey(origin, index));
  if (there === undefined) return [finding('entry-omitted', about, values)];
  if (there !== leaf) return [finding('place-differs', about, values)];
  const known = entries.get(placeKey(origin, index));
  return known === undefined || isAbout(known, act, t) ? [] : [finding('place-differs', about, values)];
}

function isAbout({ entry }: KnownEntry, act: string, t: string): boolean {
  return entry.act === act && (t === '' ? entry.t.startsWith('received.') : entry.t === t);
}
