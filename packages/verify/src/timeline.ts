import type { ReadCase } from './case.ts';
import type { Reading, TimelineAct } from './report.ts';
import type { Scene } from './scene.ts';

/** Every act of the file in the order of its time, whether it counts, and where logs name it. */
export function timelineOf(scene: Scene, read: ReadCase | undefined): readonly TimelineAct[] {
  const counted = new Set(read?.counted.map((act) => act.digest));
  const naming = new Map(scene.logs.map((log) => [log, Map.groupBy(log.entries, ({ entry }) => entry.act ?? '')]));
  const isOwn = (t: string): boolean => t.startsWith('act.');
  return scene.acts
    .map(({ body, digest }) => ({
      at: body.at,
      type: body.type,
      party: body.by.party,
      role: body.by.role,
      seat: body.by.seat,
      digest,
      counted: counted.has(digest),
      logged: scene.logs.flatMap((log) =>
        (naming.get(log)?.get(digest) ?? [])
          .filter(({ entry }) => !entry.t.startsWith('receipted.'))
          .map(({ index }) => ({ party: log.party, index: String(index) })),
      ),
      marks: scene.logs
        .filter((log) => log.party === body.by.party)
        .flatMap((log) =>
          (naming.get(log)?.get(digest) ?? []).flatMap(({ entry }) => (isOwn(entry.t) ? (entry.marks ?? []) : [])),
        ),
    }))
    .sort((a, b) => (a.at === b.at ? (a.digest < b.digest ? -1 : 1) : a.at < b.at ? -1 : 1));
}

const READINGS: readonly string[] = ['case.read', 'payload.asked', 'data.queried'];

/** Who stated a reason to look into the case or to open a payload, as far as the logs in the file tell, in the order of time. */
export function readingsOf(scene: Scene): readonly Reading[] {
  return scene.logs
    .flatMap(({ party, entries }) =>
      entries
        .filter(({ entry }) => READINGS.includes(entry.t))
        .map(({ index, entry: { at, role, t, decision = '' } }) => ({
          party,
          index: String(index),
          at,
          role,
          t,
          purpose: decision,
        })),
    )
    .sort((a, b) => (a.at < b.at ? -1 : 1));
}
