import { useLingui } from '@lingui/react';
import { useMemo } from 'react';
import type coopWords from '../messages/coop/en.json';
import type pageWords from '../messages/en.json';
import type gateWords from '../messages/gate/en.json';
import type innerWords from '../messages/inner/en.json';
import type lawWords from '../messages/law/en.json';
import type lookWords from '../messages/look/en.json';
import type openWords from '../messages/open/en.json';
import type paperWords from '../messages/papers/en.json';
import type prepareWords from '../messages/prepare/en.json';
import type workWords from '../messages/work/en.json';
import { isolate } from './isolate.ts';
import { directionOf, localeOf } from './language.ts';

export type WordKey = Exclude<
  | keyof typeof pageWords
  | keyof typeof lawWords
  | keyof typeof openWords
  | keyof typeof innerWords
  | keyof typeof coopWords
  | keyof typeof gateWords
  | keyof typeof lookWords
  | keyof typeof paperWords
  | keyof typeof prepareWords
  | keyof typeof workWords,
  'meta'
>;
export type WordValues = Readonly<Record<string, string | number>>;

/** The words of the language on show. */
export interface Words {
  readonly language: string;
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  /** A word of these pages. */
  readonly t: (key: WordKey, values?: WordValues) => string;
  /** A word whose key is data (`act.issue`); what has no word is shown as it is. */
  readonly term: (key: string, values?: WordValues) => string;
  /** Whether there is such a word. */
  readonly has: (key: string) => boolean;
}

export function useWords(): Words {
  const { i18n } = useLingui();
  const { locale: language, messages } = i18n;
  return useMemo(() => {
    const direction = directionOf(language);
    const say = (key: string, values?: WordValues): string => i18n._(key, isolate(values, direction));
    const has = (key: string): boolean => messages[key] !== undefined;
    const term = (key: string, values?: WordValues): string => (has(key) ? say(key, values) : (key.split('.').at(-1) ?? key));
    return { language, locale: localeOf(language), direction, t: say, term, has };
  }, [i18n, language, messages]);
}
