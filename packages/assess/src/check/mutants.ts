import type { Day } from '@comity/core';
import { conditionsOf, testsIn } from '../conditions.ts';
import type { Condition, DutyRule, Exception, Need, Pack, Region, Rule, Span, Test } from '../pack.ts';

/** A pack in which one detail of the law is wrong. */
export interface Mutant {
  /** Where, and what was changed. */
  readonly what: string;
  readonly pack: Pack;
  /** The rule it stands in; absent when a definition or region was changed, which any rule may use. */
  readonly rule?: string;
}

type Changed<V> = readonly (readonly [string, V])[];

/**
 * Every pack that differs from a given one in one detail: a condition turned round or left out, a value, a branch, an exception, a duty or
 * a member of a region dropped, a threshold off by one, a date off by a day. The examples of the pack must notice each.
 */
export function mutantsOf(pack: Pack): readonly Mutant[] {
  const rules = pack.rules.flatMap((rule, i) =>
    changedRule(rule).map(([what, changed]) => ({
      what: `${rule.id}: ${what}`,
      rule: rule.id,
      pack: { ...pack, rules: pack.rules.with(i, changed) },
    })),
  );
  const definitions = [...pack.define].flatMap(([name, definition]) =>
    changedCondition(definition.when).map(([what, when]) => ({
      what: `define ${name}: ${what}`,
      pack: { ...pack, define: new Map(pack.define).set(name, { ...definition, when }) },
    })),
  );
  const regions = [...pack.regions].flatMap(([name, region]) =>
    changedRegion(region, firstUse(name, pack)).map(([what, changed]) => ({
      what: `region ${name}: ${what}`,
      pack: { ...pack, regions: new Map(pack.regions).set(name, changed) },
    })),
  );
  return [...rules, ...definitions, ...regions];
}

function changedRule(rule: Rule): Changed<Rule> {
  const inner = (exception: Exception): Changed<Exception> => changedException(exception, rule.force.from);
  return [...changedCommon(rule, undefined), ...changedList('unless', rule.unless, inner).map(put(rule, 'unless'))];
}

function changedException(exception: Exception, since: Day): Changed<Exception> {
  const start = exception.force.from > since ? exception.force.from : since;
  const inner = (nested: Exception): Changed<Exception> => changedException(nested, start);
  return [...changedCommon(exception, since), ...changedList('unless', exception.unless, inner).map(put(exception, 'unless'))];
}

/** What rules and exceptions have in common. What starts with, or before, what it stands in cannot be seen to start earlier. */
function changedCommon<R extends Rule | Exception>(rule: R, since: Day | undefined): Changed<R> {
  const start = since !== undefined && since > rule.force.from ? since : rule.force.from;
  const always = rule.when.op === 'all' && rule.when.of.length === 0;
  return [
    ...(always ? [] : changedCondition(rule.when)).map(put(rule, 'when')),
    ...changedSpan(rule.force, since).map(put(rule, 'force')),
    ...changedList('needs', rule.needs, (need) => changedNeed(need, start, rule.kind === 'duty' || rule.kind === 'mandate')).map(
      put(rule, 'needs'),
    ),
    ...changedList('duties', rule.duties, (duty) => changedDuty(duty, start)).map(put(rule, 'duties')),
  ];
}

function put<R extends object, K extends keyof R>(whole: R, key: K): (entry: readonly [string, R[K]]) => readonly [string, R] {
  return ([what, value]) => [what, { ...whole, [key]: value }];
}

/** A list with one member left out, or one member changed. */
function changedList<V extends { readonly id?: string; readonly duty?: string }>(
  name: string,
  list: readonly V[],
  changed: (value: V) => Changed<V>,
): Changed<readonly V[]> {
  return list.flatMap((value, i) => {
    const called = `${name} ${value.id ?? value.duty ?? i}`;
    const without: readonly [string, readonly V[]] = [`without ${called}`, list.toSpliced(i, 1)];
    return [without, ...changed(value).map(([what, other]) => [`${called}: ${what}`, list.with(i, other)] as const)];
  });
}

function changedDuty<D extends DutyRule>(duty: D, since: Day): Changed<D> {
  const conditions = duty.if === undefined ? [] : changedCondition(duty.if);
  return [
    ...conditions.map(([what, condition]) => [what, { ...duty, if: condition }] as const),
    ...(duty.force === undefined ? [] : changedSpan(duty.force, since)).map(
      ([what, force]) => [what, { ...duty, force }] as const,
    ),
  ];
}

/** Whose the step is matters to a basis; a rule that only owes something owes it either way. */
function changedNeed(need: Need, since: Day, owing: boolean): Changed<Need> {
  return [
    ...changedDuty(need, since),
    ...changedTest(need.test.test).map(
      ([what, test]) => [`${need.test.fact} ${what}`, { ...need, test: { ...need.test, test } }] as const,
    ),
    ...(owing ? [] : [['authority', { ...need, authority: !need.authority }] as const]),
  ];
}

