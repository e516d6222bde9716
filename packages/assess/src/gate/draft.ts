import type { Facts, IdentifierType, Instant, Period, ServiceCard } from '@comity/core';

/** One item of a request that is being drafted; everything may still be missing. */
export interface DraftItem {
  readonly id: string;
  readonly identifierType: IdentifierType;
  readonly value?: string;
  readonly category?: 'subscriber' | 'identification' | 'traffic' | 'content';
  readonly period?: Period;
  readonly zone?: string;
}

/** A request that is being drafted. */
export interface RequestDraft {
  /** Facts of the gate that are known so far; those of the items are taken from the items. */
  readonly facts: Facts;
  readonly items: readonly DraftItem[];
  readonly now: Instant;
  /** The provider that is to be asked. */
  readonly card?: ServiceCard;
  /** The language in which it will be asked, ISO 639-1. */
  readonly language?: string;
}

const TIERS = ['subscriber', 'identification', 'traffic', 'content'] as const;

/** What the items say of the request as a whole: the strictest tier decides, and one time without its zone is one too many. */
export function factsOfDraft({ facts, items }: Pick<RequestDraft, 'facts' | 'items'>): Facts {
  const tiers = items.flatMap(({ category }) => (category === undefined ? [] : [category]));
  const highest = TIERS.findLast((tier) => tiers.includes(tier));
  const timed = items.filter(({ period }) => period !== undefined);
  const named = items.length > 0 && items.every(({ value }) => value !== undefined && value.trim() !== '');
  return {
    ...facts,
    ...(highest === undefined || tiers.length < items.length ? {} : { 'order.data': highest }),
    ...(timed.length === 0 ? {} : { 'order.zone_given': timed.every(({ zone }) => zone !== undefined && zone !== '') }),
    // An item asks about one identifier: a request that is made of items names whom it is about.
    ...(named ? { 'order.target': 'specific' } : {}),
  };
}
