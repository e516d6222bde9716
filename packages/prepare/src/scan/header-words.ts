import { isScanClass, type ScanClass } from './classes.ts';
import data from './data/headers.json' with { type: 'json' };
import { plain } from './words.ts';

interface Phrase {
  readonly words: readonly string[];
  readonly of: readonly (ScanClass | 'none')[];
}

const PHRASES: readonly Phrase[] = phrases();
const BY_FIRST = Map.groupBy(PHRASES, ({ words }) => words[0] ?? '');
const JOINED = new Map(PHRASES.map((phrase) => [phrase.words.join(''), phrase]));
/** Scripts that write words without spaces between them. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
const UNSPACED_PHRASES = PHRASES.filter(({ words }) => UNSPACED.test(words.join('')));

function phrases(): readonly Phrase[] {
  const all = new Map<string, (ScanClass | 'none')[]>();
  for (const [name, list] of Object.entries(data)) {
    if (name === 'note') continue;
    if (name !== 'none' && !isScanClass(name)) throw new TypeError(`headers.json names no class: ${name}`);
    for (const phrase of list.split('|')) {
      const key = plain(phrase);
      all.set(key, [...(all.get(key) ?? []), name]);
    }
  }
  return [...all].map(([key, of]) => ({ words: key.split(' '), of })).sort((a, b) => b.words.length - a.words.length);
}

/** Classes that a column's name speaks of. Longer phrases hide the shorter ones inside them; order is that of the name. */
export function classesOfHeader(header: string): readonly ScanClass[] {
  const text = plain(header);
  const found = text === '' ? [] : [...(JOINED.get(text.replaceAll(' ', ''))?.of ?? spoken(text))];
  return [...new Set(found)].filter((name) => name !== 'none');
}

function spoken(text: string): readonly (ScanClass | 'none')[] {
  const words = text.split(' ').map((word) => word.replace(/(?<=\p{L})\d+$/u, ''));
  const found: (ScanClass | 'none')[] = [];
  for (let at = 0; at < words.length; ) {
    const phrase = phraseAt(words, at) ?? phraseAt(words.map(singular), at);
    if (phrase === undefined) at += 1;
    else {
      found.push(...phrase.of);
      at += phrase.words.length;
    }
  }
  return UNSPACED.test(text) && found.length === 0 ? (longestIn(text)?.of ?? []) : found;
}

function phraseAt(words: readonly string[], at: number): Phrase | undefined {
  return BY_FIRST.get(words[at] ?? '')?.find((phrase) => phrase.words.every((word, i) => word === words[at + i]));
}

function longestIn(text: string): Phrase | undefined {
  const joined = text.replaceAll(' ', '');
  // One character stands in too many words to say anything.
  const inside = UNSPACED_PHRASES.filter(({ words }) => words.join('').length > 1 && joined.includes(words.join('')));
  return inside.sort((a, b) => b.words.join('').length - a.words.join('').length)[0];
}

function singular(word: string): string {
  return word.length > 3 ? word.replace(/s$/, '') : word;
}

/** Whether a text near a find speaks of a class: the words before and behind it. */
export function speaksOf(text: string, name: ScanClass): boolean {
  return spoken(plain(text)).includes(name);
}
