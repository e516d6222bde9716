import { type Columns, cellsOf, projection, sumInto, totalOf } from './cells.ts';
import { cliqueWith, infer, type Model, modelOf } from './model.ts';
import { junctionTree } from './tree.ts';

/** Counts of one table with noise, as they were bought. */
export interface Measurement {
  readonly columns: Columns;
  readonly noisy: Float64Array;
  readonly sigma: number;
}

/** Cells of a table that no row can be in (a month of thirty-one days in February): 0 there, 1 elsewhere. */
export interface Mask {
  readonly columns: Columns;
  readonly allowed: Float64Array;
}

/** What the model has learned: the parameters of each table, by its columns. Kept from round to round, so that a fit begins where the last one ended. */
export type Learned = Map<string, Float64Array>;

export interface Fitted {
  readonly model: Model;
  /** How many rows the noisy counts tell of. */
  readonly total: number;
  readonly learned: Learned;
}

interface Term {
  readonly clique: number;
  readonly map: Int32Array;
  readonly target: Float64Array;
  readonly weight: number;
  readonly theta: Float64Array;
  readonly told: Float64Array;
}

interface Problem {
  readonly model: Model;
  readonly terms: readonly Term[];
  readonly masks: readonly { readonly clique: number; readonly map: Int32Array; readonly allowed: Float64Array }[];
  readonly potentials: readonly Float64Array[];
  readonly total: number;
}

export interface FitOptions {
  readonly sizes: readonly number[];
  readonly masks: readonly Mask[];
  readonly iterations: number;
  readonly learned: Learned;
}

/**
 * The distribution over all columns that fits the noisy tables best and adds nothing else: entropic mirror descent over a junction tree with the step sought along the way
 * (McKenna, Sheldon and Miklau, "Graphical-model based estimation and inference for differential privacy", arXiv 1901.09136). It looks at the noisy counts alone, so it costs no privacy.
 */
export function fit(measurements: readonly Measurement[], options: FitOptions): Fitted {
  const problem = problemOf(measurements, options);
  let loss = evaluate(problem);
  // The first step is a guess; the search corrects it.
  let step = 1 / (problem.total * Math.max(...problem.terms.map(({ weight }) => weight)));
  for (let i = 0; i < options.iterations && loss > 0; i++) {
    const found = descend(problem, loss, step);
    if (found === undefined) break;
    step = found.step;
    loss = found.loss;
  }
  for (const [at, term] of problem.terms.entries()) options.learned.set(keyOf(mergedColumns(measurements)[at] ?? []), term.theta);
  return { model: problem.model, total: problem.total, learned: options.learned };
}

function keyOf(columns: Columns): string {
  return columns.join(',');
}

function mergedColumns(measurements: readonly Measurement[]): readonly Columns[] {
  return [...new Map(measurements.map(({ columns }) => [keyOf(columns), columns])).values()];
}

function problemOf(measurements: readonly Measurement[], { sizes, masks, learned }: FitOptions): Problem {
  const wanted = mergedColumns(measurements);
  const tree = junctionTree([...wanted, ...masks.map(({ columns }) => columns)], sizes);
  const model = modelOf(tree, sizes);
  const place = (columns: Columns): { readonly clique: number; readonly map: Int32Array } => {
    const clique = cliqueWith(tree, columns, sizes);
    if (clique === undefined) throw new Error('a junction tree holds every table that it was made for');
    return { clique, map: projection(tree.cliques[clique] ?? [], columns, sizes) };
  };
  const terms = wanted.map((columns) => {
    const cells = cellsOf(columns, sizes);
    const same = measurements.filter((one) => keyOf(one.columns) === keyOf(columns));
    return {
      ...place(columns),
      ...combine(same, cells),
      theta: learned.get(keyOf(columns)) ?? new Float64Array(cells),
      told: new Float64Array(cells),
    };
  });
  return {
    model,
    terms,
    masks: masks.map(({ columns, allowed }) => ({ ...place(columns), allowed })),
    potentials: tree.cliques.map((clique) => new Float64Array(cellsOf(clique, sizes))),
    total: totalFrom(measurements),
  };
}

