import {
  canonicalJson,
  type Day,
  type Fact,
  type FactSource,
  type Facts,
  isDay,
  isJsonObject,
  ok,
  type Result,
  refuse,
} from '@comity/core';
import { validateFacts } from './facts.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What is known of a transfer on a day, taken from a sheet of facts with their sources. */
export interface Known {
  readonly facts: Facts;
  /** Days from which facts count as unknown: they bound how long an answer holds. */
  readonly expires: Readonly<Record<string, Day>>;
}

const SOURCES: readonly FactSource[] = ['declared', 'document', 'attested', 'derived'];
const KEYS = ['name', 'value', 'source', 'evidence', 'asOf', 'expires'];

/**
 * Reads a fact sheet: a list of `{name, value, source, evidence?, asOf, expires?}`. Out: its facts, or a refusal that names the entry:
 * `fact-contradictory` when one fact is stated twice with different values, `fact-invalid` when an entry is not of this form.
 */
export function readSheet(json: unknown, vocabulary: Vocabulary): Result<readonly Fact[]> {
  if (!Array.isArray(json)) return refuse('fact-invalid', 'sheet', { type: 'a list of facts' });
  const facts: Fact[] = [];
  for (const [i, entry] of json.entries()) {
    const fault = faultOf(entry);
    if (fault !== undefined) return refuse('fact-invalid', `sheet.${i}.${fault}`, { type: fault });
    // The form was checked above; the value is checked against the vocabulary below.
    const fact = entry as Fact;
    const known = validateFacts(vocabulary, { [fact.name]: fact.value });
    if (!known.ok) return known;
    const before = facts.find(({ name }) => name === fact.name);
    if (before !== undefined && canonicalJson(before.value) !== canonicalJson(fact.value))
      return refuse('fact-contradictory', fact.name, { reason: 'stated twice with different values' });
    facts.push(fact);
  }
  return ok(facts);
}

/** The first field of a fact that is not as it must be. */
function faultOf(entry: unknown): string | undefined {
  if (!isJsonObject(entry)) return 'fact';
  const extra = Object.keys(entry).find((key) => !KEYS.includes(key));
  if (extra !== undefined) return extra;
  if (typeof entry['name'] !== 'string') return 'name';
  if (!SOURCES.some((source) => source === entry['source'])) return 'source';
  if (!isDay(entry['asOf'])) return 'asOf';
  if (entry['expires'] !== undefined && !isDay(entry['expires'])) return 'expires';
  return entry['evidence'] !== undefined && typeof entry['evidence'] !== 'string' ? 'evidence' : undefined;
}

/**
 * What is known on a day: a fact that has expired, or was only found out later, is unknown. Of two statements of one fact the one that
 * holds longer counts.
 */
export function knownOn(sheet: readonly Fact[], on: Day): Known {
  const valid = sheet.filter(({ expires }) => expires === undefined || on < expires);
  const last = [...valid].sort((a, b) => ((a.expires ?? '9999') < (b.expires ?? '9999') ? -1 : 1));
  return {
    facts: Object.fromEntries(last.map(({ name, value }) => [name, value])),
    expires: Object.fromEntries(last.flatMap(({ name, expires }) => (expires === undefined ? [] : [[name, expires]]))),
  };
}
