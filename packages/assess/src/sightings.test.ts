import { type Facts, isPartialSet } from '@comity/core';
import { expect, it } from 'vitest';
import { withSightings } from './sightings.ts';

const saw = (...values: readonly string[]) => values.map((value) => ({ fact: 'data.categories', value }));

it('what was seen is known to be there, and nothing else is said', () => {
  expect(withSightings({}, saw('health', 'personal', 'health'))).toEqual({
    facts: { 'data.categories': { has: ['health', 'personal'] } },
    against: [],
  });
  expect(withSightings({ purpose: 'analytics' }, [])).toEqual({ facts: { purpose: 'analytics' }, against: [] });
});

it('a statement that names what was seen stays whole', () => {
  const stated: Facts = { 'data.categories': ['personal', 'health', 'contact'] };
  expect(withSightings(stated, saw('health'))).toEqual({ facts: stated, against: [] });
});

it('a statement that rules out what was seen is contradicted: both are there, and the rest is asked for', () => {
  expect(withSightings({ 'data.categories': ['personal'] }, saw('health'))).toEqual({
    facts: { 'data.categories': { has: ['health', 'personal'] } },
    against: ['data.categories'],
  });
  expect(withSightings({ 'data.categories': { has: ['personal'], lacks: ['health', 'genomic'] } }, saw('health'))).toEqual({
    facts: { 'data.categories': { has: ['health', 'personal'], lacks: ['genomic'] } },
    against: ['data.categories'],
  });
});

it('nothing that was seen or stated to be there is lost, and nothing is ruled out that was not, whatever was stated', () => {
  const words = ['personal', 'health', 'genomic', 'contact'];
  const pick = (mask: number) => words.filter((_, i) => (mask >> i) & 1);
  for (let stated = 0; stated < 256; stated++)
    for (let seen = 1; seen < 16; seen++) {
      const [has, lacks] = [pick(stated & 15), pick(stated >> 4).filter((word) => !pick(stated & 15).includes(word))];
      for (const before of [has, { has, lacks }, { lacks }]) {
        const after = withSightings({ 'data.categories': before }, saw(...pick(seen))).facts['data.categories'];
        const named = Array.isArray(before) ? before : isPartialSet(before) ? (before.has ?? []) : [];
        const kept = Array.isArray(after) ? after : isPartialSet(after) ? (after.has ?? []) : [];
        expect(kept).toEqual(expect.arrayContaining([...named, ...pick(seen)]));
        if (isPartialSet(after)) for (const word of after.lacks ?? []) expect(lacks).toContain(word);
      }
    }
});

it('is the same when it is done twice, as a page and its node both do it', () => {
  const once = withSightings({ 'data.categories': ['personal'] }, saw('health')).facts;
  expect(withSightings(once, saw('health'))).toEqual({ facts: once, against: [] });
});
