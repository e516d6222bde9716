import { readIdentifier } from '@comity/core';

/**
 * The texts that an address is compared with, in the one form in which core reads addresses: version 4 in decimals, and as version 6 addresses carry it; version 6 written out in small letters.
 * Undefined when the text is no address, or has a port: no column is known to hold ports, and without its port a shared address names other people too.
 */
export function addressForms(text: string): readonly string[] | undefined {
  const read = readIdentifier({ type: 'ip_address', value: text });
  if (!read.ok || read.value.port !== undefined) return undefined;
  const { value, family } = read.value;
  return family === 4 ? [value, mapped(value)] : [value];
}

function mapped(dotted: string): string {
  const hex = dotted.split('.').map((byte) => Number(byte).toString(16).padStart(2, '0'));
  return `0000:0000:0000:0000:0000:ffff:${hex[0]}${hex[1]}:${hex[2]}${hex[3]}`;
}

const MAPPED_DOTTED = String.raw`^(?:::|(?:0{1,4}:){5})ffff:(\d+\.\d+\.\d+\.\d+)$`;

/** SQL for the same form of an address in a cell, however it was written there; what is no address stays as it is. */
export function addressSql(text: string): string {
  const low = `regexp_replace(lower(trim(${text})), '${MAPPED_DOTTED}', '\\1')`;
  // `::` stands for as many groups of zeros as are missing to eight.
  const zeros = `repeat('0:', 8 - len(regexp_extract_all(${low}, '[0-9a-f]+')))`;
  const groups = `trim(replace(${low}, '::', ':' || ${zeros}), ':')`;
  // Three zeros before each group, then its last four digits.
  const padded = `regexp_replace(${groups}, '(^|:)([0-9a-f]{1,4})', '\\1000\\2', 'g')`;
  const full = `regexp_replace(${padded}, '[0-9a-f]{0,3}([0-9a-f]{4})(:|$)', '\\1\\2', 'g')`;
  const six = `CASE WHEN ${low} LIKE '%:%' THEN ${full} ELSE ${low} END`;
  // Without a colon it is of version 4, if it is one, and has no letters.
  return `CASE WHEN contains(${text}, ':') THEN ${six} ELSE trim(${text}) END`;
}
