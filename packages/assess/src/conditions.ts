import type { Condition, Exception, Pack, Rule, Test } from './pack.ts';

/** Every condition of a rule: its own, those of its exceptions to any depth, and those of its needs and duties. */
export function conditionsOf(rule: Rule | Exception): readonly Condition[] {
  const owed = [
    ...rule.needs.flatMap((need) => [need.test, ...(need.if === undefined ? [] : [need.if])]),
    ...rule.duties.flatMap((duty) => (duty.if === undefined ? [] : [duty.if])),
  ];
  return [rule.when, ...owed, ...rule.unless.flatMap(conditionsOf)];
}

/** What the rules of a pack ask of each fact, each question once, in the order of the rules. */
export function questionsIn(rules: readonly Rule[], pack: Pick<Pack, 'define'>): ReadonlyMap<string, readonly Test[]> {
  return questionsOf(rules.flatMap(conditionsOf), pack);
}

/** What some conditions ask of each fact, definitions followed. */
export function questionsOf(conditions: readonly Condition[], pack: Pick<Pack, 'define'>): ReadonlyMap<string, readonly Test[]> {
  const known = new Map<string, Map<string, Test>>();
  const open = new Set(pack.define.keys());
  const visit = (condition: Condition): void => {
    if (condition.op === 'test') {
      const tests = known.get(condition.fact) ?? new Map<string, Test>();
      known.set(condition.fact, tests.set(JSON.stringify(condition.test), condition.test));
    } else if (condition.op === 'not') visit(condition.of);
    else if (condition.op !== 'use') for (const branch of condition.of) visit(branch);
    // A definition is followed once: its questions are the same wherever it is used.
    else if (open.delete(condition.name)) visit(pack.define.get(condition.name)?.when ?? { op: 'all', of: [] });
  };
  for (const condition of conditions) visit(condition);
  return new Map([...known].map(([fact, tests]) => [fact, [...tests.values()]]));
}

/** Every question that a condition asks of a fact, definitions followed to the end. */
export function testsIn(condition: Condition, pack: Pick<Pack, 'define'>): readonly Extract<Condition, { op: 'test' }>[] {
  if (condition.op === 'test') return [condition];
  if (condition.op === 'not') return testsIn(condition.of, pack);
  if (condition.op !== 'use') return condition.of.flatMap((branch) => testsIn(branch, pack));
  const definition = pack.define.get(condition.name);
  return definition === undefined ? [] : testsIn(definition.when, pack);
}
