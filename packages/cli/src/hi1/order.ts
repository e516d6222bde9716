import {
  IDENTIFIER_TYPES,
  type Identifier,
  type Instant,
  isJsonObject,
  type Json,
  keyAt,
  ok,
  type Party,
  type Result,
  refuse,
} from '@comity/core';
import {
  type DictionaryEntry,
  type Endpoint,
  entry,
  type Hi1Order,
  type OrderApproval,
  type OrderItem,
} from '@comity/formats/hi1';
import { clocksOf, type ItemState, type Trace } from '@comity/procedure';
import { type OpenCase, sectionOf } from '@comity/verify';

/** What a case does not say, and whoever writes the message must. */
export interface OrderWish {
  /** A value of AuthorisationTypeOfCase; `NotSpecified` says openly that nobody has said. */
  readonly typeOfCase: string;
  /** For items that are to be preserved: until when. */
  readonly preserveUntil?: Instant;
  /** Ask first whether there are data at all. */
  readonly existence?: boolean;
}

/**
 * The order of a case as a message can carry it: what was approved, for whom, on which basis. Items that were struck are not in it. Times of signatures are cut to the second, for the standard
 * has no smaller unit, and the digest of the act stands beside each; periods are never cut. Refuses `hi1-not-carried` for procedures and seats without a counterpart, `section-not-addressed`
 * where this copy of the case does not show the identifiers, `field-missing` for what must be said.
 */
export function orderOf(open: OpenCase, wish: OrderWish): Result<Hi1Order> {
  const { state } = open.folded;
  const kind = kindOf(open.procedure.id);
  if (kind === undefined) return refuse('hi1-not-carried', 'procedure', { procedure: open.procedure.id });
  if (wish.existence === true && kind.does === 'preserve') return refuse('hi1-not-carried', '--existence');
  const [from, to] = [partyIn(open, ['issuing', 'requesting']), partyIn(open, ['provider', 'central-in', 'executing'])];
  if (from === undefined || to === undefined) return refuse('hi1-not-carried', 'seats');
  const recipient = keyAt(from, 'office', open.file.madeAt)?.public;
  const [opening] = state.done;
  if (recipient === undefined || opening === undefined) return refuse('hi1-not-carried', 'seats');
  const items = itemsOf(open, { does: kind.does, ...wish });
  if (!items.ok) return items;
  const emergency = sectionText(sectionOf(open, 'emergency'));
  const notified = state.seats['enforcing'] !== undefined;
  return ok({
    reference: state.case,
    legalType: kind.legalType,
    priority: priorityOf(kind, { notified, emergency }),
    typeOfCase: entry('ETSI', 'AuthorisationTypeOfCase', wish.typeOfCase),
    jurisdiction: from.country,
    issued: toSecond(opening.at),
    from: endpointOf(from),
    to: endpointOf(to),
    addressee: to.name,
    status: state.done.some(({ type }) => type === 'send') ? 'SUBMITTED' : 'AWAITING_APPROVAL',
    ...(emergency === undefined ? {} : { emergency }),
    delayed: state.done.some(({ type }) => type === 'delay-notice'),
    notified,
    ...(wish.existence === true ? { existenceOnly: true } : {}),
    approvals: state.done.flatMap((trace) => approvalOf(open, trace) ?? []),
    deadlines: deadlinesOf(open),
    delivery: { to: endpointOf(from), recipient },
    items: items.value,
  });
}

interface Kind {
  readonly legalType: Required<DictionaryEntry>;
  readonly does: 'disclose' | 'preserve';
}

/** Procedures, and what the standard or our own dictionary calls them. */
function kindOf(procedure: string): Kind | undefined {
  if (procedure === 'eu.epoc') return { legalType: entry('ETSI', 'EPOCLegalType', 'EPOC'), does: 'disclose' };
  if (procedure === 'eu.epoc-pr') return { legalType: entry('ETSI', 'EPOCLegalType', 'EPOCPR'), does: 'preserve' };
  const ours = Object.entries(OURS).find(([prefix]) => procedure === prefix || procedure.startsWith(`${prefix}.`));
  return ours === undefined ? undefined : { legalType: entry('COMITY', 'LegalType', ours[1]), does: 'disclose' };
}

