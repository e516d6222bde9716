import type { Rows } from '../synthesise/sample.ts';
import { type Importance, importanceOf } from './importance.ts';
import { areaUnder, type Share } from './intervals.ts';
import { type Judge, type Lesson, logistic } from './learners.ts';
import { boosted } from './trees.ts';

export interface Score {
  readonly accuracy: number;
  readonly area: Share;
}

/** One learner taught on real and on synthetic rows, both judged on real rows that neither saw. */
export interface Taught {
  readonly learner: 'logistic' | 'boosted';
  readonly real: Score;
  readonly synthetic: Score;
  /** Accuracy on synthetic over accuracy on real. */
  readonly ratio: number;
  readonly groups: readonly Group[];
  readonly importance: Importance;
}

/** The same within the rows of one value of another column: small groups lose most. */
export interface Group {
  readonly column: number;
  readonly value: number;
  readonly rows: number;
  readonly real: number;
  readonly synthetic: number;
}

interface Teaching {
  readonly real: Rows;
  readonly synthetic: Rows;
  /** Real rows that no learner and no mechanism saw. */
  readonly judge: Rows;
  readonly sizes: readonly number[];
  readonly label: number;
  readonly seed: number;
}

const SMALLEST_GROUP = 100;
const WIDEST_GROUPING = 8;

/** Trains on synthetic, tests on real, for two learners of different kinds. The label's most frequent value but one counts as yes, so that of two values it is the rarer. */
export function usefulnessOf(teaching: Teaching): readonly Taught[] {
  const yes = secondMost(teaching.judge[teaching.label] ?? new Uint16Array(0));
  return (['logistic', 'boosted'] as const).map((learner) => {
    const teach = (rows: Rows): Judge => {
      const lesson: Lesson = { rows, sizes: teaching.sizes, label: teaching.label, yes };
      return learner === 'logistic' ? logistic(lesson) : boosted(lesson);
    };
    const [onReal, onSynthetic] = [teach(teaching.real), teach(teaching.synthetic)];
    const [byReal, bySynthetic] = [onReal(teaching.judge), onSynthetic(teaching.judge)];
    const right = Uint8Array.from(teaching.judge[teaching.label] ?? [], (value) => (value === yes ? 1 : 0));
    const [real, synthetic] = [scoreOf(byReal, right), scoreOf(bySynthetic, right)];
    const groups = groupsOf(teaching, { byReal, bySynthetic, right });
    const importance = importanceOf(onReal, onSynthetic, teaching);
    return { learner, real, synthetic, ratio: synthetic.accuracy / Math.max(1e-9, real.accuracy), groups, importance };
  });
}

function secondMost(values: Uint16Array): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return (sorted[1] ?? sorted[0])?.[0] ?? 0;
}

function scoreOf(scores: Float64Array, right: Uint8Array): Score {
  return {
    accuracy: accuracyOf(scores, right),
    area: areaUnder(
      scores.filter((_, row) => right[row] === 1),
      scores.filter((_, row) => right[row] === 0),
    ),
  };
}

function accuracyOf(scores: Float64Array, right: Uint8Array, only?: (row: number) => boolean): number {
  let [hits, rows] = [0, 0];
  for (let row = 0; row < right.length; row++) {
    if (only !== undefined && !only(row)) continue;
    rows += 1;
    if ((scores[row] ?? 0) > 0 === (right[row] === 1)) hits += 1;
  }
  return rows === 0 ? 0 : hits / rows;
}

function groupsOf(
  { judge, sizes, label }: Teaching,
  {
    byReal,
    bySynthetic,
    right,
  }: { readonly byReal: Float64Array; readonly bySynthetic: Float64Array; readonly right: Uint8Array },
): readonly Group[] {
  const groups: Group[] = [];
  for (const [column, size] of sizes.entries()) {
    if (column === label || size > WIDEST_GROUPING) continue;
    const list = judge[column] ?? new Uint16Array(0);
    for (let value = 0; value < size; value++) {
      const inside = (row: number): boolean => list[row] === value;
      const rows = list.filter((held) => held === value).length;
      if (rows < SMALLEST_GROUP) continue;
      groups.push({
        column,
        value,
        rows,
        real: accuracyOf(byReal, right, inside),
        synthetic: accuracyOf(bySynthetic, right, inside),
      });
    }
  }
  return groups;
}
