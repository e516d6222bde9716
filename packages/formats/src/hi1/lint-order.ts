import { valueIn } from './dictionaries.ts';
import { asksExistence } from './existence.ts';
import { type Finding, finding } from './finding.ts';
import { type Approval, asKind, type DictionaryEntry, type Hi1Object, type RequestDetails } from './objects.ts';
import type { PlacedObject } from './placed.ts';
import { instantFrom } from './times.ts';
import { FORMATS } from './values.ts';

type All = readonly PlacedObject[];

/** What the profile asks of an authorisation, which the schema leaves open. */
export function lintAuthorisation(object: Hi1Object<'authorisation'>, placed: PlacedObject, all: All): readonly Finding[] {
  const { path, whole } = placed;
  const span = object['auth:AuthorisationTimespan'];
  const approvals = object['auth:AuthorisationApprovalDetails'] ?? [];
  const timed = span !== undefined || object['auth:AuthorisationCreationTimestamp'] !== undefined;
  const urgent =
    object['auth:AuthorisationPriority'] !== undefined || all.some((one) => hasDeadline(asKind(one.object, 'disclosure')));
  const missing = [
    ...AUTHORISATION_MEMBERS.filter((name) => object[name] === undefined),
    ...(timed ? [] : ['auth:AuthorisationTimespan']),
    ...(urgent ? [] : ['auth:AuthorisationPriority']),
    ...(approvals.length > 0 ? [] : ['auth:AuthorisationApprovalDetails']),
  ];
  return [
    ...(whole ? missing.map((member) => finding('missing', path.trimEnd(), { member })) : []),
    ...reversed(span?.['auth:StartTime'], span?.['auth:EndTime'], `${path}auth:AuthorisationTimespan`),
    ...approvals.flatMap((approval, index) => lintApproval(approval, `${path}auth:AuthorisationApprovalDetails.${index}`)),
    ...lintEmergency(object, placed, all),
    ...(asksExistence(object) ? [finding('existence-only', `${path}auth:AuthorisationFlags`)] : []),
  ];
}

const AUTHORISATION_MEMBERS = [
  'auth:AuthorisationReference',
  'auth:AuthorisationLegalType',
  'auth:AuthorisationCSPID',
  'auth:AuthorisationLegalEntity',
  'auth:AuthorisationJurisdiction',
  'auth:AuthorisationTypeOfCase',
] as const;

function hasDeadline(task: Hi1Object<'disclosure'> | undefined): boolean {
  return (task?.['task:Deadlines']?.['task:LDDeadline'] ?? []).length > 0;
}

function lintApproval(approval: Approval, path: string): readonly Finding[] {
  const { 'common:ApproverDetails': by, 'common:ApprovalTimestamp': at, 'common:ApprovalReference': reference } = approval;
  const whole = [by?.['common:ApproverName'], by?.['common:ApproverRole'], at, reference].every(
    (part) => part !== undefined && part !== '',
  );
  return whole ? [] : [finding('approval-incomplete', path)];
}

/** "Urgent" is no emergency: the flag stands only with a document that says why (Reg. (EU) 2023/1543 art. 4(5), 5(5)(g)). */
function lintEmergency(object: Hi1Object<'authorisation'>, { path, whole }: PlacedObject, all: All): readonly Finding[] {
  const flags = object['auth:AuthorisationFlags']?.['auth:AuthorisationFlag'] ?? [];
  const flagged = flags.some((flag) => valueIn(flag, 'ETSI', 'AuthorisationFlag') === 'IsEmergency');
  if (!whole || !flagged || all.some((one) => isReasonFor(one, object))) return [];
  return [finding('emergency-without-reason', `${path}auth:AuthorisationFlags`)];
}

function isReasonFor({ object }: PlacedObject, authorisation: Hi1Object<'authorisation'>): boolean {
  const document = asKind(object, 'document');
  if (document === undefined || valueIn(document['doc:DocumentType'], 'COMITY', 'DocumentType') !== 'EmergencyReasons')
    return false;
  return areAssociated(document, authorisation) && (document['doc:DocumentBody']?.['doc:Contents'] ?? '') !== '';
}

/** Whether one of two objects names the other. */
export function areAssociated(one: Hi1Object, other: Hi1Object): boolean {
  const names = (from: Hi1Object, to: Hi1Object): boolean =>
    to.ObjectIdentifier !== undefined && from.AssociatedObjects?.AssociatedObject?.includes(to.ObjectIdentifier) === true;
  return names(one, other) || names(other, one);
}

/** What the profile asks of a task: one identifier, one type of data, a period, and for a disclosure where and under which key the data go. */
export function lintTask(kind: 'disclosure' | 'preservation', placed: PlacedObject, all: All): readonly Finding[] {
  const disclosure = asKind(placed.object, 'disclosure');
  const preservation = asKind(placed.object, 'preservation');
  const details = (disclosure ?? preservation)?.['task:RequestDetails'];
  return [
    ...lintRequest(details, placed),
    ...(disclosure === undefined ? [] : lintDisclosure(disclosure, placed, all)),
    ...(placed.whole && kind === 'preservation' && preservation?.['task:DesiredPreservationExpiration'] === undefined
      ? [finding('missing', placed.path.trimEnd(), { member: 'task:DesiredPreservationExpiration' })]
      : []),
    ...lintAuthorised(placed, all),
  ];
}

