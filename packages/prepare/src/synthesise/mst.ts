import type { AimOptions, Learnt } from './aim.ts';
import { type Columns, distanceOf } from './cells.ts';
import { chooseBy } from './choose.ts';
import { type Counts, pairOf } from './counts.ts';
import { type Fitted, fit, type Measurement, totalFrom } from './fit.ts';
import { addNoise, sigmaOf, varianceOf } from './noise.ts';

type MstOptions = Omit<AimOptions, 'cap' | 'ordered' | 'iterations'>;

/**
 * MST, the fast way: a third of the budget on single columns, a third on choosing a tree of pairs edge by edge, a third on measuring those pairs; one fit
 * (McKenna, Miklau and Sheldon, "Winning the NIST Contest", arXiv 2108.04978).
 */
export function mst(counts: Counts, options: MstOptions): Learnt {
  const { rho, rowsPerSubject } = options;
  const width = counts.sizes.length;
  const share = width > 1 ? rho / 3 : rho;
  const measured = counts.ones.map((truth, column) => buy(truth, [column], { options, rho: share / width }));
  const tree = width > 1 ? spanningTree(counts, measured, { ...options, rho: share, rowsPerSubject }) : [];
  for (const pair of tree) {
    const [a = 0, b = 0] = pair;
    measured.push(buy(pairOf(counts, a, b), pair, { options, rho: share / tree.length }));
  }
  options.onRound?.(1);
  const fitted: Fitted = fit(measured, {
    sizes: counts.sizes,
    masks: options.masks,
    iterations: options.lastIterations,
    learned: new Map(),
  });
  return { ...fitted, measurements: measured, spent: rho };
}

function buy(
  truth: Float64Array,
  columns: Columns,
  { options, rho }: { readonly options: MstOptions; readonly rho: number },
): Measurement {
  const variance = varianceOf(options.rowsPerSubject * Math.sqrt(1 / (2 * rho)));
  return { columns, noisy: addNoise(truth, variance, options.dice), sigma: sigmaOf(variance) };
}

/** Edge by edge, each joining two parts that are still apart: the pair whose columns depend on each other most, as far as the noisy single columns cannot tell it. */
function spanningTree(counts: Counts, ones: readonly Measurement[], options: MstOptions): readonly Columns[] {
  const width = counts.sizes.length;
  const epsilon = Math.sqrt((8 * options.rho) / (width - 1));
  const part = counts.sizes.map((_, column) => column);
  const edges: Columns[] = [];
  let joining = dependences(counts, ones);
  while (edges.length < width - 1) {
    joining = joining.filter(({ a, b }) => part[a] !== part[b]);
    const scores = joining.map(({ score }) => score);
    const chosen = joining[chooseBy(scores, { epsilon, sensitivity: options.rowsPerSubject, dice: options.dice })];
    if (chosen === undefined) break;
    edges.push([chosen.a, chosen.b]);
    const [kept, gone] = [part[chosen.a] ?? 0, part[chosen.b]];
    for (const [column, group] of part.entries()) if (group === gone) part[column] = kept;
  }
  return edges;
}

interface Dependence {
  readonly a: number;
  readonly b: number;
  readonly score: number;
}

/** Of every pair how far its table lies from what the noisy single columns let expect. */
function dependences(counts: Counts, ones: readonly Measurement[]): readonly Dependence[] {
  const found: Dependence[] = [];
  const total = totalFrom(ones);
  for (let a = 0; a < counts.sizes.length; a++) {
    for (let b = a + 1; b < counts.sizes.length; b++) {
      found.push({ a, b, score: distanceOf(pairOf(counts, a, b), independent([ones[a], ones[b]], total)) });
    }
  }
  return found;
}

/** What two columns would show together if neither told anything about the other. */
function independent([first, second]: readonly [Measurement | undefined, Measurement | undefined], total: number): Float64Array {
  const [a, b] = [first?.noisy ?? new Float64Array(0), second?.noisy ?? new Float64Array(0)];
  const table = new Float64Array(a.length * b.length);
  for (let x = 0; x < a.length; x++) {
    for (let y = 0; y < b.length; y++) table[x * b.length + y] = (Math.max(0, a[x] ?? 0) * Math.max(0, b[y] ?? 0)) / total;
  }
  return table;
}
