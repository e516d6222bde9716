import { type Facts, type IdentifierType, isJsonObject, type Json, type JsonObject } from '@comity/core';
import type { OpeningView, PartyView } from '@comity/node/api';
import type { GateAsk } from '../../api/gate.ts';
import { memberOf } from '../case/moveDraft.ts';
import { gateItemOf } from './gateAsk.ts';
import { CATEGORIES, emptyItem, type Faults, identifiersOf, itemFaults, itemsOf, type OrderItem } from './order.ts';
import { partiesFor } from './partiesFor.ts';

/** What a form holds that is made of what a procedure asks for. */
export interface AnyDraft {
  readonly items: readonly OrderItem[];
  readonly members: Readonly<Record<string, string>>;
  readonly texts: Readonly<Record<string, string>>;
  readonly seats: Readonly<Record<string, string>>;
}

/** Sections that are made of the items. */
const OF_ITEMS = ['identifiers', 'datasets'];
/** Members that other pages fill in: an order of secrecy, and the request of the defence that is answered. */
const ELSEWHERE = ['secretUntil', 'answersDefence'];

/** An empty draft; where the directory knows only one office for a seat there is nothing to choose. */
export function emptyDraft(opening: OpeningView, zone: string, known: readonly PartyView[]): AnyDraft {
  const asks = opening.categories.length > 0;
  const seats = opening.seats.flatMap(({ seat, required }) => {
    const [only, ...others] = partiesFor(known, { procedure: opening.procedure, seat });
    return required && only !== undefined && others.length === 0 ? [[seat, only.id] as const] : [];
  });
  return { items: asks ? [emptyItem('i1', zone)] : [], members: {}, texts: {}, seats: Object.fromEntries(seats) };
}

/** What a request made from the room of a team says of itself already: the team's agreement. */
export function fromTeam(draft: AnyDraft, { carries, mayCarry }: OpeningView, team: string | undefined): AnyDraft {
  const asked = carries['team'] ?? mayCarry['team'];
  return team === undefined || asked === undefined ? draft : { ...draft, members: { ...draft.members, team } };
}

/** A kept draft, if it has the form's shape. */
export function readAny(kept: unknown): AnyDraft | undefined {
  if (!isJsonObject(kept) || !Array.isArray(kept['items'])) return undefined;
  const isTexts = (value: Json | undefined): boolean =>
    isJsonObject(value) && Object.values(value).every((text) => typeof text === 'string');
  const sound = [...kept['items'], kept['members'], kept['texts'], kept['seats']].every(isTexts);
  // Parser: every member has been checked to be a text of the form's own.
  return sound ? (kept as unknown as AnyDraft) : undefined;
}

export function sectionsAsked({ sections }: OpeningView): OpeningView['sections'] {
  return sections.filter(({ name }) => !OF_ITEMS.includes(name));
}

/** Members that may be said, and that this form asks. */
export function optionalMembers({ mayCarry }: OpeningView): OpeningView['mayCarry'] {
  return Object.fromEntries(Object.entries(mayCarry).filter(([name]) => !ELSEWHERE.includes(name)));
}

export function typesOf({ identifierTypes }: OpeningView): readonly IdentifierType[] {
  // The node reads a procedure's kinds of identifier from the same closed list.
  return identifierTypes as readonly IdentifierType[];
}

export function categoriesOf({ categories }: OpeningView): readonly (typeof CATEGORIES)[number][] {
  return CATEGORIES.filter((known) => categories.includes(known));
}

/** What is still wrong, by the path of its field. */
export function faultsOfAny(opening: OpeningView, draft: AnyDraft, now: number): Faults {
  const faults: Record<string, string> = {};
  for (const [index, item] of draft.items.entries()) Object.assign(faults, itemFaults(item, `data.items.${index}`, now));
  for (const name of Object.keys(opening.carries))
    if ((draft.members[name] ?? '') === '') faults[`member.${name}`] = 'field-missing';
  for (const { name, required } of sectionsAsked(opening))
    if (required && (draft.texts[name] ?? '').trim() === '') faults[`sections.${name}`] = 'field-missing';
  for (const { seat, required } of opening.seats)
    if (required && (draft.seats[seat] ?? '') === '') faults[`data.seats.${seat}`] = 'field-missing';
  return faults;
}

