import { isDay, type JsonObject } from '@comity/core';
import { type Citation, CONFIRMATIONS, type Source, type Span } from './pack.ts';
import { complain, type Problems, readObject, readText, readWord } from './problems.ts';

interface CiteContext {
  readonly problems: Problems;
  readonly sources: ReadonlyMap<string, Source>;
}

/** Reads where a rule stands. A plain text is the reference alone; a source must be one that the pack lists. */
export function readCite(value: unknown, at: string, { problems, sources }: CiteContext): Citation {
  const raw = readObject(typeof value === 'string' ? { ref: value } : value, at, {
    problems,
    allowed: ['ref', 'instrument', 'url', 'source'],
  });
  const { url, source } = raw;
  if (url !== undefined && !isHttps(url)) complain(problems, `${at}.url`, 'not-https', url);
  if (source !== undefined && !sources.has(String(source))) complain(problems, `${at}.source`, 'source-unknown', source);
  return {
    ref: readText(raw['ref'], `${at}.ref`, problems),
    ...(typeof raw['instrument'] === 'string' ? { instrument: raw['instrument'] } : {}),
    ...(typeof url === 'string' ? { url } : {}),
    ...(typeof source === 'string' ? { source } : {}),
  };
}

/** Reads what was read for a pack, by key. What is called confirmed must say on which day it was read. */
export function readSources(value: unknown, problems: Problems): ReadonlyMap<string, Source> {
  const raw = readObject(value, 'sources', { problems });
  return new Map(Object.keys(raw).map((key) => [key, readSource(raw[key], `sources.${key}`, problems)]));
}

function readSource(value: unknown, at: string, problems: Problems): Source {
  const raw = readObject(value, at, { problems, allowed: ['what', 'where', 'url', 'read', 'how', 'note'] });
  const { url, read } = raw;
  const how = readWord(raw['how'], `${at}.how`, { problems, words: CONFIRMATIONS });
  if (url !== undefined && !isHttps(url)) complain(problems, `${at}.url`, 'not-https', url);
  if (!isDay(read) && (read !== undefined || how !== 'unconfirmed')) complain(problems, `${at}.read`, 'not-a-day', read);
  return {
    what: readText(raw['what'], `${at}.what`, problems),
    how,
    ...readTexted(raw, 'where'),
    ...(typeof url === 'string' ? { url } : {}),
    ...(isDay(read) ? { read } : {}),
    ...readTexted(raw, 'note'),
  };
}

function readTexted<K extends string>(raw: JsonObject, key: K): { readonly [name in K]?: string } {
  const value = raw[key];
  // One optional key with a text under it.
  return (typeof value === 'string' ? { [key]: value } : {}) as { readonly [name in K]?: string };
}

/** The sentence of a region or definition, if it has one. */
export function readSays(value: unknown): { readonly says?: string } {
  return typeof value === 'string' ? { says: value } : {};
}

/** Reads a half-open span of days. */
export function readSpan(value: unknown, at: string, problems: Problems): Span {
  const raw = readObject(value, at, { problems, allowed: ['from', 'until'] });
  const { from, until } = raw;
  if (!isDay(from)) complain(problems, `${at}.from`, 'not-a-day', from);
  if (until !== undefined && !isDay(until)) complain(problems, `${at}.until`, 'not-a-day', until);
  const start = isDay(from) ? from : '1970-01-01';
  if (isDay(until) && until <= start) complain(problems, at, 'ends-before-it-starts', until);
  return { from: start, ...(isDay(until) ? { until } : {}) };
}

function isHttps(url: unknown): boolean {
  return typeof url === 'string' && url.startsWith('https://');
}
