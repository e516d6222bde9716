import { i18n } from './catalogue.ts';
import type { Language } from './language.ts';
import type { Catalogue } from './more.ts';

const FINDINGS: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: () => import('@comity/verify/messages/en.json'),
  fr: () => import('@comity/verify/messages/fr.json'),
  ar: () => import('@comity/verify/messages/ar.json'),
  es: () => import('@comity/verify/messages/es.json'),
  hi: () => import('@comity/verify/messages/hi.json'),
  ru: () => import('@comity/verify/messages/ru.json'),
  sw: () => import('@comity/verify/messages/sw.json'),
  pt: () => import('@comity/verify/messages/pt.json'),
  ur: () => import('@comity/verify/messages/ur.json'),
  zh: () => import('@comity/verify/messages/zh.json'),
};

/** Adds the verifier's sentences to the words on show. */
export async function loadFindings(language: Language): Promise<void> {
  const found = await FINDINGS[language]();
  const entries = Object.entries(found.default).filter(
    (entry): entry is [string, string] => entry[0].startsWith('finding.') && typeof entry[1] === 'string',
  );
  i18n.load(language, { ...i18n.messages, ...Object.fromEntries(entries) });
}
