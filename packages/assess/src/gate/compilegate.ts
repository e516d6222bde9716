import type { Day, Facts } from '@comity/core';
import { type CompileContext, type Compiled, compileCondition, compileContext } from '../compile.ts';
import type { Condition } from '../pack.ts';
import { inForce, type Vocabulary } from '../vocabulary.ts';
import type { ForecastRule, GateClock, GatePack, GateRoute, GateStep, GateTask, Hand } from './gate.ts';

/** A gate compiled for one day. */
export interface CompiledGate {
  readonly pack: GatePack;
  /** The steps in force, in their order. */
  readonly steps: readonly { readonly step: GateStep; readonly when: Compiled; readonly need?: Compiled }[];
  readonly clocks: readonly (GateClock & { readonly holds: Compiled })[];
  readonly tasks: readonly (GateTask & { readonly holds: Compiled })[];
  readonly notify?: Compiled;
  readonly forecast: readonly (ForecastRule & { readonly holds: Compiled })[];
  readonly routes: readonly (Omit<GateRoute, 'hands'> & {
    readonly hands: readonly { readonly who: Hand; readonly holds: Compiled }[];
  })[];
}

/** Gates of a vocabulary, compiled when they are first asked for a day. */
export interface Gates {
  readonly vocabulary: Vocabulary;
  readonly packs: readonly GatePack[];
  readonly on: (day: Day) => readonly CompiledGate[];
}

/** Prepares gates. Pure; what was compiled for a day is kept. */
export function compileGates(vocabulary: Vocabulary, packs: readonly GatePack[]): Gates {
  const plain = withoutPromises(vocabulary);
  const ordered = [...packs].sort((a, b) => (a.gate < b.gate ? -1 : 1));
  const kept = new Map<Day, readonly CompiledGate[]>();
  return {
    vocabulary,
    packs: ordered,
    on: (day) => {
      const known = kept.get(day);
      if (known !== undefined) return known;
      const fresh = ordered.map((pack) => compileGate(pack, compileContext(pack, plain, day)));
      // The days that are asked about are few; a program that asks about many does not keep them all.
      if (kept.size > 400) kept.clear();
      kept.set(day, fresh);
      return fresh;
    },
  };
}

/** For a gate every fact that nobody stated is unknown: a step not yet taken is not taken, and that the gate's own conditions say. */
function withoutPromises(vocabulary: Vocabulary): Vocabulary {
  const facts = [...vocabulary.facts].map(([name, fact]) => [name, { ...fact, promise: false }] as const);
  return { ...vocabulary, facts: new Map(facts) };
}

function compileGate(pack: GatePack, context: CompileContext): CompiledGate {
  const compiled = (condition: Condition): Compiled => compileCondition(condition, context);
  return {
    pack,
    steps: pack.steps
      .filter(({ force }) => inForce(force, context.on))
      .map((step) => ({
        step,
        when: compiled(step.when),
        ...(step.kind === 'need' ? { need: compiled(step.need) } : {}),
      })),
    clocks: pack.clocks.map((clock) => ({ ...clock, holds: compiled(clock.when) })),
    tasks: pack.tasks.map((task) => ({ ...task, holds: compiled(task.when) })),
    ...(pack.notify === undefined ? {} : { notify: compiled(pack.notify.when) }),
    forecast: pack.forecast.map((rule) => ({ ...rule, holds: compiled(rule.when) })),
    routes: pack.routes.map((route) => ({
      ...route,
      hands: route.hands.map(({ who, when }) => ({ who, holds: compiled(when) })),
    })),
  };
}

/** The facts that leave a condition unknown, in order. */
export function missingIn(facts: Facts, condition: Compiled | undefined): readonly string[] {
  const names = new Set<string>();
  condition?.missing(facts, names);
  return [...names].sort();
}
