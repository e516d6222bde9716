import { type Candidate, candidatesOf, tellCandidates } from './candidates.ts';
import { type Columns, cellsOf, distanceOf, marginalOf } from './cells.ts';
import { chooseBy } from './choose.ts';
import { coarseViews, linksOf } from './coarse.ts';
import type { Counts } from './counts.ts';
import type { Dice } from './dice.ts';
import { type Fitted, fit, type Learned, type Mask, type Measurement } from './fit.ts';
import { cliqueWith } from './model.ts';
import { addNoise, sigmaOf, varianceOf } from './noise.ts';
import { junctionTree } from './tree.ts';

export interface AimOptions {
  readonly rho: number;
  /** Greatest number of rows that one subject has in the data. */
  readonly rowsPerSubject: number;
  readonly dice: Dice;
  /** Whether the values of a column have an order. */
  readonly ordered: readonly boolean[];
  readonly masks: readonly Mask[];
  /** Greatest number of cells of the model. */
  readonly cap: number;
  readonly iterations: number;
  readonly lastIterations: number;
  /** Called after every round with the share of the budget that is spent; throws to stop. */
  readonly onRound?: (spent: number) => void;
}

export interface Learnt extends Fitted {
  readonly measurements: readonly Measurement[];
  /** ρ that was spent: never more than was given. */
  readonly spent: number;
}

/** Share of the budget that goes to the single columns first. The paper gives a twentieth; on Adult a quarter told pairs a tenth better, for wide columns' noise is in each of their pairs. */
const ONES = 0.25;
const MEASURE = 0.9;
const ROUNDS_PER_COLUMN = 16;

/**
 * AIM: measures what the model knows least, refits, and so on until the budget is spent (McKenna, Mullins, Sheldon and Miklau, arXiv 2201.12677), under zCDP with add-or-remove of one subject.
 * Ours beyond the paper: coarse views of wide columns are candidates too, so that pairs too wide to be told finely are told in groups.
 */
export function aim(counts: Counts, options: AimOptions): Learnt {
  const rounds = ROUNDS_PER_COLUMN * counts.sizes.length;
  const run = begin(counts, options);
  let step = {
    sigma: Math.sqrt(rounds / (2 * MEASURE * options.rho)),
    epsilon: Math.sqrt((8 * (1 - MEASURE) * options.rho) / rounds),
  };
  for (let last = false; !last; ) {
    const left = options.rho - run.spent;
    last = left < 2 * costOf(step);
    if (last) step = { sigma: Math.sqrt(1 / (2 * MEASURE * left)), epsilon: Math.sqrt(8 * (1 - MEASURE) * left) };
    run.spent = last ? options.rho : run.spent + costOf(step);
    const moved = round(run, step, last);
    if (moved === 'none') break;
    if (moved === 'little') step = { sigma: step.sigma / 2, epsilon: step.epsilon * 2 };
    options.onRound?.(run.spent / options.rho);
  }
  return { ...refit(run, options.lastIterations), measurements: run.measured, spent: run.spent };
}

interface Run {
  readonly options: AimOptions;
  readonly sizes: readonly number[];
  readonly width: number;
  readonly links: readonly Mask[];
  readonly candidates: readonly Candidate[];
  readonly measured: Measurement[];
  readonly learned: Learned;
  spent: number;
  fitted: Fitted;
}

interface Step {
  readonly sigma: number;
  readonly epsilon: number;
}

function costOf({ sigma, epsilon }: Step): number {
  return 0.5 / (sigma * sigma) + (epsilon * epsilon) / 8;
}

function begin(counts: Counts, options: AimOptions): Run {
  const sigma = Math.sqrt(counts.ones.length / (2 * ONES * options.rho));
  const measured: Measurement[] = counts.ones.map((ones, column) => measure(ones, { columns: [column], sigma, options }));
  const views = coarseViews(
    measured.map(({ noisy }) => noisy),
    options.ordered,
  );
  const sizes = [...counts.sizes, ...views.map(({ size }) => size)];
  const learned: Learned = new Map();
  const partial = { options, sizes, width: counts.sizes.length, links: linksOf(views, counts.sizes), measured, learned };
  return {
    ...partial,
    candidates: candidatesOf(counts, views, sizes),
    spent: (counts.ones.length * 0.5) / (sigma * sigma),
    fitted: fit(measured, { sizes, masks: options.masks, iterations: options.iterations, learned }),
  };
}

