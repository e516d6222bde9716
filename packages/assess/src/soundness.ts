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
