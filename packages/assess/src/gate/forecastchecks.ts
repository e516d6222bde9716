import { type Period, readIdentifier, toInstant } from '@comity/core';
import type { DraftItem, RequestDraft } from './draft.ts';
import type { ForecastCheck } from './gate.ts';

const DAY = 86_400_000;
/** A moment, not a habit: what is asked for about so short a time serves to tell who it was. */
const MOMENT = 10 * 60_000;

/** A smaller request: what to put in place of an item, or beside it. */
export interface Smaller {
  readonly kind: 'subscriber-first' | 'identification-instead' | 'shorter-period' | 'existence-first' | 'preserve-first';
  readonly item: string;
  readonly category?: DraftItem['category'];
  readonly period?: Period;
}

/** What a check found: the member to fix, and what its sentence needs. */
export interface Hit {
  readonly field: string;
  readonly values?: Readonly<Record<string, string | number>>;
  readonly smaller?: Smaller;
}

type Check = (draft: RequestDraft, days: number) => readonly Hit[];

/** One function for each word; what it counts with stands in the gate. */
export const CHECKS: Readonly<Record<ForecastCheck, Check>> = {
  'category-not-held': (draft) =>
    each(draft, ({ id, category }) =>
      draft.card !== undefined && category !== undefined && !draft.card.categories.includes(category)
        ? { field: at(id, 'category'), values: { category } }
        : undefined,
    ),
  'identifier-not-accepted': (draft) =>
    each(draft, ({ id, identifierType }) =>
      draft.card !== undefined && !draft.card.identifierTypes.includes(identifierType)
        ? { field: at(id, 'identifierType'), values: { identifierType } }
        : undefined,
    ),
  'language-not-accepted': ({ card, language }) =>
    card !== undefined && language !== undefined && !card.languages.includes(language)
      ? [{ field: 'language', values: { language, languages: card.languages.join(', ') } }]
      : [],
  'identifier-unreadable': (draft) =>
    each(draft, (item) => {
      const read = readOf(item);
      return read === undefined || read.ok ? undefined : { field: at(item.id, 'value'), values: { code: read.refusal.code } };
    }),
  'identifier-doubtful': (draft) =>
    each(draft, (item) => {
      const [warning] = warningsOf(item).filter((word) => word !== 'port-needed');
      return warning === undefined ? undefined : { field: at(item.id, 'value'), values: { warning } };
    }),
  'port-missing': (draft) =>
    each(draft, (item) => (warningsOf(item).includes('port-needed') ? { field: at(item.id, 'value') } : undefined)),
  'period-missing': (draft) =>
    each(draft, (item) => (isTimed(item) && item.period === undefined ? { field: at(item.id, 'period') } : undefined)),
  'period-reversed': (draft) =>
    each(draft, ({ id, period }) =>
      period !== undefined && period.from >= period.until ? { field: at(id, 'period') } : undefined,
    ),
  'period-in-future': (draft) =>
    each(draft, ({ id, period }) => (period !== undefined && period.until > draft.now ? { field: at(id, 'period') } : undefined)),
  'period-long': periodLong,
  'older-than-kept': olderThanKept,
  'ends-soon': endsSoon,
  'more-than-needed': moreThanNeeded,
  'existence-first': (draft) =>
    each(draft, ({ id, category }) =>
      category === 'content' ? { field: at(id, 'category'), smaller: { kind: 'existence-first', item: id } } : undefined,
    ),
  'dual-criminality': ({ facts }) => {
    const years = facts['offence.max_penalty_years'];
    return typeof years === 'number' && years < 3 ? [{ field: 'offence.max_penalty_years' }] : [];
  },
};

function each({ items }: RequestDraft, check: (item: DraftItem) => Hit | undefined): readonly Hit[] {
  return items.flatMap((item) => check(item) ?? []);
}

function at(item: string, member: string): string {
  return `items.${item}.${member}`;
}

function readOf({ identifierType: type, value }: DraftItem): ReturnType<typeof readIdentifier> | undefined {
  return value === undefined || value.trim() === '' ? undefined : readIdentifier({ type, value });
}

function warningsOf(item: DraftItem): readonly string[] {
  const read = readOf(item);
  return read?.ok === true ? read.value.warnings : [];
}

/** Whose account it is has no time; everything that happens has one. */
function isTimed({ category }: DraftItem): boolean {
  return category !== undefined && category !== 'subscriber';
}

function lengthOf({ from, until }: Period): number {
  return Date.parse(until) - Date.parse(from);
}

function periodLong(draft: RequestDraft, days: number): readonly Hit[] {
  return each(draft, ({ id, period }) => {
    if (period === undefined || lengthOf(period) <= days * DAY) return undefined;
    const shorter = { from: toInstant(Date.parse(period.until) - days * DAY), until: period.until };
    const values = { days, asked: Math.round(lengthOf(period) / DAY) };
    return { field: at(id, 'period'), values, smaller: { kind: 'shorter-period', item: id, period: shorter } };
  });
}

function keptFrom({ card, now }: RequestDraft, { category }: DraftItem): number | undefined {
  const days = category === undefined ? undefined : card?.keeps?.[category];
  return days === undefined ? undefined : Date.parse(now) - days * DAY;
}

function olderThanKept(draft: RequestDraft): readonly Hit[] {
  return each(draft, (item) => {
    const since = keptFrom(draft, item);
    if (since === undefined || item.period === undefined || Date.parse(item.period.from) >= since) return undefined;
    const field = at(item.id, 'period');
    const values = { days: draft.card?.keeps?.[item.category ?? 'traffic'] ?? 0 };
    if (Date.parse(item.period.until) <= since) return { field, values };
    const period = { from: toInstant(since), until: item.period.until };
    return { field, values, smaller: { kind: 'shorter-period', item: item.id, period } };
  });
}

function endsSoon(draft: RequestDraft, days: number): readonly Hit[] {
  return each(draft, (item) => {
    const since = keptFrom(draft, item);
    const from = item.period === undefined ? undefined : Date.parse(item.period.from);
    const soon = since !== undefined && from !== undefined && from >= since && from < since + days * DAY;
    return soon ? { field: at(item.id, 'period'), smaller: { kind: 'preserve-first', item: item.id } } : undefined;
  });
}

/** Traffic data about one moment of one address are asked for to tell who it was; and whose account it is can be asked before what it did. */
function moreThanNeeded(draft: RequestDraft): readonly Hit[] {
  return each(draft, (item) => {
    if (item.category !== 'traffic' && item.category !== 'content') return undefined;
    const field = at(item.id, 'category');
    const isMoment = item.period !== undefined && lengthOf(item.period) > 0 && lengthOf(item.period) <= MOMENT;
    if (item.identifierType === 'ip_address' && item.category === 'traffic' && isMoment)
      return { field, smaller: { kind: 'identification-instead', item: item.id, category: 'identification' } };
    const asked = draft.items.some(
      (other) =>
        other.category === 'subscriber' &&
        other.identifierType === item.identifierType &&
        other.value?.trim() === item.value?.trim(),
    );
    return asked ? undefined : { field, smaller: { kind: 'subscriber-first', item: item.id, category: 'subscriber' } };
  });
}
