import type { Facts } from '@comity/core';
import type { Logic, LogicSet } from '../logic.ts';
import { type Answer, type Engine, type Peer, paceOf } from '../peer.ts';

/** Cedar has whole numbers alone, so shares are millionths. */
const MILLION = 1e6;
const PERMIT = 'otherwise';

/** Policies are kept by name in one store for the whole process, so each set has a name of its own. */
let sets = 0;

/** Cedar in WebAssembly, with its policies parsed beforehand: everything is permitted unless a rule forbids it. */
export const cedar: Peer = {
  name: 'Cedar (cedar-wasm, preparsed)',
  start: async (rules, isShare) => {
    const wasm = await import('@cedar-policy/cedar-wasm/nodejs');
    const staticPolicies = { [PERMIT]: 'permit(principal, action, resource);', ...policiesOf(rules, isShare) };
    const preparsedPolicySetId = `rules-${sets++}`;
    const parsed = wasm.preparsePolicySet(preparsedPolicySetId, { staticPolicies });
    if (parsed.type !== 'success') throw new Error(`Cedar does not read the rules: ${JSON.stringify(parsed.errors)}`);
    const callOf = (facts: Facts): Call => ({ ...CALL, preparsedPolicySetId, context: contextOf(facts, isShare) });
    const ask = (call: Call): Answer => {
      const said = wasm.statefulIsAuthorized(call);
      if (said.type !== 'success') return { stops: [], failed: JSON.stringify(said.errors) };
      const { decision, diagnostics } = said.response;
      const warned = diagnostics.errors.length > 0 ? { warned: true as const } : {};
      return { stops: decision === 'deny' ? diagnostics.reason : [], ...warned };
    };
    return {
      name: cedar.name,
      version: wasm.getCedarSDKVersion(),
      answers: async (cases) => cases.map((facts) => ask(callOf(facts))),
      pace: (cases, _asking, seconds) => paceOf(cases.map(callOf), seconds, (call) => wasm.statefulIsAuthorized(call)),
    } satisfies Engine;
  },
};

interface Call {
  readonly context: Record<string, string | number | boolean | string[]>;
  readonly principal: { type: string; id: string };
  readonly action: { type: string; id: string };
  readonly resource: { type: string; id: string };
  readonly preparsedPolicySetId: string;
  readonly entities: [];
}

const CALL: Omit<Call, 'context' | 'preparsedPolicySetId'> = {
  principal: { type: 'Exporter', id: 'one' },
  action: { type: 'Action', id: 'send' },
  resource: { type: 'Transfer', id: 'one' },
  entities: [],
};

/** One `forbid` for each rule, by the rule's name. Cedar has no definitions, so they are written out wherever they are used. */
export function policiesOf(
  { definitions, rules }: LogicSet,
  isShare: (fact: string) => boolean,
): Readonly<Record<string, string>> {
  const written = new Map<string, string>();
  const write = (logic: Logic): string => expression(logic, { written, isShare });
  for (const [name, logic] of definitions) written.set(name, write(logic));
  return Object.fromEntries(rules.map(({ id, stops }) => [id, `forbid(principal, action, resource) when { ${write(stops)} };`]));
}

interface Writing {
  readonly written: ReadonlyMap<string, string>;
  readonly isShare: (fact: string) => boolean;
}

function expression(logic: Logic, at: Writing): string {
  const each = (of: readonly Logic[], sign: string): string =>
    `(${of.map((branch) => expression(branch, at)).join(` ${sign} `)})`;
  switch (logic.op) {
    case 'true':
    case 'false':
      return logic.op;
    case 'all':
      return each(logic.of, '&&');
    case 'any':
      return each(logic.of, '||');
    case 'not':
      return `!(${expression(logic.of, at)})`;
    case 'ref':
      return at.written.get(logic.name) ?? 'false';
    case 'absent':
      return `!(context has ${keyOf(logic.fact)})`;
    case 'is':
      return `${JSON.stringify(logic.values)}.contains(context.${keyOf(logic.fact)})`;
    case 'only':
      return `${JSON.stringify(logic.values)}.containsAll(context.${keyOf(logic.fact)})`;
    case 'some':
      return some(logic);
    case 'number':
      return `context.${keyOf(logic.fact)} ${SIGNS[logic.compare]} ${whole(logic.bound, at.isShare(logic.fact))}`;
  }
}

const SIGNS = { over: '>', atLeast: '>=', under: '<', atMost: '<=' } as const;

/** Cedar does not count: "two of these" is written as every pair. */
function some({ fact, values, atLeast }: Extract<Logic, { op: 'some' }>): string {
  if (atLeast <= 1) return `context.${keyOf(fact)}.containsAny(${JSON.stringify(values)})`;
  const chosen = choices(values, atLeast).map((some) => `context.${keyOf(fact)}.containsAll(${JSON.stringify(some)})`);
  return chosen.length === 0 ? 'false' : `(${chosen.join(' || ')})`;
}

function choices(values: readonly string[], count: number): readonly (readonly string[])[] {
  if (count === 0) return [[]];
  return values.flatMap((value, i) => choices(values.slice(i + 1), count - 1).map((rest) => [value, ...rest]));
}

function contextOf(facts: Facts, isShare: (fact: string) => boolean): Call['context'] {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([fact, value]): readonly (readonly [string, Call['context'][string]])[] => {
      if (typeof value === 'number') return [[keyOf(fact), whole(value, isShare(fact))]];
      if (typeof value === 'string' || typeof value === 'boolean') return [[keyOf(fact), value]];
      return Array.isArray(value) ? [[keyOf(fact), [...value]]] : [];
    }),
  );
}

function whole(value: number, share: boolean): number {
  return Math.round(share ? value * MILLION : value);
}

function keyOf(fact: string): string {
  return fact.replaceAll('.', '_');
}
