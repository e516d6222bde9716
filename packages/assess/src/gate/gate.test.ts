import { existsSync, readFileSync } from 'node:fs';
import type { Facts } from '@comity/core';
import { describe, expect, test } from 'vitest';
import { assess } from '../assess.ts';
import { validateFacts } from '../facts.ts';
import {
  committedGatePacks,
  committedGates,
  type GateCase,
  gateCasesIn,
  madeUpWorlds,
  ownGateCases,
  vocabulary,
} from '../testing/gates.ts';
import { committedLaw, fromRoot, must } from '../testing/law.ts';
import { askGates, type GateAnswer } from './askgates.ts';
import { compileGates } from './compilegate.ts';
import { type GatePack, laxness, mayGo } from './gate.ts';
import { readGateQuestion } from './gatequestion.ts';
import { loadGate } from './loadgate.ts';

const gates = committedGates();
const own = ownGateCases();
const SAMPLE = '../shared/law/procedure.dev.jsonl';

function ask(one: Pick<GateCase, 'on' | 'facts' | 'regime'>, facts: Facts = one.facts): GateAnswer {
  return askGates(gates, must(readGateQuestion(gates, { on: one.on, facts, regime: one.regime })));
}

/** What a case says and the gates do not. */
function faultsOf({ expect: wanted }: GateCase, answer: GateAnswer): readonly string[] {
  const due = [wanted.due, ...(wanted.also_due ?? [])];
  return [
    ...(answer.decision === wanted.decision ? [] : [`${answer.decision}, not ${wanted.decision}`]),
    ...(wanted.due === undefined || due.includes(answer.due ?? undefined) ? [] : [`due ${answer.due}, not ${wanted.due}`]),
    ...(wanted.notify === undefined || answer.notify === wanted.notify ? [] : [`notify ${answer.notify}`]),
    ...(wanted.tasks ?? []).filter((task) => !answer.tasks.includes(task)).map((task) => `no task ${task}`),
    ...(wanted.missing ?? []).filter((name) => !answer.missing.includes(name)).map((name) => `does not ask for ${name}`),
  ];
}

describe('the gates of the cooperation desk', () => {
  test.each(own.map((one) => [one.id, one] as const))('%s is answered as its source says', (_id, one) => {
    expect(faultsOf(one, ask(one))).toEqual([]);
  });

  test.runIf(existsSync(fromRoot(SAMPLE)))('the sample of procedural cases is answered without a fault', () => {
    expect(gateCasesIn(SAMPLE).flatMap((one) => faultsOf(one, ask(one)))).toEqual([]);
  });

  test.skipIf(existsSync(fromRoot(SAMPLE)))('the sample of procedural cases (skipped: vectors not present)', () => {});

  test('every answer has a reason with its source, and every stop says what it is about', () => {
    for (const one of own) {
      const { because, stops, decision } = ask(one);
      expect(because.length, one.id).toBeGreaterThan(0);
      expect(because.every(({ cite, says }) => cite !== '' && says !== '')).toBe(true);
      if (decision === 'blocked' || decision === 'refused') expect(stops.length, one.id).toBeGreaterThan(0);
    }
  });

  test('the gate and the regime never contradict each other: what a regime forbids or reserves does not go', () => {
    const law = committedLaw(undefined, vocabulary);
    const regimes = law.packs.map(({ id }) => id);
    const cases = regimes.flatMap((id) => gateCasesIn(`law/cases/${id}.jsonl`));
    expect(cases.length).toBeGreaterThan(100);
    const worlds = [...cases, ...own.filter(({ regime }) => regime !== 'comity.desk')];
    const against = worlds.filter((one) => {
      const facts = must(validateFacts(vocabulary, one.facts));
      const verdict = assess(law, { facts, on: one.on }).regimes[one.regime]?.verdict ?? 'free';
      return (verdict === 'prohibited' || verdict === 'authorisation') && mayGo(ask(one).decision);
    });
    expect(against.map(({ id }) => id)).toEqual([]);
  });

  test('the order in which facts are given changes nothing', () => {
    for (const one of own) {
      const turned = Object.fromEntries(Object.entries(one.facts).reverse());
      expect(JSON.stringify(ask(one, turned)), one.id).toBe(JSON.stringify(ask(one)));
    }
  });

  test('a fact that no gate on the route reads changes nothing', () => {
    for (const one of own.filter(({ regime }) => regime === 'eu.e-evidence'))
      expect(ask(one, { ...one.facts, 'provider.storage.country': 'US' }), one.id).toEqual(ask(one));
  });

  test('forgetting a circumstance never lets more go, unless it was a finding, and then the answer names it', () => {
    const made = madeUpWorlds(Number(process.env['SLOW'] ?? 0) > 0 ? 5000 : 300, 7);
    const worlds = made.map((facts, i) => ({ id: `world ${i}`, regime: 'comity.desk', on: '2026-10-01', facts }));
    for (const one of [...own, ...worlds]) {
      const known = ask(one);
      for (const name of Object.keys(one.facts)) {
        const { [name]: _dropped, ...fewer } = one.facts;
        const less = ask(one, fewer);
        const laxer = laxness(less.decision) > laxness(known.decision);
        if (laxer) expect(less.unstated, `${one.id} without ${name}: ${known.decision} → ${less.decision}`).toContain(name);
      }
    }
  });

  test('every step of every gate is guarded: without it some case is answered otherwise', () => {
    const packs = committedGatePacks();
    const unguarded = packs.flatMap((pack) =>
      pack.steps
        .slice(0, -1)
        .filter(({ id }) => !isNoticed(packs, pack, id))
        .map(({ id }) => id),
    );
    expect(unguarded).toEqual([]);
  });

  test('every number is guarded: one more or one less, and some case is answered otherwise', () => {
    const packs = committedGatePacks();
    const unnoticed = packs.flatMap((pack) => {
      const json = JSON.parse(JSON.stringify(pack.json));
      const found = [...numbersIn(json.steps, ['steps']), ...numbersIn(json.clocks ?? [], ['clocks'])];
      const asked = own.filter(({ regime }) => regime === pack.gate);
      return found.flatMap(([path, number]) =>
        [number + 1, number - 1].flatMap((changed) => {
          const other = must(loadGate(withNumber(json, path, changed), vocabulary));
          const law = compileGates(
            vocabulary,
            packs.map((one) => (one === pack ? other : one)),
          );
          const noticed = asked.some((one) => faultsOf(one, askGates(law, one)).length > 0);
          return noticed ? [] : [`${pack.gate} ${path.join('.')}`];
        }),
      );
    });
    expect([...new Set(unnoticed)].sort()).toEqual(TWICE);
  });
});

