import { compact, digitsOf, isDay, isMonotone, luhn, mod11x10, verhoeff, weigh } from '../checksums.ts';

/* Rules of single numbers, from public descriptions, from memory; each has values that fit and values that do not in its test. */

const LETTER = '[AC-HJKMNP-RT-Y]';
/** Medicare beneficiary identifier: eleven places of digits and of letters that cannot be mistaken (CMS, from memory). */
export const MBI = `[1-9]${LETTER}(?:\\d|${LETTER})\\d-?${LETTER}(?:\\d|${LETTER})\\d-?${LETTER}{2}\\d{2}`;
/** National Insurance number. */
export const NINO = '[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]';
/** Great Britain's driver number: five of the surname, six of the birth date, two initials, three more. */
export const DVLA =
  '[A-Z](?:[A-Z]{4}|[A-Z]{3}9|[A-Z]{2}99|[A-Z]999|9999)\\d(?:[05][1-9]|[16][0-2])(?:0[1-9]|[12]\\d|3[01])\\d[A-Z9]{2}[A-Z0-9]{3}';
/** Italian fiscal code; digits may stand as letters where two people would share a code (omocodia). */
export const CODICE = '[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPR-T][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]';

/** No area 000, 666 or 9xx, no group 00, no serial 0000, none of the numbers printed in advertisements. */
export function ssn(text: string): boolean {
  const digits = digitsOf(text);
  const [area, group, serial] = [digits.slice(0, 3), digits.slice(3, 5), digits.slice(5)];
  if (area === '000' || area === '666' || area.startsWith('9') || group === '00' || serial === '0000') return false;
  return !['078051120', '219099999', '123456789', '987654321'].includes(digits) && !isMonotone(digits);
}

/** Luhn over the number with the prefix 80840. */
export function npi(text: string): boolean {
  const digits = digitsOf(text);
  return luhn(`80840${digits}`) && !isMonotone(digits.slice(0, 9));
}

export function dea(text: string): boolean {
  const digits = text.slice(2);
  const [odd, even] = [weigh(digits, [1, 0, 1, 0, 1, 0]), weigh(digits, [0, 1, 0, 1, 0, 1])];
  return (odd + 2 * even) % 10 === Number(digits[6]);
}

export function sin(text: string): boolean {
  const digits = digitsOf(text);
  // Separators stand twice and alike, or not at all; the example printed by the authorities belongs to nobody.
  const separators = new Set(text.replaceAll(/\d/g, ''));
  return luhn(digits) && !isMonotone(digits) && separators.size <= 1 && digits !== '046454286';
}

/** Prefixes that are not given; the serial 000000 stays open, as it is not said to be. */
export function nino(text: string): boolean {
  const number = compact(text);
  return !['BG', 'GB', 'KN', 'NK', 'NT', 'TN', 'ZZ'].includes(number.slice(0, 2));
}

