import {
  type DataCategory,
  fromBase64,
  fromUtf8,
  type Identifier,
  type Item,
  isZone,
  ok,
  type Result,
  refuse,
} from '@comity/core';
import { valueIn } from './dictionaries.ts';
import { asksExistence } from './existence.ts';
import { objectsOf } from './lint.ts';
import { areAssociated } from './lint-order.ts';
import type { Hi1Message } from './message.ts';
import { asKind, type DictionaryEntry, type Endpoint, type Hi1Object, type RequestDetails } from './objects.ts';
import type { Hi1Order, OrderApproval, OrderDeadline, OrderIds, OrderItem } from './order.ts';
import { statusFrom } from './status.ts';
import { instantFrom } from './times.ts';
import { categoriesOf, identifierFrom } from './values.ts';
import { APPROVAL_TYPES } from './write-order.ts';

type Authorisation = Hi1Object<'authorisation'>;
type Task = Hi1Object<'disclosure'> | Hi1Object<'preservation'>;

/** An order of a message, with the ids of its objects, and the items whose zone nobody said: their times came with an offset alone, and a person must say what was meant. */
export interface OrderRead {
  readonly order: Hi1Order;
  readonly ids: OrderIds;
  readonly zoneless: readonly string[];
}

/**
 * The order of a message: the first authorisation that it creates, and the tasks under it. A combined type of data becomes two items. Refuses `hi1-invalid`, with the member, for what the
 * linter calls a fault, or what a person would have to decide first (a type or a format that the desk does not know): lint first, and show both.
 */
export function readOrder(message: Hi1Message): Result<OrderRead> {
  const objects = objectsOf(message).filter(({ whole }) => whole);
  const authorisation = objects.flatMap(({ object }) => asKind(object, 'authorisation') ?? [])[0];
  if (authorisation === undefined) return refuse('hi1-invalid', 'AuthorisationObject');
  const tasks: readonly Task[] = objects
    .flatMap(({ object }): Task[] => [asKind(object, 'disclosure') ?? asKind(object, 'preservation') ?? []].flat())
    .filter((task) => areAssociated(authorisation, task));
  const documents = objects.flatMap(({ object }) => asKind(object, 'document') ?? []);
  const keys = objects.flatMap(({ object }) => asKind(object, 'encryption') ?? []);
  const frame = frameOf(message, authorisation, documents);
  if (typeof frame === 'string') return refuse('hi1-invalid', frame);
  const items = tasks.map(itemsOf);
  if (items.includes(undefined) || items.length === 0) return refuse('hi1-invalid', 'task:RequestDetails');
  const delivery = deliveryOf(tasks, keys, message);
  const existence = asksExistence(authorisation) ? { existenceOnly: true } : {};
  const order = {
    ...frame,
    ...existence,
    ...{ delivery, deadlines: deadlinesOf(tasks), items: items.flatMap((found) => found ?? []) },
  };
  const ids = {
    authorisation: authorisation.ObjectIdentifier ?? '',
    encryption: keys[0]?.ObjectIdentifier ?? '',
    reasons: reasonsFor(authorisation, documents)?.ObjectIdentifier ?? '',
    tasks: Object.fromEntries(
      tasks.flatMap((task) => (itemsOf(task) ?? []).map(({ item }) => [item.id, task.ObjectIdentifier ?? ''])),
    ),
  };
  const zoneless = order.items
    .filter(({ item }) => item.period !== undefined && item.zone === undefined)
    .map(({ item }) => item.id);
  return ok({ order, ids, zoneless });
}

type Frame = Omit<Hi1Order, 'delivery' | 'deadlines' | 'items'>;