/** A condition with one detail changed. */
export function changedCondition(condition: Condition): Changed<Condition> {
  if (condition.op === 'use') return [[`not ${condition.name}`, { op: 'not', of: condition }]];
  if (condition.op === 'test') {
    const tests = changedTest(condition.test).map(
      ([what, test]) => [`${condition.fact} ${what}`, { ...condition, test }] as const,
    );
    return [[`not ${condition.fact}`, { op: 'not', of: condition }], ...tests];
  }
  if (condition.op === 'not') return changedCondition(condition.of).map(([what, of]) => [what, { op: 'not', of }] as const);
  const { op, of } = condition;
  const inner = of.flatMap((branch, i) =>
    changedCondition(branch).map(([what, other]) => [what, { op, of: of.with(i, other) }] as const),
  );
  if (of.length < 2) return inner;
  const without = of.map((branch, i) => [`without ${nameOf(branch)}`, { op, of: of.toSpliced(i, 1) }] as const);
  const swapped: Changed<Condition> =
    op === 'first' ? [] : [[`${op} as ${op === 'all' ? 'any' : 'all'}`, { op: op === 'all' ? 'any' : 'all', of }]];
  return [...without, ...swapped, ...inner];
}

function nameOf(condition: Condition): string {
  if (condition.op === 'use') return condition.name;
  if (condition.op === 'test') return condition.fact;
  return condition.op === 'not'
    ? `not ${nameOf(condition.of)}`
    : `${condition.op} ${condition.of.map(nameOf).join(' ')}`.slice(0, 60);
}

function changedTest(test: Test): Changed<Test> {
  switch (test.kind) {
    case 'one-of':
      return test.values.length < 2 ? [] : dropped(test.values).map(([what, values]) => [what, { ...test, values }] as const);
    case 'has':
    case 'only':
      return dropped(test.values).map(([what, values]) => [what, { ...test, values }] as const);
    case 'count':
      return [
        ['one more', { ...test, atLeast: test.atLeast + 1 }],
        ['one fewer', { ...test, atLeast: test.atLeast - 1 }],
        ...dropped(test.of).map(([what, of]) => [what, { ...test, of }] as const),
      ];
    case 'place':
      return [];
    case 'number': {
      const step = test.bound < 1 && test.bound > 0 ? 0.01 : 1;
      const turned = ({ over: 'atLeast', atLeast: 'over', under: 'atMost', atMost: 'under' } as const)[test.compare];
      return [
        [`${test.bound} higher`, { ...test, bound: test.bound + step }],
        [`${test.bound} lower`, { ...test, bound: test.bound - step }],
        [`${test.compare} ${test.bound} as ${turned}`, { ...test, compare: turned }],
      ];
    }
  }
}

function dropped<V>(values: readonly V[]): Changed<readonly V[]> {
  return values.map((value, i) => [`without ${String(value)}`, values.toSpliced(i, 1)] as const);
}

/** The first day on which something in force asks about a region: what its members did before cannot be seen. */
function firstUse(region: string, pack: Pack): Day {
  const asks = (condition: Condition): boolean =>
    testsIn(condition, pack).some(({ test }) => test.kind === 'place' && test.region === region);
  const daysIn = (one: Rule | Exception, since: Day): readonly Day[] => {
    const start = one.force.from > since ? one.force.from : since;
    const own = conditionsOf({ ...one, unless: [] }).some(asks) ? [start] : [];
    return [...own, ...one.unless.flatMap((exception) => daysIn(exception, start))];
  };
  return pack.rules.flatMap((rule) => daysIn(rule, rule.force.from)).sort()[0] ?? '9999-12-31';
}

function changedRegion(region: Region, since: Day): Changed<Region> {
  return region.members.flatMap((member, i) => {
    const codes = dropped(member.codes).map(([what, left]) => [what, { ...member, codes: left }] as const);
    const spans = changedSpan(member, since).map(
      ([what, span]) => [`${member.codes.join(' ').slice(0, 40)} ${what}`, { ...member, ...span }] as const,
    );
    return [...codes, ...spans].map(([what, other]) => [what, { ...region, members: region.members.with(i, other) }] as const);
  });
}

function changedSpan(span: Span, since: Day | undefined): Changed<Span> {
  const { from, until } = span;
  const end = until === undefined ? {} : { until };
  const ends: Changed<Span> =
    until === undefined
      ? []
      : [
          ['until a day later', { from, until: shift(until, 1) }],
          ['until a day earlier', { from, until: shift(until, -1) }],
        ];
  const earlier: Changed<Span> =
    since === undefined || from > since ? [['from a day earlier', { from: shift(from, -1), ...end }]] : [];
  const later: Changed<Span> =
    since === undefined || from >= since ? [['from a day later', { from: shift(from, 1), ...end }]] : [];
  return [...later, ...earlier, ...ends];
}

/** A day some days later. */
export function shift(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
