/** Checksums of numbers that stand in free texts. Forms and check digits are written down from memory, as of 2026-11-26. */

/** ISO 13616: the first four characters moved to the end, letters as 10 to 35, leave 1 when divided by 97 (ISO 7064). */
export function isIban(found: string): boolean {
  const plain = found.replace(/\s/gu, '').toUpperCase();
  if (plain.length < 15 || plain.length > 34) return false;
  return (
    rest(
      `${plain.slice(4)}${plain.slice(0, 4)}`.replace(/[A-Z]/gu, (letter) => String(Number.parseInt(letter, 36))),
      97,
    ) === 1
  );
}

/** ISO/IEC 7812: 13 to 19 digits that pass Luhn's check and begin as numbers of cards do. */
export function isCard(found: string): boolean {
  const digits = found.replace(/\D/gu, '');
  return digits.length >= 13 && digits.length <= 19 && /^(?:[3-6]|2[2-7])/u.test(digits) && passesLuhn(digits);
}

/** The number of a person in one of the countries that are known here, in its own form and with its check digits where it has some. */
export function isNationalId(found: string): boolean {
  const plain = found.replace(/[ .-]/gu, '').toUpperCase();
  return IDS.some((holds) => holds(plain, found));
}

type Check = (plain: string, written: string) => boolean;

const IDS: readonly Check[] = [
  isSocialSecurity,
  // United Kingdom, national insurance: no check digit, but a form of its own.
  (plain) => /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/u.test(plain),
  isFrench,
  isSpanish,
  isItalian,
  isBrazilian,
  isChinese,
  isIndian,
];

/** United States: no check digit, so only with its two hyphens. */
function isSocialSecurity(_plain: string, written: string): boolean {
  return /^(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}$/u.test(written);
}

/** France, NIR: sex, year and month of birth, place, order, and 97 less the rest as key. Corsica's places are written 2A and 2B. */
function isFrench(plain: string): boolean {
  if (!/^[12]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d{2}|2[AB])\d{8}$/u.test(plain)) return false;
  const digits = plain.slice(0, 13).replace('2A', '19').replace('2B', '18');
  return 97 - rest(digits, 97) === Number(plain.slice(13));
}

/** Spain, DNI and NIE: the letter is that of the rest by 23. */
function isSpanish(plain: string): boolean {
  if (!/^[XYZ\d]\d{7}[A-Z]$/u.test(plain)) return false;
  const number = Number(plain.slice(0, 8).replace('X', '0').replace('Y', '1').replace('Z', '2'));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === plain[8];
}

const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/** Italy, codice fiscale: the last letter follows from the others, weighed by their places. */
function isItalian(plain: string): boolean {
  if (!/^[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]$/u.test(plain)) return false;
  const sum = [...plain.slice(0, 15)].reduce((total, character, place) => {
    const value = /\d/u.test(character) ? Number(character) : character.charCodeAt(0) - 65;
    return total + (place % 2 === 0 ? (ODD[value] ?? 0) : value);
  }, 0);
  return String.fromCharCode(65 + (sum % 26)) === plain[15];
}

/** Brazil, CPF: two check digits by 11. */
function isBrazilian(plain: string): boolean {
  if (!/^\d{11}$/u.test(plain) || /^(\d)\1+$/u.test(plain)) return false;
  const digits = [...plain].map(Number);
  return [9, 10].every((length) => {
    const sum = digits.slice(0, length).reduce((total, digit, i) => total + digit * (length + 1 - i), 0);
    return ((sum * 10) % 11) % 10 === digits[length];
  });
}

const CHINESE = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** China, number of a resident: place, day of birth, order, and a check character by 11 (ISO 7064 MOD 11-2). */
function isChinese(plain: string): boolean {
  if (!/^[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/u.test(plain)) return false;
  const sum = CHINESE.reduce((total, weight, i) => total + weight * Number(plain[i]), 0);
  return '10X98765432'[sum % 11] === plain[17];
}

const TURN = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/** India, Aadhaar: twelve digits with Verhoeff's check. */
function isIndian(plain: string): boolean {
  if (!/^[2-9]\d{11}$/u.test(plain)) return false;
  return [...plain].reverse().reduce((check, digit, place) => timesInD5(check, turned(Number(digit), place)), 0) === 0;
}

/** The permutation of Verhoeff's scheme, applied as often as the digit's place says. */
function turned(digit: number, times: number): number {
  let value = digit;
  for (let i = 0; i < times % 8; i++) value = TURN[value] ?? 0;
  return value;
}

/** The product in the dihedral group of ten elements: turns 0 to 4, mirrored turns 5 to 9. */
function timesInD5(a: number, b: number): number {
  const turn = a < 5 ? (a % 5) + (b % 5) : 5 + (a % 5) - (b % 5);
  return (turn % 5) + (a < 5 === b < 5 ? 0 : 5);
}

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const counted = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (counted > 9 ? counted - 9 : counted);
  }, 0);
  return sum % 10 === 0;
}

/** The rest of a number of any length, digit by digit. */
function rest(digits: string, by: number): number {
  return [...digits].reduce((left, digit) => (left * 10 + Number(digit)) % by, 0);
}
