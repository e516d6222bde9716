import { canonicalJson, type Instant, type JsonObject, ok, type Result, refuse, toBase64, utf8 } from '@comity/core';
import { entry } from './dictionaries.ts';
import type { RequestAction } from './message.ts';
import { TYPES } from './objects.ts';
import type { Hi1Order, OrderApproval, OrderIds, OrderItem } from './order.ts';
import { ldidOf } from './order-ids.ts';
import { statusEntry } from './status.ts';
import { qualified } from './times.ts';
import { requestValueOf, typeOf } from './values.ts';

/**
 * An order as the actions that create it: the authorisation, the key, the reasons of an emergency, and one task for each item. Refuses `hi1-not-carried`, with the field, where the
 * standard has no place for something: fractions of a second, a type of identifier without a format, records of a dataset, an item without an id. Nothing is rounded or left out.
 */
export function orderActions(order: Hi1Order, ids: OrderIds): Result<readonly RequestAction[]> {
  const fault = notCarried(order, ids);
  if (fault !== undefined) return refuse('hi1-not-carried', fault);
  const tasks = order.items.map((item) => taskOf(order, item, ids));
  const objects: readonly JsonObject[] = [
    authorisationOf(order, ids),
    encryptionOf(order, ids),
    ...(order.emergency === undefined ? [] : [reasonsOf(order, order.emergency, ids)]),
    ...tasks,
  ];
  // The round trip through canonical JSON drops members that are absent, and proves that it is plain JSON.
  const plain = objects.map((object): JsonObject => JSON.parse(canonicalJson(object)));
  return ok(plain.map((object, id) => ({ id, verb: 'CREATE', object })));
}

function notCarried(order: Hi1Order, { tasks }: OrderIds): string | undefined {
  const times: readonly (readonly [string, Instant | undefined])[] = [
    ['issued', order.issued],
    ['expires', order.expires],
    ...order.approvals.map(({ at }, index) => [`approvals.${index}.at`, at] as const),
    ...order.deadlines.map(({ at }, index) => [`deadlines.${index}.at`, at] as const),
    ...order.items.flatMap(({ item, until }, index): (readonly [string, Instant | undefined])[] => [
      [`items.${index}.period.from`, item.period?.from],
      [`items.${index}.period.until`, item.period?.until],
      [`items.${index}.until`, until],
    ]),
  ];
  const fraction = times.find(([, at]) => at !== undefined && qualified(at) === undefined);
  if (fraction !== undefined) return fraction[0];
  const index = order.items.findIndex((one) => !isCarried(one) || tasks[one.item.id] === undefined);
  return index === -1 ? undefined : `items.${index}`;
}

function isCarried({ item, identifier, does, until, words }: OrderItem): boolean {
  if (typeOf(item.category) === undefined || requestValueOf(identifier) === undefined) return false;
  // A preservation task has no place for free words, and always an end.
  return does === 'disclose' ? until === undefined : until !== undefined && words === undefined;
}

const at = (instant: Instant): string => qualified(instant) ?? instant;
const base = (order: Hi1Order, id: string) => ({
  ObjectIdentifier: id,
  CountryCode: order.from.CountryCode,
  OwnerIdentifier: order.from.UniqueIdentifier,
  Generation: 1,
});

function authorisationOf(order: Hi1Order, ids: OrderIds): JsonObject {
  const flags = [
    ...(order.emergency === undefined ? [] : [entry('ETSI', 'AuthorisationFlag', 'IsEmergency')]),
    ...(order.delayed ? [entry('ETSI', 'EPOCAuthorisationFlag', 'DelayInformingUser')] : []),
    ...(order.existenceOnly === true ? [entry('ETSI', 'AuthorisationFlag', 'IsDataAvailable')] : []),
    ...(order.notified ? [entry('ETSI', 'EPOCAuthorisationFlag', 'EnforcingAuthorityNotified')] : []),
  ];
  return {
    '@xsi:type': TYPES.authorisation,
    ...base(order, ids.authorisation),
    'auth:AuthorisationReference': order.reference,
    'auth:AuthorisationLegalType': order.legalType,
    ...(order.priority === undefined ? {} : { 'auth:AuthorisationPriority': order.priority }),
    'auth:AuthorisationDesiredStatus': statusEntry(order.status),
    'auth:AuthorisationTimespan': {
      'auth:StartTime': at(order.issued),
      ...(order.expires === undefined ? {} : { 'auth:EndTime': at(order.expires) }),
    },
    'auth:AuthorisationCSPID': { 'auth:CSPID': [{ ...order.to }] },
    'auth:AuthorisationCreationTimestamp': at(order.issued),
    'auth:AuthorisationApprovalDetails': order.approvals.map(approvalOf),
    ...(flags.length === 0 ? {} : { 'auth:AuthorisationFlags': { 'auth:AuthorisationFlag': flags } }),
    'auth:AuthorisationJurisdiction': order.jurisdiction,
    'auth:AuthorisationTypeOfCase': order.typeOfCase,
    'auth:AuthorisationLegalEntity': order.addressee,
  };
}

