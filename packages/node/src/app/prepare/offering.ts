import { addDays, type Day, type Instant, isDay, localDay, ok, type Result, refuse, startOfDay } from '@comity/core';
import { type Dataset, findDataset } from '../../store/datasets.ts';
import { forgetOffer, keepOffer, NameTaken, offerNamed, spentOffers, withdrawOffer } from '../../store/offers.ts';
import { findPreparation, type Preparation } from '../../store/preparations.ts';
import type { Findings } from '../../store/scanned.ts';
import type { House, Person } from '../house.ts';
import { findingsIn, findingsOfMade } from './findings.ts';
import { logOffered, logWithdrawn } from './log.ts';
import { recipeOf } from './recipes.ts';

const NAME = /^[a-z0-9][a-z0-9-]{1,39}$/;

/** What somebody wishes to offer. */
export interface Wish {
  readonly name: string;
  /** The last day on which cases may ask for it, by the clock of this office. */
  readonly until: Day;
}

/**
 * Lets cases ask for what was made, under a name of its own and up to a day; or offers it anew, under the name it had. The log has it in the same transaction.
 * Errors: `not-found`, `preparation-unfinished`, `busy` while the dataset is looked through, `field-invalid`, `name-taken`, `offer-outlives` with the day that is bound.
 */
export async function offer(house: House, person: Person, ask: Wish & { readonly id: string }): Promise<Result<null>> {
  const found = await findPreparation(house.db, ask.id);
  if (found === undefined) return refuse('not-found', 'preparation');
  if (found.output === null) return refuse('preparation-unfinished', 'preparation');
  const free = await isFree(house, found, ask.name);
  if (!free.ok) return free;
  const dataset = await findDataset(house.db, found.dataset);
  // What is in it must be known to whoever assesses where it may go.
  if (dataset !== undefined && dataset.scan === null) return refuse('busy', 'dataset');
  const keptUntil = dataset?.expires ?? found.keptUntil;
  if (keptUntil === null) return refuse('preparation-unfinished', 'preparation');
  const until = endOf(house, ask.until, keptUntil);
  if (!until.ok) return until;
  const findings = dataset === undefined ? found.findings : foundIn(found, dataset);
  const offering = { id: found.id, name: ask.name, until: until.value, keptUntil, findings };
  try {
    await house.db.transaction().execute(async (tx) => {
      await keepOffer(tx, offering);
      await logOffered(house, tx, { offering, person });
    });
    return ok(null);
  } catch (error) {
    if (error instanceof NameTaken) return refuse('name-taken', 'name');
    throw error;
  }
}

function foundIn(made: Preparation, dataset: Dataset): Findings | null {
  const recipe = recipeOf(made.kind);
  return recipe === undefined ? null : findingsOfMade(findingsIn(dataset), recipe.asItIs(made));
}

/** A name means one file for ever: cases were decided on it. */
async function isFree(house: House, { id, offered }: Preparation, name: string): Promise<Result<null>> {
  if (!NAME.test(name) || (offered !== null && offered !== name)) return refuse('field-invalid', 'name');
  const owner = await offerNamed(house.db, name);
  const taken = house.catalogue.some(({ dataset }) => dataset === name) || (owner !== undefined && owner.id !== id);
  return taken ? refuse('name-taken', 'name') : ok(null);
}

/** The end of a day, but never after the dataset is forgotten. */
function endOf(house: House, day: Day, keptUntil: Instant): Result<Instant> {
  const { zone } = house.party;
  if (!isDay(day) || day < localDay(house.now(), zone)) return refuse('field-invalid', 'until');
  const last = localDay(keptUntil, zone);
  if (day > last || keptUntil <= house.now()) return refuse('offer-outlives', 'until', { day: last });
  const end = startOfDay(addDays(day, 1), zone);
  return ok(end < keptUntil ? end : keptUntil);
}

/**
 * Withdraws an offer: no case may ask for it any more. What a case was decided on stays until the dataset is forgotten. Errors: `not-found`, `offer-ended` when it is not offered
 * now.
 */
export async function withdraw(house: House, person: Person, id: string): Promise<Result<null>> {
  const found = await findPreparation(house.db, id);
  if (found === undefined) return refuse('not-found', 'preparation');
  return house.db.transaction().execute(async (tx) => {
    if (!(await withdrawOffer(tx, id, house.now()))) return refuse('offer-ended', 'preparation');
    await logWithdrawn(house, tx, { preparation: id, person });
    return ok(null);
  });
}

/** Removes files that were offered and whose time is over. */
export async function sweepOffers(house: Pick<House, 'db' | 'datasets' | 'now'>): Promise<void> {
  for (const { id, output } of await spentOffers(house.db, house.now())) {
    await house.datasets.remove(output.path);
    await forgetOffer(house.db, id);
  }
}
