import { queryOptions } from '@tanstack/react-query';

interface MlaFile {
  readonly default: { readonly texts: Readonly<Record<string, string>> };
}

const LOAD: Readonly<Record<string, () => Promise<MlaFile>>> = {
  en: () => import('@comity/formats/messages/mla/en.json'),
  fr: () => import('@comity/formats/messages/mla/fr.json'),
  ar: () => import('@comity/formats/messages/mla/ar.json'),
};

/** The words of a letter of request, in the language of the letter: that may be another one than the page's. */
export const mlaWords = (language: string) =>
  queryOptions({
    queryKey: ['mla-words', language],
    queryFn: async () => (await (LOAD[language] ?? LOAD['en'])?.())?.default.texts ?? {},
    staleTime: Number.POSITIVE_INFINITY,
  });
