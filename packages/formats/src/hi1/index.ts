export { answerTo, ERROR_NUMBERS, errorOf, faultOf, refusedAction } from './answer.ts';
export {
  type DeliveryFault,
  type DeliveryManifest,
  type DeliveryPart,
  deliveryObject,
  inParts,
  MOST_PARTS,
  PART_BYTES,
  readDelivery,
} from './delivery.ts';
export { type DeliveryTarget, deliveryTarget } from './delivery-target.ts';
export { entry, isKnown, type Owner, valueIn } from './dictionaries.ts';
export { FINDINGS, type Finding, type FindingCode, type FindingWeight, finding, hasFault } from './finding.ts';
export { findingsOf, lintMessage, objectsOf, typeNameOf } from './lint.ts';
export {
  type ErrorInformation,
  ETSI_VERSION,
  type Hi1Header,
  type Hi1Message,
  NAMESPACES,
  PROFILE,
  type RequestAction,
  type ResponseAction,
  type Verb,
} from './message.ts';
export {
  asKind,
  type DictionaryEntry,
  type Endpoint,
  type Hi1Object,
  kindOf,
  type ObjectKind,
  REFUSED_TYPES,
  TYPES,
} from './objects.ts';
export type { Hi1Order, OrderApproval, OrderDeadline, OrderIds, OrderItem } from './order.ts';
export { caseInLdid, ldidOf, orderIds } from './order-ids.ts';
export type { PlacedObject } from './placed.ts';
export { MESSAGE_LIMITS, type ReadMessage, readMessage, readMessageJson } from './read-message.ts';
export { type OrderRead, readOrder } from './read-order.ts';
export { type KnownKeys, SIGNATURE_FAULTS, type SignatureFault, signMessage, verifySigned } from './signature.ts';
export { type InstrumentStatus, statusEntry, statusFrom } from './status.ts';
export { instantFrom, qualified, qualifiedMicroseconds } from './times.ts';
export { expandIpv6, FORMATS, identifierFrom, requestValueOf, typeOf, typeOfFormat } from './values.ts';
export { messageJson, writeMessage } from './write-message.ts';
export { orderActions } from './write-order.ts';
