import { type Citation, CONFIRMATIONS, type Condition, type Confirmation, type Pack } from './pack.ts';
import { strictness, type Verdict } from './verdict.ts';

/** How well a text was confirmed, by the source it names. A text that names none was not. */
export function confirmationOf(cite: Citation, pack: Pick<Pack, 'sources'>): Confirmation {
  return pack.sources.get(cite.source ?? '')?.how ?? 'unconfirmed';
}

/** The weakest of some confirmations; `official` when there are none. */
export function weakest(all: readonly Confirmation[]): Confirmation {
  return CONFIRMATIONS.findLast((one) => all.includes(one)) ?? 'official';
}

/** The best of some confirmations; `official` when there are none. */
function best(all: readonly Confirmation[]): Confirmation {
  return CONFIRMATIONS.find((one) => all.includes(one)) ?? 'official';
}

/**
 * How well a verdict is confirmed that several statements come together to. One sound reason is enough to stop a transfer; that it may go
 * rests on every statement, for each might have stopped it.
 */
export function confirmationTogether(
  verdict: Verdict,
  statements: readonly { readonly verdict: Verdict; readonly confirmed: Confirmation }[],
): Confirmation {
  if (strictness(verdict) <= strictness('undecided')) return weakest(statements.map(({ confirmed }) => confirmed));
  return best(statements.filter((one) => one.verdict === verdict).map(({ confirmed }) => confirmed));
}

/** The weakest confirmation of the definitions and regions that a condition uses, followed to the end. */
export function confirmationWithin(condition: Condition, pack: Pick<Pack, 'define' | 'regions' | 'sources'>): Confirmation {
  if (condition.op === 'not') return confirmationWithin(condition.of, pack);
  if (condition.op === 'use') {
    const definition = pack.define.get(condition.name);
    return definition === undefined
      ? 'unconfirmed'
      : weakest([confirmationOf(definition.cite, pack), confirmationWithin(definition.when, pack)]);
  }
  if (condition.op !== 'test') return weakest(condition.of.map((branch) => confirmationWithin(branch, pack)));
  const region = condition.test.kind === 'place' ? pack.regions.get(condition.test.region) : undefined;
  return region === undefined ? 'official' : confirmationOf(region.cite, pack);
}
