import { isDay, isJsonObject, ok, type Result, refuse } from '@comity/core';
import { validateFacts } from '../facts.ts';
import type { GateAnswer, GateQuestion } from './askgates.ts';
import type { Gates } from './compilegate.ts';
import type { GateDecision } from './gate.ts';

/**
 * Reads a question to the gates: `{on, facts}`, and with `regime` the only gate to ask beside the desk's own.
 * Errors: those of facts; `field-invalid` for the day, or for a regime that has no gate here.
 */
export function readGateQuestion(gates: Gates, json: unknown): Result<GateQuestion> {
  if (!isJsonObject(json)) return refuse('field-invalid', 'question', { kind: 'object' });
  const { on, regime } = json;
  if (!isDay(on)) return refuse('field-invalid', 'on', { kind: 'YYYY-MM-DD' });
  const facts = validateFacts(gates.vocabulary, json['facts']);
  if (!facts.ok) return facts;
  if (regime === undefined) return ok({ on, facts: facts.value });
  const known = gates.packs.find(({ gate }) => gate === regime);
  if (known === undefined) return refuse('field-invalid', 'regime', { kind: gates.packs.map(({ gate }) => gate).join(', ') });
  return ok({ on, facts: facts.value, regime: known.gate });
}

/** One output line of `comity gate --batch --json`, as the law contract has it; what was not stated and what is missing stand beside. */
export interface GateLine {
  readonly id: string;
  readonly decision: GateDecision;
  readonly due: string | null;
  readonly notify: boolean;
  readonly tasks: readonly string[];
  readonly because: readonly { readonly rule: string; readonly cite: string }[];
  readonly missing: readonly string[];
  readonly unstated: readonly string[];
  readonly clock: GateAnswer['clock'] | null;
  readonly confirmed: GateAnswer['confirmed'];
}

/** Writes an answer in the form of the law contract. */
export function toGateLine(id: string, answer: GateAnswer): GateLine {
  const { decision, due, notify, tasks, missing, unstated, confirmed } = answer;
  const because = answer.because.map(({ rule, cite }) => ({ rule, cite }));
  return { id, decision, due, notify, tasks, because, missing, unstated, clock: answer.clock ?? null, confirmed };
}
