import type { IdentifierWarning, ReadIdentifier } from './identifierRead.ts';
import { ok, type Result, refuse } from './result.ts';

/**
 * The number of a mobile device, fifteen digits with a check digit (3GPP TS 23.003, Luhn). Fourteen digits get theirs; of sixteen
 * (IMEISV) the version of the software is left out. A check digit that does not fit is refused: some digit was keyed wrong, and nobody can tell which.
 */
export function readImei(text: string): Result<ReadIdentifier> {
  const digits = text.replace(/^imei:?/iu, '').replace(/[\s\-/.]/gu, '');
  if (!/^\d{14,16}$/u.test(digits)) return refuse('imei-invalid', 'value');
  const device = digits.slice(0, 14);
  const whole = `${device}${checkDigit(device)}`;
  if (digits.length === 15 && digits !== whole) return refuse('imei-check-digit', 'value');
  const warnings: readonly IdentifierWarning[] =
    digits.length === 14 ? ['check-digit-added'] : digits.length === 16 ? ['version-dropped'] : [];
  return ok({ type: 'imei', value: whole, warnings });
}

/** The digit that makes a number pass Luhn's check. */
function checkDigit(digits: string): number {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const counted = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + (counted > 9 ? counted - 9 : counted);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

/** The address of a network card: six bytes, written with colons in small letters (IEEE 802, EUI-48). */
export function readMac(text: string): Result<ReadIdentifier> {
  const grouped = /^(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}$|^(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}$|^[0-9a-f]{12}$/iu.test(text);
  if (!grouped) return refuse('mac-invalid', 'value');
  const bytes =
    text
      .toLowerCase()
      .replace(/[^0-9a-f]/gu, '')
      .match(/../gu) ?? [];
  const first = Number.parseInt(bytes[0] ?? '0', 16);
  const warnings: readonly IdentifierWarning[] = [
    // Bit 0: an address of many. Bit 1: made up by the device, as telephones do anew for each network.
    ...((first & 1) === 1 ? (['group-mac'] as const) : []),
    ...((first & 3) === 2 ? (['random-mac'] as const) : []),
  ];
  return ok({ type: 'mac_address', value: bytes.join(':'), warnings });
}
