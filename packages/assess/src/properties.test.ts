import { existsSync, readFileSync } from 'node:fs';
import { canonicalJson, type Facts } from '@comity/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assess } from './assess.ts';
import { decide } from './decide.ts';
import { committedLaw, fromRoot } from './testing/law.ts';
import { strictness } from './verdict.ts';

const law = committedLaw();

// Where the vocabulary itself says what absence means, dropping the fact is not forgetting a circumstance:
// a description nobody states is not made; measures nobody attests are decided from form, keys and visibility.
const ABSENCE_HAS_MEANING = ['data.marketed_as', 'procedure.tia.measures_effective_attested'];

interface World {
  readonly facts: Facts;
  readonly on: string;
}

/** Every example in the committed packs, and the regulators' cases where they are at hand. */
function worlds(): readonly World[] {
  const seen = new Map<string, World>();
  for (const pack of ['us.dsp', 'us.hipaa', 'eu.gdpr']) {
    const json: { rules: { examples: World[] }[] } = JSON.parse(readFileSync(fromRoot(`law/packs/${pack}.json`), 'utf8'));
    for (const { facts, on } of json.rules.flatMap((rule) => rule.examples)) seen.set(canonicalJson([facts, on]), { facts, on });
  }
  const file = fromRoot('../shared/law/cases.dev.jsonl');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  for (const { facts, on, regime } of lines.map((line) => JSON.parse(line)))
    if (law.packs.some((pack) => pack.id === regime)) seen.set(canonicalJson([facts, on]), { facts, on });
  return [...seen.values()];
}

function isPromise(name: string): boolean {
  return law.vocabulary.facts.get(name)?.promise === true;
}

function without(facts: Facts, names: readonly string[]): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => !names.includes(name)));
}

describe('what is always true of an answer', () => {
  test('forgetting one circumstance never makes any regime laxer', () => {
    const laxer: string[] = [];
    for (const world of worlds()) {
      const before = decide(law, world);
      for (const name of Object.keys(world.facts).filter((fact) => !isPromise(fact) && !ABSENCE_HAS_MEANING.includes(fact))) {
        const after = decide(law, { ...world, facts: without(world.facts, [name]) });
        for (const [regime, then] of Object.entries(after.regimes)) {
          const was = before.regimes[regime]?.verdict ?? 'free';
          if (then.verdict !== 'undecided' && strictness(then.verdict) < strictness(was))
            laxer.push(`${regime} ${was} -> ${then.verdict} without ${name}: ${canonicalJson(world)}`);
        }
      }
    }
    expect(laxer).toEqual([]);
  });

  test('forgetting several circumstances never makes any regime laxer', () => {
    const all = worlds();
    fc.assert(
      fc.property(fc.nat(all.length - 1), fc.array(fc.nat(40), { maxLength: 6 }), (index, drops) => {
        const world = all[index];
        if (world === undefined) return;
        const droppable = Object.keys(world.facts).filter((fact) => !isPromise(fact) && !ABSENCE_HAS_MEANING.includes(fact));
        const names = drops.flatMap((drop) => droppable[drop % Math.max(1, droppable.length)] ?? []);
        const after = decide(law, { ...world, facts: without(world.facts, names) });
        const before = decide(law, world);
        for (const [regime, then] of Object.entries(after.regimes)) {
          const was = before.regimes[regime]?.verdict ?? 'free';
          expect(then.verdict === 'undecided' || strictness(then.verdict) >= strictness(was)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('the order of facts does not change a byte', () => {
    const all = worlds();
    fc.assert(
      fc.property(fc.nat(all.length - 1), fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (index, stream) => {
        const world = all[index];
        if (world === undefined) return;
        const weights = stream[Symbol.iterator]();
        const shuffled = Object.entries(world.facts)
          .map((entry) => ({ entry, weight: weights.next().value ?? 0 }))
          .sort((a, b) => a.weight - b.weight);
        const facts = Object.fromEntries(shuffled.map(({ entry }) => entry));
        expect(JSON.stringify(assess(law, { ...world, facts }))).toBe(JSON.stringify(assess(law, world)));
      }),
      { numRuns: 50 },
    );
  });

  test('a fact that no regime here reads changes nothing', () => {
    const read = new Set(law.on('2026-10-01').flatMap((regime) => [...regime.asked.keys()]));
    expect(read.has('exporter.consumers')).toBe(false);
    for (const world of worlds()) {
      const added = decide(law, { ...world, facts: { ...world.facts, 'exporter.consumers': 12 } });
      expect(canonicalJson(added)).toBe(canonicalJson(decide(law, world)));
    }
  });

  test('the order of packs does not matter', () => {
    const reversed = committedLaw(['eu.gdpr', 'us.hipaa', 'us.dsp']);
    for (const world of worlds().slice(0, 40))
      expect(JSON.stringify(assess(reversed, world))).toBe(JSON.stringify(assess(law, world)));
  });

  test('overall is never laxer than any regime', () => {
    for (const world of worlds()) {
      const { verdict, regimes, conflicts } = decide(law, world);
      if (conflicts.length === 0)
        for (const regime of Object.values(regimes))
          expect(strictness(verdict)).toBeGreaterThanOrEqual(strictness(regime.verdict));
    }
  });
});
