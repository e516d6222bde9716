import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { type Party, toBase64Url } from '@comity/core';
import { expect, it } from 'vitest';
import { isPlanSigned, type PlanBody, planBytes, type SignedPlan } from './signed-plan.ts';

const pairs = { person: generateKeyPairSync('ed25519'), party: generateKeyPairSync('ed25519') };
const publicOf = (key: keyof typeof pairs): string => pairs[key].publicKey.export({ format: 'jwk' }).x ?? '';
const FROM = '2026-01-01T00:00:00.000Z';
const UNTIL = '2026-12-01T00:00:00.000Z';
const party = {
  id: 'hospital',
  keys: [{ id: 'hospital#sign-1', use: 'sign', public: publicOf('party'), from: FROM, until: UNTIL }],
  persons: [
    { id: 'engineer-1', roles: [], key: { id: 'hospital#engineer-1-1', use: 'sign', public: publicOf('person'), from: FROM } },
  ],
  // Only what is asked of a card stands here.
} as unknown as Party;
const body: PlanBody = {
  ...{ v: 1, env: 'sandbox', preparation: 'p1', kind: 'minimise', plan: 'a'.repeat(64), dataset: 'b'.repeat(64) },
  ...{ population: 'patients', asked: '2026-11-26T10:00:00.000Z', by: { party: 'hospital', person: 'engineer-1' } },
};
const signedBy = (key: keyof typeof pairs, of: PlanBody) => ({
  key: key === 'person' ? 'hospital#engineer-1-1' : 'hospital#sign-1',
  signature: toBase64Url(sign(null, planBytes(of), pairs[key].privateKey)),
});
const sealed = (of: PlanBody): SignedPlan => ({ body: of, signatures: [signedBy('person', of), signedBy('party', of)] });
const check = (plan: SignedPlan): boolean =>
  isPlanSigned(plan, {
    party,
    verify: (key, message, signature) =>
      verify(null, message, { key: { kty: 'OKP', crv: 'Ed25519', x: toBase64Url(key) }, format: 'jwk' }, signature),
  });

it('holds for what both have signed, and for nothing else', () => {
  expect(check(sealed(body))).toBe(true);
  for (const [name, value] of Object.entries({ plan: 'c', dataset: 'c', population: 'c', preparation: 'c', kind: 'c' }))
    expect(check({ ...sealed(body), body: { ...body, [name]: value } }), name).toBe(false);
});

it('needs the person and the party, each once, and nobody else', () => {
  const [person, office] = [signedBy('person', body), signedBy('party', body)];
  for (const signatures of [[], [person], [office], [person, person], [office, office], [person, office, office]])
    expect(check({ body, signatures })).toBe(false);
  expect(check(sealed({ ...body, by: { party: 'other', person: 'engineer-1' } }))).toBe(false);
  expect(check(sealed({ ...body, by: { party: 'hospital', person: 'counsel-1' } }))).toBe(false);
});

it('needs keys that held when the plan was begun', () => {
  expect(check(sealed({ ...body, asked: UNTIL }))).toBe(false);
  expect(check(sealed({ ...body, asked: '2025-12-31T00:00:00.000Z' }))).toBe(false);
});

it('is no act: the bytes begin with a line of their own', () => {
  expect(new TextDecoder().decode(planBytes(body)).split('\n')[0]).toBe('comity/plan/v1');
});
