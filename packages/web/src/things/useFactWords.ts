import type { Change } from '@comity/assess';
import { type FactValue, isPartialSet, type NumberRange, type PartialSet } from '@comity/core';
import { useMemo } from 'react';
import { useWords } from '../words/useWords.ts';

/** So many countries that do as well are named; the rest is counted. */
const NAMED = 5;
/** So many facts are named where there is little room. */
const NAMED_FACTS = 3;

/** Facts of the vocabulary in words. A value without a word is shown as the vocabulary writes it. */
export function useFactWords() {
  const { t, term, has, locale } = useWords();
  return useMemo(() => {
    const countries = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' });
    const numbers = new Intl.NumberFormat(locale);
    const country = (code: string): string => countries.of(code) ?? code;
    const one = (value: string): string => {
      if (/^[A-Z]{2}$/.test(value)) return country(value);
      return has(`value.${value}`) ? term(`value.${value}`) : value.replaceAll('_', ' ');
    };
    const name = (fact: string): string => (has(`fact.${fact}`) ? term(`fact.${fact}`) : fact);
    const range = ({ min, max }: NumberRange): string => {
      if (min === undefined || min === 0) return max === undefined ? '' : t('fact.at-most', { max: numbers.format(max) });
      if (max === undefined) return t('fact.at-least', { min: numbers.format(min) });
      return t('fact.between', { min: numbers.format(min), max: numbers.format(max) });
    };
    const part = ({ has: having = [], lacks = [] }: PartialSet): string => {
      const had = having.length === 0 ? [] : [t('fact.has', { list: having.map(one).join(t('comma')) })];
      const lacked = lacks.length === 0 ? [] : [t('fact.lacks', { list: lacks.map(one).join(t('comma')) })];
      return [...had, ...lacked].join('; ');
    };
    const value = (given: FactValue): string => {
      if (typeof given === 'boolean') return t(given ? 'yes' : 'no');
      if (typeof given === 'number') return numbers.format(given);
      if (typeof given === 'string') return one(given);
      if (isList(given)) return given.length === 0 ? t('fact.none') : given.map(one).join(', ');
      return isPartialSet(given) ? part(given) : range(given);
    };
    const places = (codes: readonly string[]): string => {
      const named = codes.slice(0, NAMED).map(country).join(t('comma'));
      const more = codes.length - NAMED;
      return more > 0 ? t('fact.and-more', { named, more }) : named;
    };
    const some = (facts: readonly string[]): string => {
      const named = facts.slice(0, NAMED_FACTS).map(name).join('; ');
      const more = facts.length - NAMED_FACTS;
      return more > 0 ? t('fact.and-more', { named, more }) : named;
    };
    const change = ({ fact, value: given, countries: same }: Change): string =>
      same === undefined
        ? t('fact.change', { fact: name(fact), value: typeof given === 'number' ? numbers.format(given) : one(given) })
        : t('fact.importer-in', { countries: places(same) });
    return { name, value, range, country, change, some };
  }, [t, term, has, locale]);
}

function isList(value: FactValue): value is readonly string[] {
  return Array.isArray(value);
}
