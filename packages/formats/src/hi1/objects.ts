import type { JsonObject } from '@comity/core';
import { checkShape, type Shape, type Shaped } from './shape.ts';

/**
 * The objects of ETSI TS 103 120 that the desk uses, as the JSON schema v1.23.1 names their members (BSD-3-Clause schema; names are facts). Every member may be absent: what the
 * profile asks for is in `lint.ts`.
 */
export const TYPES = {
  authorisation: '{http://uri.etsi.org/03120/common/2020/09/Authorisation}AuthorisationObject',
  disclosure: '{http://uri.etsi.org/03120/common/2020/09/Task}LDTaskObject',
  preservation: '{http://uri.etsi.org/03120/common/2020/09/Task}LPTaskObject',
  document: '{http://uri.etsi.org/03120/common/2020/09/Document}DocumentObject',
  notification: '{http://uri.etsi.org/03120/common/2016/02/Notification}NotificationObject',
  delivery: '{http://uri.etsi.org/03120/common/2019/10/Delivery}DeliveryObject',
  encryption: '{http://uri.etsi.org/03120/common/2026/01/Encryption}EncryptionObject',
} as const;

export type ObjectKind = keyof typeof TYPES;

/** Objects that the standard has and the desk does not do: live interception, takedown, traffic policies, and destinations of their own. */
export const REFUSED_TYPES = [
  'LITaskObject',
  'TDTaskObject',
  'TrafficPolicyObject',
  'TrafficRuleObject',
  'LIDestinationObject',
  'LDDestinationObject',
] as const;

const ENTRY = { 'common:Owner': 'text', 'common:Name': 'text', 'common:Value': 'text' } as const satisfies Shape;
export const ENDPOINT = { CountryCode: 'text', UniqueIdentifier: 'text' } as const satisfies Shape;
export const ERROR = { ErrorCode: 'integer', ErrorDescription: 'text' } as const satisfies Shape;

const CONTACT = {
  'common:Name': 'text',
  'common:Role': 'text',
  'common:EmailAddress': 'text',
  'common:PhoneNumber': 'text',
  'common:FaxNumber': 'text',
  'common:Address': 'text',
  'common:Languages': [{ 'common:ISO639Set1LanguageIdentifier': 'text' }],
  'common:ApproverAlternateName': 'text',
  'common:ApproverEmailAddress': 'text',
  'common:ApproverPhoneNumber': 'text',
} as const satisfies Shape;

const APPROVAL = {
  'common:ApprovalType': 'text',
  'common:ApprovalDescription': 'text',
  'common:ApprovalReference': 'text',
  'common:ApproverDetails': {
    'common:ApproverName': 'text',
    'common:ApproverRole': 'text',
    'common:ApproverIdentity': 'any',
    'common:ApproverContactDetails': [CONTACT],
  },
  'common:ApprovalTimestamp': 'text',
  'common:ApprovalIsEmergency': 'flag',
  'common:ApprovalDigitalSignature': 'any',
  'common:ApprovalNationalDetails': 'any',
} as const satisfies Shape;

const BASE = {
  '@xsi:type': 'text',
  ObjectIdentifier: 'text',
  CountryCode: 'text',
  OwnerIdentifier: 'text',
  Generation: 'integer',
  ExternalIdentifier: 'text',
  AssociatedObjects: { AssociatedObject: ['text'] },
  LastChanged: 'text',
  NationalHandlingParameters: 'any',
} as const satisfies Shape;

const AUTHORISATION = {
  ...BASE,
  'auth:AuthorisationReference': 'text',
  'auth:AuthorisationLegalType': ENTRY,
  'auth:AuthorisationPriority': ENTRY,
  'auth:AuthorisationStatus': ENTRY,
  'auth:AuthorisationDesiredStatus': ENTRY,
  'auth:AuthorisationTimespan': { 'auth:StartTime': 'text', 'auth:EndTime': 'text' },
  'auth:AuthorisationCSPID': { 'auth:CSPID': [ENDPOINT] },
  'auth:AuthorisationCreationTimestamp': 'text',
  'auth:AuthorisationServedTimestamp': 'text',
  'auth:AuthorisationTerminationTimestamp': 'text',
  'auth:AuthorisationApprovalDetails': [APPROVAL],
  'auth:AuthorisationInvalidReason': ERROR,
  'auth:AuthorisationFlags': { 'auth:AuthorisationFlag': [ENTRY] },
  'auth:AuthorisationManualInformation': 'text',
  'auth:NationalAuthorisationParameters': 'any',
  'auth:AuthorisationJurisdiction': 'text',
  'auth:AuthorisationTypeOfCase': ENTRY,
  'auth:AuthorisationLegalEntity': 'text',
} as const satisfies Shape;

