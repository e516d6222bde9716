/** Check digits that more than one kind of number uses. All take digits (or letters) without separators and answer whether they fit. */

/** Luhn, ISO/IEC 7812-1 annex B. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit;
  }
  return digits.length > 0 && sum % 10 === 0;
}

/** The sum of digits times weights; digits beyond the weights count nothing. */
export function weigh(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, i) => sum + weight * Number(digits[i] ?? 0), 0);
}

const MULTIPLY = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const PERMUTE = ['0123456789', '1576283094', '5803796142', '8916043527', '9453126870', '4286573901', '2793806415', '7046913258'];

/** Verhoeff's check digit in the dihedral group of order ten. */
export function verhoeff(digits: string): boolean {
  let check = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    check = Number(MULTIPLY[check]?.[Number(PERMUTE[i % 8]?.[digit])]);
  }
  return check === 0;
}

/** ISO/IEC 7064 MOD 11,10, as German tax numbers and others use it. */
export function mod11x10(digits: string): boolean {
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (Number(digit) + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (11 - product) % 10 === Number(digits.at(-1));
}

/** Whether year, month and day of two digits each can be a date; the century is not asked. */
export function isDay(month: string, day: string): boolean {
  const [m, d] = [Number(month), Number(day)];
  return m >= 1 && m <= 12 && d >= 1 && d <= (m === 2 ? 29 : [4, 6, 9, 11].includes(m) ? 30 : 31);
}

/** Whether all characters are one and the same: no register gives such a number. */
export function isMonotone(text: string): boolean {
  return new Set(text).size === 1;
}

/** Digits alone. */
export function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '');
}

/** Letters and digits alone, in capitals. */
export function compact(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9]/g, '').toUpperCase();
}

const VIN_VALUES: Readonly<Record<string, number>> = Object.fromEntries(
  [...'ABCDEFGH']
    .map((letter, i) => [letter, i + 1])
    .concat(
      [...'JKLMN'].map((letter, i) => [letter, i + 1]),
      [
        ['P', 7],
        ['R', 9],
      ],
      [...'STUVWXYZ'].map((letter, i) => [letter, i + 2]),
    ),
);
const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** The check digit of a vehicle identification number (ninth character; 49 CFR 565.15, from memory). European makers may leave it out. */
export function vinCheck(vin: string): boolean {
  const text = vin.toUpperCase();
  const sum = VIN_WEIGHTS.reduce((total, weight, i) => total + weight * (VIN_VALUES[text[i] ?? ''] ?? Number(text[i])), 0);
  const check = sum % 11;
  return text.length === 17 && text[8] === (check === 10 ? 'X' : String(check));
}

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Bytes of a Base58 text, or undefined; leading ones are leading zero bytes. */
export function fromBase58(text: string): Uint8Array | undefined {
  let value = 0n;
  for (const character of text) {
    const digit = BASE58.indexOf(character);
    if (digit < 0) return undefined;
    value = value * 58n + BigInt(digit);
  }
  const hex = value === 0n ? '' : value.toString(16);
  const body = Buffer.from(hex.length % 2 === 1 ? `0${hex}` : hex, 'hex');
  const zeros = text.length - text.replace(/^1+/, '').length;
  return new Uint8Array(Buffer.concat([Buffer.alloc(zeros), body]));
}

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** Bech32 (BIP 173) and Bech32m (BIP 350) checksums. */
export function bech32(text: string): boolean {
  const lower = text.toLowerCase();
  const at = lower.lastIndexOf('1');
  if (at < 1 || (lower !== text && text.toUpperCase() !== text)) return false;
  const human = [...lower.slice(0, at)].map((character) => character.charCodeAt(0));
  const data = [...lower.slice(at + 1)].map((character) => BECH32.indexOf(character));
  if (data.length < 6 || data.includes(-1)) return false;
  const values = [...human.map((code) => code >> 5), 0, ...human.map((code) => code & 31), ...data];
  let check = 1;
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    GENERATOR.forEach((generator, i) => {
      if ((top >> i) & 1) check ^= generator;
    });
  }
  return check === 1 || check === 0x2bc830a3;
}
