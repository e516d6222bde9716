import ar from '../../messages/statistics/ar.json' with { type: 'json' };
import en from '../../messages/statistics/en.json' with { type: 'json' };
import fr from '../../messages/statistics/fr.json' with { type: 'json' };

export type DefinitionKey = keyof typeof en.texts;

/** What is defined: the five units, the year, and each figure under its letter. */
export const DEFINITIONS = Object.keys(en.texts) as readonly DefinitionKey[];

/** The definitions in a language: part of the statistics, for a figure without its definition says nothing. */
export function definitionsIn(language: 'en' | 'fr' | 'ar'): Readonly<Record<DefinitionKey, string>> {
  return { en: en.texts, fr: fr.texts, ar: ar.texts }[language];
}
