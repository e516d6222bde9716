import { type Citation, CONFIRMATIONS, type Confirmation, type Pack } from './pack.ts';
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
export function best(all: readonly Confirmation[]): Confirmation {
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
