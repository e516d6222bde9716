import compiled from 'virtual:offline-words';
import { setupI18n } from '@lingui/core';
import { isolate } from '../words/isolate.ts';
import { directionOf, type Language, localeOf, readLanguage } from '../words/language.ts';

const i18n = setupI18n();

/** The language to begin with: the address, then what the browser asks for, then English. */
export function firstLanguage(): Language {
  const asked = [new URLSearchParams(location.search).get('lang'), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return asked.map(readLanguage).find((language) => language !== undefined) ?? 'en';
}

/** Puts the words of a language on show. */
export function speak(language: Language): void {
  i18n.loadAndActivate({ locale: language, locales: [localeOf(language)], messages: compiled[language] });
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  document.title = say('offline.title');
}

/** The language on show. */
export function language(): Language {
  return readLanguage(i18n.locale) ?? 'en';
}

/** BCP 47 tag of the language on show. */
export function locale(): string {
  return localeOf(language());
}

/** A word of the page, with its places filled. */
export function say(key: string, values?: Readonly<Record<string, string | number>>): string {
  return i18n._(key, isolate(values, directionOf(language())));
}

/** A word whose key is data (`act.issue.done`), or undefined where there is none. */
export function wordFor(key: string, values?: Readonly<Record<string, string | number>>): string | undefined {
  return i18n.messages[key] === undefined ? undefined : say(key, values);
}
