import { type DataCategory, type Instant, localDay } from '@comity/core';
import { type CaseState, decisionsOf, type ItemState, type Trace } from '@comity/procedure';

/** A case to be counted. `identifiers` gives for an item a text that is the same for the same identifier and tells nothing else; absent where this copy of the case does not show them. */
export interface CountedCase {
  readonly procedure: string;
  readonly state: CaseState;
  readonly identifiers?: ReadonlyMap<string, string>;
}

export type Instrument = 'EPOC' | 'EPOC-PR';
const INSTRUMENTS: Readonly<Record<string, Instrument>> = { 'eu.epoc': 'EPOC', 'eu.epoc-pr': 'EPOC-PR' };

/** An order that was issued, with what the statistics ask of it. */
export interface IssuedOrder {
  readonly counted: CountedCase;
  readonly instrument: Instrument;
  /** By whom it was issued: `issue`, or `issue-unvalidated` in an emergency. */
  readonly issue: Trace;
  /** When: at the issue, or at the validation that came before the sending. */
  readonly at: Instant;
  readonly emergency: boolean;
  readonly addressee: string;
}

/** The order of a case; undefined for other procedures, and for what never left: a draft, or one that no judge validated. */
export function issuedOrder(counted: CountedCase): IssuedOrder | undefined {
  const instrument = Object.hasOwn(INSTRUMENTS, counted.procedure) ? INSTRUMENTS[counted.procedure] : undefined;
  const { done, seats } = counted.state;
  const issue = done.find(({ type }) => type === 'issue' || type === 'issue-unvalidated');
  const sent = done.find(({ type }) => type === 'send');
  if (instrument === undefined || issue === undefined || sent === undefined) return undefined;
  const validated = done.find(({ type, at }) => type === 'validate' && at <= sent.at);
  const at = validated !== undefined && validated.at > issue.at ? validated.at : issue.at;
  return { counted, instrument, issue, at, emergency: done[0]?.data['emergency'] === true, addressee: seats['provider'] ?? '' };
}

/** The order of a case, if it was issued in a year, as days are counted in a zone. */
export function issuedIn(counted: CountedCase, span: { readonly year: number; readonly zone: string }): IssuedOrder | undefined {
  const order = issuedOrder(counted);
  return order !== undefined && isIn(order.at, span) ? order : undefined;
}

/** Whether an instant lies in a year, as days are counted in a zone. */
export function isIn(at: Instant, { year, zone }: { readonly year: number; readonly zone: string }): boolean {
  return localDay(at, zone).startsWith(`${year}-`);
}

/** The items of an order that were not struck. */
export function wantedItems({ counted }: IssuedOrder): readonly ItemState[] {
  return counted.state.items.filter(({ tracks }) => tracks['approval'] !== 'struck');
}

/** The types of data that an order asks for, each once. */
export function typesOf(order: IssuedOrder): readonly DataCategory[] {
  return [...new Set(wantedItems(order).map(({ item }) => item.category))];
}

export type Outcome = 'fulfilled' | 'partly' | 'not-fulfilled' | 'pending';

/** What became of the items of one type: all obtained or kept, some, none although all were answered, or not all answered yet. */
export function outcomeOf(order: IssuedOrder, type: DataCategory): Outcome {
  const answers = wantedItems(order)
    .filter(({ item }) => item.category === type)
    .map((item) => answerTo(order.instrument, item));
  if (answers.every((answer) => answer === 'yes')) return 'fulfilled';
  const withdrawn = ['withdrawn', 'closed'].includes(order.counted.state.tracks['order'] ?? '');
  if (answers.includes('open') && !withdrawn) return 'pending';
  return answers.includes('yes') ? 'partly' : 'not-fulfilled';
}

function answerTo(instrument: Instrument, { tracks }: ItemState): 'yes' | 'no' | 'open' {
  const answer = instrument === 'EPOC' ? tracks['answer'] : tracks['keep'];
  if (answer === 'delivered' || answer === 'kept' || answer === 'ended') return 'yes';
  return answer === 'refused' || answer === 'impossible' || tracks['objection'] === 'objected' ? 'no' : 'open';
}

/** When the data of one type were obtained, the last of them; undefined while some are missing. */
export function obtainedAt(order: IssuedOrder, type: DataCategory): Instant | undefined {
  if (outcomeOf(order, type) !== 'fulfilled') return undefined;
  const wanted = wantedItems(order).filter(({ item }) => item.category === type);
  const times = wanted.map(({ item }) =>
    lastAbout(order.counted.state, { item: item.id, types: ['receive-delivery', 'deliver'] }),
  );
  return times.includes(undefined)
    ? undefined
    : times
        .flatMap((at) => at ?? [])
        .sort()
        .at(-1);
}

/** When an act of the first of these types that there is was made about an item. */
function lastAbout(state: CaseState, about: { readonly item: string; readonly types: readonly string[] }): Instant | undefined {
  for (const type of about.types) {
    const acts = state.done.filter(
      (trace) => trace.type === type && decisionsOf(trace.data).some(({ item }) => item === about.item),
    );
    if (acts.length > 0) return acts.map(({ at }) => at).sort()[0];
  }
  return undefined;
}
