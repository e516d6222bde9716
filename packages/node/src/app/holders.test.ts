import type { Party } from '@comity/core';
import { expect, it } from 'vitest';
import { addressedTo, holdersOf } from './holders.ts';

const party = (id: string): Party => ({
  ...{ id, name: id, country: 'PT', zone: 'Europe/Lisbon', kind: 'court', endpoint: 'http://127.0.0.1', logOrigin: id },
  ...{ keys: [], persons: [], powers: [], from: '2026-01-01T00:00:00.000Z' },
});
const directory = {
  ...{ v: 1 as const, env: 'sandbox' as const, issued: '2026-01-01T00:00:00.000Z', until: '2027-01-01T00:00:00.000Z' },
  parties: ['prosecution', 'court'].map(party),
};
const joint = { needed: 2, seats: ['issuing', 'validating'] };
const holders = (seats: Readonly<Record<string, string>>) => {
  const found = holdersOf({ directory }, { case: 'c', seats, tracks: {}, items: [], done: [] }, joint);
  return found.ok ? found.value.map(({ id }) => id) : found.refusal;
};

it('whoever opens together sits in the seats that the procedure names, in their order', () => {
  expect(holders({ validating: 'court', issuing: 'prosecution', provider: 'x' })).toEqual(['prosecution', 'court']);
});

it('one party in two of the seats would open with fewer, and an empty seat could never be asked', () => {
  const twice = { code: 'holder-twice', field: 'seats.validating', values: { party: 'court' } };
  expect(holders({ validating: 'court', issuing: 'court' })).toEqual(twice);
  expect(holders({ issuing: 'court' })).toEqual({ code: 'seat-not-held', field: 'seats.validating' });
});

it('a manifest names either those who open alone or those who come together, each with the commitment of their share', () => {
  const offices = ['a', 'b'].map((id) => ({ party: id, keyId: `${id}#office`, recipient: `age1${id}` }));
  expect(addressedTo(offices)).toEqual({ to: offices });
  const [first, second] = offices;
  expect(addressedTo(offices, { id: 's', needed: 2, commitments: ['1', '2'] })).toEqual({
    to: [],
    joint: {
      needed: 2,
      holders: [
        { ...first, commitment: '1' },
        { ...second, commitment: '2' },
      ],
    },
  });
});
