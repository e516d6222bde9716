import type { ScanClass } from './classes.ts';
import cityData from './data/cities.json' with { type: 'json' };
import nameData from './data/names.json' with { type: 'json' };
import valueData from './data/values.json' with { type: 'json' };
import { plain } from './words.ts';

/** A class that is known by its words. */
export interface Dictionary {
  readonly class: ScanClass;
  readonly has: (plainText: string) => boolean;
  /** Share of arbitrary words that stand in it. */
  readonly chance: number;
}

const GIVEN = setOf(nameData.given);
const SURNAMES = setOf(nameData.surname);
/** Family names of one or two characters, written before the given name without a space. */
const PREFIXES = [...nameData.prefix].sort((a, b) => b.length - a.length);
const CITIES = setOf(cityData.cities);

function setOf(words: readonly string[]): ReadonlySet<string> {
  return new Set(words.map(plain));
}

function joined(word: string): string {
  return plain(word).replaceAll(' ', '');
}

/** Whether a word is a given name that is very common somewhere. */
export function isGivenName(word: string): boolean {
  return (
    GIVEN.has(joined(word)) ||
    plain(word)
      .split(' ')
      .some((part) => GIVEN.has(part))
  );
}

/** Whether a word is a surname that is very common somewhere. */
export function isSurname(word: string): boolean {
  return SURNAMES.has(joined(word));
}

function isEastAsianName(text: string): boolean {
  return /^[\p{Script=Han}\p{Script=Hangul}]{2,5}$/u.test(text) && PREFIXES.some((prefix) => text.startsWith(prefix));
}

const SHORT_GENDER = setOf(valueData['gender-short']);
const GENDER = setOf(valueData.gender);

function listed(name: Exclude<keyof typeof valueData, 'note' | 'gender-short'> & ScanClass): Dictionary {
  const words = setOf(valueData[name]);
  return { class: name, has: (text) => words.has(text), chance: 0.03 };
}

/** Classes that are known by lists of words. The lists are short and biased towards large languages and countries. */
export const DICTIONARIES: readonly Dictionary[] = [
  { class: 'gender', has: (text) => GENDER.has(text) || SHORT_GENDER.has(text), chance: 0.03 },
  listed('race-ethnicity'),
  listed('religion'),
  listed('political-opinion'),
  listed('sexual-orientation'),
  listed('union-membership'),
  listed('marital-status'),
  listed('criminal-record'),
  listed('health-condition'),
  listed('nationality'),
  { class: 'given-name', has: (text) => GIVEN.has(text.replaceAll(' ', '')), chance: 0.03 },
  { class: 'surname', has: (text) => SURNAMES.has(text.replaceAll(' ', '')), chance: 0.03 },
  { class: 'person-name', has: isEastAsianName, chance: 0.05 },
  { class: 'city', has: (text) => CITIES.has(text), chance: 0.02 },
];

/** Whether a word that says sex in one letter or leaves it open is all there is: then a header must say what the column is. */
export function isShortGender(text: string): boolean {
  return SHORT_GENDER.has(text);
}
