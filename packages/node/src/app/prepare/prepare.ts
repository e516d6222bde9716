import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { digestJson, type Json, ok, type Result, refuse, toHex, uuid7 } from '@comity/core';
import { sha256 } from '../../keys/crypto.ts';
import { findDataset } from '../../store/datasets.ts';
import {
  beatPreparation,
  claimPreparation,
  endPreparation,
  findPreparation,
  insertPreparation,
  type Output,
  openPreparations,
  type Preparation,
  type RunOf,
  stopPreparation,
} from '../../store/preparations.ts';
import { standInLog } from '../entry.ts';
import type { House, Person } from '../house.ts';
import { datasetOf } from './datasets.ts';
import { logPrepared, logSaved } from './log.ts';
import { RECIPES, type RecipeName, recipeOf } from './recipes.ts';
import { checkPlan, signPlan } from './signed.ts';

/** Signs a plan and begins to run it on a dataset; it goes on beside the node. Errors: `not-found`, `key-not-valid`, and what the plan's reader refuses. */
export async function beginPreparation(
  house: House,
  person: Person,
  ask: { readonly dataset: string; readonly kind: RecipeName; readonly plan: Json },
): Promise<Result<string>> {
  const dataset = await datasetOf(house, ask.dataset);
  if (!dataset.ok) return dataset;
  const plan = RECIPES[ask.kind].read(house, ask.plan, dataset.value);
  if (!plan.ok) return plan;
  const now = house.now();
  const id = uuid7(Date.parse(now), house.random(10));
  const { population } = dataset.value;
  const begun = { id, kind: ask.kind, plan: plan.value, population, person: person.id, asked: now };
  const signed = await signPlan(house, begun, dataset.value);
  if (!signed.ok) return signed;
  await house.db.transaction().execute(async (tx) => {
    await insertPreparation(tx, {
      ...begun,
      dataset: dataset.value.id,
      planDigest: digestJson(plan.value, sha256),
      signed: signed.value,
    });
    await house.jobs.prepare(tx, id);
  });
  return ok(id);
}

/** How often whoever runs a plan says how far it is, in milliseconds. */
const BEAT = 1_000;
/** A run that the node did not survive so often is given up. */
const TRIES = 3;

/**
 * Runs a plan to its end, if nobody else does. A node that stops in the middle leaves it to the next one: what was debited is not debited again, and nothing of it was given out.
 * False: it is to be looked at again, for another is being run.
 */
export async function runPreparation(house: House, id: string): Promise<boolean> {
  const run: RunOf = { id, runner: toHex(house.random(4)) };
  const claimed = await claimPreparation(house.db, run);
  if (claimed === undefined) return !(await openPreparations(house.db)).includes(id);
  const stop = new AbortController();
  const state = { share: claimed.share };
  const beat = async (): Promise<void> => {
    if (await beatPreparation(house.db, run, state.share).catch(() => false)) stop.abort();
  };
  const timer = setInterval(() => void beat(), BEAT);
  const watch = { runner: run.runner, signal: stop.signal, onShare: (share: number) => Object.assign(state, { share }) };
  try {
    // What has taken the node down each time would do so for ever.
    const ran = claimed.tries > TRIES ? refuse('internal') : await runRecipe(house, claimed, watch);
    await end(house, { ...claimed, runner: run.runner }, ran);
  } catch (error) {
    // A fault of ours: it is not tried for ever, and what is kept says no more than that.
    await endPreparation(house.db, run, { state: 'refused', refusal: { code: 'internal' }, at: house.now() });
    throw error;
  } finally {
    clearInterval(timer);
    await runNext(house);
  }
  return true;
}

/** Whichever waits longest need not wait until it is looked at again. */
async function runNext(house: House): Promise<void> {
  const [next] = await openPreparations(house.db);
  if (next !== undefined) await house.db.transaction().execute((tx) => house.jobs.prepare(tx, next));
}

type Watch = { readonly runner: string; readonly signal: AbortSignal; readonly onShare: (share: number) => void };
type RunResult = Result<{ readonly report: Json; readonly output: Output } | undefined>;

async function runRecipe(house: House, preparation: Preparation, watch: Watch): Promise<RunResult> {
  const { id, dataset: of, kind, plan } = preparation;
  const dataset = await findDataset(house.db, of);
  if (dataset === undefined) return refuse('not-found', 'dataset');
  // Between the signing and now somebody may have been at the database.
  const whole = checkPlan(house, preparation, dataset);
  if (!whole.ok) return whole;
  const recipe = recipeOf(kind);
  if (recipe === undefined) return refuse('field-invalid', 'kind');
  // A name of this run alone: who was taken over and wakes again touches no file of the other.
  const file = `${id}-${watch.runner}.${recipe.format}`;
  try {
    const ran = await recipe.run({ house, dataset, preparation: id, plan, file, ...watch });
    if (!ran.ok || ran.value === undefined) {
      await house.datasets.remove(house.datasets.pathOf(file));
      return ran.ok ? ok(undefined) : ran;
    }
    return ok({ report: ran.value.report, output: await outputAt(house, file) });
  } catch (error) {
    await house.datasets.remove(house.datasets.pathOf(file));
    throw error;
  }
}

async function outputAt(house: House, file: string): Promise<Output> {
  const path = house.datasets.pathOf(file);
  const hash = createHash('sha256');
  for await (const piece of house.datasets.read(path)) hash.update(piece);
  return { path, size: (await stat(path)).size, sha256: hash.digest('hex') };
}

/** Thrown in the transaction of an end that is not ours to write, so that nothing of it is kept. */
class TakenOver extends Error {}

async function end(house: House, preparation: Preparation & RunOf, ran: RunResult): Promise<void> {
  const at = house.now();
  if (!ran.ok) return void (await endPreparation(house.db, preparation, { state: 'refused', refusal: ran.refusal, at }));
  const { value } = ran;
  if (value === undefined) return void (await endPreparation(house.db, preparation, { state: 'cancelled', at }));
  try {
    await house.db.transaction().execute(async (tx) => {
      const logged = await logPrepared(house, tx, { preparation, output: value.output });
      if (!(await endPreparation(tx, preparation, { state: 'done', ...value, ...logged, at }))) throw new TakenOver();
    });
  } catch (error) {
    if (!(error instanceof TakenOver)) throw error;
    await house.datasets.remove(value.output.path);
  }
}

/** Asks a run to stop. What was debited stays debited. Errors: `not-found`, `preparation-unfinished` for one that has ended. */
export async function cancelPreparation(house: House, id: string): Promise<Result<null>> {
  if ((await findPreparation(house.db, id)) === undefined) return refuse('not-found', 'preparation');
  return (await stopPreparation(house.db, id, house.now())) ? ok(null) : refuse('preparation-unfinished', 'preparation');
}

/** The file that was made. Errors: `not-found`, `preparation-unfinished`. */
export async function outputOf(house: House, id: string): Promise<Result<Output>> {
  const found = await findPreparation(house.db, id);
  if (found === undefined) return refuse('not-found', 'preparation');
  return found.output === null ? refuse('preparation-unfinished', 'preparation') : ok(found.output);
}

/** The file that was made, for a person to save: the log has it first. Errors: those of `outputOf`; `log-slow`, and then nothing is given out. */
export async function saveOutput(house: House, person: Person, id: string): Promise<Result<Output>> {
  const output = await outputOf(house, id);
  if (!output.ok) return output;
  const entry = await house.db.transaction().execute((tx) => logSaved(house, tx, { preparation: id, person }));
  return (await standInLog(house, [entry])) ? output : refuse('log-slow');
}
