import { countrySpecs, isValidBIC } from 'ibantools';
import { compact, digitsOf, isMonotone, luhn, weigh } from '../checksums.ts';
import type { Detector } from '../detector.ts';

/** Prefixes and lengths of the card networks (public facts, from memory). */
const NETWORKS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|64[4-9]|65|622)/, [16, 17, 18, 19]],
  [/^(?:30[0-5]|36|38|39)/, [14, 16]],
  [/^35(?:2[89]|[3-8])/, [16, 17, 18, 19]],
  [/^(?:50|5[6-9]|6)/, [13, 14, 15, 16, 17, 18, 19]],
  [/^220[0-4]/, [16]],
  [/^1/, [15]],
];

/** A card number: its network's prefix and length, and the Luhn digit. */
function isCard(text: string): boolean {
  const digits = digitsOf(text);
  if (!luhn(digits) || isMonotone(digits)) return false;
  return NETWORKS.some(([prefix, lengths]) => prefix.test(digits) && lengths.includes(digits.length));
}

/** Routing number of a US bank: the weighted sum of its nine digits is a multiple of ten, the first two are of a Federal Reserve district. */
function isRouting(text: string): boolean {
  const digits = digitsOf(text);
  const district = Number(digits.slice(0, 2));
  const known =
    district <= 12 ? district > 0 : (district >= 21 && district <= 32) || (district >= 61 && district <= 72) || district === 80;
  return known && weigh(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0;
}

/**
 * Country, length and the check of ISO 13616 (ISO/IEC 7064 MOD 97-10). What a country checks inside its own part is not asked: a wrong one is an account
 * number all the same.
 */
function isIban(text: string): boolean {
  const iban = compact(text);
  const spec = countrySpecs[iban.slice(0, 2)];
  if (spec?.chars !== iban.length) return false;
  const digits = [...`${iban.slice(4)}${iban.slice(0, 4)}`].map((character) => Number.parseInt(character, 36)).join('');
  return BigInt(digits) % 97n === 1n;
}

/** What money moves by. */
export const PAYMENT: readonly Detector[] = [
  {
    class: 'card-number',
    pattern: '[1-6]\\d{3}[ -]?\\d{4}[ -]?\\d{4}[ -]?\\d{1,4}(?:[ -]?\\d{1,3})?|3\\d{3}[ -]?\\d{6}[ -]?\\d{4,5}',
    valid: isCard,
    validator: 'luhn',
    chance: 0.06,
    needs: 'statistics',
  },
  {
    class: 'iban',
    pattern: '[A-Z]{2}\\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,4})?',
    valid: isIban,
    validator: 'iban',
    chance: 0.002,
    needs: 'nothing',
  },
  {
    class: 'bic',
    pattern: '[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?',
    valid: (text) => isValidBIC(text.toUpperCase()),
    chance: 0.3,
    needs: 'context',
  },
  {
    class: 'aba-routing',
    pattern: '\\d{4}-?\\d{4}-?\\d',
    valid: isRouting,
    validator: 'aba',
    chance: 0.045,
    needs: 'statistics',
  },
  {
    class: 'card-track',
    pattern: '%B\\d{12,19}\\^[^^?]{2,26}\\^\\d{4}[^?]*\\??|;\\d{12,19}=\\d{4}\\d*\\??',
    chance: 1e-9,
    needs: 'nothing',
    edge: '\\p{N}',
  },
  { class: 'card-security-code', pattern: '\\d{3,4}', chance: 1, needs: 'context' },
  {
    class: 'card-expiry',
    pattern: '(?:0[1-9]|1[0-2])\\s?[/-]\\s?(?:20)?\\d{2}|20\\d{2}-(?:0[1-9]|1[0-2])|(?:0[1-9]|1[0-2])\\d{2}',
    chance: 1,
    needs: 'context',
  },
  { class: 'account-number', pattern: '(?=.*\\d)[A-Z0-9][A-Z0-9 ./-]{3,33}', chance: 1, needs: 'context' },
  { class: 'credit-score', pattern: '[3-9]\\d{2}', chance: 1, needs: 'context' },
  { class: 'income', pattern: '[-+]?[$€£¥₹]?\\s?\\d[\\d.,\\s]*\\s?[$€£¥₹k]?|[<>]=?\\s?\\d+k', chance: 1, needs: 'context' },
];
