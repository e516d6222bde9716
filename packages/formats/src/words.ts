import ar from '../messages/ar.json' with { type: 'json' };
import en from '../messages/en.json' with { type: 'json' };
import fr from '../messages/fr.json' with { type: 'json' };

export type WordKey = keyof typeof en.texts;

/** The words of one language: what is printed around the values. */
export interface Words {
  /** BCP 47. */
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  readonly texts: Readonly<Record<WordKey, string>>;
}

/** The catalogues that come with the package. Others may be passed just as well. */
export const WORDS: Readonly<Record<'en' | 'fr' | 'ar', Words>> = {
  en: { lang: en.lang, dir: 'ltr', texts: en.texts },
  fr: { lang: fr.lang, dir: 'ltr', texts: fr.texts },
  ar: { lang: ar.lang, dir: 'rtl', texts: ar.texts },
};

/** A text of the catalogue with its placeholders filled. Throws when the catalogue lacks it: that is a bug of the catalogue. */
export function say(words: Words, key: WordKey, values: Readonly<Record<string, string | number>> = {}): string {
  const text = words.texts[key];
  if (text === undefined) throw new Error(`no words for ${key} in ${words.lang}`);
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
}
