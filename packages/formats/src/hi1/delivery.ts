import { fromBase64, isJsonObject, type Json, type JsonObject, type Sha256, toBase64, toHex } from '@comity/core';
import { entry } from './dictionaries.ts';
import { asKind, type Endpoint, type Hi1Object, TYPES } from './objects.ts';

/** Bytes of a sealed file in one message: in Base64, with all that is around them, well below what a message may have. */
export const PART_BYTES = 3 * 1024 * 1024;
/** Parts of one delivery. What is larger goes another way. */
export const MOST_PARTS = 32;
/** Under this id our manifest stands in `delivery:ExternalSchema`. */
export const MANIFEST_ID = 'COMITY-HI1-DELIVERY-1';

/** The whole that the parts make up, as the last of them says. */
export interface DeliveryManifest {
  readonly sha256: string;
  readonly size: number;
  readonly parts: number;
}

/** Where a part belongs. The first has number 0. */
export interface DeliveryPlace {
  readonly ldid: string;
  /** The same for every part. */
  readonly delivery: string;
  readonly sequence: number;
  readonly last: boolean;
}

/** One part of an answer to one task: bytes of a sealed file, or only whether data exist. */
export interface DeliveryPart extends DeliveryPlace {
  readonly object: string;
  readonly content:
    | { readonly kind: 'data'; readonly bytes: Uint8Array; readonly encryption: string; readonly manifest?: DeliveryManifest }
    | { readonly kind: 'existence'; readonly exists: boolean };
}

/** A part as an object of the standard; `from` owns it, `task` is what it answers. */
export function deliveryObject(
  part: DeliveryPart,
  about: { readonly from: Endpoint; readonly task: string; readonly sha256: Sha256 },
): JsonObject {
  const { content } = part;
  return {
    '@xsi:type': TYPES.delivery,
    ObjectIdentifier: part.object,
    CountryCode: about.from.CountryCode,
    OwnerIdentifier: about.from.UniqueIdentifier,
    Generation: 1,
    AssociatedObjects: { AssociatedObject: [about.task] },
    'delivery:Reference': { 'delivery:LDID': part.ldid },
    'delivery:DeliveryID': part.delivery,
    'delivery:SequenceNumber': part.sequence,
    'delivery:LastSequence': part.last,
    'delivery:DeliveryStatus': entry('ETSI', 'DeliveryStatus', 'Available'),
    ...(content.kind === 'existence'
      ? { 'delivery:Delivery': { 'delivery:DataExistence': content.exists } }
      : dataMembers(content, about.sha256)),
  };
}

function dataMembers(content: Extract<DeliveryPart['content'], { readonly kind: 'data' }>, sha256: Sha256): JsonObject {
  const { bytes, encryption, manifest } = content;
  return {
    ...(manifest === undefined ? {} : { 'delivery:Manifest': manifestJson(manifest) }),
    'delivery:Delivery': {
      'delivery:BinaryData': {
        'delivery:Data': toBase64(bytes),
        'delivery:ContentType': 'application/octet-stream',
        'delivery:Checksum': toHex(sha256(bytes)),
        'delivery:ChecksumType': 'SHA-256',
        'delivery:ContentLength': bytes.length,
      },
    },
    'delivery:EncryptionDetails': { 'delivery:EncryptionReference': encryption },
  };
}

function manifestJson({ sha256, size, parts }: DeliveryManifest): JsonObject {
  return {
    'delivery:ExternalSchema': {
      'delivery:ManifestID': MANIFEST_ID,
      'delivery:ManifestContents': { 'delivery:JSONSchema': { sha256, size, parts } },
    },
  };
}

/** Why a part is not taken, in the words of `ERROR_NUMBERS`. */
export type DeliveryFault = 'not-taken' | 'not-embedded' | 'checksum-wrong';

/**
 * A part of a delivery, its checksum recomputed. Asks for what `lintMessage` has passed. Why it is not taken: `not-embedded` for data that lie behind an address, which is
 * never fetched, or that are XML or JSON, which nobody can have sealed; `checksum-wrong`, also where no SHA-256 is among the checksums or the length is another; `not-taken` for the rest.
 */