/** The act that opens the case. Call only without faults. */
export function openingAct(
  opening: OpeningView,
  draft: AnyDraft,
  own: { readonly party: string; readonly zone: string },
): { readonly type: string; readonly data: JsonObject; readonly sections: JsonObject } {
  const members = { ...opening.carries, ...optionalMembers(opening) };
  const said = Object.entries(members).flatMap(([name, kind]) => {
    const text = draft.members[name] ?? '';
    return text === '' ? [] : [[name, memberOf(text, kind, own.zone)] as const];
  });
  const named = Object.entries(draft.seats).filter(([seat, id]) => id !== '' && opening.seats.some((one) => one.seat === seat));
  const texts = sectionsAsked(opening).flatMap(({ name }) => {
    const text = (draft.texts[name] ?? '').trim();
    return text === '' ? [] : [[name, { text }] as const];
  });
  const asks = draft.items.length > 0;
  return {
    type: opening.act,
    data: {
      seats: { ...(opening.assignsOwn ? { [opening.seat]: own.party } : {}), ...Object.fromEntries(named) },
      ...(asks ? { items: itemsOf(draft.items) } : {}),
      ...Object.fromEntries(said),
    },
    sections: { ...(asks ? { identifiers: identifiersOf(draft.items) } : {}), ...Object.fromEntries(texts) },
  };
}

const FLAGS: Readonly<Record<string, string>> = {
  emergency: 'order.emergency',
  listedOffence: 'offence.listed',
  offenceInIssuingState: 'offence.in_issuing_state',
  personInIssuingState: 'person.in_issuing_state',
  targetsUsPerson: 'person.us_person',
  treatyInForce: 'order.treaty_in_force',
};

/** What the form says so far, in the words of the gate; undefined when no gate knows the route. */
export function anyGateAsk({ gate, seats }: OpeningView, draft: AnyDraft): GateAsk | undefined {
  if (gate === undefined) return undefined;
  const provider = seats.some(({ seat }) => seat === 'provider') ? (draft.seats['provider'] ?? '') : '';
  const years = draft.members['maxPenaltyYears'] ?? '';
  const flags = Object.entries(FLAGS).flatMap(([name, fact]) => {
    const said = draft.members[name] ?? '';
    return said === '' ? [] : [[fact, said === 'yes'] as const];
  });
  const danger = (draft.members['danger'] ?? '') === '' ? {} : { 'order.emergency': true };
  const facts: Facts = {
    'order.instrument': gate.instrument,
    'order.action': 'issue',
    ...(gate.issuerKind === undefined ? {} : { 'issuer.kind': gate.issuerKind }),
    // The judge who is named decides before anything is sent.
    ...(gate.validatedBy === undefined ? {} : { 'issuer.validated_by': gate.validatedBy }),
    ...((draft.texts['necessity'] ?? '').trim() === '' ? {} : { 'order.necessity_attested': true }),
    ...(/^\d{1,2}$/.test(years) ? { 'offence.max_penalty_years': Number(years) } : {}),
    'desk.drafter_is_approver': false,
    'desk.basis_expired': false,
    'issuer.key': 'trusted',
    ...Object.fromEntries(flags),
    ...danger,
  };
  return { facts, items: draft.items.map(gateItemOf), ...(provider === '' ? {} : { provider }) };
}

/** The field of the form behind a fact. */
export function anyFieldOf(
  name: string,
  { members, texts }: { readonly members: readonly string[]; readonly texts: readonly string[] },
): string | undefined {
  if (name === 'order.necessity_attested') return texts.includes('necessity') ? 'sections.necessity' : undefined;
  const member =
    name === 'offence.max_penalty_years' ? 'maxPenaltyYears' : Object.keys(FLAGS).find((flag) => FLAGS[flag] === name);
  return member !== undefined && members.includes(member) ? `member.${member}` : undefined;
}
