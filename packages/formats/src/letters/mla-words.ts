import ar from '../../messages/mla/ar.json' with { type: 'json' };
import en from '../../messages/mla/en.json' with { type: 'json' };
import fr from '../../messages/mla/fr.json' with { type: 'json' };

export type MlaWordKey = keyof typeof en.texts;
export type MlaWords = Readonly<Record<MlaWordKey, string>>;

/** The words of a request for mutual assistance in one language. */
export const MLA_WORDS: Readonly<Record<'en' | 'fr' | 'ar', MlaWords>> = { en: en.texts, fr: fr.texts, ar: ar.texts };
