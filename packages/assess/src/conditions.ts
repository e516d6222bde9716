import type { Condition, Exception, Pack, Rule } from './pack.ts';

/** Every condition of a rule: its own, those of its exceptions to any depth, and those of its needs and duties. */
export function conditionsOf(rule: Rule | Exception): readonly Condition[] {
  const owed = [
    ...rule.needs.flatMap((need) => [need.test, ...(need.if === undefined ? [] : [need.if])]),
    ...rule.duties.flatMap((duty) => (duty.if === undefined ? [] : [duty.if])),
  ];
  return [rule.when, ...owed, ...rule.unless.flatMap(conditionsOf)];
}

/** Every question that a condition asks of a fact, definitions followed to the end. */
export function testsIn(condition: Condition, pack: Pick<Pack, 'define'>): readonly Extract<Condition, { op: 'test' }>[] {
  if (condition.op === 'test') return [condition];
  if (condition.op === 'not') return testsIn(condition.of, pack);
  if (condition.op !== 'use') return condition.of.flatMap((branch) => testsIn(branch, pack));
  const definition = pack.define.get(condition.name);
  return definition === undefined ? [] : testsIn(definition.when, pack);
}
