import type { Facts } from '@comity/core';
import { confirmationOf } from '../confirmed.ts';
import type { Confirmation } from '../pack.ts';
import { F } from '../truth.ts';
import { askGates, type GateAnswer } from './askgates.ts';
import type { Gates } from './compilegate.ts';
import { factsOfDraft, type RequestDraft } from './draft.ts';
import { CHECKS, type Hit, type Smaller } from './forecastchecks.ts';
import { DESK } from './gate.ts';

/** One reason for which the request would be stopped, refused, struck out or delayed. */
export interface Prediction {
  /** The step or rule that says so. */
  readonly rule: string;
  /** `gate`: it may not be sent so. Else who would answer so, or may. */
  readonly by: 'gate' | 'provider' | 'enforcing' | 'validating';
  /** The ground in their own list. */
  readonly ground?: string;
  readonly says: string;
  readonly cite: string;
  readonly url?: string;
  readonly confirmed: Confirmation;
  /** What to fix, the first being the likeliest: names of facts, or of an item's members (`items.i1.period`). */
  readonly fields: readonly string[];
  readonly values?: Readonly<Record<string, string | number>>;
  /** A smaller request that this reason does not stop. */
  readonly smaller?: Smaller;
  /** An act that issues or sends the request so halts, until somebody says why it goes out all the same. */
  readonly halts?: true;
}

/** What is foretold of a draft. Nothing here is a probability: each entry is a rule, a card or a counted habit. */
export interface Forecast {
  readonly gate: GateAnswer;
  readonly facts: Facts;
  readonly predictions: readonly Prediction[];
}

/**
 * Would it be refused? Asks the gates about the draft as it stands, then looks for what providers and authorities answer requests like this with.
 * In: the gates, the day, the draft. Out: the gates' answer and every predicted reason with the field to fix. Pure.
 */
export function forecast(gates: Gates, on: string, draft: RequestDraft): Forecast {
  const facts = factsOfDraft(draft);
  const gate = askGates(gates, { on, facts });
  const stops = gate.stops.map(
    ({ rule, cite, url, says, confirmed, facts: fields, ground }): Prediction => ({
      ...{ rule, by: 'gate', says, cite, confirmed, fields: fieldsOf(fields, draft) },
      ...(url === undefined ? {} : { url }),
      ...(ground === undefined ? {} : { ground }),
    }),
  );
  return { gate, facts, predictions: [...stops, ...practiceOf(gates, on, { ...draft, facts })] };
}

/** What the items decide is fixed at the items. */
function fieldsOf(facts: readonly string[], { items }: RequestDraft): readonly string[] {
  const member: Readonly<Record<string, string>> = {
    'order.data': 'category',
    'order.zone_given': 'zone',
    'order.target': 'value',
  };
  return facts.flatMap((fact) => {
    const name = member[fact];
    return name === undefined ? [fact] : items.map(({ id }) => `items.${id}.${name}`);
  });
}

function practiceOf(gates: Gates, on: string, draft: RequestDraft): readonly Prediction[] {
  const route = draft.facts['order.instrument'];
  const asked = gates
    .on(on)
    .filter(({ pack }) => pack.gate !== DESK && typeof route === 'string' && pack.instruments.includes(route));
  return asked.flatMap(({ pack, forecast: rules }) =>
    rules
      .filter(({ holds }) => holds.truth(draft.facts) !== F)
      .flatMap((rule) =>
        CHECKS[rule.check](draft, rule.days ?? 0).map(
          ({ field, values, smaller }: Hit): Prediction => ({
            ...{ rule: rule.id, by: rule.by, says: rule.says, cite: rule.cite.ref },
            confirmed: confirmationOf(rule.cite, pack),
            fields: [field],
            ...(rule.cite.url === undefined ? {} : { url: rule.cite.url }),
            ...(rule.ground === undefined ? {} : { ground: rule.ground }),
            ...(values === undefined ? {} : { values }),
            ...(smaller === undefined ? {} : { smaller }),
            ...(rule.halts ? { halts: true } : {}),
          }),
        ),
      ),
  );
}
