import { type Messages, setupI18n } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { directionOf, type Language, localeOf, readLanguage } from './language.ts';

/** The one instance that holds the words on show. */
export const i18n = setupI18n();
i18n.setMessagesCompiler(compileMessage);

const LOAD: Readonly<Record<Language, () => Promise<readonly Catalogue[]>>> = {
  en: () => Promise.all([import('@comity/core/messages/en.json'), import('../messages/en.json')]),
  fr: () => Promise.all([import('@comity/core/messages/fr.json'), import('../messages/fr.json')]),
  ar: () => Promise.all([import('@comity/core/messages/ar.json'), import('../messages/ar.json')]),
  es: () => Promise.all([import('@comity/core/messages/es.json'), import('../messages/es.json')]),
  hi: () => Promise.all([import('@comity/core/messages/hi.json'), import('../messages/hi.json')]),
  pt: () => Promise.all([import('@comity/core/messages/pt.json'), import('../messages/pt.json')]),
  zh: () => Promise.all([import('@comity/core/messages/zh.json'), import('../messages/zh.json')]),
};

interface Catalogue {
  readonly default: Readonly<Record<string, unknown>>;
}

/** Loads a language's words and puts them on show. */
export async function showLanguage(language: Language): Promise<void> {
  const catalogues = await Promise.all([
    LOAD[language](),
    ...[...added].map((more) => (MORE[more][language] ?? MORE[more].en)()),
  ]);
  const messages: Messages = Object.assign({}, ...catalogues.flat().map(textsOf));
  i18n.loadAndActivate({ locale: language, locales: [localeOf(language)], messages });
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}

