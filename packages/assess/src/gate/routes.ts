import type { Facts } from '@comity/core';
import { confirmationOf } from '../confirmed.ts';
import type { Confirmation } from '../pack.ts';
import { F, T } from '../truth.ts';
import { askGates, type GateAnswer } from './askgates.ts';
import type { Gates } from './compilegate.ts';
import { type GateRoute, type Hand, laxness } from './gate.ts';

/** One way to the same data, as its law has it. */
export interface ComparedRoute {
  readonly instrument: string;
  readonly gate: string;
  readonly says: string;
  readonly cite: string;
  readonly url?: string;
  readonly confirmed: Confirmation;
  readonly answer: Pick<GateAnswer, 'decision' | 'because' | 'stops' | 'missing' | 'unstated' | 'tasks' | 'notify'>;
  /** The time that the law sets for the answer; null where it sets none. */
  readonly length: string | null;
  /** Days after which somebody asks what became of it, where the law sets no time. */
  readonly ageing: readonly number[];
  /** Through whose hands it goes, in order, with these facts. */
  readonly hands: readonly Hand[];
  readonly told: GateRoute['told'];
  readonly preserves: boolean;
  /** The procedure under which such a request is drafted, where there is one. */
  readonly procedure?: string;
}

/**
 * Holds every route beside the others for one need. No route is scored: each shows what its gate says, its law's own time, whose hands it
 * goes through, and what is told to the person. Those that may go stand first, then those of which something is not known.
 */
export function compareRoutes(gates: Gates, on: string, facts: Facts): readonly ComparedRoute[] {
  const compared = gates.on(on).flatMap((gate) =>
    gate.routes.map(({ instrument, hands, says, cite, told, ageing, preserves }): ComparedRoute => {
      const asked: Facts = { ...facts, 'order.instrument': instrument, 'order.action': 'issue' };
      const answer = askGates(gates, { on, facts: asked });
      const { decision, because, stops, missing, unstated, tasks, notify } = answer;
      const drafted = gate.pack.procedures.find((one) => one.instrument === instrument)?.procedure;
      const clock = gate.clocks.find(({ holds }) => holds.truth(asked) === T);
      return {
        ...{ instrument, gate: gate.pack.gate, says, cite: cite.ref, told, ageing, preserves },
        ...(cite.url === undefined ? {} : { url: cite.url }),
        ...(drafted === undefined ? {} : { procedure: drafted }),
        confirmed: confirmationOf(cite, gate.pack),
        answer: { decision, because, stops, missing, unstated, tasks, notify },
        length: answer.clock?.length ?? clock?.due ?? null,
        hands: hands.filter(({ holds }) => holds.truth(asked) !== F).map(({ who }) => who),
      };
    }),
  );
  return compared.sort((a, b) => rank(a) - rank(b) || (a.instrument < b.instrument ? -1 : 1));
}

function rank({ answer }: ComparedRoute): number {
  if (laxness(answer.decision) === 2) return 0;
  // A stop that is certain is not lifted by learning more.
  return answer.stops.every(({ missing }) => missing.length > 0) ? 1 : 2;
}
