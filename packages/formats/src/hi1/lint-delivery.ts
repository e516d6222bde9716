import { type Finding, finding } from './finding.ts';
import { isLdid } from './lint-order.ts';
import type { Hi1Object } from './objects.ts';
import type { PlacedObject } from './placed.ts';

const MEMBERS = ['delivery:Reference', 'delivery:DeliveryID', 'delivery:SequenceNumber', 'delivery:LastSequence'] as const;
/** Digests that count, as their names are written. */
const STRONG = /^sha-?(?:2-|3-)?(?:256|384|512)$/i;

/** What the profile asks of a delivery: which task, its place in the sequence, the key it is under, and a digest of SHA-256 or better. */
export function lintDelivery(object: Hi1Object<'delivery'>, { path, whole }: PlacedObject): readonly Finding[] {
  const reference = object['delivery:Reference']?.['delivery:LDID'];
  // That no data exist is said without data: there is nothing to encrypt, and nothing to count.
  const empty = object['delivery:Delivery']?.['delivery:DataExistence'] !== undefined;
  const missing = MEMBERS.filter((name) => object[name] === undefined);
  const key = object['delivery:EncryptionDetails']?.['delivery:EncryptionReference'];
  return [
    ...(whole ? missing.map((member) => finding('missing', path.trimEnd(), { member })) : []),
    ...(reference === undefined || isLdid(reference) ? [] : [finding('ldid-form', `${path}delivery:Reference.delivery:LDID`)]),
    ...(whole && !empty && key === undefined ? [finding('encryption-missing', `${path}delivery:EncryptionDetails`)] : []),
    ...(whole && !empty ? lintChecksums(object, `${path}delivery:Delivery`) : []),
  ];
}

function lintChecksums(object: Hi1Object<'delivery'>, path: string): readonly Finding[] {
  const { 'delivery:BinaryData': binary, 'delivery:URL': linked } = object['delivery:Delivery'] ?? {};
  const data = binary ?? linked;
  const single = data?.['delivery:Checksum'] === undefined ? [] : [data['delivery:ChecksumType'] ?? ''];
  const several = data?.['delivery:Checksums']?.['common:ChecksumAndType'] ?? [];
  const types = [...single, ...several.map((one) => one['common:ChecksumType'] ?? '')];
  if (types.length === 0) return [finding('checksum-missing', path)];
  return types.some((type) => STRONG.test(type)) ? [] : [finding('checksum-weak', path, { type: types.join(', ').slice(0, 60) })];
}