export function readDelivery(object: JsonObject, sha256: Sha256): DeliveryPart | DeliveryFault {
  const given = asKind(object, 'delivery');
  const place = given === undefined ? undefined : placeOf(given);
  if (given === undefined || place === undefined || given.ObjectIdentifier === undefined) return 'not-taken';
  const { 'delivery:DataExistence': exists, 'delivery:BinaryData': binary } = given['delivery:Delivery'] ?? {};
  const base = { ...place, object: given.ObjectIdentifier };
  if (exists !== undefined)
    return place.last && place.sequence === 0 ? { ...base, content: { kind: 'existence', exists } } : 'not-taken';
  if (binary === undefined) return 'not-embedded';
  const bytes = bytesOf(binary['delivery:Data']);
  const encryption = given['delivery:EncryptionDetails']?.['delivery:EncryptionReference'];
  if (bytes === undefined || encryption === undefined) return 'not-taken';
  if (!isSound(binary, { bytes, sha256 })) return 'checksum-wrong';
  const manifest = manifestFrom(given['delivery:Manifest']);
  if (manifest === 'other') return 'not-taken';
  return { ...base, content: { kind: 'data', bytes, encryption, ...(manifest === undefined ? {} : { manifest }) } };
}

function placeOf(given: Hi1Object<'delivery'>): DeliveryPlace | undefined {
  const ldid = given['delivery:Reference']?.['delivery:LDID'];
  const { 'delivery:DeliveryID': delivery, 'delivery:SequenceNumber': sequence, 'delivery:LastSequence': last } = given;
  if (ldid === undefined || delivery === undefined || sequence === undefined || last === undefined || sequence < 0)
    return undefined;
  return { ldid, delivery, sequence, last };
}

function bytesOf(data: string | undefined): Uint8Array | undefined {
  try {
    return data === undefined ? undefined : fromBase64(data);
  } catch {
    // Not Base64.
    return undefined;
  }
}

type Binary = NonNullable<NonNullable<Hi1Object<'delivery'>['delivery:Delivery']>['delivery:BinaryData']>;

/** Whether length and every SHA-256 fit, one at least: written in hexadecimal or in Base64. Other checksums prove nothing beside it. */
function isSound(binary: Binary, { bytes, sha256 }: { readonly bytes: Uint8Array; readonly sha256: Sha256 }): boolean {
  const single = { 'common:Checksum': binary['delivery:Checksum'], 'common:ChecksumType': binary['delivery:ChecksumType'] };
  const ours = [single, ...(binary['delivery:Checksums']?.['common:ChecksumAndType'] ?? [])].filter((one) =>
    /^sha-?(?:2-)?256$/i.test(one['common:ChecksumType'] ?? ''),
  );
  const digest = sha256(bytes);
  const written = [toHex(digest), toBase64(digest)];
  const length = binary['delivery:ContentLength'];
  if (ours.length === 0 || (length !== undefined && length !== bytes.length)) return false;
  return ours.every(({ 'common:Checksum': sum = '' }) => written.includes(sum) || written.includes(sum.toLowerCase()));
}

/** Our own manifest; undefined where there is none or one of another kind, which is kept with the original and read by a person; `other` where it says that it is ours and is not. */
function manifestFrom(manifest: Json | undefined): DeliveryManifest | undefined | 'other' {
  const schema = isJsonObject(manifest) ? manifest['delivery:ExternalSchema'] : undefined;
  if (!isJsonObject(schema) || schema['delivery:ManifestID'] !== MANIFEST_ID) return undefined;
  const contents = schema['delivery:ManifestContents'];
  const said = isJsonObject(contents) ? contents['delivery:JSONSchema'] : undefined;
  if (!isJsonObject(said)) return 'other';
  const { sha256, size, parts } = said;
  return typeof sha256 === 'string' && typeof size === 'number' && typeof parts === 'number' ? { sha256, size, parts } : 'other';
}

/** A sealed file in parts, in their order; undefined where it is empty or would need too many. */
export function inParts(file: Uint8Array): readonly Uint8Array[] | undefined {
  const count = Math.ceil(file.length / PART_BYTES);
  if (count === 0 || count > MOST_PARTS) return undefined;
  return Array.from({ length: count }, (_, index) => file.subarray(index * PART_BYTES, (index + 1) * PART_BYTES));
}
