import { type DataCategory, type IdentifierType, isJsonObject, type JsonObject } from '@comity/core';
import type { DeskView } from '@comity/node/api';
import type { NewAct } from '../../api/queries.ts';
import { instantOf } from '../../words/when.ts';

/** What the form of an emergency holds, as it was keyed. */
export interface EmergencyDraft {
  readonly procedure: string;
  readonly danger: string;
  readonly statement: string;
  readonly type: string;
  readonly value: string;
  readonly category: string;
  readonly from: string;
  readonly until: string;
  readonly statute: string;
  readonly years: string;
  readonly necessity: string;
  readonly offenceHere: string;
  readonly personHere: string;
  readonly provider: string;
  readonly judge: string;
  readonly retention: string;
}

export const EMPTY: EmergencyDraft = {
  procedure: '',
  danger: '',
  statement: '',
  type: '',
  value: '',
  category: '',
  from: '',
  until: '',
  statute: '',
  years: '',
  necessity: '',
  offenceHere: '',
  personHere: '',
  provider: '',
  judge: '',
  retention: '',
};

export const TYPES: readonly IdentifierType[] = ['email', 'phone', 'user_id', 'ip_address'];

/** What this form can say; a procedure that asks for more in an emergency is opened with its own form. */
const SAYS = ['purpose', 'retentionUntil', 'danger', 'maxPenaltyYears', 'offenceInIssuingState', 'personInIssuingState'];
const WRITES = ['identifiers', 'offence', 'emergency', 'necessity'];

/** Procedures that this person may open, that know an emergency, and that ask for no more than this form says. */
export function emergencies(view: Pick<DeskView, 'opens'>): DeskView['opens'] {
  return view.opens.filter(
    ({ dangers, carries, required, sections, seats }) =>
      dangers.length > 0 &&
      sections.includes('emergency') &&
      seats.includes('provider') &&
      seats.length === 3 &&
      Object.keys(carries).every((name) => SAYS.includes(name)) &&
      required.every((name) => WRITES.includes(name)),
  );
}

/** Whether the order is one that only asks for what may go out before anybody validates. */
export function isOrder(opening: DeskView['opens'][number]): boolean {
  return opening.seats.includes('validating');
}

/** Kinds of data: under an order only those that may go out before its validation (art. 4(5)). */
export function categoriesFor(opening: DeskView['opens'][number]): readonly DataCategory[] {
  return isOrder(opening) ? ['subscriber', 'identification'] : ['subscriber', 'identification', 'traffic', 'content'];
}

/** A kept draft, if it has the form's shape. */
export function readEmergency(kept: unknown): EmergencyDraft | undefined {
  if (!isJsonObject(kept)) return undefined;
  // Parser: every member was checked to be a text of the form's own.
  return Object.keys(EMPTY).every((name) => typeof kept[name] === 'string') ? (kept as unknown as EmergencyDraft) : undefined;
}

/** What is missing, by the field. */
export function faultsOfEmergency(
  draft: EmergencyDraft,
  opening: DeskView['opens'][number] | undefined,
): Readonly<Record<string, string>> {
  const order: readonly (keyof EmergencyDraft)[] = ['statute', 'years', 'necessity', 'offenceHere', 'personHere'];
  const always: readonly (keyof EmergencyDraft)[] = [
    'procedure',
    'danger',
    'statement',
    'type',
    'value',
    'category',
    'provider',
    'judge',
    'retention',
  ];
  const timed: readonly (keyof EmergencyDraft)[] =
    draft.category === '' || draft.category === 'subscriber' ? [] : ['from', 'until'];
  const wanted = [...always, ...timed, ...(opening !== undefined && isOrder(opening) ? order : [])];
  const faults = Object.fromEntries(wanted.filter((name) => draft[name].trim() === '').map((name) => [name, 'field-missing']));
  return draft.years !== '' && !/^\d{1,2}$/.test(draft.years) ? { ...faults, years: 'field-invalid' } : faults;
}

/** What the statement lacks: an emergency says to whom what happens by when, and how these data avert it. Hours and days are figures; `urgent` is none. */
export function statementLacks(statement: string): 'short' | 'no-time' | undefined {
  const text = statement.trim();
  if (text === '') return undefined;
  if (text.length < 80) return 'short';
  return /\d/.test(text) ? undefined : 'no-time';
}

/** The opening act. Call only without faults. */
export function actOfEmergency(
  draft: EmergencyDraft,
  about: { readonly opening: DeskView['opens'][number]; readonly own: string; readonly zone: string },
): NewAct & { readonly procedure: string } {
  const { opening, own, zone } = about;
  const order = isOrder(opening);
  const instant = (wall: string): string => instantOf(wall, zone) ?? '';
  const period = draft.from === '' ? {} : { period: { from: instant(draft.from), until: instant(draft.until) }, zone };
  const item = { id: 'i1', identifierType: draft.type, category: draft.category, ...period };
  const seats = order
    ? { issuing: own, validating: draft.judge, provider: draft.provider }
    : { asking: own, confirming: draft.judge, provider: draft.provider };
  const sections: JsonObject = {
    identifiers: { i1: { type: draft.type, value: draft.value.trim() } },
    emergency: { text: draft.statement.trim() },
    ...(order ? { offence: { statute: draft.statute.trim() }, necessity: { text: draft.necessity.trim() } } : {}),
  };
  return {
    procedure: opening.procedure,
    type: opening.act,
    data: {
      seats,
      items: [item],
      purpose: 'criminal-investigation',
      retentionUntil: instant(`${draft.retention.slice(0, 10)}T00:00`),
      danger: draft.danger,
      ...(order
        ? {
            emergency: true,
            maxPenaltyYears: Number(draft.years),
            offenceInIssuingState: draft.offenceHere === 'yes',
            personInIssuingState: draft.personHere === 'yes',
          }
        : {}),
    },
    sections,
  };
}
