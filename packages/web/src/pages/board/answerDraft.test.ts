import { expect, test } from 'vitest';
import { type AnswerDraft, answerTo, readAnswers, withAnswer } from './answerDraft.ts';

const refusal = { move: 'refuse', deciding: { choice: 'refuse', ground: 'g', until: '' } };
const delivery = { move: 'deliver', deciding: { choice: 'deliver', ground: '', until: '' } };

test('an item has one answer: another one takes the place of the first', () => {
  const once = withAnswer({}, 'i1', refusal);
  const twice = withAnswer(once, 'i1', delivery);
  expect(answerTo(twice, 'i1')).toEqual(delivery);
  expect(twice['refuse']?.decisions).toEqual({});
});

test('an answer that is taken back leaves the item open, and the others as they were', () => {
  const both = withAnswer(withAnswer({}, 'i1', refusal), 'i2', delivery);
  const one = withAnswer(both, 'i1');
  expect(answerTo(one, 'i1')).toBeUndefined();
  expect(answerTo(one, 'i2')).toEqual(delivery);
});

test('what was kept is read back, and what has another shape is not', () => {
  const draft: AnswerDraft = withAnswer({}, 'i1', refusal);
  expect(readAnswers(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
  expect(readAnswers({ refuse: { decisions: 1 } })).toBeUndefined();
  expect(readAnswers('x')).toBeUndefined();
});
