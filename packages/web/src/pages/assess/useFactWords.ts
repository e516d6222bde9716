import type { FactValue } from '@comity/core';
import { useWords } from '../../words/useWords.ts';

/** Facts of the vocabulary in words. A value without a word is shown as the vocabulary writes it. */
export function useFactWords() {
  const { t, term, has, locale } = useWords();
  const countries = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' });
  const numbers = new Intl.NumberFormat(locale);
  const one = (value: string): string => {
    if (/^[A-Z]{2}$/.test(value)) return countries.of(value) ?? value;
    return has(`value.${value}`) ? term(`value.${value}`) : value.replaceAll('_', ' ');
  };
  const name = (fact: string): string => (has(`fact.${fact}`) ? term(`fact.${fact}`) : fact);
  const value = (given: FactValue): string => {
    if (typeof given === 'boolean') return t(given ? 'yes' : 'no');
    if (typeof given === 'number') return numbers.format(given);
    if (typeof given === 'string') return one(given);
    if (Array.isArray(given)) return given.length === 0 ? t('fact.none') : given.map(one).join(', ');
    const range = given as { readonly min?: number; readonly max?: number }; // parser: the only other kind of fact value
    return `${range.min ?? ''}–${range.max ?? ''}`;
  };
  return {
    name,
    value,
    change: (fact: string, given: string): string => t('fact.change', { fact: name(fact), value: one(given) }),
  };
}
