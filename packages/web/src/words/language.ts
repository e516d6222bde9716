/** Languages with a catalogue. Dates and numbers keep Latin digits and the Gregorian calendar in all of them. */
export const LANGUAGES = ['en', 'fr', 'es', 'pt', 'ar', 'zh', 'hi', 'ru', 'sw', 'ur'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What each language calls itself. */
export const OWN_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  fr: 'Français',
  ar: 'العربية',
  es: 'Español',
  pt: 'Português',
  zh: '中文',
  hi: 'हिन्दी',
  ru: 'Русский',
  sw: 'Kiswahili',
  ur: 'اردو',
};

const RTL: readonly string[] = ['ar', 'fa', 'he', 'ur'];

/** BCP 47 tag with which dates, numbers and names of countries are written. */
export function localeOf(language: string): string {
  const region = language === 'en' ? 'en-GB' : language;
  return `${region}-u-ca-gregory-nu-latn`;
}

export function directionOf(language: string): 'ltr' | 'rtl' {
  return RTL.includes(language) ? 'rtl' : 'ltr';
}

/** A language in the address, or undefined. */
export function readLanguage(value: unknown): Language | undefined {
  return LANGUAGES.find((known) => known === value);
}

/** Languages that papers, letters and the verifier's one page can be written in. */
export const PRINT_LANGUAGES = ['en', 'fr', 'ar'] as const satisfies readonly Language[];
export type PrintLanguage = (typeof PRINT_LANGUAGES)[number];

/** The language of the papers for a reader of these pages: the reader's own where papers know it, else English. */
export function printLanguageOf(language: unknown): PrintLanguage {
  return PRINT_LANGUAGES.find((known) => known === language) ?? 'en';
}