function measure(
  truth: Float64Array,
  { columns, sigma, options }: { readonly columns: Columns; readonly sigma: number; readonly options: AimOptions },
): Measurement {
  const variance = varianceOf(sigma * options.rowsPerSubject);
  return { columns, noisy: addNoise(truth, variance, options.dice), sigma: sigmaOf(variance) };
}

/** One round: choose, measure, refit; and whether the model moved by more than the noise alone would move it. */
function round(run: Run, { sigma, epsilon }: Step, last: boolean): 'much' | 'little' | 'none' {
  const { options } = run;
  const fitting = run.candidates.filter((candidate) => fits(run, candidate));
  if (fitting.length === 0) return 'none';
  const scores = scoresOf(run, fitting, sigma * options.rowsPerSubject);
  const chosen = fitting[chooseBy(scores, { epsilon, sensitivity: options.rowsPerSubject, dice: options.dice })];
  if (chosen === undefined) return 'none';
  const before = toldNow(run, chosen);
  run.measured.push(measure(chosen.truth, { columns: chosen.columns, sigma, options }));
  if (last) return 'none';
  run.fitted = refit(run, options.iterations);
  const moved = distanceOf(before, toldNow(run, chosen)) * run.fitted.total;
  const noise = sigma * options.rowsPerSubject * Math.sqrt(2 / Math.PI) * chosen.truth.length;
  return moved > noise ? 'much' : 'little';
}

function fits(run: Run, { columns }: Candidate): boolean {
  if (cliqueWith(run.fitted.model.tree, columns, run.sizes) !== undefined) return true;
  const tables = [...run.measured.map((one) => one.columns), columns];
  const cap = (run.options.cap * run.spent) / run.options.rho;
  return junctionTree([...tables, ...linksFor(run, tables).map((link) => link.columns)], run.sizes).cells <= cap;
}

/** Only the views that something measured names weigh on the model. */
function linksFor({ links, options }: Run, tables: readonly Columns[]): readonly Mask[] {
  const named = new Set(tables.flat());
  return [...options.masks, ...links.filter(({ columns }) => named.has(columns[1] ?? -1))];
}

function refit(run: Run, iterations: number): Fitted {
  const masks = linksFor(
    run,
    run.measured.map(({ columns }) => columns),
  );
  return fit(run.measured, { sizes: run.sizes, masks, iterations, learned: run.learned });
}

function scoresOf(run: Run, fitting: readonly Candidate[], sigma: number): readonly number[] {
  const told = new Map<Candidate, number>();
  tellCandidates(run.fitted.model, { width: run.width, candidates: fitting }, (candidate, table) => {
    told.set(candidate, wrong(table, candidate.truth, run.fitted.total));
  });
  return fitting.map((candidate) => (told.get(candidate) ?? 0) - sigma * Math.sqrt(2 / Math.PI) * candidate.truth.length);
}

function wrong(told: Float64Array, truth: Float64Array, total: number): number {
  let distance = 0;
  for (let i = 0; i < told.length; i++) distance += Math.abs((told[i] ?? 0) * total - (truth[i] ?? 0));
  return distance;
}

function toldNow(run: Run, candidate: Candidate): Float64Array {
  let table = new Float64Array(cellsOf(candidate.columns, run.sizes));
  const { model } = run.fitted;
  const clique = cliqueWith(model.tree, candidate.columns, run.sizes);
  if (clique !== undefined) {
    const [from, belief] = [model.tree.cliques[clique] ?? [], model.beliefs[clique] ?? table];
    return marginalOf(belief, { from, to: candidate.columns, sizes: run.sizes });
  }
  tellCandidates(model, { width: run.width, candidates: [candidate] }, (_, told) => {
    table = told.slice();
  });
  return table;
}
