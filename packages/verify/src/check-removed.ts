import { type ReadCase, sharedWith } from './case.ts';
import type { ReadReceipt } from './check-receipts.ts';
import { type Finding, finding } from './report.ts';
import type { KnownAct, Scene } from './scene.ts';

interface Mention {
  readonly digest: string;
  /** Name of the act's type, where an entry tells it. */
  readonly type: string;
  /** Whoever made it, where its maker's own log tells it. */
  readonly maker: string;
  readonly at: string;
  /** An act of the file refers to it, or the log of whoever made the file names it: it was held. */
  readonly held: boolean;
  readonly party: string;
}

/** What is known of the case besides its acts and logs. */
export interface Known {
  readonly read: ReadCase | undefined;
  readonly receipts: readonly ReadReceipt[];
}

/** Acts that a log, a receipt or another act names and that the file does not hold. */
export function checkRemoved(scene: Scene, known: Known): readonly Finding[] {
  const altered = new Set(scene.acts.filter((act) => !act.signed));
  const { madeBy } = scene.file;
  return mentionsOf(scene, known.receipts).flatMap((mention) => {
    const twin = [...altered].find((act) => isTwin(act, mention));
    // What stands in its place is already named as altered.
    if (twin !== undefined) {
      altered.delete(twin);
      return [];
    }
    const about = mention.maker === '' ? { act: mention.digest } : { act: mention.digest, party: mention.maker };
    const values = { type: mention.type, party: mention.party };
    if (mention.held) return [finding('act-removed', about, values)];
    // What came after the file, and what the procedure keeps from whoever made it, is rightly not here; the rest may have been on its way.
    if (mention.at >= scene.file.madeAt) return [];
    const { read } = known;
    const due = read === undefined || sharedWith(read, { type: mention.type, maker: mention.maker, party: madeBy });
    return due ? [finding('act-missing', about, values)] : [];
  });
}

function isTwin({ body }: KnownAct, mention: Mention): boolean {
  if (mention.maker === '') return true;
  return body.by.party === mention.maker ? body.type === mention.type || body.at === mention.at : body.at === mention.at;
}

function mentionsOf(scene: Scene, receipts: readonly ReadReceipt[]): readonly Mention[] {
  const there = new Set(scene.acts.map((act) => act.digest));
  const mentions = new Map<string, Mention>();
  const note = (mention: Mention): void => {
    if (there.has(mention.digest)) return;
    const known = mentions.get(mention.digest);
    const best = known === undefined || (known.maker === '' && mention.maker !== '') ? mention : known;
    mentions.set(mention.digest, { ...best, held: mention.held || known?.held === true });
  };
  for (const { party, entries } of scene.logs) {
    for (const { entry } of entries) {
      if (entry.act === undefined) continue;
      const [kind, ...type] = (entry.was ?? entry.t).split('.');
      const maker = kind === 'act' || kind === 'receipted' ? party : '';
      note({ digest: entry.act, type: type.join('.'), maker, at: entry.at, held: party === scene.file.madeBy, party });
    }
  }
  for (const { body, sound } of scene.acts)
    for (const digest of sound ? body.prev : []) note({ digest, type: '', maker: '', at: '', held: true, party: body.by.party });
  for (const { act, party } of receipts) note({ digest: act, type: '', maker: '', at: '', held: true, party });
  return [...mentions.values()];
}