const OURS: Readonly<Record<string, string>> = {
  mla: 'MLAT',
  'coe.budapest-2ap': '2AP-ART7',
  'us.cloud-act': 'CLOUDACT',
  spontaneous: 'SPONTANEOUS',
  jit: 'JIT',
};

/** How soon, counted by the receiver from receipt (Reg. (EU) 2023/1543 art. 10(2)-(4)). */
function priorityOf(
  { legalType }: Kind,
  about: { readonly notified: boolean; readonly emergency: string | undefined },
): Required<DictionaryEntry> {
  if (legalType['common:Name'] !== 'EPOCLegalType')
    return entry('ETSI', 'AuthorisationPriority', about.emergency === undefined ? 'Routine' : 'High');
  if (about.emergency !== undefined) return entry('ETSI', 'EPOCPriority', 'EightHours');
  return entry('ETSI', 'EPOCPriority', about.notified ? 'TenDaysSubjectToEA' : 'TenDaysASAP');
}

function partyIn({ file, folded }: OpenCase, seats: readonly string[]): Party | undefined {
  const id = seats.map((seat) => folded.state.seats[seat]).find((one) => one !== undefined);
  return file.directory.directory.parties.find((party) => party.id === id);
}

function endpointOf({ country, id }: Party): Endpoint {
  return { CountryCode: country, UniqueIdentifier: id };
}

function toSecond(at: Instant): Instant {
  return at.replace(/\.\d{3}Z$/, '.000Z');
}

const APPROVALS: Readonly<Record<string, OrderApproval['kind']>> = {
  issue: 'issuing',
  'issue-unvalidated': 'issuing',
  validate: 'validating',
  'validate-afterwards': 'validating',
};

function approvalOf({ file }: OpenCase, { type, person, party, role, at, digest }: Trace): OrderApproval | undefined {
  const kind = APPROVALS[type];
  const name = file.directory.directory.parties.find(({ id }) => id === party)?.name ?? party;
  return kind === undefined
    ? undefined
    : { kind, name: `${name}: ${person}`, role, at: toSecond(at), reference: digest, emergency: type === 'issue-unvalidated' };
}

/** Time limits of the receiver that run; before it has received the order there are none, and the priority says how long they will be. */
function deadlinesOf({ setting, folded, file }: OpenCase): Hi1Order['deadlines'] {
  const provider = folded.state.seats['provider'];
  return clocksOf(setting, folded.state, file.madeAt)
    .filter(({ id, party, state }) => id.startsWith('execution') && party === provider && state !== 'stopped')
    .map(({ strict }) => ({ at: toSecond(strict), nature: 'Execution' as const }));
}

function itemsOf(open: OpenCase, wish: OrderWish & Pick<Kind, 'does'>): Result<readonly OrderItem[]> {
  const values = sectionOf(open, 'identifiers');
  if (!isJsonObject(values)) return refuse('section-not-addressed', 'identifiers');
  if (wish.does === 'preserve' && wish.preserveUntil === undefined) return refuse('field-missing', '--preserve-until');
  const items: OrderItem[] = [];
  for (const state of open.folded.state.items.filter(isWanted)) {
    const identifier = identifierFrom(values[state.item.id]);
    if (identifier === undefined) return refuse('field-missing', `identifiers.${state.item.id}`);
    const until = wish.does === 'preserve' ? wish.preserveUntil : undefined;
    items.push({ item: state.item, identifier, does: wish.does, ...(until === undefined ? {} : { until }) });
  }
  return items.length === 0 ? refuse('field-missing', 'items') : ok(items);
}

function isWanted({ tracks }: ItemState): boolean {
  return tracks['approval'] !== 'struck' && tracks['approval'] !== 'refused';
}

function identifierFrom(value: Json | undefined): Identifier | undefined {
  if (!isJsonObject(value) || typeof value['value'] !== 'string') return undefined;
  const type = IDENTIFIER_TYPES.find((known) => known === value['type']);
  return type === undefined ? undefined : { type, value: value['value'] };
}

function sectionText(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value;
  const text = isJsonObject(value) ? value['text'] : undefined;
  return typeof text === 'string' ? text : undefined;
}
