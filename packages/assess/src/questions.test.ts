import type { Facts, FactValue } from '@comity/core';
import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { nextQuestions } from './questions.ts';
import { committedLaw } from './testing/law.ts';

const law = committedLaw(['eu.gdpr', 'us.dsp', 'us.hipaa']);
const on = '2026-11-26';
const names = (facts: Facts): readonly string[] => nextQuestions(law, { facts, on }).map(({ fact }) => fact);

/** Facts of a hospital's claims, all but some. */
const CLAIMS: Facts = {
  'exporter.country': 'US',
  'exporter.kind': 'company',
  'exporter.roles': ['covered_entity', 'controller'],
  'data.categories': ['personal', 'health'],
};

describe('the next questions', () => {
  it('begin with what most bodies of rules ask, when nothing is known', () => {
    const [first] = nextQuestions(law, { facts: {}, on });
    expect(first?.regimes.length).toBeGreaterThan(1);
    const counts = nextQuestions(law, { facts: {}, on }).map(({ regimes }) => regimes.length);
    expect(first?.regimes.length).toBe(Math.max(...counts));
  });

  it('are the missing facts of the open regimes and no others', () => {
    for (const facts of [{}, CLAIMS, { ...CLAIMS, 'importer.country': 'IN' }]) {
      const { regimes } = decide(law, { facts, on });
      const missing = Object.values(regimes).flatMap((one) => (one.verdict === 'undecided' ? one.missing : []));
      expect([...names(facts)].sort()).toEqual([...new Set(missing)].sort());
    }
  });

  it('name for each fact the regimes that ask, and how many facts would still close one of them', () => {
    for (const { fact, regimes, left } of nextQuestions(law, { facts: CLAIMS, on })) {
      const decided = decide(law, { facts: CLAIMS, on }).regimes;
      expect(regimes.every((regime) => decided[regime]?.missing.includes(fact))).toBe(true);
      expect(left).toBe(Math.min(...regimes.map((regime) => decided[regime]?.missing.length ?? 0)));
    }
  });

  it('come to an end: answering each in turn leaves nothing open', () => {
    let facts: Facts = {};
    for (let asked = 0; ; asked++) {
      const [next] = nextQuestions(law, { facts, on });
      if (next === undefined) break;
      expect(asked).toBeLessThan(law.vocabulary.facts.size);
      facts = { ...facts, [next.fact]: someValue(next.fact) };
    }
    expect(Object.values(decide(law, { facts, on }).regimes).some(({ verdict }) => verdict === 'undecided')).toBe(false);
  });

  it('offer for a number the ranges that no rule divides', () => {
    const facts: Facts = {
      ...CLAIMS,
      'importer.country': 'CN',
      'importer.kind': 'company',
      transaction: 'vendor_agreement',
      'data.form': 'pseudonymised',
    };
    const health = nextQuestions(law, { facts, on }).find(({ fact }) => fact === 'data.us_people_12m.health');
    expect(health?.ranges[0]).toEqual({ min: 0, max: 0 });
    expect(health?.ranges.at(-1)).toEqual({ min: 10_001 });
  });

  it('are none when the answer stands', () => {
    expect(nextQuestions(law, { facts: { ...CLAIMS, 'importer.country': 'US' }, on }, { regimes: {} })).toEqual([]);
  });
});

function someValue(name: string): FactValue {
  const fact = law.vocabulary.facts.get(name);
  if (fact?.type === 'bool') return false;
  if (fact?.type === 'number' || fact?.type === 'share') return 0;
  if (fact?.type === 'set' || fact?.type === 'country_set') return [];
  return fact?.type === 'country' ? 'US' : fact?.type === 'region' ? 'US-TX' : (fact?.values[0] ?? '');
}
