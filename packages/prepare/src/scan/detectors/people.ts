import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { digitsOf, isMonotone } from '../checksums.ts';
import type { Detector } from '../detector.ts';
import { isGivenName, isSurname } from '../dictionaries.ts';

/** Countries in whose ways of writing a number without its country is read; a hint goes before. */
const PLACES: readonly CountryCode[] = [
  'US',
  'GB',
  'FR',
  'DE',
  'ES',
  'IT',
  'BR',
  'IN',
  'JP',
  'CN',
  'KR',
  'AU',
  'NL',
  'PL',
  'TR',
  'PH',
  'MX',
  'ZA',
  'AE',
  'RU',
];

function isPhoneAbroad(text: string): boolean {
  return parsePhoneNumberFromString(text)?.isPossible() ?? false;
}

function isPhoneIn(text: string, places: readonly CountryCode[]): boolean {
  if (isMonotone(digitsOf(text)) || /^\d{4}[-./]\d{2}[-./]\d{2}$/.test(text)) return false;
  return places.some((place) => parsePhoneNumberFromString(text, place)?.isValid() ?? false);
}

/** Detectors of telephone numbers that read numbers without a country as those of the hinted countries. */
export function phones(hints: readonly string[]): readonly Detector[] {
  const places = [...new Set([...hints.filter((hint): hint is CountryCode => isSupportedCountry(hint)), ...PLACES])];
  const valid = (text: string): boolean => isPhoneIn(text, places);
  const common = { class: 'phone', validator: 'phone' } as const;
  const inUs = (text: string): boolean => isPhoneIn(text, ['US']);
  return [
    { ...common, pattern: '\\+\\d[\\d ().-]{6,18}\\d', valid: isPhoneAbroad, chance: 0.05, needs: 'nothing', edge: '\\p{N}+' },
    { ...common, pattern: '\\([2-9]\\d{2}\\) ?\\d{3}-\\d{4}', valid: inUs, chance: 0.05, needs: 'nothing', edge: '\\p{N}' },
    {
      ...common,
      pattern: '[2-9]\\d{2}[-.][2-9]\\d{2}[-.]\\d{4}',
      valid: inUs,
      chance: 0.4,
      needs: 'statistics',
      edge: '\\p{N}-',
    },
    { ...common, pattern: '0\\d{1,4}(?:[ .-]\\d{2,4}){2,5}', valid, chance: 0.4, needs: 'statistics', edge: '\\p{N}' },
    {
      ...common,
      pattern: '0?[ ]?\\(?\\d{2,5}\\)?(?:[ ./-]?\\d{2,5}){1,5}',
      valid,
      chance: 0.7,
      needs: 'context',
      edge: '\\p{N}',
    },
  ];
}

/** Two or three words of which the first is a common given name, or the last a common surname, each with a capital. */
function isFullName(text: string): boolean {
  const words = text.split(/[\s,]+/u).filter((word) => !/^(?:\p{L}\.?|de|da|van|von|der|bin|al|el|dos|del|la)$/iu.test(word));
  if (words.length < 2 || words.some((word) => !/^(?:\p{Lu}|\p{Lo})/u.test(word))) return false;
  const known = words.filter((word) => isGivenName(word) || isSurname(word)).length;
  return known * 2 >= words.length && words.some(isGivenName) === true;
}

const STREET =
  'street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|way|place|square|terrace|close|highway|hwy|rue|chemin|impasse|allée|quai|route|calle|avenida|av|paseo|plaza|carrera|via|viale|corso|piazza|rua|travessa|straat|laan|gracht|ulica|ul|aleja|улица|ул|проспект|sokak|cadde|caddesi|شارع';

