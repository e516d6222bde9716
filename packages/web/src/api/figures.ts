import type { Statistics } from '@comity/verify/statistics';
import { queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';

/** The figures of a year with the definition of each: they are one document. */
export interface Figures extends Statistics {
  readonly party: string;
  readonly definitions: Readonly<Record<string, string>>;
}

/** Counted anew by the node from the acts of its cases, with the definitions in a language. */
/** Languages in which the node has the definitions and letters; the others read English. */
const DEFINED = ['en', 'fr', 'ar'];

export const figuresOf = (year: number, language: string) =>
  queryOptions({
    queryKey: ['figures', year, language],
    queryFn: () => ask<Figures>('GET', `/api/statistics?year=${year}&lang=${DEFINED.includes(language) ? language : 'en'}`),
    placeholderData: (before) => before,
    staleTime: 30_000,
    retry: false,
  });
