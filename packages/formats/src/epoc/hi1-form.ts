import {
  canonicalJson,
  fromBase64,
  type JsonObject,
  ok,
  type Result,
  readStrictJson,
  refuse,
  toBase64,
  utf8,
} from '@comity/core';
import {
  asKind,
  type Endpoint,
  entry,
  type Hi1Message,
  type Hi1Order,
  type OrderIds,
  objectsOf,
  orderActions,
  type RequestAction,
  readOrder,
  TYPES,
  valueIn,
} from '../hi1/index.ts';
import { isEmergency } from './check-form.ts';
import type { FormAuthority, PreservationForm, ProductionForm, SubscriberOption } from './form.ts';
import { readForm } from './read-form.ts';

/** What a form does not say and a message needs. */
export interface FormWay {
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** Public key that the data are to be sealed to. */
  readonly recipient: string;
  /** UUID of the document that carries the form whole. */
  readonly document: string;
  readonly ids: OrderIds;
  /** For form 2: until when, counted by whoever sends from the day of sending; the duty itself counts from receipt. */
  readonly preserveUntil?: string;
}

const PRIORITY = { asap: 'TenDaysASAP', end: 'TenDaysSubjectToEA', emergency: 'EightHours' } as const;
const ROLES = {
  judge: 'JudgeCourtOrInvestigatingJudge',
  prosecutor: 'PublicProsecutor',
  other: 'OtherCompetentAuthority',
} as const;
const OPTIONS: Readonly<Record<SubscriberOption, string>> = {
  'user-information': 'UserInformation',
  registration: 'RegistrationInformation',
  'type-of-service': 'TypeOfServiceInformation',
  profile: 'ProfileInformation',
  'validation-of-use': 'DataOnValidationOfUse',
  'payment-card': 'DebitOrCreditCardInformation',
  'puk-codes': 'PUKCodes',
  other: 'SubscriberDataOther',
};

/**
 * A form as actions of TS 103 120: an authorisation, one task for each item, and the whole form as a document, so that nothing of it is lost. Names of dictionaries are those observed in public software that
 * reads the Commission's forms, not tested against an official list. Refuses `section-m-in-package`: a message goes to the provider; and what `orderActions` refuses.
 */
export function formActions(form: ProductionForm | PreservationForm, way: FormWay): Result<readonly RequestAction[]> {
  if (form.form === 1 && form.m !== undefined) return refuse('section-m-in-package', 'M');
  if (form.form === 2 && way.preserveUntil === undefined) return refuse('field-missing', 'preserveUntil');
  const actions = orderActions(orderOf(form, way), way.ids);
  if (!actions.ok) return actions;
  const plain: JsonObject = JSON.parse(canonicalJson(form));
  const document: JsonObject = {
    '@xsi:type': TYPES.document,
    ObjectIdentifier: way.document,
    CountryCode: way.from.CountryCode,
    OwnerIdentifier: way.from.UniqueIdentifier,
    Generation: 1,
    AssociatedObjects: { AssociatedObject: [way.ids.authorisation] },
    'doc:DocumentType': entry('ETSI', 'EPOCDocumentType', `Form${form.form}`),
    'doc:DocumentBody': { 'doc:Contents': toBase64(utf8(canonicalJson(plain))), 'doc:ContentType': 'application/json' },
  };
  const asked = actions.value.map((action) => withOptions(action, form, way));
  return ok([...asked, { id: asked.length, verb: 'CREATE', object: document }]);
}

function orderOf(form: ProductionForm | PreservationForm, way: FormWay): Hi1Order {
  const issuing = form.form === 1 ? form.i : form.f;
  const validating = form.form === 1 ? form.j : form.g;
  const issued = `${issuing.signedOn}T00:00:00.000Z`;
  return {
    reference: form.a.issuingFile,
    legalType: entry('ETSI', 'EPOCLegalType', form.form === 1 ? 'EPOC' : 'EPOCPR'),
    ...(form.form === 1
      ? { priority: entry('ETSI', 'EPOCPriority', priorityOf(form)) }
      : { priority: entry('ETSI', 'AuthorisationPriority', 'Routine') }),
    typeOfCase: entry('ETSI', 'AuthorisationTypeOfCase', 'NotSpecified'),
    jurisdiction: form.a.state,
    issued,
    ...{
      from: way.from,
      to: way.to,
      addressee: form.b.addressee,
      status: 'SUBMITTED',
      delayed: form.form === 1 && form.h.delayed,
    },
    ...(emergencyOf(form) === undefined ? {} : { emergency: emergencyOf(form) ?? '' }),
    notified: form.form === 1 && form.k !== undefined,
    approvals: [
      approvalOf('issuing', issuing, issuing.withoutValidation),
      ...(validating === undefined ? [] : [approvalOf('validating', validating, false)]),
    ],
    deadlines: form.form === 1 ? form.c.procedural.map(({ at }) => ({ at, nature: 'Procedural' as const })) : [],
    delivery: { to: way.from, recipient: way.recipient },
    items: form.items.map((one) => ({
      item: {
        ...{ id: one.id, identifierType: one.identifier.type, category: one.category },
        ...(one.period === undefined ? {} : { period: one.period }),
        ...(one.zone === undefined ? {} : { zone: one.zone }),
      },
      identifier: one.identifier,
      ...(form.form === 2
        ? { does: 'preserve' as const, until: way.preserveUntil ?? '' }
        : { does: 'disclose' as const, ...(one.other === undefined ? {} : { words: one.other }) }),
    })),
  };
}

