import { conditionsOf } from './conditions.ts';
import type { Condition, Pack } from './pack.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Names of definitions that, followed far enough, use themselves. */
export function findLoops(pack: Pick<Pack, 'define'>): readonly string[] {
  const done = new Set<string>();
  const open = new Set<string>();
  const loops: string[] = [];
  const visit = (name: string): void => {
    if (open.has(name)) loops.push(name);
    if (done.has(name) || open.has(name)) return;
    open.add(name);
    const definition = pack.define.get(name);
    if (definition !== undefined) for (const next of usedIn(definition.when)) visit(next);
    open.delete(name);
    done.add(name);
  };
  for (const name of pack.define.keys()) visit(name);
  return loops;
}

/** Questions that a condition may come to, definitions unfolded: more, and deciding would take too long. */
const MAX_UNFOLDED = 20_000;

/** Rules and definitions that unfold to more questions than can be asked in good time. Definitions must not go in circles. */
export function tooWide(pack: Pick<Pack, 'define' | 'rules'>): readonly string[] {
  const known = new Map<string, number>();
  const sizeOf = (condition: Condition): number => {
    if (condition.op === 'test') return 1;
    if (condition.op === 'not') return sizeOf(condition.of);
    if (condition.op !== 'use') return condition.of.reduce((sum, branch) => sum + sizeOf(branch), 1);
    const before = known.get(condition.name);
    if (before !== undefined) return before;
    const definition = pack.define.get(condition.name);
    const size = definition === undefined ? 0 : sizeOf(definition.when);
    known.set(condition.name, size);
    return size;
  };
  const definitions = [...pack.define].filter(([, { when }]) => sizeOf(when) > MAX_UNFOLDED).map(([name]) => `define.${name}`);
  const rules = pack.rules.filter((rule) => conditionsOf(rule).reduce((sum, one) => sum + sizeOf(one), 0) > MAX_UNFOLDED);
  return [...definitions, ...rules.map(({ id }) => id)];
}

/** Definitions that a condition uses directly. */
export function usedIn(condition: Condition): readonly string[] {
  if (condition.op === 'use') return [condition.name];
  if (condition.op === 'test') return [];
  return condition.op === 'not' ? usedIn(condition.of) : condition.of.flatMap(usedIn);
}

/**
 * A promise fact that stands under a `not`, if any. An absent promise is false, so under a `not` it would be true: an exemption
 * written so would be switched on by something nobody did.
 */
export function promiseUnderNot(condition: Condition, pack: Pick<Pack, 'define'>, vocabulary: Vocabulary): string | undefined {
  const search = (node: Condition, negated: boolean): string | undefined => {
    if (node.op === 'test') return negated && vocabulary.facts.get(node.fact)?.promise === true ? node.fact : undefined;
    if (node.op === 'not') return search(node.of, !negated);
    if (node.op === 'use') {
      const definition = pack.define.get(node.name);
      return definition === undefined ? undefined : search(definition.when, negated);
    }
    return node.of.map((branch) => search(branch, negated)).find((found) => found !== undefined);
  };
  return search(condition, false);
}
