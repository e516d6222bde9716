import { type ClockLength, deadlineOf, type Instant, isInstant } from '@comity/core';
import { type Decision, decisionsOf } from './decisions.ts';
import { picks } from './guard.ts';
import type { CustodyRule, ItemFilter } from './procedure.ts';
import type { CaseState, ItemState, Setting, Trace } from './state.ts';

/** How a holder stands to a copy. `overdue` is what an overseer is told of; `court-record` is kept by the court and leaves this procedure. */
export const COPY_STATUSES = [
  'held',
  'in-use',
  'review-due',
  'destruction-due',
  'overdue',
  'legal-hold',
  'court-record',
  'destroyed',
] as const;
export type CopyStatus = (typeof COPY_STATUSES)[number];

/** What one holder has of one item. */
export interface Copy {
  /** Which copy: the receiver's or the source's, by the procedure's name for it. */
  readonly kind: string;
  readonly item: string;
  readonly seat: string;
  readonly party: string;
  readonly status: CopyStatus;
  /** Since when it is held. */
  readonly since: Instant;
  /** Until when it may be kept; undefined where nothing says so. */
  readonly until?: Instant;
  /** When it was recalled. */
  readonly recalled?: Instant;
  /** When its status will change if nobody does anything. */
  readonly next?: Instant;
  /** Digests of the act that gave it and, where there is one, of the act that destroyed it. */
  readonly given: string;
  readonly destroyed?: string;
  /** SHA-256 of the sealed file, hexadecimal; undefined where the acts do not name it. */
  readonly ciphertext?: string;
}

/** Every copy of a case, with what became of it, as the acts say: nothing else is asked, so that every reader comes to the same. */
export function copiesOf(setting: Setting, state: CaseState, now: Instant): readonly Copy[] {
  return Object.entries(setting.procedure.custody).flatMap(([kind, rule]) =>
    state.items.flatMap((item) => copyOf({ setting, state, now, kind, rule }, item) ?? []),
  );
}

interface Ask {
  readonly setting: Setting;
  readonly state: CaseState;
  readonly now: Instant;
  readonly kind: string;
  readonly rule: CustodyRule;
}

function copyOf(ask: Ask, item: ItemState): Copy | undefined {
  const { setting, state, rule, kind } = ask;
  const stands = item.tracks[rule.track] ?? '';
  const party = state.seats[rule.seat];
  if (party === undefined || !picks(rule.only, item)) return undefined;
  if (![...rule.held, ...rule.used, ...rule.recorded, ...rule.destroyed].includes(stands)) return undefined;
  const moves = movesOn(ask, item.item.id, rule.track);
  // A holder that never received anything has its copy from the act that let it go.
  const [given] = rule.only?.track === undefined ? moves : movesOn(ask, item.item.id, rule.only.track);
  const last = moves.at(-1);
  if (given === undefined) return undefined;
  const kept = moves.findLast(({ decision }) => isInstant(decision['until']));
  const until = kept?.decision['until'] ?? state.done[0]?.data['retentionUntil'];
  const recalled = recalledAt(ask, item);
  const ciphertext = [...moves, given].find(({ decision }) => typeof decision['ciphertext'] === 'string')?.decision['ciphertext'];
  const about = { ...(isInstant(until) ? { until } : {}), ...(recalled === undefined ? {} : { recalled }) };
  const end = rule.destroyed.includes(stands) && last !== undefined ? { destroyed: last.trace.digest } : {};
  const length = (from: Instant, by: ClockLength): Instant => deadlineOf(from, by, setting.calendarOf(party)).strict;
  return {
    kind,
    item: item.item.id,
    seat: rule.seat,
    party,
    ...statusOf(ask, item, { ...about, reviewed: (kept ?? given).trace.at, after: length }),
    since: given.trace.at,
    ...about,
    given: given.trace.digest,
    ...end,
    ...(typeof ciphertext === 'string' ? { ciphertext } : {}),
  };
}

interface Known {
  readonly until?: Instant;
  readonly recalled?: Instant;
  readonly reviewed: Instant;
  readonly after: (from: Instant, length: ClockLength) => Instant;
}

function statusOf({ rule, now }: Ask, item: ItemState, known: Known): Pick<Copy, 'status' | 'next'> {
  const stands = item.tracks[rule.track] ?? '';
  if (rule.destroyed.includes(stands)) return { status: 'destroyed' };
  if (rule.recorded.includes(stands)) return { status: 'court-record' };
  if (rule.hold !== undefined && picks(rule.hold, item)) return { status: 'legal-hold' };
  const due = known.recalled ?? known.until;
  if (due !== undefined && due <= now) {
    const late = known.after(due, rule.grace);
    return late <= now ? { status: 'overdue' } : { status: 'destruction-due', next: late };
  }
  const review = known.after(known.reviewed, rule.review);
  const status = review <= now ? 'review-due' : rule.used.includes(stands) ? 'in-use' : 'held';
  const [next] = [review, due].filter((at) => at !== undefined && at > now).sort();
  return { status, ...(next === undefined ? {} : { next }) };
}

function recalledAt(ask: Ask, item: ItemState): Instant | undefined {
  const { recall } = ask.rule;
  if (recall?.track === undefined || !picks(recall, item)) return undefined;
  return movesOn(ask, item.item.id, recall.track).at(-1)?.trace.at;
}

interface Moved {
  readonly trace: Trace;
  readonly decision: Decision;
}

/** What was decided of an item on a track, oldest first. */
function movesOn({ setting, state }: Ask, item: string, track: NonNullable<ItemFilter['track']>): readonly Moved[] {
  return state.done.flatMap((trace) => {
    if (setting.procedure.acts[trace.type]?.items?.track !== track) return [];
    const decision = decisionsOf(trace.data).find((one) => one.item === item);
    return decision === undefined ? [] : [{ trace, decision }];
  });
}