/** Both ten-day boxes count as the end of ten days: what is flagged is not run over. */
function priorityOf(form: ProductionForm): string {
  if (isEmergency(form)) return PRIORITY.emergency;
  return form.c.ticks.includes('end-of-ten-days') ? PRIORITY.end : PRIORITY.asap;
}

function emergencyOf(form: ProductionForm | PreservationForm): string | undefined {
  if (form.form === 2) return form.reasons;
  return isEmergency(form) ? form.c.reasons : undefined;
}

function approvalOf(kind: 'issuing' | 'validating', given: FormAuthority, emergency: boolean): Hi1Order['approvals'][number] {
  const { representative, name, type, signedOn, reference } = given;
  // A signature has a day and no time: midnight UTC of that day, and the document has the day itself.
  return { kind, name: `${name}: ${representative}`, role: ROLES[type], at: `${signedOn}T00:00:00.000Z`, reference, emergency };
}

/** The options of subscriber data, as subtypes beside the zone. */
function withOptions(action: RequestAction, form: ProductionForm | PreservationForm, { ids }: FormWay): RequestAction {
  if (!('object' in action)) return action;
  const item = form.items.find(({ id }) => ids.tasks[id] === action.object['ObjectIdentifier']);
  if (item === undefined || item.options.length === 0) return action;
  const details = action.object['task:RequestDetails'] as JsonObject; // written by orderActions
  const before =
    (details['task:Subtype'] as { readonly 'task:RequestSubtype': readonly JsonObject[] } | undefined)?.['task:RequestSubtype'] ??
    [];
  const options = item.options.map((option): JsonObject => ({ ...entry('ETSI', 'EPOCRequestSubtype', OPTIONS[option]) }));
  return {
    ...action,
    object: {
      ...action.object,
      'task:RequestDetails': { ...details, 'task:Subtype': { 'task:RequestSubtype': [...before, ...options] } },
    },
  };
}

const LIMITS = { bytes: 4 * 1024 * 1024, depth: 16 } as const;

/**
 * The form that a message carries. It is believed only where the tasks beside it ask for the very same: a message whose two halves differ is refused (`form-invalid`), for nobody knows which of them was meant.
 * Refuses `section-m-in-package` when it holds section M.
 */
export function formFrom(message: Hi1Message): Result<ProductionForm | PreservationForm> {
  const documents = objectsOf(message).flatMap(({ object }) => asKind(object, 'document') ?? []);
  const carrier = documents.find((one) =>
    ['Form1', 'Form2'].includes(valueIn(one['doc:DocumentType'], 'ETSI', 'EPOCDocumentType') ?? ''),
  );
  const contents = carrier?.['doc:DocumentBody']?.['doc:Contents'];
  if (carrier === undefined || contents === undefined) return refuse('form-invalid', 'DocumentObject');
  const json = readStrictJson(bytesOf(contents), LIMITS);
  if (!json.ok) return json;
  const read = readForm(json.value);
  if (!read.ok) return read;
  const form = read.value;
  if (form.form !== 1 && form.form !== 2) return refuse('form-invalid', 'form');
  if (form.form === 1 && form.m !== undefined) return refuse('section-m-in-package', 'M');
  return agrees(message, { form, document: carrier.ObjectIdentifier ?? '' }) ? ok(form) : refuse('form-invalid', 'LDTaskObject');
}

function bytesOf(base64: string): Uint8Array {
  try {
    return fromBase64(base64);
  } catch {
    // Not base64: no JSON either.
    return new Uint8Array();
  }
}

/** Whether the actions that this form makes are those of the message. */
function agrees(
  message: Hi1Message,
  about: { readonly form: ProductionForm | PreservationForm; readonly document: string },
): boolean {
  const read = readOrder(message);
  if (!read.ok || message.body.kind !== 'request') return false;
  const { order, ids } = read.value;
  const until = order.items.find(({ does }) => does === 'preserve')?.until;
  const way: FormWay = {
    ...{ from: order.from, to: order.to, recipient: order.delivery.recipient, document: about.document, ids },
    ...(until === undefined ? {} : { preserveUntil: until }),
  };
  const again = formActions(about.form, way);
  const plain = (actions: readonly RequestAction[]): string => canonicalJson(actions.map(({ id: _id, ...rest }) => rest));
  return again.ok && plain(again.value) === plain(message.body.actions);
}