/** Streets with a house number, before or behind, in several languages. */
const ADDRESS = [
  `\\d{1,5}[a-z]?,? (?:bis |ter )?(?:[\\p{L}'.-]+ ){0,4}(?:${STREET})\\b\\.?(?: [\\p{L}'-]+){0,4}`,
  `(?:${STREET})\\.? (?:[\\p{L}'.-]+ ){0,4}[\\p{L}'.-]+,? (?:n[.°º]? ?)?\\d{1,5}[a-z]?`,
  `[\\p{L}-]+(?:stra(?:ß|ss)e|str\\.|weg|platz|allee|gasse|gracht|straat|laan|gatan|vägen|vej|gade|katu|tie) \\d{1,4} ?[a-z]?`,
  `\\p{Script=Han}{2,8}[路街道巷]\\d{1,5}号`,
].join('|');

/** People, and where they live. */
export const PEOPLE: readonly Detector[] = [
  {
    class: 'person-name',
    pattern: "\\p{L}[\\p{L}'’-]+(?:,? (?:\\p{L}\\.|[\\p{L}'’-]+)){0,2},? \\p{L}[\\p{L}'’-]+",
    valid: isFullName,
    validator: 'dictionary',
    chance: 0.02,
    needs: 'statistics',
  },
  { class: 'postal-address', pattern: ADDRESS, chance: 0.005, needs: 'statistics' },
  {
    class: 'postal-code',
    pattern:
      '(?:GIR ?0AA|(?:[A-PR-UWYZ]\\d{1,2}|[A-PR-UWYZ][A-HK-Y]\\d{1,2}|[A-PR-UWYZ]\\d[A-HJKPSTUW]|[A-PR-UWYZ][A-HK-Y]\\d[ABEHMNPRVWXY]) ?\\d[ABD-HJLNP-UW-Z]{2})',
    chance: 0.005,
    needs: 'statistics',
  },
  {
    class: 'postal-code',
    pattern: '[ABCEGHJ-NPRSTVXY]\\d[ABCEGHJ-NPRSTV-Z] ?\\d[ABCEGHJ-NPRSTV-Z]\\d',
    chance: 0.005,
    needs: 'statistics',
  },
  { class: 'postal-code', pattern: '\\d{5}-\\d{4}|[1-9]\\d{3} ?[A-Z]{2}|\\d{2}-\\d{3}', chance: 0.02, needs: 'statistics' },
  { class: 'postal-code', pattern: '\\d{3,6}|\\d{3}[- ]\\d{2,4}|\\d{5}-\\d{3}', chance: 1, needs: 'context' },
  {
    class: 'licence-plate',
    pattern: '[\\p{L}]{1,3}[ -]?(?:\\p{L}{1,2}[ -]?)?\\d{1,5}[ -]?\\p{L}{0,3}|\\d{1,4}[ -]?\\p{L}{1,3}[ -]?\\d{0,5}',
    chance: 1,
    needs: 'context',
  },
  { class: 'passport-number', pattern: '[A-Z]{0,3}\\d{6,9}[A-Z]{0,2}|[A-Z]\\d{3}[A-Z]\\d{4}', chance: 1, needs: 'context' },
  { class: 'driving-licence', pattern: '[A-Z0-9][A-Z0-9 -]{4,19}', chance: 1, needs: 'context' },
  { class: 'national-number', pattern: '[A-Z0-9][A-Z0-9 ./-]{4,19}', chance: 1, needs: 'context' },
  { class: 'tax-number', pattern: '[A-Z0-9][A-Z0-9 ./-]{5,19}', chance: 1, needs: 'context' },
  { class: 'age', pattern: '(?:1[01]\\d|\\d{1,2})(?:\\.\\d)?', chance: 1, needs: 'context' },
  {
    class: 'password',
    pattern: '\\$(?:2[abxy]|argon2id?|5|6|scrypt)\\$[^\\s$]+\\$?[^\\s]{20,}',
    chance: 1e-9,
    needs: 'nothing',
    edge: '\\p{N}',
  },
  {
    class: 'password',
    pattern: 'eyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]{10,}|AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY-----',
    chance: 1e-9,
    needs: 'nothing',
  },
  {
    class: 'photo',
    pattern: 'data:image/(?:png|jpe?g|webp|gif);base64,[A-Za-z0-9+/=]+',
    chance: 1e-9,
    needs: 'nothing',
    edge: '\\p{L}',
  },
];
