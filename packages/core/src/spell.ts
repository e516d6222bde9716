/** The spelling alphabet of ICAO Annex 10 and ITU: the same words on every line, whatever language is spoken on it. */
const LETTERS: Readonly<Record<string, string>> = {
  a: 'Alfa',
  b: 'Bravo',
  c: 'Charlie',
  d: 'Delta',
  e: 'Echo',
  f: 'Foxtrot',
  g: 'Golf',
  h: 'Hotel',
  i: 'India',
  j: 'Juliett',
  k: 'Kilo',
  l: 'Lima',
  m: 'Mike',
  n: 'November',
  o: 'Oscar',
  p: 'Papa',
  q: 'Quebec',
  r: 'Romeo',
  s: 'Sierra',
  t: 'Tango',
  u: 'Uniform',
  v: 'Victor',
  w: 'Whiskey',
  x: 'X-ray',
  y: 'Yankee',
  z: 'Zulu',
};

/** Signs with words of their own, under `spell.<word>`. */
const SIGNS: Readonly<Record<string, string>> = {
  '@': 'at',
  '.': 'dot',
  '-': 'dash',
  _: 'underscore',
  '+': 'plus',
  ':': 'colon',
  '[': 'bracket-open',
  ']': 'bracket-close',
  '/': 'slash',
  ' ': 'space',
};

/** Every word of a sign, for catalogues. */
export const SPELLED_SIGNS: readonly string[] = Object.values(SIGNS);

/** One character as it is read out. */
export interface SpelledCharacter {
  readonly character: string;
  /** A letter's word in the alphabet, the same in every language. */
  readonly word?: string;
  /** A sign's word, to be looked up in the catalogue. */
  readonly sign?: string;
  readonly capital?: boolean;
}

/** Spells a text out for the telephone: letter by letter, capitals marked, signs named. What is no letter of the alphabet, digit or sign stands for itself. */
export function spellOut(text: string): readonly SpelledCharacter[] {
  return [...text].map((character) => {
    const word = LETTERS[character.toLowerCase()];
    if (word !== undefined)
      return character === character.toLowerCase() ? { character, word } : { character, word, capital: true };
    const sign = SIGNS[character];
    return sign === undefined ? { character } : { character, sign };
  });
}
