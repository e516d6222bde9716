import type { Mask } from './fit.ts';

/**
 * A second, coarser view of a column: its values in a few groups. A pair of coarse columns has few cells, so the same budget tells it with far less noise;
 * the model joins both views exactly, for the group follows from the value.
 */
export interface Coarse {
  /** The column that is grouped, and the number that its groups go by among all columns. */
  readonly of: number;
  readonly column: number;
  readonly groups: Int32Array;
  readonly size: number;
}

/** From how many values on a column gets a coarse view, and into how many groups each view has. */
const FROM = 12;
const VIEWS: readonly number[] = [8, 24];

/**
 * The coarse views of all columns, made from their noisy counts alone (which costs no privacy): neighbouring values come together until a group holds its share;
 * a value that holds more than its share stays alone. `ordered` says whether the neighbours of a value are those beside it; if not, they are those as frequent as it.
 */
export function coarseViews(noisy: readonly Float64Array[], ordered: readonly boolean[]): readonly Coarse[] {
  const views: Coarse[] = [];
  for (const [of, counts] of noisy.entries()) {
    for (const wanted of VIEWS) {
      if (counts.length < FROM || counts.length < wanted * 1.5) continue;
      const { groups, size } = groupsOf(counts, wanted, ordered[of] ?? true);
      if (size > 1 && size < counts.length) views.push({ of, column: noisy.length + views.length, groups, size });
    }
  }
  return views;
}

function groupsOf(counts: Float64Array, wanted: number, ordered: boolean): Pick<Coarse, 'groups' | 'size'> {
  const order = [...counts.keys()];
  if (!ordered) order.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
  const held = counts.map((count) => Math.max(0, count));
  const share = held.reduce((sum, count) => sum + count, 0) / wanted;
  const groups = new Int32Array(counts.length);
  let [group, inside, members] = [0, 0, 0];
  for (const value of order) {
    const count = held[value] ?? 0;
    if (members > 0 && inside + count / 2 > share) [group, inside, members] = [group + 1, 0, 0];
    groups[value] = group;
    inside += count;
    members += 1;
  }
  return { groups, size: group + 1 };
}

/** That a group follows from its value, as tables of what can be: 1 where the value is in the group. */
export function linksOf(views: readonly Coarse[], sizes: readonly number[]): readonly Mask[] {
  return views.map(({ of, column, groups, size }) => {
    const allowed = new Float64Array((sizes[of] ?? 0) * size);
    for (const [value, group] of groups.entries()) allowed[value * size + group] = 1;
    return { columns: [of, column], allowed };
  });
}
