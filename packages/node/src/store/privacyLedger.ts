import { type Instant, ok, type Result, refuse } from '@comity/core';
import { type Debit, epsilonOf, type Ledger, rhoOf } from '@comity/prepare';
import { sql } from 'kysely';
import type { Database, Tx } from './database.ts';

/** What all releases about one population may tell together. */
export interface Budget {
  readonly population: string;
  readonly epsilon: number;
  readonly delta: number;
  readonly person: string;
  readonly at: Instant;
}

/** A debit as it stands. */
export interface Debited extends Omit<Debit, 'dataset'> {
  readonly preparation: string;
}

/**
 * The ledger of one preparation: debited in a transaction of its own before the data are asked, once, whatever crashes and however often it is run again.
 * Refuses `budget-missing` while nobody has set a budget, `budget-spent` when this release would pass it.
 */
export function privacyLedger(db: Database, about: { readonly population: string; readonly preparation: string }): Ledger {
  return {
    debit: (debit) =>
      db.transaction().execute(async (tx) => {
        // Two releases must not both find the last of a budget.
        await sql`select pg_advisory_xact_lock(hashtextextended(${`privacy ${about.population}`}, 0))`.execute(tx);
        return debitIn(tx, about, debit);
      }),
  };
}

async function debitIn(
  tx: Tx,
  { population, preparation }: { readonly population: string; readonly preparation: string },
  { plan, rho, epsilon, delta, at }: Debit,
): Promise<Result<null>> {
  const debits = await debitsOf(tx, population);
  if (debits.some((known) => known.preparation === preparation)) return ok(null);
  const budget = await budgetOf(tx, population);
  if (budget === undefined) return refuse('budget-missing', 'epsilon');
  const left = rhoOf(budget.epsilon, budget.delta) - spentIn(debits);
  if (rho > left * (1 + 1e-12)) {
    return refuse('budget-spent', 'epsilon', {
      left: floor(left <= 0 ? 0 : epsilonOf(left, delta)),
      asked: floor(epsilon),
    });
  }
  await tx.insertInto('privacy_debits').values({ preparation, population, plan, rho, epsilon, delta, at }).execute();
  return ok(null);
}

const floor = (epsilon: number): number => Math.floor(epsilon * 100) / 100;

/** ρ that was spent: in zCDP debits add up exactly. */
export function spentIn(debits: readonly Pick<Debited, 'rho'>[]): number {
  return debits.reduce((sum, { rho }) => sum + rho, 0);
}

/** Every debit about a population, the oldest first. */
export async function debitsOf(db: Database | Tx, population: string): Promise<readonly Debited[]> {
  const rows = db.selectFrom('privacy_debits').select(['preparation', 'plan', 'rho', 'epsilon', 'delta', 'at']);
  return rows.where('population', '=', population).orderBy('at').execute();
}

/** The budget that holds: the one that was set last. */
export async function budgetOf(db: Database | Tx, population: string): Promise<Budget | undefined> {
  return (await budgetsOf(db, population)).at(-1);
}

/** Every budget that was ever set for a population, the oldest first. */
export async function budgetsOf(db: Database | Tx, population: string): Promise<readonly Budget[]> {
  const rows = db.selectFrom('privacy_budgets').select(['population', 'epsilon', 'delta', 'person', 'at']);
  return rows.where('population', '=', population).orderBy('seq').execute();
}

export async function insertBudget(db: Database | Tx, budget: Budget): Promise<void> {
  await db.insertInto('privacy_budgets').values(budget).execute();
}
