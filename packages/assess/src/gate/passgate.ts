import type { Facts } from '@comity/core';
import type { Compiled } from '../compile.ts';
import { testsIn } from '../conditions.ts';
import { confirmationOf, weakest } from '../confirmed.ts';
import type { Confirmation } from '../pack.ts';
import { F, not, or, T, U } from '../truth.ts';
import { type CompiledGate, missingIn } from './compilegate.ts';
import { type GateDecision, type GateStep, mayGo } from './gate.ts';

/** A step that decided, or one that was passed and without which the answer would have been another. */
export interface GateReason {
  readonly rule: string;
  readonly cite: string;
  readonly url?: string;
  readonly says: string;
  readonly confirmed: Confirmation;
}

/** A step that stands in the way. */
export interface GateStop extends GateReason {
  readonly decision: GateDecision;
  /** Facts that decide and are not known; none when what is known stops it. */
  readonly missing: readonly string[];
  /** Facts on which the step stands, those that are not known first: what to look at to pass it. */
  readonly facts: readonly string[];
  readonly ground?: string;
}

/** What one gate answers. */
export interface GatePass {
  readonly gate: string;
  readonly decision: GateDecision;
  /** Nobody asks another gate: the desk's own answer is the whole answer. */
  readonly final: boolean;
  readonly because: readonly GateReason[];
  /** Everything that stands in the way, in the order of the gate; the first decides. */
  readonly stops: readonly GateStop[];
  readonly missing: readonly string[];
  readonly tasks: readonly string[];
  readonly due: string | null;
  readonly notify: boolean;
}

interface Walk {
  readonly stops: GateStop[];
  readonly passed: GateReason[];
  readonly tasks: string[];
  readonly passedOver: Set<string>;
  given?: GateStep & { readonly kind: 'give' };
}

type CompiledStep = CompiledGate['steps'][number];

/** Walks through the steps of a gate. Every step is looked at up to the first answer, so that all that stands in the way is named at once. */
export function passGate(gate: CompiledGate, facts: Facts): GatePass {
  const walk: Walk = { stops: [], passed: [], tasks: [], passedOver: new Set() };
  for (const compiled of gate.steps) {
    if (walk.given !== undefined) break;
    takeStep(compiled, { gate, facts, walk });
  }
  const [stop] = walk.stops;
  const decision = stop?.decision ?? walk.given?.decision ?? 'blocked';
  const given = walk.given === undefined ? [] : [reasonOf(walk.given, gate)];
  const missing = new Set([...walk.stops.flatMap((one) => one.missing), ...(mayGo(decision) ? [] : walk.passedOver)]);
  return {
    gate: gate.pack.gate,
    decision,
    final: stop === undefined && walk.given?.final === true,
    because: stop === undefined ? [...given, ...walk.passed] : walk.stops.map(withoutMissing),
    stops: walk.stops,
    missing: [...missing].sort(),
    tasks: tasksOf(gate, { facts, decision, own: stop === undefined ? walk.tasks : taskWords(gate, stop.rule) }),
    due: decision === 'blocked' || decision === 'refused' ? null : dueOf(gate, facts),
    notify: gate.notify !== undefined && gate.notify.truth(facts) !== F,
  };
}

interface Place {
  readonly gate: CompiledGate;
  readonly facts: Facts;
  readonly walk: Walk;
}

function takeStep({ step, when, need }: CompiledStep, { gate, facts, walk }: Place): void {
  const reached = when.truth(facts);
  if (step.kind === 'need') {
    const met = or(not(reached), need?.truth(facts) ?? F);
    if (met === F) walk.stops.push(stopAt(step, gate));
    else if (met === U) walk.stops.push(unknownStop(step, { gate, facts, asked: reached === U ? when : need }));
    else if (reached === T) pass(step, { gate, facts, walk });
  } else if (reached === T && step.kind === 'stop') {
    walk.stops.push(stopAt(step, gate));
  } else if (reached === T && step.kind === 'give') {
    walk.given = step;
    walk.tasks.push(...step.tasks);
  } else if (reached === U && step.kind === 'give') when.missing(facts, walk.passedOver);
}

function pass(step: GateStep, { gate, walk }: Place): void {
  walk.passed.push(reasonOf(step, gate));
  walk.tasks.push(...step.tasks);
}

/** Whether the step is reached at all is asked before what it needs. */
function unknownStop(
  step: GateStep,
  { gate, facts, asked }: { gate: CompiledGate; facts: Facts; asked: Compiled | undefined },
): GateStop {
  const missing = missingIn(facts, asked);
  const stop = stopAt(step, gate);
  return { ...stop, decision: 'blocked', missing, facts: [...new Set([...missing, ...stop.facts])] };
}

/** What says which step and route it is tells nobody what to change. */
const SCOPE = ['order.action', 'order.instrument'];

function stopAt(step: GateStep, gate: CompiledGate): GateStop {
  const asked = testsIn(step.kind === 'need' ? step.need : step.when, gate.pack).map(({ fact }) => fact);
  return {
    ...reasonOf(step, gate),
    decision: step.decision,
    missing: [],
    facts: [...new Set(asked)].filter((fact) => !SCOPE.includes(fact)),
    ...(step.ground === undefined ? {} : { ground: step.ground }),
  };
}

function reasonOf({ id, cite, says }: GateStep, { pack }: CompiledGate): GateReason {
  const confirmed = confirmationOf(cite, pack);
  return { rule: id, cite: cite.ref, ...(cite.url === undefined ? {} : { url: cite.url }), says, confirmed };
}

function withoutMissing({ rule, cite, url, says, confirmed }: GateStop): GateReason {
  return { rule, cite, ...(url === undefined ? {} : { url }), says, confirmed };
}

function taskWords({ pack }: CompiledGate, rule: string): readonly string[] {
  return pack.steps.find(({ id }) => id === rule)?.tasks ?? [];
}

function tasksOf(
  gate: CompiledGate,
  { facts, decision, own }: { facts: Facts; decision: GateDecision; own: readonly string[] },
): readonly string[] {
  const owed = gate.tasks
    .filter(({ decisions }) => decisions?.includes(decision) ?? mayGo(decision))
    .filter(({ holds }) => holds.truth(facts) === T)
    .map(({ task }) => task);
  return [...new Set([...own, ...owed])];
}

function dueOf(gate: CompiledGate, facts: Facts): string | null {
  return gate.clocks.find(({ holds }) => holds.truth(facts) === T)?.due ?? null;
}

/** How well the reasons of an answer were confirmed: the weakest of them. */
export function confirmationOfReasons(reasons: readonly GateReason[]): Confirmation {
  return weakest(reasons.map(({ confirmed }) => confirmed));
}
