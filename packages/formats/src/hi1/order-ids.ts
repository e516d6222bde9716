import { type Sha256, toHex, utf8 } from '@comity/core';
import type { Hi1Order, OrderIds } from './order.ts';

/**
 * The ids of the objects of an order, which follow from who asks, its reference and its items (UUID version 8, RFC 9562 section 5.8): written twice, the order is the same order, and a
 * delivery that names its key or its task is held against what was asked without a list of what was sent.
 */
export function orderIds(order: Pick<Hi1Order, 'from' | 'reference' | 'items' | 'existenceOnly'>, sha256: Sha256): OrderIds {
  const { CountryCode, UniqueIdentifier } = order.from;
  // Asking whether data exist and asking for them are two orders.
  const asks = order.existenceOnly === true ? 'existence' : 'data';
  const id = (what: string): string =>
    uuidOf(['comity/hi1/v1', CountryCode, UniqueIdentifier, order.reference, asks, what].join('\n'), sha256);
  return {
    authorisation: id('authorisation'),
    encryption: id('encryption'),
    reasons: id('reasons'),
    tasks: Object.fromEntries(order.items.map(({ item }) => [item.id, id(`task\n${item.id}`)])),
  };
}

function uuidOf(text: string, sha256: Sha256): string {
  const bytes = sha256(utf8(text)).slice(0, 16);
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = toHex(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** What an LDID begins with: country and owner; and what follows names the item. */
export function ldidOf({ from, reference }: Pick<Hi1Order, 'from' | 'reference'>, item: string): string {
  // File numbers have spaces and strokes; the reference itself stands in the authorisation, whole.
  return `${from.CountryCode}-${from.UniqueIdentifier}-${plain(reference)}.${plain(item)}`;
}

function plain(text: string): string {
  return text.replace(/[^A-Za-z0-9.]/g, '_');
}

/** The case that an LDID of ours names, whose reference is its id; undefined for an LDID of another owner or form. Which item it is, is found by writing the LDIDs of its items. */
export function caseInLdid(ldid: string, { CountryCode, UniqueIdentifier }: Hi1Order['from']): string | undefined {
  const head = `${CountryCode}-${UniqueIdentifier}-`;
  const id = ldid.startsWith(head) ? ldid.slice(head.length, head.length + 36) : '';
  return /^[0-9a-f]{8}(?:_[0-9a-f]{4}){3}_[0-9a-f]{12}$/.test(id) && ldid[head.length + 36] === '.'
    ? id.replaceAll('_', '-')
    : undefined;
}
