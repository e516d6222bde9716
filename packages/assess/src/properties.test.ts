import { existsSync, readFileSync } from 'node:fs';
import { canonicalJson, type Facts } from '@comity/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assess } from './assess.ts';
import { decide, decideRegime } from './decide.ts';
import type { Law } from './law.ts';
import { committedLaw, committedVocabulary, fromRoot } from './testing/law.ts';
import { strictness, type Verdict } from './verdict.ts';

const law = committedLaw();
const laws = [law, committedLaw(undefined, committedVocabulary('cooperation'))];

// Where the vocabulary itself says what absence means, dropping the fact is not forgetting a circumstance:
// a description nobody states is not made; measures nobody attests are decided from form, keys and visibility.
const ABSENCE_HAS_MEANING = ['data.marketed_as', 'procedure.tia.measures_effective_attested'];

interface World {
  readonly facts: Facts;
  readonly on: string;
}

/** Every example in a committed pack, every frozen decision of it, and every case of its regime. */
function worldsOf({ loaded }: Law, id: string): readonly World[] {
  const kept = [...linesOf(`law/decisions/${id}.jsonl`), ...linesOf(`law/cases/${id}.jsonl`)];
  const rules = loaded.find((pack) => pack.id === id)?.rules ?? [];
  const examples = rules.flatMap((rule) => rule.examples.map(({ on, facts }) => ({ on, facts: facts as Facts })));
  const all = [...examples, ...kept].map(({ on, facts }): [string, World] => [canonicalJson([facts, on]), { facts, on }]);
  return [...new Map(all).values()];
}

/** Some of the worlds of every pack: every seventh, which a full check of each would take too long for. */
function worlds(): readonly World[] {
  return law.loaded.flatMap(({ id }) => worldsOf(law, id)).filter((_, i) => i % 7 === 0);
}

function linesOf(file: string): readonly World[] {
  const path = fromRoot(file);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** Forgetting a promise is another thing: it is then still to be kept. */
function isCircumstance({ vocabulary }: Law, name: string): boolean {
  return vocabulary.facts.get(name)?.promise !== true && !ABSENCE_HAS_MEANING.includes(name);
}

function without(facts: Facts, names: readonly string[]): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => !names.includes(name)));
}

describe('what is always true of an answer', () => {
  test.each(laws.flatMap((law) => law.loaded.map(({ id }) => ({ id, law }))))(
    'forgetting one circumstance never makes $id laxer',
    ({ id, law }) => {
      const laxer: string[] = [];
      for (const world of worldsOf(law, id)) {
        const regime = law.on(world.on).find(({ pack }) => pack.id === id);
        if (regime === undefined) continue;
        const say = (facts: Facts): Verdict => decideRegime(regime, { facts, encoded: law.encode(facts), law }).verdict;
        const was = say(world.facts);
        for (const name of Object.keys(world.facts).filter((fact) => isCircumstance(law, fact) && regime.asked.has(fact))) {
          const then = say(without(world.facts, [name]));
          if (then !== 'undecided' && strictness(then) < strictness(was))
            laxer.push(`${was} -> ${then} without ${name}: ${canonicalJson(world)}`);
        }
      }
      expect(laxer).toEqual([]);
    },
  );

  test('forgetting several circumstances never makes any regime laxer', () => {
    const all = worlds();
    fc.assert(
      fc.property(fc.nat(all.length - 1), fc.array(fc.nat(40), { maxLength: 6 }), (index, drops) => {
        const world = all[index];
        if (world === undefined) return;
        const droppable = Object.keys(world.facts).filter((fact) => isCircumstance(law, fact));
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
    const few = committedLaw(['us.dsp', 'us.hipaa', 'eu.gdpr']);
    const read = new Set(few.on('2026-10-01').flatMap((regime) => [...regime.asked.keys()]));
    expect(read.has('exporter.consumers')).toBe(false);
    for (const world of worlds()) {
      const added = decide(few, { ...world, facts: { ...world.facts, 'exporter.consumers': 12 } });
      expect(canonicalJson(added)).toBe(canonicalJson(decide(few, world)));
    }
  });

  test('the order of packs does not matter', () => {
    const reversed = committedLaw(law.packs.map(({ id }) => id).reverse());
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
