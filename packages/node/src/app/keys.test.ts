import { describe, expect, it } from 'vitest';
import { newKey } from '../keys/generations.ts';
import { testDirectory, testKeystore, testParty, UNTIL } from '../keys/testing/party.ts';
import { checkFresh, checkKeys } from './keys.ts';
import { trustIn } from './manifest.ts';

const NOW = '2026-06-01T00:00:00.000Z';
const store = testKeystore('pt');

describe('before something is signed', () => {
  it('each key that it takes must hold: not revoked, not from a later day', () => {
    const until = testParty(store, (key) => (key.use === 'sign-pq' ? { ...key, until: NOW } : key));
    expect(checkKeys({ party: until }, ['sign', 'sign-pq'], '2026-05-31T23:59:59.999Z')).toBeUndefined();
    expect(checkKeys({ party: until }, ['sign'], NOW)).toBeUndefined();
    expect(checkKeys({ party: until }, ['sign', 'sign-pq'], NOW)).toEqual({ code: 'key-not-valid', field: 'sign-pq' });
    const later = testParty(store, (key) => (key.use === 'sign' ? { ...key, from: UNTIL } : key));
    expect(checkKeys({ party: later }, ['sign'], NOW)).toEqual({ code: 'key-not-valid', field: 'sign' });
  });

  it('the directory must not have run out: a key in it may have been revoked since', () => {
    const { directory } = testDirectory(newKey('Ed25519'), [testParty(store)]);
    expect(checkFresh({ directory, now: () => NOW })).toBeUndefined();
    expect(checkFresh({ directory, now: () => UNTIL })).toEqual({ code: 'directory-expired', field: 'directory' });
  });

  it('and a manifest is believed from keys of the right use that hold at its time, and from no others', () => {
    const party = testParty(store, (key) => (key.use === 'sign' ? { ...key, from: NOW, until: UNTIL } : key));
    const known = (id: string, alg: 'Ed25519' | 'ML-DSA-44', at: string): boolean =>
      trustIn(party, at).keyOf(id, alg) !== undefined;
    expect(
      ['2026-05-31T23:59:59.999Z', NOW, '2026-12-31T23:59:59.999Z', UNTIL].map((at) => known('pt#sign-1', 'Ed25519', at)),
    ).toEqual([...[false, true, true, false]]);
    expect(known('pt#sign-pq-1', 'ML-DSA-44', NOW)).toBe(true);
    for (const [id, alg] of [
      ['pt#sign-pq-1', 'Ed25519'],
      ['pt#sign-1', 'ML-DSA-44'],
      ['pt#messages-1', 'Ed25519'],
      ['pt#sign-2', 'Ed25519'],
    ] as const)
      expect(known(id, alg, NOW)).toBe(false);
  });
});
