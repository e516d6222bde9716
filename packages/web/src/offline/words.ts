import packed from 'virtual:offline-words';
import { isolate } from '../words/isolate.ts';
import { directionOf, localeOf, PRINT_LANGUAGES, type PrintLanguage } from '../words/language.ts';
import { fill, type Message } from './fill.ts';

/** Each word in the order of PRINT_LANGUAGES. */
let words: Readonly<Record<string, readonly Message[]>> = {};
let shown: PrintLanguage = 'en';

/** Unpacks the words that lie in the page; to be awaited before any is said. */
export async function unpackWords(): Promise<void> {
  const bytes = Uint8Array.from(atob(packed), (char) => char.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  // Parser: written when the page was built, and covered by the digest in its security policy.
  words = (await new Response(plain).json()) as typeof words;
}

/** The language to begin with: the address, then what the browser asks for, then English. */
export function firstLanguage(): PrintLanguage {
  const asked = [new URLSearchParams(location.search).get('lang'), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return asked.map((tag) => PRINT_LANGUAGES.find((known) => known === tag)).find((known) => known !== undefined) ?? 'en';
}

/** Puts the words of a language on show. */
export function speak(language: PrintLanguage): void {
  shown = language;
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  document.title = say('offline.title');
}

/** The language on show. */
export function language(): PrintLanguage {
  return shown;
}

/** BCP 47 tag of the language on show. */
export function locale(): string {
  return localeOf(shown);
}

/** A word of the page, with its places filled. */
export function say(key: string, values?: Readonly<Record<string, string | number>>): string {
  return wordFor(key, values) ?? key;
}

/** A word whose key is data (`act.issue.done`), or undefined where there is none. */
export function wordFor(key: string, values?: Readonly<Record<string, string | number>>): string | undefined {
  const message = Object.hasOwn(words, key) ? words[key]?.[PRINT_LANGUAGES.indexOf(shown)] : undefined;
  return message === undefined ? undefined : fill(message, isolate(values, directionOf(shown)), localeOf(shown));
}
