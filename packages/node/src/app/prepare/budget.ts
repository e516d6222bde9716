import { ok, type Result, refuse } from '@comity/core';
import { epsilonOf, greatestAdvantage, rhoOf } from '@comity/prepare';
import type { LedgerView } from '../../apiPreparation.ts';
import { budgetOf, budgetsOf, debitsOf, insertBudget, spentIn } from '../../store/privacyLedger.ts';
import type { House, Person } from '../house.ts';

/** Sets what all releases about a population may tell of one person. The budgets before it stay to be read. Errors: `field-invalid`. */
export async function setBudget(
  house: House,
  person: Person,
  ask: { readonly population: string; readonly epsilon: number; readonly delta: number },
): Promise<Result<null>> {
  if (!(ask.epsilon > 0 && ask.epsilon <= 100)) return refuse('field-invalid', 'epsilon');
  if (!(ask.delta > 0 && ask.delta <= 1e-3)) return refuse('field-invalid', 'delta');
  await insertBudget(house.db, { ...ask, person: person.id, at: house.now() });
  return ok(null);
}

/** What was spent of a budget, and what is left. */
export async function ledgerOf(house: House, population: string): Promise<LedgerView> {
  const [debits, budgets, budget] = await Promise.all([
    debitsOf(house.db, population),
    budgetsOf(house.db, population),
    budgetOf(house.db, population),
  ]);
  const rho = spentIn(debits);
  const delta = budget?.delta ?? debits.at(-1)?.delta ?? 1e-9;
  const left = budget === undefined ? 0 : Math.max(0, rhoOf(budget.epsilon, budget.delta) - rho);
  return {
    population,
    delta,
    budgets,
    debits,
    spent: rho === 0 ? 0 : epsilonOf(rho, delta),
    left: budget === undefined ? null : left === 0 ? 0 : epsilonOf(left, delta),
    advantage: rho === 0 ? 0 : greatestAdvantage(rho, epsilonOf(rho, delta), delta),
  };
}