export function nhs(text: string): boolean {
  const digits = digitsOf(text);
  const check = 11 - (weigh(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
  return (check === 11 ? 0 : check) === Number(digits[9]) && !isMonotone(digits);
}

/** German tax identification number: no more than one of the first ten digits stands twice or three times, and the check of ISO 7064. */
export function idnr(text: string): boolean {
  const digits = digitsOf(text);
  const counts = [...Map.groupBy(digits.slice(0, 10), (digit) => digit).values()].map((same) => same.length);
  const repeated = counts.filter((count) => count > 1);
  return repeated.length <= 1 && repeated.every((count) => count <= 3) && mod11x10(digits);
}

/** German pension number: the letter counts as two digits; sums of digits of products. */
export function svnr(text: string): boolean {
  const number = compact(text);
  const letter = String((number.codePointAt(8) ?? 0) - 64).padStart(2, '0');
  const day = Number(number.slice(2, 4));
  const open = `${number.slice(0, 8)}${letter}${number.slice(9, 11)}`;
  return (day <= 31 || day >= 51) && digitSums(open, [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) % 10 === Number(number[11]);
}

/** German health insurance number: the letter counts as two digits, weights one and two. */
export function kvnr(text: string): boolean {
  const number = compact(text);
  const open = `${String((number.codePointAt(0) ?? 0) - 64).padStart(2, '0')}${number.slice(1, 9)}`;
  return digitSums(open, [1, 2, 1, 2, 1, 2, 1, 2, 1, 2]) % 10 === Number(number[9]);
}

function digitSums(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, i) => {
    const product = weight * Number(digits[i]);
    return sum + Math.floor(product / 10) + (product % 10);
  }, 0);
}

/** German physician number: six digits, a check with weights four and nine, two for the field. */
export function lanr(text: string): boolean {
  const check = 10 - (weigh(text, [4, 9, 4, 9, 4, 9]) % 10);
  return (check === 10 ? 0 : check) === Number(text[6]);
}

/** Weights seven, three, one; letters count from ten (ICAO Doc 9303). */
export function passportDe(text: string): boolean {
  const values = [...compact(text)].map((character) => Number.parseInt(character, 36));
  const sum = values.slice(0, 8).reduce((total, value, i) => total + value * ([7, 3, 1][i % 3] ?? 0), 0);
  return sum % 10 === values[8];
}

const DNI = 'TRWAGMYFPDXBNJZSQVHLCKE';

export function dni(text: string): boolean {
  const number = compact(text);
  return DNI[Number(number.slice(0, -1)) % 23] === number.at(-1);
}

export function nie(text: string): boolean {
  const number = compact(text);
  return dni(`${'XYZ'.indexOf(number[0] ?? '')}${number.slice(1)}`);
}

const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

export function codice(text: string): boolean {
  const code = compact(text);
  let sum = 0;
  for (let i = 0; i < 15; i++) {
    const value = Number.parseInt(code[i] ?? '', 36);
    const place = value < 10 ? value : value - 10;
    sum += i % 2 === 0 ? (ODD[place] ?? 0) : place;
  }
  return String.fromCodePoint(65 + (sum % 26)) === code[15];
}

export function aadhaar(text: string): boolean {
  const digits = digitsOf(text);
  return verhoeff(digits) && digits !== [...digits].reverse().join('');
}

/** Chinese resident number: ISO 7064 MOD 11-2 over seventeen digits. */
export function ric(text: string): boolean {
  const check = weigh(text, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11;
  return '10X98765432'[check] === text[17]?.toUpperCase() && isDay(text.slice(10, 12), text.slice(12, 14));
}

export function tfn(text: string): boolean {
  const digits = digitsOf(text);
  const weights = digits.length === 8 ? [10, 7, 8, 4, 6, 3, 5, 1] : [1, 4, 3, 7, 5, 8, 6, 9, 10];
  return weigh(digits, weights) % 11 === 0 && !isMonotone(digits);
}

export function medicare(text: string): boolean {
  const digits = digitsOf(text);
  return weigh(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === Number(digits[8]);
}

const KR_WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];

/** Korean resident number. Since October 2020 the last six digits are drawn: for those born since, no check is left, and older ones may be changed. */
export function rrn(text: string): boolean {
  const digits = digitsOf(text);
  if (!isDay(digits.slice(2, 4), digits.slice(4, 6)) || Number(digits.slice(7, 9)) > 96) return false;
  return krCheck(digits, 11);
}

/** Korean number of foreigners: the same weights, two more. */
export function frn(text: string): boolean {
  const digits = digitsOf(text);
  return isDay(digits.slice(2, 4), digits.slice(4, 6)) && krCheck(digits, 13);
}

/** A resident number of which only date and the digit of sex and century can be checked. */
export function rrnOfLot(text: string): boolean {
  return datedKorean(text, '1234');
}

/** A foreigner's number of which only date and the digit of sex and century can be checked. */
export function frnOfLot(text: string): boolean {
  return datedKorean(text, '5678');
}

function datedKorean(text: string, centuries: string): boolean {
  const digits = digitsOf(text);
  return isDay(digits.slice(2, 4), digits.slice(4, 6)) && centuries.includes(digits[6] ?? '-');
}

function krCheck(digits: string, from: number): boolean {
  return (from - (weigh(digits, KR_WEIGHTS) % 11)) % 10 === Number(digits[12]);
}

export function myNumber(text: string): boolean {
  const digits = digitsOf(text);
  const rest = weigh(digits, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return (rest <= 1 ? 0 : 11 - rest) === Number(digits[11]) && !isMonotone(digits);
}

/** Belgian national number: 97 less the rest; a two before those born since 2000. No year is read as later than 2039. */
export function beNn(text: string): boolean {
  const digits = digitsOf(text);
  const [open, check] = [digits.slice(0, 9), Number(digits.slice(9))];
  const readings = Number(digits.slice(0, 2)) < 40 ? [open, `2${open}`] : [open];
  return readings.some((number) => 97 - (Number(number) % 97) === check);
}

/** Swedish personal number, ten or twelve digits; a coordination number adds sixty to the day. */
export function personnummer(text: string): boolean {
  const digits = digitsOf(text).slice(-10);
  const day = Number(digits.slice(4, 6));
  return isDay(digits.slice(2, 4), String(day > 60 ? day - 60 : day)) && luhn(digits);
}

export function hetu(text: string): boolean {
  const code = text.toUpperCase();
  const number = Number(`${code.slice(0, 6)}${code.slice(7, 10)}`);
  return '0123456789ABCDEFHJKLMNPRSTUVWXY'[number % 31] === code[10] && isDay(code.slice(2, 4), code.slice(0, 2));
}

/** Czech and Slovak birth number; nine digits have no check and stay with the header. */
export function rodneCislo(text: string): boolean {
  const digits = digitsOf(text);
  return digits.length === 10 && (Number(digits) % 11 === 0 || (Number(digits.slice(0, 9)) % 11 === 10 && digits[9] === '0'));
}

/** The citizen digit is 0 or 1, the eighth field 8 or 9. */
export function zaId(text: string): boolean {
  return isDay(text.slice(2, 4), text.slice(4, 6)) && luhn(text);
}

export function kimlik(text: string): boolean {
  const tenth = (7 * weigh(text, [1, 0, 1, 0, 1, 0, 1, 0, 1]) - weigh(text, [0, 1, 0, 1, 0, 1, 0, 1])) % 10;
  const eleventh = weigh(text, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]) % 10;
  return (tenth + 10) % 10 === Number(text[9]) && eleventh === Number(text[10]);
}

/** Thai number; places two and three are a province, which exist from 10 to 96. */
export function thId(text: string): boolean {
  const digits = digitsOf(text);
  const check = (11 - (weigh(digits, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 10;
  const province = Number(digits.slice(1, 3));
  return check === Number(digits[12]) && province >= 10 && province <= 96;
}

/** Singapore's identity card: letters by the year's prefix. */
export function nric(text: string): boolean {
  const number = text.toUpperCase();
  const prefix = number[0] ?? '';
  const offset = prefix === 'T' || prefix === 'G' ? 4 : prefix === 'M' ? 3 : 0;
  const rest = (weigh(number.slice(1), [2, 7, 6, 5, 4, 3, 2]) + offset) % 11;
  const letters = prefix === 'S' || prefix === 'T' ? 'JZIHGFEDCBA' : prefix === 'M' ? 'KLJNPQRTUWX' : 'XWUTRQPNMLK';
  return letters[prefix === 'M' ? 10 - rest : rest] === number[8];
}

/** Russian taxpayer number of ten or twelve digits. */
export function inn(text: string): boolean {
  const fits = (weights: readonly number[]): boolean => (weigh(text, weights) % 11) % 10 === Number(text[weights.length]);
  if (isMonotone(text)) return false;
  if (text.length === 10) return fits([2, 4, 10, 3, 5, 9, 4, 6, 8]);
  return fits([7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) && fits([3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]);
}

/** Russian insurance number: a weighted sum modulo 101. */
export function snils(text: string): boolean {
  const digits = digitsOf(text);
  return !isMonotone(digits) && (weigh(digits, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101) % 100 === Number(digits.slice(9));
}

export function emirates(text: string): boolean {
  return luhn(digitsOf(text));
}