/** What stands in the authorisation, or the name of the member that is missing. */
function frameOf(message: Hi1Message, object: Authorisation, documents: readonly Hi1Object<'document'>[]): Frame | string {
  const legalType = whole(object['auth:AuthorisationLegalType']);
  const typeOfCase = whole(object['auth:AuthorisationTypeOfCase']);
  const span = object['auth:AuthorisationTimespan'];
  const issued = instantFrom(object['auth:AuthorisationCreationTimestamp']) ?? instantFrom(span?.['auth:StartTime']);
  const [to] = (object['auth:AuthorisationCSPID']?.['auth:CSPID'] ?? []).flatMap((one) => endpoint(one) ?? []);
  if (legalType === undefined) return 'auth:AuthorisationLegalType';
  if (typeOfCase === undefined) return 'auth:AuthorisationTypeOfCase';
  if (issued === undefined) return 'auth:AuthorisationTimespan';
  if (to === undefined) return 'auth:AuthorisationCSPID';
  const priority = whole(object['auth:AuthorisationPriority']);
  const expires = instantFrom(span?.['auth:EndTime']);
  const flags = object['auth:AuthorisationFlags']?.['auth:AuthorisationFlag'] ?? [];
  const flagged = (name: string): boolean => flags.some((flag) => valueIn(flag, 'ETSI', 'EPOCAuthorisationFlag') === name);
  const emergency = textOf(reasonsFor(object, documents));
  const status = statusFrom(object['auth:AuthorisationDesiredStatus'] ?? object['auth:AuthorisationStatus']);
  return {
    ...{ legalType, typeOfCase, issued, to },
    reference: object['auth:AuthorisationReference'] ?? '',
    ...(priority === undefined ? {} : { priority }),
    ...(expires === undefined ? {} : { expires }),
    jurisdiction: object['auth:AuthorisationJurisdiction'] ?? '',
    from: {
      CountryCode: object.CountryCode ?? message.header.sender.CountryCode,
      UniqueIdentifier: object.OwnerIdentifier ?? message.header.sender.UniqueIdentifier,
    },
    addressee: object['auth:AuthorisationLegalEntity'] ?? '',
    status: status === 'APPROVED' || status === 'SUBMITTED' ? status : 'AWAITING_APPROVAL',
    ...(emergency === undefined ? {} : { emergency }),
    delayed: flagged('DelayInformingUser'),
    notified: flagged('EnforcingAuthorityNotified'),
    approvals: (object['auth:AuthorisationApprovalDetails'] ?? []).flatMap((one) => approvalFrom(one) ?? []),
  };
}

function whole(given: DictionaryEntry | undefined): Required<DictionaryEntry> | undefined {
  const { 'common:Owner': owner, 'common:Name': name, 'common:Value': value } = given ?? {};
  if (owner === undefined || name === undefined || value === undefined) return undefined;
  return { 'common:Owner': owner, 'common:Name': name, 'common:Value': value };
}

function endpoint(given: Partial<Endpoint> | undefined): Endpoint | undefined {
  const { CountryCode, UniqueIdentifier } = given ?? {};
  return CountryCode === undefined || UniqueIdentifier === undefined ? undefined : { CountryCode, UniqueIdentifier };
}

function approvalFrom(given: NonNullable<Authorisation['auth:AuthorisationApprovalDetails']>[number]): OrderApproval | undefined {
  const at = instantFrom(given['common:ApprovalTimestamp']);
  if (at === undefined) return undefined;
  const { 'common:ApproverName': name = '', 'common:ApproverRole': role = '' } = given['common:ApproverDetails'] ?? {};
  return {
    kind: given['common:ApprovalType'] === APPROVAL_TYPES.validating ? 'validating' : 'issuing',
    ...{ name, role, at, reference: given['common:ApprovalReference'] ?? '' },
    emergency: given['common:ApprovalIsEmergency'] ?? false,
  };
}

function reasonsFor(object: Authorisation, documents: readonly Hi1Object<'document'>[]): Hi1Object<'document'> | undefined {
  return documents.find(
    (one) => valueIn(one['doc:DocumentType'], 'COMITY', 'DocumentType') === 'EmergencyReasons' && areAssociated(object, one),
  );
}

function textOf(document: Hi1Object<'document'> | undefined): string | undefined {
  const contents = document?.['doc:DocumentBody']?.['doc:Contents'];
  if (contents === undefined) return undefined;
  try {
    return fromUtf8(fromBase64(contents));
  } catch {
    // A body that is no text is for a person: the original is kept.
    return undefined;
  }
}

