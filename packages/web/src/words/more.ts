import type { Language } from './language.ts';

/**
 * Words that only some pages need, and the first page does without: the law's, those of opened deliveries, of previews, copies and oversight, of boards, decisions and rooms,
 * of requests before they are sent, of looking into what was opened, of what came from outside, letters and figures, of every page on which one works,
 * of what was refused, and of preparing data.
 */
export type More = 'law' | 'open' | 'inner' | 'coop' | 'gate' | 'look' | 'papers' | 'work' | 'errors' | 'prepare';

export interface Catalogue {
  readonly default: Readonly<Record<string, unknown>>;
}

type Load = () => Promise<readonly Catalogue[]>;

/** Loaded when a page needs it: the first page does not know where all these are. Where a language has not all of them yet, those pages speak English. */
export const MORE: Readonly<Record<More, { readonly en: Load } & Readonly<Partial<Record<Language, Load>>>>> = {
  law: {
    en: () => Promise.all([import('@comity/core/law-messages/en.json'), import('../messages/law/en.json')]),
    fr: () => Promise.all([import('@comity/core/law-messages/fr.json'), import('../messages/law/fr.json')]),
    ar: () => Promise.all([import('@comity/core/law-messages/ar.json'), import('../messages/law/ar.json')]),
    es: () => Promise.all([import('@comity/core/law-messages/es.json'), import('../messages/law/es.json')]),
    pt: () => Promise.all([import('@comity/core/law-messages/pt.json'), import('../messages/law/pt.json')]),
    hi: () => Promise.all([import('@comity/core/law-messages/hi.json'), import('../messages/law/hi.json')]),
    ru: () => Promise.all([import('@comity/core/law-messages/ru.json'), import('../messages/law/ru.json')]),
    sw: () => Promise.all([import('@comity/core/law-messages/sw.json'), import('../messages/law/sw.json')]),
    ur: () => Promise.all([import('@comity/core/law-messages/ur.json'), import('../messages/law/ur.json')]),
    zh: () => Promise.all([import('@comity/core/law-messages/zh.json'), import('../messages/law/zh.json')]),
  },
  inner: {
    en: () => Promise.all([import('../messages/inner/en.json')]),
    fr: () => Promise.all([import('../messages/inner/fr.json')]),
    ar: () => Promise.all([import('../messages/inner/ar.json')]),
    es: () => Promise.all([import('../messages/inner/es.json')]),
    pt: () => Promise.all([import('../messages/inner/pt.json')]),
    hi: () => Promise.all([import('../messages/inner/hi.json')]),
    ru: () => Promise.all([import('../messages/inner/ru.json')]),
    sw: () => Promise.all([import('../messages/inner/sw.json')]),
    ur: () => Promise.all([import('../messages/inner/ur.json')]),
    zh: () => Promise.all([import('../messages/inner/zh.json')]),
  },
  work: {
    en: () => Promise.all([import('@comity/core/desk-messages/en.json'), import('../messages/work/en.json')]),
    fr: () => Promise.all([import('@comity/core/desk-messages/fr.json'), import('../messages/work/fr.json')]),
    ar: () => Promise.all([import('@comity/core/desk-messages/ar.json'), import('../messages/work/ar.json')]),
    es: () => Promise.all([import('@comity/core/desk-messages/es.json'), import('../messages/work/es.json')]),
    pt: () => Promise.all([import('@comity/core/desk-messages/pt.json'), import('../messages/work/pt.json')]),
    hi: () => Promise.all([import('@comity/core/desk-messages/hi.json'), import('../messages/work/hi.json')]),
    ru: () => Promise.all([import('@comity/core/desk-messages/ru.json'), import('../messages/work/ru.json')]),
    sw: () => Promise.all([import('@comity/core/desk-messages/sw.json'), import('../messages/work/sw.json')]),
    ur: () => Promise.all([import('@comity/core/desk-messages/ur.json'), import('../messages/work/ur.json')]),
    zh: () => Promise.all([import('@comity/core/desk-messages/zh.json'), import('../messages/work/zh.json')]),
  },
  errors: {
    en: () => Promise.all([import('@comity/core/error-messages/en.json')]),
    fr: () => Promise.all([import('@comity/core/error-messages/fr.json')]),
    ar: () => Promise.all([import('@comity/core/error-messages/ar.json')]),
    es: () => Promise.all([import('@comity/core/error-messages/es.json')]),
    pt: () => Promise.all([import('@comity/core/error-messages/pt.json')]),
    hi: () => Promise.all([import('@comity/core/error-messages/hi.json')]),
    ru: () => Promise.all([import('@comity/core/error-messages/ru.json')]),
    sw: () => Promise.all([import('@comity/core/error-messages/sw.json')]),
    ur: () => Promise.all([import('@comity/core/error-messages/ur.json')]),
    zh: () => Promise.all([import('@comity/core/error-messages/zh.json')]),
  },
  prepare: {
    en: () => Promise.all([import('@comity/prepare/messages/en.json'), import('../messages/prepare/en.json')]),
    fr: () => Promise.all([import('@comity/prepare/messages/fr.json'), import('../messages/prepare/fr.json')]),
    ar: () => Promise.all([import('@comity/prepare/messages/ar.json'), import('../messages/prepare/ar.json')]),
    es: () => Promise.all([import('@comity/prepare/messages/es.json'), import('../messages/prepare/es.json')]),
    pt: () => Promise.all([import('@comity/prepare/messages/pt.json'), import('../messages/prepare/pt.json')]),
    hi: () => Promise.all([import('@comity/prepare/messages/hi.json'), import('../messages/prepare/hi.json')]),
    ru: () => Promise.all([import('@comity/prepare/messages/ru.json'), import('../messages/prepare/ru.json')]),
    sw: () => Promise.all([import('@comity/prepare/messages/sw.json'), import('../messages/prepare/sw.json')]),
    ur: () => Promise.all([import('@comity/prepare/messages/ur.json'), import('../messages/prepare/ur.json')]),
    zh: () => Promise.all([import('@comity/prepare/messages/zh.json'), import('../messages/prepare/zh.json')]),
  },
  look: {
    en: () => Promise.all([import('../messages/look/en.json')]),
    fr: () => Promise.all([import('../messages/look/fr.json')]),
    ar: () => Promise.all([import('../messages/look/ar.json')]),
    es: () => Promise.all([import('../messages/look/es.json')]),
    pt: () => Promise.all([import('../messages/look/pt.json')]),
    hi: () => Promise.all([import('../messages/look/hi.json')]),
    ru: () => Promise.all([import('../messages/look/ru.json')]),
    sw: () => Promise.all([import('../messages/look/sw.json')]),
    ur: () => Promise.all([import('../messages/look/ur.json')]),
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
    es: () =>
      Promise.all([
        import('@comity/formats/messages/intake/es.json'),
        import('@comity/formats/messages/hi1/es.json'),
        import('../messages/papers/es.json'),
      ]),
    ru: () =>
      Promise.all([
        import('@comity/formats/messages/intake/ru.json'),
        import('@comity/formats/messages/hi1/ru.json'),
        import('../messages/papers/ru.json'),
      ]),
    hi: () =>
      Promise.all([
        import('@comity/formats/messages/intake/hi.json'),
        import('@comity/formats/messages/hi1/hi.json'),
        import('../messages/papers/hi.json'),
      ]),
    zh: () =>
      Promise.all([
        import('@comity/formats/messages/intake/zh.json'),
        import('@comity/formats/messages/hi1/zh.json'),
        import('../messages/papers/zh.json'),
      ]),
    pt: () =>
      Promise.all([
        import('@comity/formats/messages/intake/pt.json'),
        import('@comity/formats/messages/hi1/pt.json'),
        import('../messages/papers/pt.json'),
      ]),
    sw: () =>
      Promise.all([
        import('@comity/formats/messages/intake/sw.json'),
        import('@comity/formats/messages/hi1/sw.json'),
        import('../messages/papers/sw.json'),
      ]),
    ur: () =>
      Promise.all([
        import('@comity/formats/messages/intake/ur.json'),
        import('@comity/formats/messages/hi1/ur.json'),
        import('../messages/papers/ur.json'),
      ]),
  },
  coop: {
    en: () => Promise.all([import('../messages/coop/en.json')]),
    fr: () => Promise.all([import('../messages/coop/fr.json')]),
    ar: () => Promise.all([import('../messages/coop/ar.json')]),
    es: () => Promise.all([import('../messages/coop/es.json')]),
    pt: () => Promise.all([import('../messages/coop/pt.json')]),
    hi: () => Promise.all([import('../messages/coop/hi.json')]),
    ru: () => Promise.all([import('../messages/coop/ru.json')]),
    sw: () => Promise.all([import('../messages/coop/sw.json')]),
    ur: () => Promise.all([import('../messages/coop/ur.json')]),
    zh: () => Promise.all([import('../messages/coop/zh.json')]),
  },
  // The law says its steps in English itself; a language that has no words for them yet shows those, marked as English.
  gate: {
    en: () => Promise.all([import('../messages/gate/en.json')]),
    fr: () => Promise.all([import('@comity/core/gate-messages/fr.json'), import('../messages/gate/fr.json')]),
    ar: () => Promise.all([import('@comity/core/gate-messages/ar.json'), import('../messages/gate/ar.json')]),
    es: () => Promise.all([import('../messages/gate/es.json')]),
    pt: () => Promise.all([import('../messages/gate/pt.json')]),
    hi: () => Promise.all([import('../messages/gate/hi.json')]),
    ru: () => Promise.all([import('../messages/gate/ru.json')]),
    sw: () => Promise.all([import('../messages/gate/sw.json')]),
    ur: () => Promise.all([import('../messages/gate/ur.json')]),
    zh: () => Promise.all([import('../messages/gate/zh.json')]),
  },
  open: {
    en: () => Promise.all([import('@comity/formats/messages/container/en.json'), import('../messages/open/en.json')]),
    fr: () => Promise.all([import('@comity/formats/messages/container/fr.json'), import('../messages/open/fr.json')]),
    ar: () => Promise.all([import('@comity/formats/messages/container/ar.json'), import('../messages/open/ar.json')]),
    es: () => Promise.all([import('@comity/formats/messages/container/es.json'), import('../messages/open/es.json')]),
    pt: () => Promise.all([import('@comity/formats/messages/container/pt.json'), import('../messages/open/pt.json')]),
    hi: () => Promise.all([import('@comity/formats/messages/container/hi.json'), import('../messages/open/hi.json')]),
    ru: () => Promise.all([import('@comity/formats/messages/container/ru.json'), import('../messages/open/ru.json')]),
    sw: () => Promise.all([import('@comity/formats/messages/container/sw.json'), import('../messages/open/sw.json')]),
    ur: () => Promise.all([import('@comity/formats/messages/container/ur.json'), import('../messages/open/ur.json')]),
    zh: () => Promise.all([import('@comity/formats/messages/container/zh.json'), import('../messages/open/zh.json')]),
  },
};