const REQUEST = {
  'task:Type': ENTRY,
  'task:StartTime': 'text',
  'task:EndTime': 'text',
  'task:RequestValues': {
    'task:RequestValue': [{ 'task:FormatType': { 'task:FormatOwner': 'text', 'task:FormatName': 'text' }, 'task:Value': 'text' }],
  },
  'task:Subtype': { 'task:RequestSubtype': [ENTRY] },
  'task:TargetIdentifierSubtype': ENTRY,
} as const satisfies Shape;

const DISCLOSURE = {
  ...BASE,
  'task:Reference': 'text',
  'task:Status': ENTRY,
  'task:StatusReason': ERROR,
  'task:DesiredStatus': ENTRY,
  'task:RequestDetails': { ...REQUEST, 'task:ObservedTime': 'text', 'task:ObservedTimes': ['text'] },
  'task:DeliveryDetails': {
    'task:LDDeliveryDestination': [
      {
        'task:DeliveryAddress': 'any',
        'task:DestinationReference': 'text',
        'task:EncryptionReference': 'text',
        'task:EncryptionDetails': 'any',
        'task:LDHandoverFormat': ENTRY,
        'task:LDDeliveryProfile': ENTRY,
        'task:NationalDeliveryParameters': 'any',
      },
    ],
  },
  'task:ApprovalDetails': [APPROVAL],
  'task:CSPID': ENDPOINT,
  'task:HandlingProfile': ENTRY,
  'task:Flags': { 'task:LDTaskFlag': [ENTRY] },
  'task:AlternativePreservationReferences': {
    'task:AlternativePreservationReference': [
      { 'task:ReferenceValue': 'text', 'task:NatureOfReference': 'text', 'task:TransmissionTime': 'text' },
    ],
  },
  'task:NationalLDTaskingParameters': 'any',
  'task:Deadlines': {
    'task:LDDeadline': [{ 'task:DateTime': 'text', 'task:NatureOfDeadline': ENTRY, 'task:OtherInformation': 'text' }],
  },
  'task:ManualInformation': 'text',
} as const satisfies Shape;

const PRESERVATION = {
  ...BASE,
  'task:Status': ENTRY,
  'task:StatusReason': ERROR,
  'task:DesiredStatus': ENTRY,
  'task:RequestDetails': REQUEST,
  'task:DesiredPreservationExpiration': 'text',
  'task:PreservationExpiration': 'text',
  'task:CSPID': ENDPOINT,
  'task:NationalLPTaskingParameters': 'any',
} as const satisfies Shape;

const DOCUMENT = {
  ...BASE,
  'doc:DocumentReference': 'text',
  'doc:DocumentName': 'text',
  'doc:DocumentStatus': ENTRY,
  'doc:DocumentDesiredStatus': ENTRY,
  'doc:DocumentTimespan': { 'doc:StartTime': 'text', 'doc:EndTime': 'text' },
  'doc:DocumentType': ENTRY,
  'doc:DocumentProperties': { 'doc:DocumentProperty': [{ 'doc:PropertyType': ENTRY, 'doc:PropertyValue': 'text' }] },
  'doc:DocumentBody': { 'doc:Contents': 'text', 'doc:ContentType': 'text', 'doc:Checksum': 'text', 'doc:ChecksumType': 'text' },
  'doc:DocumentSignature': [APPROVAL],
  'doc:DocumentInvalidReason': ERROR,
  'doc:NationalDocumentParameters': 'any',
} as const satisfies Shape;

