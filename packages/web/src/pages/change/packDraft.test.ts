import type { JsonObject } from '@comity/core';
import { describe, expect, it } from 'vitest';
import { exceptionsOf, membersOf, numbersIn, readLawDraft, regionsOf, withEdits } from './packDraft.ts';

const PACK: JsonObject = {
  pack: 'x.y',
  version: 3,
  reviewed: { by: ['A. Counsel'], on: '2026-01-01', next: null },
  regions: {
    'x.y/near': {
      members: [
        { codes: ['AA', 'BB'], from: '2020-01-01' },
        { codes: ['CC'], from: '2021-01-01', until: '2022-01-01' },
      ],
    },
  },
  define: { bulk: { when: { any: [{ 'data.count': { over: 1000 } }] }, examples: { holds: [{ 'data.count': { over: 5 } }] } } },
  rules: [
    {
      id: 'x.y.1',
      force: { from: '2020-01-01' },
      unless: ['x.y.shared', { id: 'x.y.own', when: { 'data.count': { atMost: 10 } } }],
    },
    { id: 'x.y.2', force: { from: '2020-01-01', until: '2030-01-01' } },
  ],
};

const forceOf = (pack: JsonObject, i: number): unknown => (pack['rules'] as JsonObject[])[i]?.['force'];

describe('a drafted change of law', () => {
  it('is the next version, and nobody has reviewed it', () => {
    const after = withEdits(PACK, [{ kind: 'ends', rule: 'x.y.1', day: '2027-01-01' }]);
    expect(after).toMatchObject({ version: 4, reviewed: { by: [], on: null, next: null } });
    expect(withEdits(PACK, [])).toBe(PACK);
  });

  it('ends one rule and starts another, and leaves the rest', () => {
    const after = withEdits(PACK, [
      { kind: 'ends', rule: 'x.y.1', day: '2027-01-01' },
      { kind: 'starts', rule: 'x.y.2', day: '2028-01-01' },
    ]);
    expect(forceOf(after, 0)).toEqual({ from: '2020-01-01', until: '2027-01-01' });
    expect(forceOf(after, 1)).toEqual({ from: '2028-01-01', until: '2030-01-01' });
    expect(forceOf(PACK, 0)).toEqual({ from: '2020-01-01' });
  });

  it('drops an exception, shared or its own', () => {
    expect(exceptionsOf(PACK, 'x.y.1')).toEqual(['x.y.shared', 'x.y.own']);
    expect(exceptionsOf(withEdits(PACK, [{ kind: 'drops', rule: 'x.y.1', exception: 'x.y.shared' }]), 'x.y.1')).toEqual([
      'x.y.own',
    ]);
    expect(exceptionsOf(withEdits(PACK, [{ kind: 'drops', rule: 'x.y.1', exception: 'x.y.own' }]), 'x.y.1')).toEqual([
      'x.y.shared',
    ]);
  });

  it('lets a country join or leave a region from a day, and not before', () => {
    expect(regionsOf(PACK)).toEqual(['x.y/near']);
    const joins = withEdits(PACK, [{ kind: 'joins', region: 'x.y/near', country: 'DD', day: '2027-01-01' }]);
    expect(membersOf(joins, 'x.y/near', '2026-12-31')).toEqual(['AA', 'BB']);
    expect(membersOf(joins, 'x.y/near', '2027-01-01')).toEqual(['AA', 'BB', 'DD']);
    const leaves = withEdits(PACK, [{ kind: 'leaves', region: 'x.y/near', country: 'AA', day: '2027-01-01' }]);
    expect(membersOf(leaves, 'x.y/near', '2026-12-31')).toEqual(['AA', 'BB']);
    expect(membersOf(leaves, 'x.y/near', '2027-01-01')).toEqual(['BB']);
    expect(membersOf(leaves, 'x.y/near', '2021-06-01')).toEqual(['AA', 'BB', 'CC']);
  });

  it('changes a number where a condition compares with it, never in an example', () => {
    const found = numbersIn(PACK);
    expect(found.map(({ where, fact, compare, value }) => [where, fact, compare, value])).toEqual([
      ['bulk', 'data.count', 'over', 1000],
      ['x.y.1', 'data.count', 'atMost', 10],
    ]);
    const after = withEdits(PACK, [{ kind: 'number', path: found[0]?.path ?? [], value: 500 }]);
    expect(numbersIn(after).map(({ value }) => value)).toEqual([500, 10]);
  });

  it('is read back only in a form that is understood', () => {
    const draft = { edits: [{ kind: 'ends', rule: 'x.y.1', day: '2027-01-01' }], text: '' };
    expect(readLawDraft(draft)).toEqual(draft);
    expect(readLawDraft({ edits: [{ kind: 'ends', rule: 'x.y.1', day: 'soon' }], text: '' })).toBeUndefined();
    expect(readLawDraft({ edits: [{ kind: 'explodes' }], text: '' })).toBeUndefined();
    expect(readLawDraft(7)).toBeUndefined();
  });
});
