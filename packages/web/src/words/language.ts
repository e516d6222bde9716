/** Languages with a catalogue. Dates and numbers keep Latin digits and the Gregorian calendar in all of them. */
export const LANGUAGES = ['en', 'fr', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What each language calls itself. */
export const OWN_NAMES: Readonly<Record<Language, string>> = { en: 'English', fr: 'Français', ar: 'العربية' };

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
