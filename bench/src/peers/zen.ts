import type { Facts } from '@comity/core';
import type { Logic, LogicSet } from '../logic.ts';
import { type Answer, type Engine, type Peer, paceOf, versionOf } from '../peer.ts';

/** GoRules ZEN: one expression node that names each definition and each rule; a trace when it is asked for reasons. */
export const zen: Peer = {
  name: 'GoRules ZEN (trace)',
  start: async (rules) => {
    const { ZenEngine } = await import('@gorules/zen-engine');
    const decision = new ZenEngine().createDecision(graphOf(rules));
    const names = rules.rules.map(({ id }) => [id, keyOf(id)] as const);
    const ask = async (input: Input): Promise<Answer> => {
      const said = await decision.safeEvaluate(input);
      if (!said.success) return { stops: [], failed: JSON.stringify(said.error) };
      // Every key of the node's outputs is one that `graphOf` wrote.
      const outputs = said.data.result as Readonly<Record<string, unknown>>;
      return { stops: names.filter(([, key]) => outputs[key] === true).map(([id]) => id) };
    };
    return {
      name: zen.name,
      version: versionOf('@gorules/zen-engine'),
      answers: async (cases) => await inTurn(cases.map(inputOf), ask),
      pace: (cases, asking, seconds) => {
        const options = asking === 'reasons' ? { trace: true } : {};
        return paceOf(cases.map(inputOf), seconds, (input) => decision.evaluate(input, options));
      },
    } satisfies Engine;
  },
};

type Input = Readonly<Record<string, unknown>>;

async function inTurn<In, Out>(inputs: readonly In[], ask: (input: In) => Promise<Out>): Promise<readonly Out[]> {
  const answers: Out[] = [];
  for (const input of inputs) answers.push(await ask(input));
  return answers;
}

/** The decision graph: input, expressions, output. */
export function graphOf({ definitions, rules }: LogicSet): object {
  const lines = [
    ...[...definitions].map(([name, logic]) => [name, logic] as const),
    ...rules.map(({ id, stops }) => [id, stops] as const),
  ];
  const expressions = lines.map(([name, logic]) => ({ id: keyOf(name), key: keyOf(name), value: expression(logic) }));
  return {
    nodes: [
      { id: 'in', name: 'in', type: 'inputNode' },
      { id: 'rules', name: 'rules', type: 'expressionNode', content: { expressions } },
      { id: 'out', name: 'out', type: 'outputNode' },
    ],
    edges: [
      { id: 'a', type: 'edge', sourceId: 'in', targetId: 'rules' },
      { id: 'b', type: 'edge', sourceId: 'rules', targetId: 'out' },
    ],
  };
}

function expression(logic: Logic): string {
  const each = (of: readonly Logic[], sign: string): string => `(${of.map(expression).join(` ${sign} `)})`;
  switch (logic.op) {
    case 'true':
    case 'false':
      return logic.op;
    case 'all':
      return each(logic.of, 'and');
    case 'any':
      return each(logic.of, 'or');
    case 'not':
      return `not (${expression(logic.of)})`;
    case 'ref':
      return `$.${keyOf(logic.name)}`;
    case 'absent':
      return `${keyOf(logic.fact)} == null`;
    case 'is':
      return `${keyOf(logic.fact)} in ${JSON.stringify(logic.values)}`;
    case 'only':
      return `all(${keyOf(logic.fact)}, # in ${JSON.stringify(logic.values)})`;
    case 'some':
      return logic.atLeast <= 1
        ? `some(${keyOf(logic.fact)}, # in ${JSON.stringify(logic.values)})`
        : `count(${keyOf(logic.fact)}, # in ${JSON.stringify(logic.values)}) >= ${logic.atLeast}`;
    case 'number':
      return `${keyOf(logic.fact)} ${SIGNS[logic.compare]} ${logic.bound}`;
  }
}

const SIGNS = { over: '>', atLeast: '>=', under: '<', atMost: '<=' } as const;

function inputOf(facts: Facts): Input {
  return Object.fromEntries(Object.entries(facts).map(([fact, value]) => [keyOf(fact), value]));
}

function keyOf(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]/g, '_');
}
