import type { Columns } from './cells.ts';
import type { Coarse } from './coarse.ts';
import type { Counts } from './counts.ts';
import type { Model } from './model.ts';
import { tellPairs } from './pairs.ts';

/** A table that may be measured: a pair of columns, each as it is or in groups. */
export interface Candidate {
  readonly columns: Columns;
  /** The pair of columns that it is a view of, and the way from the cells of that pair into its own; none where it is that pair. */
  readonly pair: string;
  readonly map: Int32Array | undefined;
  readonly truth: Float64Array;
}

/** Every pair of columns in each mixture of its views. */
export function candidatesOf(counts: Counts, views: readonly Coarse[], sizes: readonly number[]): readonly Candidate[] {
  const made: Candidate[] = [];
  for (const [pair, truth] of counts.pairs) {
    const [first = 0, second = 0] = pair.split(',').map(Number);
    for (const a of viewsOf(first, views, sizes)) {
      for (const b of viewsOf(second, views, sizes)) made.push(candidate({ pair, truth, a, b }));
    }
  }
  return made;
}

interface View {
  readonly column: number;
  readonly size: number;
  readonly groups: Int32Array | undefined;
  readonly values: number;
}

function viewsOf(column: number, views: readonly Coarse[], sizes: readonly number[]): readonly View[] {
  const values = sizes[column] ?? 0;
  const coarse = views.filter(({ of }) => of === column).map((view): View => ({ ...view, values }));
  return [{ column, size: values, groups: undefined, values }, ...coarse];
}

function candidate({
  pair,
  truth,
  a,
  b,
}: {
  readonly pair: string;
  readonly truth: Float64Array;
  readonly a: View;
  readonly b: View;
}): Candidate {
  // A table's columns stand in the order of their numbers, as those of cliques do.
  const [slow, fast] = a.column < b.column ? [a, b] : [b, a];
  const columns = [slow.column, fast.column];
  if (a.groups === undefined && b.groups === undefined) return { columns, pair, map: undefined, truth };
  const map = new Int32Array(truth.length);
  const into = new Float64Array(a.size * b.size);
  for (let cell = 0; cell < map.length; cell++) {
    const x = groupOf(a, Math.floor(cell / b.values));
    const y = groupOf(b, cell % b.values);
    const to = slow === a ? x * b.size + y : y * a.size + x;
    map[cell] = to;
    into[to] = (into[to] ?? 0) + (truth[cell] ?? 0);
  }
  return { columns, pair, map, truth: into };
}

function groupOf({ groups }: View, value: number): number {
  return groups === undefined ? value : (groups[value] ?? 0);
}

/** What a model says of each candidate. The table is the caller's only until the next call. */
export function tellCandidates(
  model: Model,
  { width, candidates }: { readonly width: number; readonly candidates: readonly Candidate[] },
  take: (candidate: Candidate, told: Float64Array) => void,
): void {
  const byPair = new Map<string, Candidate[]>();
  for (const one of candidates) byPair.set(one.pair, [...(byPair.get(one.pair) ?? []), one]);
  tellPairs(model, width, (pair, told) => {
    for (const one of byPair.get(pair.join(',')) ?? [])
      take(one, one.map === undefined ? told : grouped(told, one.map, one.truth.length));
  });
}

function grouped(told: Float64Array, map: Int32Array, cells: number): Float64Array {
  const into = new Float64Array(cells);
  for (let i = 0; i < told.length; i++) {
    const to = map[i] ?? 0;
    into[to] = (into[to] ?? 0) + (told[i] ?? 0);
  }
  return into;
}
