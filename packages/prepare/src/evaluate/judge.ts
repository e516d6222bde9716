import type { Domain } from '../domain/domain.ts';
import type { CodedData } from '../engines/codes.ts';
import type { Dice } from '../synthesise/dice.ts';
import type { Rows } from '../synthesise/sample.ts';
import { type AssociationGap, associationGap } from './association.ts';
import { type Attacks, attacksOn } from './attacks.ts';
import { type Crowd, crowdOf } from './crowds.ts';
import { type Distance, distanceIn } from './fidelity.ts';
import { someOf } from './nearest.ts';
import { type Propensity, propensityOf } from './propensity.ts';
import { type Taught, usefulnessOf } from './usefulness.ts';

/** What a synthetic data set is like, judged inside the node from the real rows. INVARIANT: it was computed from real data and no budget was charged for it: it does not leave the node. */
export interface Judgement {
  readonly fidelity: Readonly<Record<'one' | 'two' | 'three', Distance>>;
  /** The same between the rows that were learned from and those set aside: nobody can do better than this on as many rows. Null where none were. */
  readonly floor: Judgement['fidelity'] | null;
  /** How much pairs of columns differ in how closely they go together; and the same between two real samples. */
  readonly association: AssociationGap;
  readonly associationFloor: AssociationGap | null;
  /** Whether a learner can tell the rows apart. Null where there are too few. */
  readonly propensity: Propensity | null;
  /** How rows stand together in all columns but the one that learners tell. */
  readonly crowds: { readonly real: Crowd; readonly synthetic: Crowd };
  readonly usefulness: readonly Taught[];
  readonly attacks: Attacks | null;
}

/** Rows of each kind that are judged at most. */
export const MOST_ROWS = 50_000;
/** What is dealt out by chance while judging is dealt out the same way each time. */
const SEED = 1;

export interface Judged {
  readonly inside: Rows;
  /** Real rows that the synthetic data were not made from; may be empty. */
  readonly outside: Rows;
  readonly synthetic: Rows;
  readonly sizes: readonly number[];
  /** Number of the column that learners are to tell. */
  readonly label: number;
  readonly dice: Dice;
}

/** Judges a synthetic data set by its coded data, of which a part was set aside. */
export async function judge(
  data: CodedData,
  synthetic: Rows,
  { label, dice }: { readonly label: number; readonly dice: Dice },
): Promise<Judgement> {
  const [inside, outside] = [await data.read('learn', MOST_ROWS), await data.read('judge', MOST_ROWS)];
  return judgeRows({ inside, outside, synthetic, sizes: data.sizes, label, dice });
}

/** Judges synthetic rows beside real ones. */
export function judgeRows({ inside, outside, synthetic, sizes, label, dice }: Judged): Judgement {
  const made = someOf(synthetic, MOST_ROWS);
  const known = (outside[0]?.length ?? 0) > 0;
  return {
    fidelity: distances(inside, made, sizes),
    floor: known ? distances(inside, outside, sizes) : null,
    association: associationGap(inside, made, sizes),
    associationFloor: known ? associationGap(inside, outside, sizes) : null,
    propensity: propensityOf(inside, made, { sizes, seed: SEED }),
    crowds: { real: crowdOf(inside, sizes, label), synthetic: crowdOf(made, sizes, label) },
    usefulness: known ? usefulnessOf({ real: inside, synthetic: made, judge: outside, sizes, label, seed: SEED }) : [],
    attacks: known ? attacksOn({ inside, outside, synthetic: made, sizes, dice }) : null,
  };
}

function distances(real: Rows, other: Rows, sizes: readonly number[]): Judgement['fidelity'] {
  const by = (ways: number): Distance => distanceIn(real, other, { sizes, ways });
  return { one: by(1), two: by(2), three: by(3) };
}

/** The column that learners are to tell when nobody said: the last one with at least two values. */
export function labelOf(domain: Domain, sizes: readonly number[]): number {
  return domain.reduce((last, _, column) => ((sizes[column] ?? 0) > 1 ? column : last), 0);
}
