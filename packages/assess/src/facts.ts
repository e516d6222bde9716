import { type Facts, isDay, isJsonObject, ok, type Result, refuse } from '@comity/core';
import { wordsOf } from './classes.ts';
import { contradictionIn } from './contradiction.ts';
import { nearest } from './nearest.ts';
import type { FactDefinition, Vocabulary } from './vocabulary.ts';

/**
 * Checks facts against the vocabulary.
 * In: JSON from anywhere. Out: the facts, or `fact-unknown` / `fact-invalid` / `fact-contradictory` naming the field and its type. Nothing is added or defaulted.
 */
export function validateFacts(vocabulary: Vocabulary, facts: unknown): Result<Facts> {
  const typed = typedFacts(vocabulary, facts);
  const against = typed.ok ? contradictionIn(typed.value, vocabulary) : undefined;
  return against === undefined ? typed : refuse('fact-contradictory', against.facts.join(', '), { reason: against.id });
}

/** Checks names and types alone: for parts of facts, as in the examples of a definition. */
export function typedFacts(vocabulary: Vocabulary, facts: unknown): Result<Facts> {
  if (!isJsonObject(facts)) return refuse('fact-invalid', 'facts');
  for (const [name, value] of Object.entries(facts)) {
    const fact = vocabulary.facts.get(name);
    if (fact === undefined) return refuse('fact-unknown', name, suggested(name, vocabulary.facts.keys()));
    if (!isFactValue(fact, value, vocabulary)) return refuse('fact-invalid', name, faultOf(fact, value, vocabulary));
  }
  // Each value was checked against its type above.
  return ok(facts as Facts);
}

/** Names that may have been meant, for the person who misspelled one. */
function suggested(word: string, words: Iterable<string>): { readonly nearest?: string } {
  const found = nearest(word, words);
  return found.length === 0 ? {} : { nearest: found.join(', ') };
}

function faultOf(fact: FactDefinition, value: unknown, vocabulary: Vocabulary): Readonly<Record<string, string>> {
  const words = wordsOf(fact, vocabulary);
  const parts = isJsonObject(value) ? Object.values(value).flat() : Array.isArray(value) ? value : [value];
  const unknown = parts.find((word) => typeof word === 'string' && !words.includes(word));
  return {
    type: fact.type,
    given: JSON.stringify(unknown ?? value).slice(0, 80),
    ...(typeof unknown === 'string' ? suggested(unknown, words) : {}),
  };
}

function isFactValue(fact: FactDefinition, value: unknown, vocabulary: Vocabulary): boolean {
  switch (fact.type) {
    case 'bool':
      return typeof value === 'boolean';
    case 'enum':
      return isWord(value, (word) => fact.values.includes(word));
    case 'set':
      return isSetOf(value, (word) => fact.values.includes(word));
    case 'country':
      return isWord(value, (word) => vocabulary.countries.has(word));
    case 'country_set':
      return isSetOf(value, (word) => vocabulary.countries.has(word));
    case 'region':
      return isWord(value, (word) => vocabulary.subdivisions.has(word));
    case 'date':
      return isDay(value);
    case 'datetime':
      return isWord(value, isMoment);
    case 'zone':
      return isWord(value, isZone);
    case 'number':
      return isAmount(value, Number.MAX_SAFE_INTEGER);
    case 'share':
      return isAmount(value, 1);
  }
}

function isWord(value: unknown, allowed: (word: string) => boolean): boolean {
  return typeof value === 'string' && allowed(value);
}

function isWords(value: unknown, allowed: (word: string) => boolean): boolean {
  return Array.isArray(value) && new Set(value).size === value.length && value.every((item) => isWord(item, allowed));
}

/** RFC 3339 with an offset: a time without its zone is no time. */
function isMoment(word: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(word) && !Number.isNaN(Date.parse(word));
}

/** A name of the IANA time zone database. */
function isZone(word: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: word }).resolvedOptions().timeZone !== '';
  } catch {
    // The standard library has no other way to ask whether a zone exists.
    return false;
  }
}

/** A complete set, or one of which part is known: nothing in it is both there and not there. */
function isSetOf(value: unknown, allowed: (word: string) => boolean): boolean {
  if (!isJsonObject(value)) return isWords(value, allowed);
  const { has = [], lacks = [] } = value;
  const keys = Object.keys(value);
  const known = keys.length > 0 && keys.every((key) => key === 'has' || key === 'lacks');
  return known && isWords(has, allowed) && isWords(lacks, allowed) && isWords([has, lacks].flat(), allowed);
}

/** A number from 0 to the top, or a range of such numbers with at least one bound and not upside down. */
function isAmount(value: unknown, top: number): boolean {
  if (typeof value === 'number') return value >= 0 && value <= top;
  if (!isJsonObject(value)) return false;
  const keys = Object.keys(value);
  const { min, max } = value;
  const known = keys.length > 0 && keys.every((key) => key === 'min' || key === 'max');
  const bounded = [min, max].every((bound) => bound === undefined || (typeof bound === 'number' && bound >= 0 && bound <= top));
  return known && bounded && (typeof min !== 'number' || typeof max !== 'number' || min <= max);
}