function deadlinesOf(tasks: readonly Task[]): readonly OrderDeadline[] {
  const [first] = tasks.filter((task) => 'task:Deadlines' in task);
  const given = first !== undefined && 'task:Deadlines' in first ? (first['task:Deadlines']?.['task:LDDeadline'] ?? []) : [];
  return given.flatMap(({ 'task:DateTime': time, 'task:NatureOfDeadline': nature }) => {
    const at = instantFrom(time);
    const procedural = valueIn(nature, 'COMITY', 'DeadlineNature') === 'Procedural';
    return at === undefined ? [] : [{ at, nature: procedural ? 'Procedural' : 'Execution' } as const];
  });
}

function deliveryOf(
  tasks: readonly Task[],
  keys: readonly Hi1Object<'encryption'>[],
  { header }: Hi1Message,
): Hi1Order['delivery'] {
  const destinations = tasks.flatMap((task) =>
    'task:DeliveryDetails' in task ? (task['task:DeliveryDetails']?.['task:LDDeliveryDestination'] ?? []) : [],
  );
  const address = destinations[0]?.['task:DeliveryAddress'];
  // Parser: an address is one of many forms; ours is an endpoint, whose two members are looked at here.
  const named = (address as { readonly 'task:EndpointID'?: Partial<Endpoint> } | undefined)?.['task:EndpointID'];
  return { to: endpoint(named) ?? header.sender, recipient: keys[0]?.ExternalIdentifier ?? '' };
}

/** The items of a task: one, or two for a combined type; undefined where a person must decide. */
function itemsOf(task: Task): readonly OrderItem[] | undefined {
  const details: RequestDetails = task['task:RequestDetails'] ?? {};
  const identifiers = identifiersOf(details);
  const categories = categoriesOf(valueIn(details['task:Type'], 'ETSI', 'RequestType'));
  if (identifiers === undefined || identifiers.length === 0 || categories.length === 0) return undefined;
  const pairs = identifiers.flatMap((identifier) => categories.map((category) => ({ identifier, category })));
  const name = task.ExternalIdentifier ?? task.ObjectIdentifier ?? '';
  return pairs.map(({ identifier, category }, index) => {
    const id = pairs.length === 1 ? name : `${name}.${index + 1}`;
    return { item: itemOf(id, { identifier, category, details }), identifier, ...doing(task) };
  });
}

function identifiersOf(details: RequestDetails): readonly Identifier[] | undefined {
  const values = details['task:RequestValues']?.['task:RequestValue'] ?? [];
  const found = values.map(({ 'task:FormatType': type, 'task:Value': value = '' }) =>
    type?.['task:FormatOwner'] === 'ETSI' ? identifierFrom({ format: type['task:FormatName'] ?? '', value }) : undefined,
  );
  return found.includes(undefined) ? undefined : found.flatMap((one) => one ?? []);
}

function itemOf(
  id: string,
  about: { readonly identifier: Identifier; readonly category: DataCategory; readonly details: RequestDetails },
): Item {
  const { identifier, category, details } = about;
  const [from, until] = [instantFrom(details['task:StartTime']), instantFrom(details['task:EndTime'])];
  const zone = (details['task:Subtype']?.['task:RequestSubtype'] ?? [])
    .map((one) => valueIn(one, 'COMITY', 'PeriodZone'))
    .find(isZone);
  return {
    ...{ id, identifierType: identifier.type, category },
    ...(from === undefined || until === undefined ? {} : { period: { from, until } }),
    ...(zone === undefined ? {} : { zone }),
  };
}

function doing(task: Task): Pick<OrderItem, 'does' | 'until' | 'words'> {
  const preservation = asKind(task, 'preservation');
  const until = instantFrom(preservation?.['task:DesiredPreservationExpiration']);
  if (preservation !== undefined) return { does: 'preserve', ...(until === undefined ? {} : { until }) };
  const words = asKind(task, 'disclosure')?.['task:ManualInformation'];
  return { does: 'disclose', ...(words === undefined ? {} : { words }) };
}
