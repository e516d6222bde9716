import { isGivenName, isSurname } from './dictionaries.ts';
import type { Counted } from './measure.ts';

/** Values of one place inside the cells of a column. */
export interface Inside {
  /** Names from the outside in, `[]` for the members of a list. */
  readonly path: readonly string[];
  readonly values: readonly Counted[];
}

/** Places that are told apart; beyond it the names themselves are data. */
const PLACES = 60;
/** What a name in JSON looks like; other names are data, and nobody's to print. */
const NAME = /^[\p{L}_$][\p{L}_$ -]{0,39}\d{0,2}$/u;

/** Whether a cell holds an object or a list in JSON. */
function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Text that only starts like JSON is text.
    return undefined;
  }
}

/** The places inside a column's cells where at least half of the values are JSON; none otherwise. Names that look like data are read as data. */
export function insideCells(values: readonly Counted[]): readonly Inside[] {
  const cells = values.flatMap(({ text, count }) => {
    const value = parsed(text);
    return typeof value === 'object' && value !== null ? [{ value, count }] : [];
  });
  if (cells.length === 0 || cells.length * 2 < values.length) return [];
  const counts = namesIn(cells.map(({ value }) => value));
  // A name of a form stands in many cells; one that stands in few may be somebody's.
  const isForm = (name: string): boolean =>
    NAME.test(name) && !isPersonName(name) && (counts.get(name) ?? 0) * 20 >= cells.length;
  const known = collect(cells, (name) => (isForm(name) ? name : '*'));
  return known.length <= PLACES ? known : collect(cells, () => '*');
}

function isPersonName(name: string): boolean {
  return name.includes(' ') && name.split(' ').some((word) => isGivenName(word) || isSurname(word));
}

/** In how many cells each name stands, at any depth. */
function namesIn(values: readonly unknown[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const walk = (value: unknown, seen: Set<string>): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      if (!Array.isArray(value)) seen.add(name);
      walk(member, seen);
    }
  };
  for (const value of values) {
    const seen = new Set<string>();
    walk(value, seen);
    for (const name of seen) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

interface Cell {
  readonly value: unknown;
  readonly count: number;
}

function collect(cells: readonly Cell[], nameOf: (name: string) => string): readonly Inside[] {
  const places = new Map<string, { path: readonly string[]; counts: Map<string, number> }>();
  const add = (path: readonly string[], text: string, count: number): void => {
    const key = JSON.stringify(path);
    const place = places.get(key) ?? { path, counts: new Map<string, number>() };
    place.counts.set(text, (place.counts.get(text) ?? 0) + count);
    places.set(key, place);
  };
  const walk = (value: unknown, path: readonly string[], count: number): void => {
    if (value === null || value === undefined || value === '') return;
    if (Array.isArray(value)) for (const member of value) walk(member, [...path, '[]'], count);
    else if (typeof value !== 'object') add(path, String(value), count);
    else
      for (const [name, member] of Object.entries(value)) {
        const shown = nameOf(name);
        if (shown !== name) add([...path, '*', 'names'], name, count);
        walk(member, [...path, shown], count);
      }
  };
  for (const { value, count } of cells) walk(value, [], count);
  return [...places.values()].map(({ path, counts }) => ({
    path,
    values: [...counts].map(([text, count]) => ({ text, count })),
  }));
}
