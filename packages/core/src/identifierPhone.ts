import type { IdentifierHint, ReadIdentifier } from './identifierRead.ts';
import { ok, type Result, refuse } from './result.ts';

/** Calling codes (ITU-T E.164, from memory). Only to propose: which country a number belongs to is for its source to say. */
const CODES: Readonly<Record<string, string>> = {
  AT: '43',
  BE: '32',
  BG: '359',
  BR: '55',
  CA: '1',
  CH: '41',
  CY: '357',
  CZ: '420',
  DE: '49',
  DK: '45',
  EE: '372',
  ES: '34',
  FI: '358',
  FR: '33',
  GB: '44',
  GR: '30',
  HR: '385',
  HU: '36',
  IE: '353',
  IT: '39',
  JP: '81',
  LT: '370',
  LU: '352',
  LV: '371',
  MT: '356',
  MX: '52',
  NL: '31',
  PL: '48',
  PT: '351',
  RO: '40',
  SE: '46',
  SI: '386',
  SK: '421',
  US: '1',
};

/** A telephone number in the international form of ITU-T E.164: `+`, country code, number, no spaces. A national number is refused, with the prefix of the reader's country. */
export function readPhone(text: string, { country }: IdentifierHint): Result<ReadIdentifier> {
  const plain = text
    .replace(/^tel:/iu, '')
    .replace(/\(0\)/u, '')
    .replace(/[\s().\-/\u2010-\u2015]/gu, '');
  if (!/^\+?\d+$/u.test(plain)) return refuse('phone-invalid', 'value');
  const digits = plain.startsWith('+') ? plain.slice(1) : plain.startsWith('00') ? plain.slice(2) : undefined;
  if (digits === undefined) return refuse('phone-without-country', 'value', { prefix: prefixIn(country) });
  // A country code begins with 1 to 9; the whole number has at most fifteen digits.
  if (!/^[1-9]\d{6,14}$/u.test(digits)) return refuse('phone-invalid', 'value');
  return ok({ type: 'phone', value: `+${digits}`, warnings: [] });
}

function prefixIn(country: string | undefined): string {
  return `+${CODES[country ?? ''] ?? '…'}`;
}
