import type { Facts } from '@comity/core';
import { Engine as Rules, type TopLevelCondition } from 'json-rules-engine';
import type { Logic, LogicSet } from '../logic.ts';
import { type Answer, type Engine, type Peer, paceOf, versionOf } from '../peer.ts';

const PACKAGE = 'json-rules-engine';

/** json-rules-engine; `lenient`: an undefined fact is falsy (its option `allowUndefinedFacts`), else it throws. */
function jsonRules(name: string, lenient: boolean): Peer {
  return {
    name,
    start: async (rules) => {
      const engine = engineOf(rules, lenient);
      const run = async (input: Input): Promise<Answer> => {
        try {
          const { events } = await engine.run(input);
          return { stops: events.map(({ type }) => type) };
        } catch (cause) {
          return { stops: [], failed: String(cause) };
        }
      };
      const inputOf = (facts: Facts): Input => ({
        ...Object.fromEntries(promisesIn(rules).map((fact) => [fact, null])),
        ...facts,
      });
      return {
        name,
        version: versionOf(PACKAGE),
        answers: async (cases) => {
          const answers: Answer[] = [];
          for (const facts of cases) answers.push(await run(inputOf(facts)));
          return answers;
        },
        pace: (cases, _asking, seconds) => paceOf(cases.map(inputOf), seconds, (input) => engine.run(input)),
      } satisfies Engine;
    },
  };
}

export const strictJsonRules: Peer = jsonRules('json-rules-engine', false);
export const lenientJsonRules: Peer = jsonRules('json-rules-engine (allowUndefinedFacts)', true);

type Input = Record<string, unknown>;

/** The engine with one rule for each of ours, whose event bears its name. */
export function engineOf({ definitions, rules }: LogicSet, lenient: boolean): Rules {
  const engine = new Rules([], { allowUndefinedFacts: lenient });
  engine.addOperator('someOf', (given: unknown, { of, atLeast }: Members) => {
    return Array.isArray(given) && given.filter((member) => of.includes(member)).length >= atLeast;
  });
  engine.addOperator('onlyOf', (given: unknown, { of }: Members) => {
    return Array.isArray(given) && given.every((member) => of.includes(member));
  });
  engine.addOperator('absent', (given: unknown) => given === null || given === undefined);
  for (const [name, logic] of definitions) engine.setCondition(name, top(logic));
  for (const { id, stops } of rules) engine.addRule({ name: id, conditions: top(stops), event: { type: id } });
  return engine;
}

interface Members {
  readonly of: readonly unknown[];
  readonly atLeast: number;
}

function top(logic: Logic): TopLevelCondition {
  const written = condition(logic);
  return 'fact' in written ? { all: [written] } : written;
}

type Written = TopLevelCondition | { fact: string; operator: string; value: unknown };

function condition(logic: Logic): Written {
  switch (logic.op) {
    case 'true':
      return { all: [] };
    case 'false':
      return { not: { all: [] } };
    case 'all':
      return { all: logic.of.map(condition) };
    case 'any':
      return { any: logic.of.map(condition) };
    case 'not':
      return { not: condition(logic.of) };
    case 'ref':
      return { condition: logic.name };
    case 'is':
      return { fact: logic.fact, operator: 'in', value: logic.values };
    case 'some':
      return { fact: logic.fact, operator: 'someOf', value: { of: logic.values, atLeast: logic.atLeast } };
    case 'only':
      return { fact: logic.fact, operator: 'onlyOf', value: { of: logic.values, atLeast: 0 } };
    case 'absent':
      return { fact: logic.fact, operator: 'absent', value: true };
    case 'number':
      return { fact: logic.fact, operator: OPERATORS[logic.compare], value: logic.bound };
  }
}

const OPERATORS = {
  over: 'greaterThan',
  atLeast: 'greaterThanInclusive',
  under: 'lessThan',
  atMost: 'lessThanInclusive',
} as const;

/** Facts of which it is asked whether they are there: they are always handed in, and null says that they are not. */
function promisesIn({ definitions, rules }: LogicSet): readonly string[] {
  const found = new Set<string>();
  const look = (logic: Logic): void => {
    if (logic.op === 'absent') found.add(logic.fact);
    else if (logic.op === 'not') look(logic.of);
    else if (logic.op === 'all' || logic.op === 'any') logic.of.forEach(look);
  };
  [...definitions.values(), ...rules.map(({ stops }) => stops)].forEach(look);
  return [...found];
}