const NOTIFICATION = {
  ...BASE,
  'notification:NotificationDetails': 'text',
  'notification:NotificationType': ENTRY,
  'notification:NewNotification': 'flag',
  'notification:NotificationTimestamp': 'text',
  'notification:StatusOfAssociatedObjects': {
    'notification:AssociatedObjectStatus': [
      { 'notification:AssociatedObject': 'text', 'notification:Status': ENTRY, 'notification:Details': 'text' },
    ],
  },
  'notification:NationalNotificationParameters': 'any',
} as const satisfies Shape;

const CHECKSUMS = {
  'delivery:Checksum': 'text',
  'delivery:ChecksumType': 'text',
  'delivery:Checksums': { 'common:ChecksumAndType': [{ 'common:Checksum': 'text', 'common:ChecksumType': 'text' }] },
  'delivery:OriginalFilename': 'text',
  'delivery:ContentLength': 'integer',
  'delivery:ContentType': 'text',
} as const satisfies Shape;

const DELIVERY = {
  ...BASE,
  'delivery:Reference': { 'delivery:LDID': 'text', 'delivery:LIID': 'text' },
  'delivery:DeliveryID': 'text',
  'delivery:SequenceNumber': 'integer',
  'delivery:LastSequence': 'flag',
  'delivery:Manifest': 'any',
  'delivery:Delivery': {
    'delivery:BinaryData': { ...CHECKSUMS, 'delivery:Data': 'text' },
    'delivery:XMLData': 'any',
    'delivery:JSONData': 'any',
    'delivery:URL': { ...CHECKSUMS, 'delivery:URL': 'text', 'delivery:Expiry': 'text', 'delivery:CSPDefinedIdentifier': 'text' },
    'delivery:DataExistence': 'flag',
  },
  'delivery:DeliveryStatus': ENTRY,
  'delivery:DeliveryDesiredStatus': ENTRY,
  'delivery:EncryptionDetails': { 'delivery:EncryptionReference': 'text', 'delivery:AdditionalInformation': 'text' },
} as const satisfies Shape;

const ENCRYPTION = {
  ...BASE,
  'encryption:EncryptionScheme': ENTRY,
  'encryption:X509EncryptionDetails': { 'encryption:X509Certificates': [{ 'encryption:X509CertificateDER': 'text' }] },
} as const satisfies Shape;

/** The shape of each kind. */
export const SHAPES = {
  authorisation: AUTHORISATION,
  disclosure: DISCLOSURE,
  preservation: PRESERVATION,
  document: DOCUMENT,
  notification: NOTIFICATION,
  delivery: DELIVERY,
  encryption: ENCRYPTION,
} as const satisfies Readonly<Record<ObjectKind, Shape>>;

export type DictionaryEntry = Shaped<typeof ENTRY>;
export type Approval = Shaped<typeof APPROVAL>;
export type RequestDetails = Shaped<typeof REQUEST>;
export type Endpoint = { readonly CountryCode: string; readonly UniqueIdentifier: string };

/** An object of a kind, as it stands in a message. */
export type Hi1Object<Kind extends ObjectKind = ObjectKind> = Shaped<(typeof SHAPES)[Kind]>;

/** The kind that an object says it is of; undefined where the desk has none for it. */
export function kindOf(object: { readonly '@xsi:type'?: unknown }): ObjectKind | undefined {
  const type = object['@xsi:type'];
  return (Object.keys(TYPES) as ObjectKind[]).find((kind) => TYPES[kind] === type);
}

const looked = new WeakMap<object, boolean>();

/** The object if it is of a kind, and of the shape of that kind: whatever says of itself that it is one, and is not, is none. */
export function asKind<Kind extends ObjectKind>(object: object, kind: Kind): Hi1Object<Kind> | undefined {
  if (kindOf(object) !== kind) return undefined;
  const before = looked.get(object);
  const sound = before ?? !checkShape(object as JsonObject, SHAPES[kind], '').some(({ weight }) => weight === 'fault');
  if (before === undefined) looked.set(object, sound);
  return sound ? (object as Hi1Object<Kind>) : undefined;
}
