import { join } from 'node:path';
import { loadPack, type Vocabulary } from '@comity/assess';
import type { Facts } from '@comity/core';
import { loadLaw } from '@comity/node/law';
import { ROOT } from '@comity/sandbox';
import { afterEach, describe, expect, it } from 'vitest';
import { disagreements, ourAnswer } from './agree.ts';
import { dropDecisive, failing, weSay } from './drop.ts';
import { changedLaw, fleetOf } from './fleet.ts';
import { translate } from './logic.ts';
import { ON } from './map.ts';
import { cedar } from './peers/cedar.ts';
import { lenientJsonRules, strictJsonRules } from './peers/jsonRules.ts';
import { opa, regoOf } from './peers/opa.ts';
import { zen } from './peers/zen.ts';
import { knownCases, ruleSetOf } from './ruleset.ts';

const { assess: law } = loadLaw(join(ROOT, 'law', 'packs'));
const set = ruleSetOf(law, ['us.hipaa', 'us.dsp'], ON);
const cases = knownCases(set).filter((_, i) => i % 12 === 0);
const ours = cases.map((facts) => ourAnswer(set, facts));

describe('the rules of a pack, translated', () => {
  for (const peer of [cedar, zen, strictJsonRules, lenientJsonRules])
    it(`stop the same transfers by the same rules in ${peer.name}`, async () => {
      const engine = await peer.start(set.rules, set.isShare);
      const said = disagreements(cases, ours, { name: peer.name, answers: await engine.answers(cases) });
      expect(said).toEqual([]);
      expect(ours.some(({ stops }) => stops.length > 0) && ours.some(({ stops }) => stops.length === 0)).toBe(true);
    });

  it('are refused when a translation loses one', async () => {
    const lost = ours.flatMap(({ stops }) => stops)[0];
    const engine = await cedar.start({ ...set.rules, rules: set.rules.rules.filter(({ id }) => id !== lost) }, set.isShare);
    const said = disagreements(cases, ours, { name: cedar.name, answers: await engine.answers(cases) });
    expect(said.length).toBeGreaterThan(0);
  });

  it('are one Rego rule each, and none of them is left out', () => {
    const rego = regoOf(set.rules);
    for (const { id } of set.rules.rules) expect(rego).toContain(`stops contains "${id}" if {`);
    for (const name of rego.matchAll(/\bh\d+\b/g)) expect(rego).toContain(`${name[0]} if {`);
  });

  it('do not depend on rules that an engine was given before', async () => {
    const engine = await cedar.start(set.rules, set.isShare);
    await cedar.start({ definitions: new Map(), rules: [] }, set.isShare);
    expect(disagreements(cases, ours, { name: cedar.name, answers: await engine.answers(cases) })).toEqual([]);
  });
});

describe('OPA', () => {
  const path = process.env['PATH'];
  afterEach(() => {
    process.env['PATH'] = path;
  });

  it('is not here when Go is not, and says so', async () => {
    process.env['PATH'] = '';
    await expect(opa.start(set.rules, set.isShare)).rejects.toThrow('go cannot be run');
  });
});

describe('a disagreement', () => {
  it('is shown with what each side says and the facts', () => {
    const facts: Facts = { purpose: 'analytics' };
    expect(disagreements([facts], [{ stops: ['a'] }], { name: 'other', answers: [{ stops: [] }] })).toEqual([
      'other says may go, we say a, of {"purpose":"analytics"}',
    ]);
    expect(disagreements([facts], [{ stops: [] }], { name: 'other', answers: [{ stops: [], failed: 'no' }] })).toHaveLength(1);
    expect(disagreements([facts], [{ stops: [] }], { name: 'other', answers: [] })).toHaveLength(1);
  });
});

describe('a decisive fact that is dropped', () => {
  it('never makes ours a permission and is always asked for, while the same rules in two values let some go', async () => {
    const trials = dropDecisive(set, cases);
    const said = trials.map((trial) => weSay(set, trial));
    expect(trials.length).toBeGreaterThan(10);
    expect(failing(said)).toEqual({ trials: trials.length, permitted: 0, warned: 0, silent: 0 });
    expect(said.filter(({ asks }) => !asks)).toEqual([]);
    const engine = await cedar.start(set.rules, set.isShare);
    expect(failing(await engine.answers(trials.map(({ facts }) => facts))).permitted).toBeGreaterThan(0);
  });
});

describe('the transfers that are decided again', () => {
  it('are the same whenever they are made, and only those that pass', () => {
    const isHere = (facts: Facts): boolean => facts['importer.country'] !== undefined;
    const fleet = fleetOf(law, 50, isHere);
    expect(fleetOf(law, 50, isHere)).toEqual(fleet);
    expect(fleet.every(({ facts }) => isHere(facts))).toBe(true);
    expect(() => fleetOf(law, 1, () => false)).toThrow('transfers pass');
  });

  it('are not decided again when the change changes nothing', () => {
    expect(() => changedLaw(law, 'us.dsp', (text) => text)).toThrow('changes nothing');
  });
});

describe('each kind of condition', () => {
  const words: Vocabulary = law.vocabulary;
  const logic = (when: unknown): unknown => {
    const rule = { id: 'x.1', kind: 'prohibition', cite: { ref: 'x' }, says: 'x', force: { from: '2020-01-01' }, when };
    const region = { cite: { ref: 'x' }, members: [{ codes: ['FR'], from: '2020-01-01' }] };
    const json = { ...PACK, vocabulary: words.id, regions: { place: region }, rules: [rule] };
    const pack = loadPack(json, words);
    if (!pack.ok) throw new Error(JSON.stringify(pack.refusal));
    return translate([pack.value], ON, words).rules[0]?.stops;
  };
  const PACK = (() => {
    const { sources: _, ...rest } = { ...Object(law.loaded.find(({ id }) => id === 'us.hipaa')?.json) };
    return { ...rest, define: {}, derived: {}, exceptions: {}, sources: {} };
  })();

  it('has one meaning in two values', () => {
    expect(logic({ 'importer.country': { outside: 'place' } })).toEqual({
      op: 'not',
      of: { op: 'is', fact: 'importer.country', values: ['FR'] },
    });
    expect(logic({ 'onward.countries': { outside: 'place' } })).toEqual({
      op: 'not',
      of: { op: 'only', fact: 'onward.countries', values: ['FR'] },
    });
    expect(logic({ all: [{ any: [] }, { purpose: 'analytics' }] })).toBeUndefined();
    expect(logic({ first: [{ purpose: 'analytics' }, { purpose: 'hosting' }] })).toEqual({
      op: 'is',
      fact: 'purpose',
      values: ['analytics'],
    });
    expect(logic({ instruments: { has: ['baa'] } })).toEqual({
      op: 'all',
      of: [
        { op: 'not', of: { op: 'absent', fact: 'instruments' } },
        { op: 'some', fact: 'instruments', values: ['baa'], atLeast: 1 },
      ],
    });
  });
});
