import type { ReadCase } from './case.ts';
import type { TimelineAct } from './report.ts';
import type { Scene } from './scene.ts';

/** Every act of the file in the order of its time, whether it counts, and where logs name it. */
export function timelineOf(scene: Scene, read: ReadCase | undefined): readonly TimelineAct[] {
  const counted = new Set(read?.counted.map((act) => act.digest));
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
        log.entries.filter(({ entry }) => entry.act === digest).map(({ index }) => ({ party: log.party, index: String(index) })),
      ),
    }))
    .sort((a, b) => (a.at === b.at ? (a.digest < b.digest ? -1 : 1) : a.at < b.at ? -1 : 1));
}
