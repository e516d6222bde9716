import type { DataCategory, Identifier, IdentifierType } from '@comity/core';

interface Format {
  readonly pattern: RegExp;
}

/** Formats of request values that the desk advertises, owner ETSI, with the form of TS 103 280 v2.15.1. */
export const FORMATS: Readonly<Record<string, Format>> = {
  InternationalE164: { pattern: /^[0-9]{1,15}$/ },
  InternationalizedEmailAddress: { pattern: /^(?=.{3,255}$)[^@\s]+@[^@\s]+$/u },
  EmailAddress: { pattern: /^(?=.{3,255}$)[^@\s]+@[A-Za-z0-9][A-Za-z0-9.-]*$/ },
  IPv4Address: { pattern: /^(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])$/ },
  IPv6Address: { pattern: /^(?:[0-9a-f]{4}:){7}[0-9a-f]{4}$/ },
  IMEI: { pattern: /^[0-9]{14}$/ },
  IMEICheckDigit: { pattern: /^[0-9]{15}$/ },
  MACAddress: { pattern: /^(?:[a-f0-9]{2}:){5}[a-f0-9]{2}$/ },
  ServiceAccessIdentifier: { pattern: /^.{1,65535}$/su },
};

/** A value in its format, as messages carry it. */
export interface RequestValue {
  readonly format: string;
  readonly value: string;
}

/**
 * An identifier in the format of the standard: telephone numbers without their plus, IPv6 addresses written out in lower case. Undefined where the standard has no format for it
 * or the value has not its form.
 */
export function requestValueOf(identifier: Identifier): RequestValue | undefined {
  const { type, value } = identifier;
  const written = (format: string, text: string): RequestValue | undefined =>
    FORMATS[format]?.pattern.test(text) === true ? { format, value: text } : undefined;
  if (type === 'email') return written('InternationalizedEmailAddress', value);
  if (type === 'phone') return value.startsWith('+') ? written('InternationalE164', value.slice(1)) : undefined;
  if (type === 'user_id') return written('ServiceAccessIdentifier', value);
  if (type === 'imei') return written('IMEI', value) ?? written('IMEICheckDigit', value);
  if (type === 'mac_address') return written('MACAddress', value.toLowerCase().replaceAll('-', ':'));
  if (type === 'ip_address') return written('IPv4Address', value) ?? written('IPv6Address', expandIpv6(value) ?? '');
  return undefined;
}

/** The identifier that a value in a format is; undefined for a format that the desk does not advertise, or a value of another form. */
export function identifierFrom({ format, value }: RequestValue): Identifier | undefined {
  const known = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (known?.pattern.test(value) !== true) return undefined;
  return { type: typeOfFormat(format), value: format === 'InternationalE164' ? `+${value}` : value };
}

/** The type of identifier that a format writes. */
export function typeOfFormat(format: string): IdentifierType {
  if (format === 'InternationalE164') return 'phone';
  if (format === 'InternationalizedEmailAddress' || format === 'EmailAddress') return 'email';
  if (format === 'IPv4Address' || format === 'IPv6Address') return 'ip_address';
  if (format === 'IMEI' || format === 'IMEICheckDigit') return 'imei';
  return format === 'MACAddress' ? 'mac_address' : 'user_id';
}

/** An IPv6 address as TS 103 280 writes it: eight groups of four digits, lower case (RFC 4291 section 2.2 forms 1 and 2); undefined for what is none. */
export function expandIpv6(text: string): string | undefined {
  const halves = text.toLowerCase().split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const gap = halves.length === 2 ? 8 - head.length - tail.length : 0;
  if (halves.length === 2 ? gap < 1 : head.length !== 8) return undefined;
  const groups = [...head, ...Array<string>(gap).fill('0'), ...tail];
  return groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))
    ? groups.map((group) => group.padStart(4, '0')).join(':')
    : undefined;
}

/** Our tiers (Reg. (EU) 2023/1543 art. 3(9)-(12)) and the request types of the standard. */
const TYPE_OF = {
  subscriber: 'SubscriberData',
  identification: 'UserIdentifyingData',
  traffic: 'TrafficData',
  content: 'StoredContentData',
} as const;

/** The request type of a category; undefined for records of a dataset, which the standard does not know. */
export function typeOf(category: DataCategory): string | undefined {
  return category === 'records' ? undefined : TYPE_OF[category];
}

/** The categories that a request type asks for: two for a combination, which becomes two items; none where a person must decide. */
export function categoriesOf(type: string | undefined): readonly DataCategory[] {
  if (type === 'SubscriberDataAndUserIdentifyingData') return ['subscriber', 'identification'];
  if (type === 'TrafficDataAndStoredContentData') return ['traffic', 'content'];
  return (['subscriber', 'identification', 'traffic', 'content'] as const).filter((category) => TYPE_OF[category] === type);
}
