import {
  type DataCategory,
  type Identifier,
  type IdentifierType,
  isJsonObject,
  type Json,
  type JsonObject,
  readIdentifier,
} from '@comity/core';
import { instantOf } from '../../words/when.ts';

/** What the form of a European Production Order holds while it is being filled in: texts as they were keyed. */
export interface OrderDraft {
  readonly items: readonly OrderItem[];
  readonly statute: string;
  readonly description: string;
  readonly maxPenaltyYears: string;
  /** Whether the offence is one that lifts the threshold of three years; asked only below it. */
  readonly listedOffence: '' | 'yes' | 'no';
  readonly emergency: '' | 'yes' | 'no';
  /** What is in imminent danger, and why: an order says so, art. 5(5)(g). */
  readonly danger: string;
  readonly emergencyReasons: string;
  readonly offenceInIssuingState: '' | 'yes' | 'no';
  readonly personInIssuingState: '' | 'yes' | 'no';
  readonly necessity: string;
  readonly purpose: string;
  readonly retentionUntil: string;
  readonly validating: string;
  readonly enforcing: string;
  readonly provider: string;
  /** The preservation that was drafted from this form. */
  readonly follows: string;
}

export interface OrderItem {
  readonly id: string;
  readonly type: IdentifierType;
  readonly value: string;
  readonly category: (typeof CATEGORIES)[number] | '';
  readonly from: string;
  readonly until: string;
  readonly zone: string;
}

/** Annex I of Reg. (EU) 2023/1543 as far as the procedure takes it. */
export const TYPES: readonly IdentifierType[] = ['email', 'phone', 'user_id', 'ip_address', 'imei', 'mac_address'];
export const CATEGORIES = ['subscriber', 'identification', 'traffic', 'content'] as const satisfies readonly DataCategory[];
/** Art. 5(2): criminal proceedings, or the execution of a custodial sentence. */
export const AIMS = ['criminal-investigation', 'custodial-sentence'] as const;
/** Art. 3(18): what an emergency puts in imminent danger. */
export const DANGERS = ['life', 'physical-integrity', 'safety', 'critical-infrastructure'] as const;

export function emptyOrder(zone: string): OrderDraft {
  return {
    items: [emptyItem('i1', zone)],
    statute: '',
    description: '',
    maxPenaltyYears: '',
    listedOffence: '',
    emergency: '',
    danger: '',
    emergencyReasons: '',
    offenceInIssuingState: '',
    personInIssuingState: '',
    necessity: '',
    purpose: '',
    retentionUntil: '',
    validating: '',
    enforcing: '',
    provider: '',
    follows: '',
  };
}

/** The next item: empty, or with the identifier of another one, so that it is keyed once. */
export function emptyItem(id: string, zone: string, like?: OrderItem): OrderItem {
  const { type, value } = like ?? { type: 'email', value: '' };
  return { id, type, value, category: '', from: '', until: '', zone: like?.zone ?? zone };
}

/** A kept draft, if it still has the form's shape. */
export function readOrder(kept: unknown): OrderDraft | undefined {
  if (!isJsonObject(kept) || !Array.isArray(kept['items']) || kept['items'].length === 0) return undefined;
  // What the form has learnt to ask since then is still empty.
  const whole = { ...emptyOrder('UTC'), ...kept };
  const same = Object.entries(whole).every(([name, value]) => name === 'items' || typeof value === 'string');
  const sameItems = kept['items'].every(
    (item: Json) => isJsonObject(item) && Object.values(item).every((value) => typeof value === 'string'),
  );
  // Parser: every member has been checked to be a text of the form's own.
  return same && sameItems ? (whole as unknown as OrderDraft) : undefined;
}

export type Faults = Readonly<Record<string, string>>;

/** What is still wrong, by the path under which the node would name the field. */
export function faultsOf(draft: OrderDraft, now: number): Faults {
  const faults: Record<string, string> = {};
  const need = (path: string, value: string): void => {
    if (value.trim() === '') faults[path] = 'field-missing';
  };
  for (const [index, item] of draft.items.entries()) Object.assign(faults, itemFaults(item, `data.items.${index}`, now));
  need('sections.necessity.summary', draft.description);
  need('sections.offence.statute', draft.statute);
  need('sections.necessity', draft.necessity);
  for (const name of ['purpose', 'retentionUntil', 'offenceInIssuingState', 'personInIssuingState'] as const)
    need(`data.${name}`, draft[name]);
  for (const seat of ['validating', 'enforcing', 'provider'] as const) need(`data.seats.${seat}`, draft[seat]);
  if (draft.emergency === 'yes') {
    need('data.danger', draft.danger);
    need('sections.emergency', draft.emergencyReasons);
  }
  if (!/^\d{1,2}$/.test(draft.maxPenaltyYears))
    faults['data.maxPenaltyYears'] = draft.maxPenaltyYears === '' ? 'field-missing' : 'field-invalid';
  return faults;
}

