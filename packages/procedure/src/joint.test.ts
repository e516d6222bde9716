import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { JsonObject } from '@comity/core';
import { describe, expect, it } from 'vitest';
import { loadProcedure } from './load.ts';

/** The procedure of production orders, with a delivery as somebody might write it. */
function load(joint: JsonObject, change: JsonObject = {}, type = 'deliver') {
  const pack = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../law/packs/eu.epoc.json'), 'utf8'));
  const shared = { shares: ['issuing', 'validating'], sections: { package: ['issuing', 'provider', 'validating'] } };
  pack.acts[type] = { ...pack.acts[type], ...shared, joint, ...change };
  return loadProcedure(pack);
}

const BOTH = { needed: 2, seats: ['issuing', 'validating'] };

describe('a procedure that lets nobody open a delivery alone', () => {
  it('says how many of which seats must come together', () => {
    const loaded = load(BOTH);
    expect(loaded.ok && loaded.value.acts['deliver']?.joint).toEqual(BOTH);
  });

  it.each([
    ['fewer than two', { ...BOTH, needed: 1 }, {}, 'needed'],
    ['more than there are', { ...BOTH, needed: 3 }, {}, 'needed'],
    ['a seat that it does not define', { ...BOTH, seats: ['issuing', 'court'] }, {}, 'seats.1'],
    ['a seat twice', { ...BOTH, seats: ['issuing', 'issuing'] }, {}, 'seats.1'],
    ['the seat that seals', { ...BOTH, seats: ['issuing', 'provider'] }, {}, 'seats.1'],
    ['a seat that is not told of it', BOTH, { shares: ['issuing'] }, 'seats.1'],
    ['a seat that may not read its package', BOTH, { sections: { package: ['issuing', 'provider'] } }, 'seats.1'],
    ['another word', { ...BOTH, any: 1 }, {}, 'any'],
    ['more seats than a key has shares', { ...BOTH, seats: Array(17).fill('issuing') }, {}, 'seats'],
  ])('is refused when it names %s', (_what, joint, change, field) => {
    expect(load(joint, change)).toMatchObject({ refusal: { code: 'pack-invalid', field: `acts.deliver.joint.${field}` } });
  });

  it('is refused when the act delivers nothing', () => {
    expect(load(BOTH, {}, 'send')).toMatchObject({ refusal: { code: 'pack-invalid', field: 'acts.send.joint' } });
  });
});