function lintRequest(details: RequestDetails | undefined, { path, whole }: PlacedObject): readonly Finding[] {
  const at = `${path}task:RequestDetails`;
  if (details === undefined) return whole ? [finding('missing', path.trimEnd(), { member: 'task:RequestDetails' })] : [];
  const type = details['task:Type'];
  const { 'task:StartTime': start, 'task:EndTime': end } = details;
  const values = details['task:RequestValues']?.['task:RequestValue'] ?? [];
  return [
    ...(whole && type === undefined ? [finding('missing', at, { member: 'task:Type' })] : []),
    ...(whole && values.length === 0 ? [finding('missing', at, { member: 'task:RequestValues' })] : []),
    ...(whole && needsPeriod(type) && (start === undefined || end === undefined) ? [finding('period-missing', at)] : []),
    ...reversed(start, end, at),
    ...(values.length > 1 ? [finding('values-several', `${at}.task:RequestValues`, { count: values.length })] : []),
    ...(isCombined(type) ? [finding('type-combined', `${at}.task:Type`)] : []),
    ...values.flatMap((value, index) => lintValue(value, `${at}.task:RequestValues.task:RequestValue.${index}`)),
  ];
}

type Value = NonNullable<NonNullable<RequestDetails['task:RequestValues']>['task:RequestValue']>[number];

function lintValue({ 'task:FormatType': format, 'task:Value': value = '' }: Value, path: string): readonly Finding[] {
  const { 'task:FormatOwner': owner = '', 'task:FormatName': name = '' } = format ?? {};
  const known = owner === 'ETSI' && Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
  if (known === undefined)
    return [finding('format-unknown', `${path}.task:FormatType`, { owner: owner.slice(0, 40), name: name.slice(0, 60) })];
  if (known.pattern.test(value)) return [];
  return [finding(name === 'IPv6Address' ? 'ipv6-form' : 'value-form', `${path}.task:Value`, { format: name })];
}

function needsPeriod(type: DictionaryEntry | undefined): boolean {
  return valueIn(type, 'ETSI', 'RequestType') !== 'SubscriberData';
}

function isCombined(type: DictionaryEntry | undefined): boolean {
  return ['SubscriberDataAndUserIdentifyingData', 'TrafficDataAndStoredContentData'].includes(
    valueIn(type, 'ETSI', 'RequestType') ?? '',
  );
}

function reversed(start: string | undefined, end: string | undefined, path: string): readonly Finding[] {
  const [from, until] = [instantFrom(start), instantFrom(end)];
  return from !== undefined && until !== undefined && from > until ? [finding('period-reversed', path)] : [];
}

/** A time limit that begins with receipt is no date yet when the order is sent: then the authorisation says how long it is. */
function hasPriority(task: Hi1Object<'disclosure'>, all: All): boolean {
  return all.some((one) => {
    const authorisation = asKind(one.object, 'authorisation');
    return authorisation?.['auth:AuthorisationPriority'] !== undefined && areAssociated(authorisation, task);
  });
}

const LDID = /^[A-Z]{2}-[^\s-][^\s]*-[^\s]+$/;

/** Whether a text has the form of an LDID: country, owner, reference, with hyphens between. */
export function isLdid(text: string): boolean {
  return LDID.test(text);
}

function lintDisclosure(object: Hi1Object<'disclosure'>, { path, whole }: PlacedObject, all: All): readonly Finding[] {
  const { 'task:Reference': reference, 'task:DeliveryDetails': delivery } = object;
  const destinations = delivery?.['task:LDDeliveryDestination'] ?? [];
  const missing = [
    ...(reference === undefined ? ['task:Reference'] : []),
    ...(destinations.length === 0 ? ['task:DeliveryDetails'] : []),
    ...(hasDeadline(object) || hasPriority(object, all) ? [] : ['task:Deadlines']),
  ];
  const known = new Set(
    all.filter((one) => asKind(one.object, 'encryption') !== undefined).map(({ object: one }) => one['ObjectIdentifier']),
  );
  return [
    ...(whole ? missing.map((member) => finding('missing', path.trimEnd(), { member })) : []),
    ...(reference === undefined || isLdid(reference) ? [] : [finding('ldid-form', `${path}task:Reference`)]),
    ...destinations.flatMap(({ 'task:EncryptionReference': key }, index) => {
      const at = `${path}task:DeliveryDetails.task:LDDeliveryDestination.${index}`;
      if (key === undefined) return [finding('encryption-missing', at)];
      return known.has(key) ? [] : [finding('encryption-elsewhere', at)];
    }),
  ];
}

/** A task stands under an authorisation: one of this message, or one that a person must find. */
function lintAuthorised({ object, path, whole }: PlacedObject, all: All): readonly Finding[] {
  const task = object as Hi1Object;
  const under = all.some((one) => {
    const authorisation = asKind(one.object, 'authorisation');
    return authorisation !== undefined && areAssociated(authorisation, task);
  });
  if (!whole || under) return [];
  const named = (task.AssociatedObjects?.AssociatedObject ?? []).length > 0;
  return [finding(named ? 'authorisation-elsewhere' : 'authorisation-missing', `${path}AssociatedObjects`)];
}
