import { expect, test } from 'vitest';
import { type MinimiseDraft, minimisePlan } from './minimiseDraft.ts';

const draft: MinimiseDraft = {
  ...{ purpose: 'cost-analysis', column: '', type: 'email', values: '', time: '', zone: 'Europe/Lisbon', from: '', until: '' },
  columns: { email: 'token', at: 'day', body: 'redact', name: 'drop' },
};
const today = '2026-11-26';

test('only columns that somebody needs stand in a plan, each with what happens to it', () => {
  expect(minimisePlan(draft, today)).toMatchObject({
    v: 1,
    purpose: 'cost-analysis',
    columns: [
      { name: 'email', transform: { op: 'token' } },
      { name: 'at', transform: { op: 'time', to: 'day' } },
      { name: 'body', transform: { op: 'redact' } },
    ],
  });
  expect(minimisePlan({ ...draft, columns: { email: 'drop' } }, today)).toBeUndefined();
});

test('identifiers are one a line, each once, and each in the period as the clock of its zone shows it', () => {
  const asked = {
    ...draft,
    column: 'email',
    values: 'a@x.example\n\n b@x.example \na@x.example',
    time: 'at',
    from: '2026-03-01T00:00',
    until: '2026-04-01T00:00',
  };
  expect(minimisePlan(asked, today)).toMatchObject({
    identifier: { column: 'email', type: 'email' },
    period: { column: 'at', zone: 'Europe/Lisbon' },
    items: [
      { id: 'i1', value: 'a@x.example', from: '2026-03-01T00:00:00.000Z', until: '2026-03-31T23:00:00.000Z' },
      { id: 'i2', value: 'b@x.example' },
    ],
  });
  expect(minimisePlan({ ...asked, values: ' \n' }, today)).toBeUndefined();
  expect(minimisePlan({ ...asked, until: '2026-02-01T00:00' }, today)).toBeUndefined();
});