/** Several measurements of one table are one with their weighted mean. */
function combine(same: readonly Measurement[], cells: number): { readonly target: Float64Array; readonly weight: number } {
  const target = new Float64Array(cells);
  let weight = 0;
  for (const { noisy, sigma } of same) {
    const one = 1 / (sigma * sigma);
    weight += one;
    for (let i = 0; i < cells; i++) target[i] = (target[i] ?? 0) + one * (noisy[i] ?? 0);
  }
  for (let i = 0; i < cells; i++) target[i] = (target[i] ?? 0) / weight;
  return { target, weight };
}

/** The number of rows, from the sums of all tables, each by how sure it is. At least one. */
export function totalFrom(measurements: readonly Measurement[]): number {
  let [sum, weight] = [0, 0];
  for (const { noisy, sigma } of measurements) {
    const one = 1 / (sigma * sigma * noisy.length);
    sum += one * totalOf(noisy);
    weight += one;
  }
  return Math.max(1, sum / weight);
}

/** Infers from the parameters as they stand; the loss is half the weighted squared distance from the noisy counts. */
function evaluate(problem: Problem): number {
  const { model, terms, masks, potentials, total } = problem;
  for (const potential of potentials) potential.fill(0);
  for (const { clique, map, theta } of terms) addTo(potentials[clique] ?? theta, theta, map);
  for (const potential of potentials) exponentiate(potential);
  for (const { clique, map, allowed } of masks) maskBy(potentials[clique] ?? allowed, allowed, map);
  infer(model, potentials);
  let loss = 0;
  for (const { clique, map, told, target, weight } of terms) {
    sumInto(told, model.beliefs[clique] ?? told, map);
    let squares = 0;
    for (let i = 0; i < told.length; i++) {
      const here = (told[i] ?? 0) * total;
      told[i] = here;
      squares += (here - (target[i] ?? 0)) ** 2;
    }
    loss += 0.5 * weight * squares;
  }
  return loss;
}

function addTo(potential: Float64Array, theta: Float64Array, map: Int32Array): void {
  for (let i = 0; i < potential.length; i++) potential[i] = (potential[i] ?? 0) + (theta[map[i] ?? 0] ?? 0);
}

function maskBy(potential: Float64Array, allowed: Float64Array, map: Int32Array): void {
  for (let i = 0; i < potential.length; i++) potential[i] = (potential[i] ?? 0) * (allowed[map[i] ?? 0] ?? 0);
}

function exponentiate(potential: Float64Array): void {
  let greatest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < potential.length; i++) greatest = Math.max(greatest, potential[i] ?? 0);
  for (let i = 0; i < potential.length; i++) potential[i] = Math.exp((potential[i] ?? 0) - greatest);
}

const TRIES = 25;

/** One step down: the step is halved until the loss falls by at least half of what the slope promises, and grows a little after each success. */
function descend(problem: Problem, before: number, first: number): { readonly loss: number; readonly step: number } | undefined {
  const { terms } = problem;
  const old = terms.map(({ theta }) => theta.slice());
  const told = terms.map((term) => term.told.slice());
  const slopes = terms.map(({ told: now, target, weight }) => now.map((value, i) => weight * (value - (target[i] ?? 0))));
  let step = first;
  for (let i = 0; i < TRIES; i++) {
    for (const [at, { theta }] of terms.entries()) moveTo(theta, { from: old[at] ?? theta, slope: slopes[at] ?? theta, step });
    const loss = evaluate(problem);
    if (before - loss >= 0.5 * promised(problem, told, slopes)) return { loss, step: step * 1.1 };
    step *= 0.5;
  }
  for (const [at, { theta }] of terms.entries()) theta.set(old[at] ?? theta);
  evaluate(problem);
  return undefined;
}

function moveTo(
  theta: Float64Array,
  { from, slope, step }: { readonly from: Float64Array; readonly slope: Float64Array; readonly step: number },
): void {
  for (let i = 0; i < theta.length; i++) theta[i] = (from[i] ?? 0) - step * (slope[i] ?? 0);
}

function promised({ terms }: Problem, told: readonly Float64Array[], slopes: readonly Float64Array[]): number {
  let sum = 0;
  for (const [at, term] of terms.entries()) {
    const [was, slope] = [told[at] ?? term.told, slopes[at] ?? term.told];
    for (let i = 0; i < was.length; i++) sum += (slope[i] ?? 0) * ((was[i] ?? 0) - (term.told[i] ?? 0));
  }
  return sum;
}
