import { expect, test } from 'vitest';
import { namesSaid, startDraft, synthesisPlan } from './synthesisDraft.ts';

const draft = startDraft(1e-9, ['mrn', 'age']);

test('a draft becomes a plan with what is left open told apart from what is said', () => {
  expect(synthesisPlan(draft)).toEqual({
    method: 'aim',
    epsilon: 1,
    delta: 1e-9,
    domain: null,
    zeros: [],
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
  expect(synthesisPlan({ ...draft, said: 'json', domain: '{"age": [' })).toBeUndefined();
  expect(synthesisPlan({ ...draft, said: 'json', domain: '{"age": ["a"]}' })).toMatchObject({ domain: { age: ['a'] } });
  expect(synthesisPlan({ ...draft, epsilon: '' })).toBeUndefined();
  expect(synthesisPlan({ ...draft, subject: 'mrn', cap: '' })).toBeUndefined();
});

test('what is said in a form becomes a domain, and pairs that can never be are zeros; while one is not whole there is no plan', () => {
  const columns = { ...draft.columns, age: { kind: 'number', text: '0, 18, 90', other: false, missing: false } } as const;
  const never = [{ key: 1, a: { column: 'age', value: '3' }, b: { column: 'sex', value: 'M' } }];
  const said = { ...draft, said: 'form', columns, never } as const;
  expect(synthesisPlan(said)).toMatchObject({
    domain: { age: { edges: [0, 18, 90] } },
    zeros: [{ columns: ['age', 'sex'], never: [['3', 'M']] }],
  });
  expect(namesSaid(said)).toEqual(['age']);
  expect(
    synthesisPlan({ ...said, never: [{ key: 1, a: { column: 'age', value: '3' }, b: { column: '', value: '' } }] }),
  ).toBeUndefined();
  expect(synthesisPlan({ ...said, columns: draft.columns })).toBeUndefined();
  // What is bought is not known yet, so nothing can be said of its values.
  expect(synthesisPlan({ ...said, said: 'bought' })).toMatchObject({ domain: null, zeros: [] });
});
