import words from 'virtual:offline-words';
import { isolate } from '../words/isolate.ts';
import { directionOf, LANGUAGES, type Language, localeOf, readLanguage } from '../words/language.ts';
import { fill } from './fill.ts';

let shown: Language = 'en';

/** The language to begin with: the address, then what the browser asks for, then English. */
export function firstLanguage(): Language {
  const asked = [new URLSearchParams(location.search).get('lang'), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return asked.map(readLanguage).find((language) => language !== undefined) ?? 'en';
}

/** Puts the words of a language on show. */
export function speak(language: Language): void {
  shown = language;
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  document.title = say('offline.title');
}

/** The language on show. */
export function language(): Language {
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
  const message = Object.hasOwn(words, key) ? words[key]?.[LANGUAGES.indexOf(shown)] : undefined;
  return message === undefined ? undefined : fill(message, isolate(values, directionOf(shown)), localeOf(shown));
}
