import { type Messages, setupI18n } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { directionOf, type Language, localeOf, readLanguage } from './language.ts';
import type { Catalogue, More } from './more.ts';

/** The one instance that holds the words on show. */
export const i18n = setupI18n();
i18n.setMessagesCompiler(compileMessage);

const LOAD: Readonly<Record<Language, () => Promise<readonly Catalogue[]>>> = {
  en: () => Promise.all([import('@comity/core/messages/en.json'), import('../messages/en.json')]),
  fr: () => Promise.all([import('@comity/core/messages/fr.json'), import('../messages/fr.json')]),
  ar: () => Promise.all([import('@comity/core/messages/ar.json'), import('../messages/ar.json')]),
  es: () => Promise.all([import('@comity/core/messages/es.json'), import('../messages/es.json')]),
  sw: () => Promise.all([import('@comity/core/messages/sw.json'), import('../messages/sw.json')]),
  hi: () => Promise.all([import('@comity/core/messages/hi.json'), import('../messages/hi.json')]),
  ru: () => Promise.all([import('@comity/core/messages/ru.json'), import('../messages/ru.json')]),
  pt: () => Promise.all([import('@comity/core/messages/pt.json'), import('../messages/pt.json')]),
  ur: () => Promise.all([import('@comity/core/messages/ur.json'), import('../messages/ur.json')]),
  zh: () => Promise.all([import('@comity/core/messages/zh.json'), import('../messages/zh.json')]),
};

/** Loads a language's words and puts them on show. */
export async function showLanguage(language: Language): Promise<void> {
  const catalogues = await Promise.all([LOAD[language](), ...[...added].map((more) => loadMore(more, language))]);
  const messages: Messages = Object.assign({}, ...catalogues.flat().map(textsOf));
  i18n.loadAndActivate({ locale: language, locales: [localeOf(language)], messages });
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}

function textsOf(catalogue: Catalogue): Messages {
  const entries = Object.entries(catalogue.default);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

export type { More } from './more.ts';

const added = new Set<More>();

async function loadMore(more: More, language: Language): Promise<readonly Catalogue[]> {
  const { MORE } = await import('./more.ts');
  return (MORE[more][language] ?? MORE[more].en)();
}

/** Adds such words to those on show, from now on in every language. */
export async function addWords(more: More): Promise<void> {
  added.add(more);
  const language = readLanguage(i18n.locale) ?? 'en';
  const found = await loadMore(more, language);
  i18n.load(language, Object.assign({}, i18n.messages, ...found.map(textsOf)));
}

const KEPT = 'comity.language';

/** The language to begin with: the address, then what was chosen last, then what the browser asks for, then English. */
export function firstLanguage(search: string): Language {
  const asked = [
    new URLSearchParams(search).get('lang'),
    localStorage.getItem(KEPT),
    ...navigator.languages.map((tag) => tag.slice(0, 2)),
  ];
  return asked.map(readLanguage).find((language) => language !== undefined) ?? 'en';
}

/** Remembers a choice of language on this computer. */
export function keepLanguage(language: Language): void {
  localStorage.setItem(KEPT, language);
}