/** Names of the two kinds of approval, as observed in software that reads the Commission's forms. */
export const APPROVAL_TYPES = { issuing: 'IssuingAuthority', validating: 'ValidatingAuthority' } as const;

function approvalOf({ kind, name, role, at: when, reference, emergency }: OrderApproval): JsonObject {
  return {
    'common:ApprovalType': APPROVAL_TYPES[kind],
    'common:ApprovalReference': reference,
    'common:ApproverDetails': { 'common:ApproverName': name, 'common:ApproverRole': role },
    'common:ApprovalTimestamp': at(when),
    'common:ApprovalIsEmergency': emergency,
  };
}

function encryptionOf(order: Hi1Order, ids: OrderIds): JsonObject {
  return {
    '@xsi:type': TYPES.encryption,
    ...base(order, ids.encryption),
    // The standard knows certificates; an age recipient stands here, under a scheme of ours.
    ExternalIdentifier: order.delivery.recipient,
    'encryption:EncryptionScheme': entry('COMITY', 'EncryptionScheme', 'age'),
  };
}

function reasonsOf(order: Hi1Order, reasons: string, ids: OrderIds): JsonObject {
  return {
    '@xsi:type': TYPES.document,
    ...base(order, ids.reasons),
    AssociatedObjects: { AssociatedObject: [ids.authorisation] },
    'doc:DocumentType': entry('COMITY', 'DocumentType', 'EmergencyReasons'),
    'doc:DocumentBody': { 'doc:Contents': toBase64(utf8(reasons)), 'doc:ContentType': 'text/plain; charset=utf-8' },
  };
}

function taskOf(order: Hi1Order, one: OrderItem, ids: OrderIds): JsonObject {
  const shared = {
    ...base(order, ids.tasks[one.item.id] ?? ''),
    ExternalIdentifier: one.item.id,
    AssociatedObjects: { AssociatedObject: [ids.authorisation] },
    'task:RequestDetails': requestOf(one),
    'task:CSPID': { ...order.to },
  };
  if (one.does === 'preserve')
    return {
      '@xsi:type': TYPES.preservation,
      ...shared,
      'task:DesiredStatus': entry('ETSI', 'LPTaskDesiredStatus', 'AwaitingPreservation'),
      'task:DesiredPreservationExpiration': at(one.until ?? ''),
    };
  const destination = {
    'task:DeliveryAddress': { 'task:EndpointID': { ...order.delivery.to } },
    'task:EncryptionReference': ids.encryption,
  };
  const deadlines = order.deadlines.map(({ at: when, nature }) => ({
    'task:DateTime': at(when),
    'task:NatureOfDeadline': entry('COMITY', 'DeadlineNature', nature),
  }));
  return {
    '@xsi:type': TYPES.disclosure,
    ...shared,
    'task:Reference': ldidOf(order, one.item.id),
    'task:DesiredStatus': entry('ETSI', 'LDTaskDesiredStatus', 'AwaitingDisclosure'),
    'task:DeliveryDetails': { 'task:LDDeliveryDestination': [destination] },
    ...(deadlines.length === 0 ? {} : { 'task:Deadlines': { 'task:LDDeadline': deadlines } }),
    ...(one.words === undefined ? {} : { 'task:ManualInformation': one.words }),
  };
}

function requestOf({ item, identifier }: OrderItem): JsonObject {
  const { period, zone, category } = item;
  const value = requestValueOf(identifier);
  return {
    'task:Type': entry('ETSI', 'RequestType', typeOf(category) ?? ''),
    ...(period === undefined ? {} : { 'task:StartTime': at(period.from), 'task:EndTime': at(period.until) }),
    'task:RequestValues': {
      'task:RequestValue': [
        {
          'task:FormatType': { 'task:FormatOwner': 'ETSI', 'task:FormatName': value?.format ?? '' },
          'task:Value': value?.value ?? '',
        },
      ],
    },
    // The standard carries offsets, no zones: whoever keyed the period meant a wall clock, and it is kept.
    ...(zone === undefined ? {} : { 'task:Subtype': { 'task:RequestSubtype': [entry('COMITY', 'PeriodZone', zone)] } }),
  };
}