/** Numbers that another step guards as well, so that neither is noticed alone. */
const TWICE = [
  'comity.desk steps.2.need.first.1.any.0.desk.reports_differ_by.atMost',
  'comity.desk steps.2.need.first.1.any.1.desk.reports_differ_by.atLeast',
  'eu.e-evidence clocks.6.when.all.3.preservation.extensions.atLeast',
  'eu.e-evidence steps.12.when.all.1.first.0.sentence.months.over',
];

type Path = readonly (string | number)[];

/** Every number in steps and clocks, by its path. */
function numbersIn(node: unknown, path: Path): readonly (readonly [Path, number])[] {
  if (typeof node === 'number') return [[path, node]];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => numbersIn(value, [...path, Array.isArray(node) ? Number(key) : key]));
}

function withNumber(json: unknown, path: Path, value: number): unknown {
  const copy = structuredClone(json);
  const last = path.at(-1) ?? '';
  // A walk along a path that was found in the same JSON.
  const parent = path.slice(0, -1).reduce((node, key) => (node as Record<string | number, unknown>)[key], copy);
  (parent as Record<string | number, unknown>)[last] = value;
  return copy;
}

function isNoticed(packs: readonly GatePack[], pack: GatePack, id: string): boolean {
  const without = { ...pack, steps: pack.steps.filter((step) => step.id !== id) };
  const changed = compileGates(
    vocabulary,
    packs.map((one) => (one === pack ? without : one)),
  );
  const asked = own.filter(({ regime }) => regime === pack.gate);
  return asked.some((one) => {
    return faultsOf(one, askGates(changed, { on: one.on, facts: one.facts, regime: one.regime })).length > 0;
  });
}

describe('reading a gate', () => {
  const desk = JSON.parse(readFileSync(fromRoot('law/packs/gate.comity.desk.json'), 'utf8'));
  const reasonOf = (json: unknown): unknown => {
    const read = loadGate(json, vocabulary);
    return read.ok ? 'read' : read.refusal.values?.['reason'];
  };

  test('a gate is foreign input: unknown words, keys, tasks and open ends are refused', () => {
    const [, step] = desk.steps;
    expect(reasonOf(desk)).toBe('read');
    expect(reasonOf(null)).toBe('not-an-object');
    expect(reasonOf({ ...desk, gate: 'xx.law' })).toBe('word-unknown');
    expect(reasonOf({ ...desk, more: 1 })).toBe('key-unknown');
    expect(reasonOf({ ...desk, steps: [{ ...step, give: 'allowed' }] })).toBe('one-of-stop-need-give');
    expect(reasonOf({ ...desk, steps: [{ ...step, stop: 'maybe' }] })).toBe('word-unknown');
    expect(reasonOf({ ...desk, steps: [{ ...step, tasks: ['dance'] }] })).toBe('duty-unknown');
    expect(reasonOf({ ...desk, steps: [step] })).toBe('last-step-must-answer');
    expect(reasonOf({ ...desk, steps: [step, ...desk.steps] })).toBe('id-twice');
    expect(reasonOf({ ...desk, clocks: [{ ...desk.clocks[0], due: 'soon' }] })).toBe('not-a-length');
  });

  test('a question names its day, and only a regime that has a gate', () => {
    expect(readGateQuestion(gates, { facts: {} })).toMatchObject({ ok: false, refusal: { field: 'on' } });
    expect(readGateQuestion(gates, { on: '2026-10-01', facts: { 'order.moon': 1 } })).toMatchObject({ ok: false });
    expect(readGateQuestion(gates, { on: '2026-10-01', facts: {}, regime: 'eu.gdpr' })).toMatchObject({
      ok: false,
      refusal: { code: 'field-invalid', field: 'regime' },
    });
  });
});
