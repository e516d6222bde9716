import { isJsonObject, type JsonObject } from '@comity/core';
import type { DeskView } from '@comity/node/api';
import type { NewAct } from '../../api/queries.ts';
import { instantOf } from '../../words/when.ts';
import { fieldsOf } from '../case/moveDraft.ts';

export type Opening = DeskView['opens'][number];

/** One item as it is keyed. */
export interface ItemDraft {
  readonly id: string;
  readonly type: string;
  readonly value: string;
  readonly category: string;
  readonly from: string;
  readonly until: string;
}

/** A new case of any procedure, as it is keyed. */
export interface GenericDraft {
  readonly seats: Readonly<Record<string, string>>;
  readonly items: readonly ItemDraft[];
  readonly members: Readonly<Record<string, string>>;
  readonly texts: Readonly<Record<string, string>>;
}

export const EMPTY_CASE: GenericDraft = { seats: {}, items: [], members: {}, texts: {} };

/** An item with nothing keyed; ids go on from the highest. */
export function freshItem(items: readonly ItemDraft[]): ItemDraft {
  const highest = Math.max(0, ...items.map(({ id }) => Number(id.slice(1))));
  return { id: `i${highest + 1}`, type: '', value: '', category: '', from: '', until: '' };
}

/** A kept draft, if it has the form's shape. */
export function readGeneric(kept: unknown): GenericDraft | undefined {
  if (!isJsonObject(kept) || !Array.isArray(kept['items'])) return undefined;
  const parts = [kept['seats'], kept['members'], kept['texts'], ...kept['items']];
  // Parser: what does not fit shows as empty fields; nothing is sent that is not looked at first.
  return parts.every(isJsonObject) ? (kept as unknown as GenericDraft) : undefined;
}

/** Texts that people write; identifiers come from the items. */
export function sectionsOf(opening: Opening): readonly string[] {
  return opening.sections.filter((name) => name !== 'identifiers');
}

/** The member of a section in which its text stands. */
function memberOf(section: string): string {
  return section === 'offence' ? 'statute' : 'text';
}

/** What is missing, by the id of its field. */
export function faultsOfGeneric(opening: Opening, draft: GenericDraft, own: string): Readonly<Record<string, string>> {
  const faults: Record<string, string> = {};
  const need = (id: string, value: string | undefined): void => {
    if ((value ?? '').trim() === '') faults[id] = 'field-missing';
  };
  for (const seat of opening.seats.filter((name) => name !== opening.seat)) need(`seat.${seat}`, draft.seats[seat]);
  if (Object.values(draft.seats).includes(own))
    faults[`seat.${Object.keys(draft.seats).find((seat) => draft.seats[seat] === own)}`] = 'field-invalid';
  for (const name of Object.keys(opening.carries)) need(`member.${name}`, draft.members[name]);
  for (const section of opening.required.filter((name) => name !== 'identifiers'))
    for (const field of fieldsOf(section)) need(`section.${field}`, draft.texts[field]);
  for (const item of draft.items) Object.assign(faults, faultsOfItem(item));
  if (opening.identifierTypes.length > 0 && draft.items.length === 0) faults['items'] = 'field-missing';
  return faults;
}

function faultsOfItem({ id, type, value, category, from, until }: ItemDraft): Record<string, string> {
  const timed = category !== '' && category !== 'subscriber';
  const missing = Object.entries({ type, value, category, ...(timed ? { from, until } : {}) }).filter(
    ([, text]) => text.trim() === '',
  );
  return Object.fromEntries(missing.map(([name]) => [`item.${id}.${name}`, 'field-missing']));
}

/** The act that opens the case. Call only without faults. */
export function openingOf(
  opening: Opening,
  draft: GenericDraft,
  about: { readonly own: string; readonly zone: string },
): NewAct & { readonly procedure: string } {
  const { own, zone } = about;
  const seats = Object.fromEntries(Object.entries({ ...draft.seats, [opening.seat]: own }).filter(([, party]) => party !== ''));
  const kinds = { ...opening.mayCarry, ...opening.carries };
  const members = Object.entries(draft.members).flatMap(([name, text]) =>
    text === '' || kinds[name] === undefined ? [] : [[name, toldAs(text, kinds[name], zone)] as const],
  );
  const identifiers = Object.fromEntries(draft.items.map(({ id, type, value }) => [id, { type, value: value.trim() }]));
  const texts = sectionsOf(opening).flatMap((section) => {
    const text = (draft.texts[section] ?? '').trim();
    return text === '' ? [] : [[section, { [memberOf(section)]: text }] as const];
  });
  const items = draft.items.map((item) => itemOf(item, zone));
  const data: JsonObject = { seats, ...Object.fromEntries(members), ...(items.length > 0 ? { items } : {}) };
  const sections: JsonObject = { ...(items.length > 0 ? { identifiers } : {}), ...Object.fromEntries(texts) };
  return { procedure: opening.procedure, type: opening.act, data, sections };
}

function itemOf({ id, type, category, from, until }: ItemDraft, zone: string): JsonObject {
  const period = from === '' ? {} : { period: { from: instantOf(from, zone) ?? '', until: instantOf(until, zone) ?? '' }, zone };
  return { id, identifierType: type, category, ...period };
}

function toldAs(text: string, kind: string | readonly string[], zone: string): string | number | boolean {
  if (kind === 'flag') return text === 'yes';
  if (kind === 'count') return Number(text);
  return kind === 'instant' ? (instantOf(text, zone) ?? '') : text;
}
