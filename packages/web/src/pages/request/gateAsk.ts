import type { Smaller } from '@comity/assess';
import { type Facts, inZone } from '@comity/core';
import type { GateAsk } from '../../api/gate.ts';
import { instantOf } from '../../words/when.ts';
import { identifierIn, needsListing, needsPeriod, type OrderDraft, type OrderItem } from './order.ts';

/** What the form says so far, in the words of the gate. What is not filled in is not said. */
export function gateAskOf(draft: OrderDraft): GateAsk {
  return {
    facts: factsOf(draft),
    items: draft.items.map(gateItemOf),
    ...(draft.provider === '' ? {} : { provider: draft.provider }),
  };
}

function factsOf(draft: OrderDraft): Facts {
  return {
    'order.instrument': 'epoc',
    'order.action': 'issue',
    // An emergency that is not claimed is none; a prosecutor who did not draft the order issues it, and the judge who is named decides on it before it is sent.
    'order.emergency': draft.emergency === 'yes',
    'issuer.kind': 'prosecutor',
    ...(draft.validating === '' ? {} : { 'issuer.validated_by': 'judge' }),
    ...(draft.necessity.trim() === '' ? {} : { 'order.necessity_attested': true }),
    ...(/^\d{1,2}$/.test(draft.maxPenaltyYears) ? { 'offence.max_penalty_years': Number(draft.maxPenaltyYears) } : {}),
    ...(needsListing(draft) && draft.listedOffence !== '' ? { 'offence.listed': draft.listedOffence === 'yes' } : {}),
    ...(draft.offenceInIssuingState === '' ? {} : { 'offence.in_issuing_state': draft.offenceInIssuingState === 'yes' }),
    ...(draft.personInIssuingState === '' ? {} : { 'person.in_issuing_state': draft.personInIssuingState === 'yes' }),
    // The procedure sees to these whatever is keyed: two persons, a trusted key, the grounds apart from the provider's package, a basis in force.
    'desk.drafter_is_approver': false,
    'desk.section_m_in_package': false,
    'desk.basis_expired': false,
    'issuer.key': 'trusted',
    // Proceedings execute no sentence; for one that does, nobody has said how long it is.
    ...(draft.purpose === 'criminal-investigation' ? { 'sentence.months': 0 } : {}),
  };
}

/** An item as far as it is keyed. */
export function gateItemOf(item: OrderItem): GateAsk['items'][number] {
  const { type: identifierType, value } = identifierIn(item);
  const [from, until] = [instantOf(item.from, item.zone), instantOf(item.until, item.zone)];
  const timed = needsPeriod(item) && from !== undefined && until !== undefined;
  return {
    ...{ id: item.id, identifierType },
    ...(value.trim() === '' ? {} : { value }),
    ...(item.category === '' ? {} : { category: item.category }),
    ...(timed ? { period: { from, until }, zone: item.zone } : {}),
  };
}

const FIELDS: Readonly<Record<string, string>> = {
  'issuer.validated_by': 'data.seats.validating',
  'order.necessity_attested': 'sections.necessity',
  'offence.max_penalty_years': 'data.maxPenaltyYears',
  'offence.listed': 'data.listedOffence',
  'offence.in_issuing_state': 'data.offenceInIssuingState',
  'person.in_issuing_state': 'data.personInIssuingState',
};

const MEMBERS: Readonly<Record<string, string>> = { period: 'period.from', identifierType: 'type' };

/** The field of the form behind a fact or an item's member; undefined when the form does not ask it. */
export function fieldOf(name: string, draft: OrderDraft): string | undefined {
  return FIELDS[name] ?? itemFieldOf(name, draft.items);
}

/** The field behind an item's member, `items.i1.period`. */
export function itemFieldOf(name: string, items: readonly OrderItem[]): string | undefined {
  const item = /^items\.([^.]+)\.(.+)$/.exec(name);
  const index = items.findIndex(({ id }) => id === item?.[1]);
  const member = item?.[2] ?? '';
  return index === -1 ? undefined : `data.items.${index}.${MEMBERS[member] ?? member}`;
}

/** The items with a smaller request in place of one; undefined where a form has no way to ask it. */
export function withSmaller(items: readonly OrderItem[], smaller: Smaller): readonly OrderItem[] | undefined {
  const { category, period } = smaller;
  if (category === undefined && period === undefined) return undefined;
  const change = (item: OrderItem): OrderItem => ({
    ...item,
    ...(category === undefined ? {} : { category }),
    ...(period === undefined
      ? {}
      : { from: inZone(period.from, item.zone).slice(0, 16), until: inZone(period.until, item.zone).slice(0, 16) }),
  });
  return items.map((item) => (item.id === smaller.item ? change(item) : item));
}