function textsOf(catalogue: Catalogue): Messages {
  const entries = Object.entries(catalogue.default);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/**
 * Words that only some pages need, and the first page does without: the law's, those of opened deliveries, of previews, copies and oversight, of boards, decisions and rooms,
 * of requests before they are sent, of looking into what was opened, of what came from outside, letters and figures, and of every page on which one works.
 */
export type More = 'law' | 'open' | 'inner' | 'coop' | 'gate' | 'look' | 'papers' | 'work';

type Load = () => Promise<readonly Catalogue[]>;

/** Where a language has not all of them yet, those pages speak English. */
const MORE: Readonly<Record<More, { readonly en: Load } & Readonly<Partial<Record<Language, Load>>>>> = {
  law: {
    en: () => Promise.all([import('@comity/core/law-messages/en.json'), import('../messages/law/en.json')]),
    fr: () => Promise.all([import('@comity/core/law-messages/fr.json'), import('../messages/law/fr.json')]),
    ar: () => Promise.all([import('@comity/core/law-messages/ar.json'), import('../messages/law/ar.json')]),
    es: () => Promise.all([import('@comity/core/law-messages/es.json'), import('../messages/law/es.json')]),
    hi: () => Promise.all([import('@comity/core/law-messages/hi.json'), import('../messages/law/hi.json')]),
    pt: () => Promise.all([import('@comity/core/law-messages/pt.json'), import('../messages/law/pt.json')]),
    zh: () => Promise.all([import('@comity/core/law-messages/zh.json'), import('../messages/law/zh.json')]),
  },
  inner: {
    en: () => Promise.all([import('../messages/inner/en.json')]),
    fr: () => Promise.all([import('../messages/inner/fr.json')]),
    ar: () => Promise.all([import('../messages/inner/ar.json')]),
    es: () => Promise.all([import('../messages/inner/es.json')]),
    hi: () => Promise.all([import('../messages/inner/hi.json')]),
    pt: () => Promise.all([import('../messages/inner/pt.json')]),
    zh: () => Promise.all([import('../messages/inner/zh.json')]),
  },
  work: {
    en: () => Promise.all([import('@comity/core/desk-messages/en.json'), import('../messages/work/en.json')]),
    fr: () => Promise.all([import('@comity/core/desk-messages/fr.json'), import('../messages/work/fr.json')]),
    ar: () => Promise.all([import('@comity/core/desk-messages/ar.json'), import('../messages/work/ar.json')]),
    es: () => Promise.all([import('@comity/core/desk-messages/es.json'), import('../messages/work/es.json')]),
    hi: () => Promise.all([import('@comity/core/desk-messages/hi.json'), import('../messages/work/hi.json')]),
    pt: () => Promise.all([import('@comity/core/desk-messages/pt.json'), import('../messages/work/pt.json')]),
    zh: () => Promise.all([import('@comity/core/desk-messages/zh.json'), import('../messages/work/zh.json')]),
  },
  look: {
    en: () => Promise.all([import('../messages/look/en.json')]),
    fr: () => Promise.all([import('../messages/look/fr.json')]),
    ar: () => Promise.all([import('../messages/look/ar.json')]),
    es: () => Promise.all([import('../messages/look/es.json')]),
    hi: () => Promise.all([import('../messages/look/hi.json')]),
    pt: () => Promise.all([import('../messages/look/pt.json')]),
    zh: () => Promise.all([import('../messages/look/zh.json')]),
  },
  papers: {
    en: () =>
      Promise.all([
        import('@comity/formats/messages/intake/en.json'),
        import('@comity/formats/messages/hi1/en.json'),
        import('../messages/papers/en.json'),
      ]),
    fr: () =>
      Promise.all([
        import('@comity/formats/messages/intake/fr.json'),
        import('@comity/formats/messages/hi1/fr.json'),
        import('../messages/papers/fr.json'),
      ]),
    ar: () =>
      Promise.all([
        import('@comity/formats/messages/intake/ar.json'),
        import('@comity/formats/messages/hi1/ar.json'),
        import('../messages/papers/ar.json'),
      ]),
    // What programs say of an original is not there in Spanish yet.
    es: () =>
      Promise.all([
        import('@comity/formats/messages/intake/en.json'),
        import('@comity/formats/messages/hi1/en.json'),
        import('../messages/papers/es.json'),
      ]),
  },
  coop: {
    en: () => Promise.all([import('../messages/coop/en.json')]),
    fr: () => Promise.all([import('../messages/coop/fr.json')]),
    ar: () => Promise.all([import('../messages/coop/ar.json')]),
    es: () => Promise.all([import('../messages/coop/es.json')]),
    hi: () => Promise.all([import('../messages/coop/hi.json')]),
    pt: () => Promise.all([import('../messages/coop/pt.json')]),
    zh: () => Promise.all([import('../messages/coop/zh.json')]),
  },
  gate: {
    en: () => Promise.all([import('../messages/gate/en.json')]),
    fr: () => Promise.all([import('../messages/gate/fr.json')]),
    ar: () => Promise.all([import('../messages/gate/ar.json')]),
    es: () => Promise.all([import('../messages/gate/es.json')]),
    hi: () => Promise.all([import('../messages/gate/hi.json')]),
    pt: () => Promise.all([import('../messages/gate/pt.json')]),
    zh: () => Promise.all([import('../messages/gate/zh.json')]),
  },
  open: {
    en: () => Promise.all([import('@comity/formats/messages/container/en.json'), import('../messages/open/en.json')]),
    fr: () => Promise.all([import('@comity/formats/messages/container/fr.json'), import('../messages/open/fr.json')]),
    ar: () => Promise.all([import('@comity/formats/messages/container/ar.json'), import('../messages/open/ar.json')]),
    es: () => Promise.all([import('@comity/formats/messages/container/es.json'), import('../messages/open/es.json')]),
    hi: () => Promise.all([import('@comity/formats/messages/container/hi.json'), import('../messages/open/hi.json')]),
    pt: () => Promise.all([import('@comity/formats/messages/container/pt.json'), import('../messages/open/pt.json')]),
    zh: () => Promise.all([import('@comity/formats/messages/container/zh.json'), import('../messages/open/zh.json')]),
  },
};

const added = new Set<More>();

/** Adds such words to those on show, from now on in every language. */
export async function addWords(more: More): Promise<void> {
  added.add(more);
  const language = readLanguage(i18n.locale) ?? 'en';
  const found = await (MORE[more][language] ?? MORE[more].en)();
  i18n.load(language, Object.assign({}, i18n.messages, ...found.map(textsOf)));
}

const FINDINGS: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: () => import('@comity/verify/messages/en.json'),
  fr: () => import('@comity/verify/messages/fr.json'),
  ar: () => import('@comity/verify/messages/ar.json'),
  es: () => import('@comity/verify/messages/es.json'),
  hi: () => import('@comity/verify/messages/hi.json'),
  pt: () => import('@comity/verify/messages/pt.json'),
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