/** What is still wrong with an item, by the path of its field. */
export function itemFaults(item: OrderItem, path: string, now: number): Record<string, string> {
  const faults: Record<string, string> = {};
  const read = readIdentifier(identifierIn(item));
  if (!read.ok) faults[`${path}.value`] = read.refusal.code;
  if (item.category === '') faults[`${path}.category`] = 'field-missing';
  const [from, until] = [instantOf(item.from, item.zone), instantOf(item.until, item.zone)];
  if (!needsPeriod(item)) return faults;
  if (from === undefined) faults[`${path}.period.from`] = 'period-missing';
  if (until === undefined) faults[`${path}.period.until`] = 'period-missing';
  if (from === undefined || until === undefined) return faults;
  if (from >= until) faults[`${path}.period.until`] = 'period-reversed';
  else if (Date.parse(until) > now) faults[`${path}.period.until`] = 'period-in-future';
  return faults;
}

/** What was keyed, as an identifier. */
export function identifierIn({ type, value }: OrderItem): Identifier {
  return { type, value };
}

/** Whether the threshold of three years has to be lifted for what is asked (art. 5(4)). */
export function needsListing({ maxPenaltyYears, items }: OrderDraft): boolean {
  const high = items.some(({ category }) => category === 'traffic' || category === 'content');
  return high && /^\d{1,2}$/.test(maxPenaltyYears) && Number(maxPenaltyYears) < 3;
}

/** Who holds an account has no period; everything that happens at a time has one. */
export function needsPeriod(item: OrderItem): boolean {
  return item.category !== '' && item.category !== 'subscriber';
}

/** The act that opens the case. Call only without faults. */
export function draftAct(draft: OrderDraft, issuing: string): { readonly data: JsonObject; readonly sections: JsonObject } {
  return {
    data: {
      seats: { issuing, validating: draft.validating, enforcing: draft.enforcing, provider: draft.provider },
      items: itemsOf(draft.items),
      purpose: draft.purpose,
      maxPenaltyYears: Number(draft.maxPenaltyYears),
      retentionUntil: `${draft.retentionUntil}T00:00:00.000Z`,
      offenceInIssuingState: draft.offenceInIssuingState === 'yes',
      personInIssuingState: draft.personInIssuingState === 'yes',
      ...(needsListing(draft) && draft.listedOffence !== '' ? { listedOffence: draft.listedOffence === 'yes' } : {}),
      ...(draft.follows === '' ? {} : { follows: draft.follows }),
      ...emergencyOf(draft),
    },
    sections: {
      ...sectionsOf(draft),
      ...(draft.emergency === 'yes' ? { emergency: { text: draft.emergencyReasons.trim() } } : {}),
    },
  };
}

/** The act that opens a preservation of the same data. Call only when `preservationNeeds` is empty. */
export function preservationAct(
  draft: OrderDraft,
  issuing: string,
): { readonly data: JsonObject; readonly sections: JsonObject } {
  return {
    data: {
      seats: { issuing, validating: draft.validating, provider: draft.provider },
      items: itemsOf(draft.items),
      purpose: draft.purpose,
      retentionUntil: `${draft.retentionUntil}T00:00:00.000Z`,
      ...emergencyOf(draft),
    },
    sections: sectionsOf(draft),
  };
}

function emergencyOf({ emergency, danger }: OrderDraft): JsonObject {
  return emergency === 'yes' ? { emergency: true, danger } : {};
}

/** What a preservation still needs, by the path of the field: less than production does. */
export function preservationNeeds(draft: OrderDraft, now: number): readonly string[] {
  const needless = ['maxPenaltyYears', 'offenceInIssuingState', 'personInIssuingState', 'seats.enforcing'].map(
    (name) => `data.${name}`,
  );
  return Object.keys(faultsOf(draft, now)).filter((path) => !needless.includes(path));
}

/** The items as an act names them: the identifiers behind them stand in a section. */
export function itemsOf(items: readonly OrderItem[]): JsonObject[] {
  return items.map((item) => {
    const [from, until] = [instantOf(item.from, item.zone) ?? '', instantOf(item.until, item.zone) ?? ''];
    const period = needsPeriod(item) ? { period: { from, until }, zone: item.zone } : {};
    return { id: item.id, identifierType: item.type, category: item.category, ...period };
  });
}

function sectionsOf(draft: OrderDraft): JsonObject {
  return {
    identifiers: identifiersOf(draft.items),
    offence: { statute: draft.statute.trim() },
    // The summary of the case stands beside the grounds: the provider receives neither, art. 9(2).
    necessity: { text: draft.necessity.trim(), summary: draft.description.trim() },
  };
}

/** The section of identifiers: what is sent is what was read and echoed. */
export function identifiersOf(items: readonly OrderItem[]): JsonObject {
  const keyed = items.map((item) => {
    const read = readIdentifier(identifierIn(item));
    return [item.id, { type: item.type, value: read.ok ? read.value.value : item.value.trim() }] as const;
  });
  return Object.fromEntries(keyed);
}
