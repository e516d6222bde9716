import { type Changed, compileLaw, diffPacks, impact, type LiveTransfer, strictness } from '@comity/assess';
import { type Day, type Facts, isJsonObject, ok, type Result } from '@comity/core';
import type { ImpactView } from '../api.ts';
import { sha256 } from '../keys/crypto.ts';
import { listCases } from '../store/cases.ts';
import { sectionsOfType } from '../store/openings.ts';
import { isClosed } from './desk.ts';
import type { House } from './house.ts';
import { readPackFor } from './library.ts';

/**
 * What a drafted pack would do to everything that runs here: nothing is stored, nothing leaves, and of each transfer only its case and
 * its party are named. A draft that cannot be read is refused with the field that is wrong.
 */
export async function changeOfLaw(house: House, draft: unknown, on: Day): Promise<Result<ImpactView>> {
  const read = readPackFor(house, draft);
  if (!read.ok) return read;
  const { pack, law: before } = read.value;
  const kept = before.loaded.filter(({ id }) => id !== pack.id);
  const now = before.loaded.find(({ id }) => id === pack.id);
  const after = compileLaw(before.vocabulary, [...kept, pack], sha256);
  const live = before === house.law.assess ? await liveTransfers(house) : [];
  const { decided, changed } = impact({ before, after }, live, on);
  return ok({
    pack: pack.id,
    on,
    differences: now === undefined ? [] : diffPacks(now, pack),
    isNew: now === undefined,
    decided,
    changed,
    counts: {
      live: live.length,
      unchanged: decided - changed.length,
      stricter: changed.filter((one) => step(one) > 0).length,
      laxer: changed.filter((one) => step(one) < 0).length,
      duties: changed.filter((one) => step(one) === 0).length,
      stopped: changed.filter(isStopped).length,
    },
  });
}

/** Every open case of this node with the facts of its latest assessment. */
async function liveTransfers(house: House): Promise<readonly LiveTransfer[]> {
  const cases = (await listCases(house.db, EVERY)).filter((stored) => !isClosed(stored));
  const sections = await sectionsOfType(house.db, { type: 'assess', name: 'assessment' }, house.subjects);
  return cases.flatMap(({ id, judged }): readonly LiveTransfer[] => {
    const counted = new Set(judged.flatMap(({ digest, verdict }) => (verdict === 'counted' ? [digest] : [])));
    const latest = sections.findLast((section) => section.case === id && counted.has(section.act))?.value;
    if (!isJsonObject(latest) || !isJsonObject(latest['facts'])) return [];
    // Parser: the act was completed by this node, which wrote checked facts into the section.
    return [{ id: `${id} ${String(latest['party'])}`, facts: latest['facts'] as Facts }];
  });
}

const EVERY = 1_000_000;
const MAY_GO = strictness('conditional');

function step({ from, to }: Changed): number {
  return strictness(to) - strictness(from);
}

function isStopped({ from, to }: Changed): boolean {
  return strictness(from) <= MAY_GO && strictness(to) > MAY_GO;
}
