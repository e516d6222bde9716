import ar from '../../messages/epoc/ar.json' with { type: 'json' };
import en from '../../messages/epoc/en.json' with { type: 'json' };
import fr from '../../messages/epoc/fr.json' with { type: 'json' };

export type FormWordKey = keyof typeof en.texts;

/** The words of the forms in one language, to be printed beside those of all documents. */
export const FORM_WORDS: Readonly<Record<'en' | 'fr' | 'ar', Readonly<Record<FormWordKey, string>>>> = {
  en: en.texts,
  fr: fr.texts,
  ar: ar.texts,
};

export type FormWords = (typeof FORM_WORDS)['en'];
