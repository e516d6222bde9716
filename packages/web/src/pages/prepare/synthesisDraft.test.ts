import { expect, test } from 'vitest';
import { startDraft, synthesisPlan } from './synthesisDraft.ts';

const draft = startDraft(1e-9);

test('a draft becomes a plan with what is left open told apart from what is said', () => {
  expect(synthesisPlan(draft)).toEqual({
    method: 'aim',
    epsilon: 1,
    delta: 1e-9,
    domain: null,
    subject: null,
    rowsPerSubject: 1,
    rows: null,
  });
  expect(synthesisPlan({ ...draft, subject: 'mrn', cap: 3, rows: 500 })).toMatchObject({
    subject: 'mrn',
    rowsPerSubject: 3,
    rows: 500,
  });
});

test('a domain that is no JSON, an ε that is nothing and a cap that is no number make no plan', () => {
  expect(synthesisPlan({ ...draft, declared: true, domain: '{"age": [' })).toBeUndefined();
  expect(synthesisPlan({ ...draft, declared: true, domain: '{"age": ["a"]}' })).toMatchObject({ domain: { age: ['a'] } });
  expect(synthesisPlan({ ...draft, epsilon: '' })).toBeUndefined();
  expect(synthesisPlan({ ...draft, subject: 'mrn', cap: '' })).toBeUndefined();
});
