import type { DatasetWork } from '@comity/node/api';
import { expect, test } from 'vitest';
import { type OwnDraft, ownPlan, startOwn } from './ownDraft.ts';

const columns = ['who', 'age', 'born', 'zip', 'ward'].map((name) => ({ name, type: 'VARCHAR' }));
const safeHarbor = {
  age: { class: 'age', order: 'iso' },
  born: { class: 'birth-date', order: 'mdy' },
  zip: { class: 'postal-code', order: 'iso' },
};
// Only what the draft reads of a dataset's work stands here.
const draft = startOwn({ dataset: { columns }, safeHarbor } as unknown as DatasetWork);
const say = (said: Readonly<Record<string, Partial<OwnDraft['columns'][string]>>>, rest: Partial<OwnDraft> = {}): OwnDraft => ({
  ...{ ...draft, ...rest },
  columns: Object.fromEntries(Object.entries(draft.columns).map(([name, one]) => [name, { ...one, ...said[name] }])),
});

test('nothing leaves before somebody says how, and the scan proposes only how a column could become coarser', () => {
  expect(ownPlan(draft)).toBeUndefined();
  expect(Object.values(draft.columns).map(({ change }) => change)).toEqual(['drop', 'drop', 'drop', 'drop', 'drop']);
  expect(Object.values(draft.columns).map(({ coarser }) => coarser)).toEqual(['all', 'number', 'date', 'prefix', 'all']);
});

test('columns that are to be just coarse enough are those over which k is counted, each with its steps', () => {
  const said = say(
    {
      who: { change: 'token' },
      age: { change: 'search' },
      born: { change: 'search' },
      zip: { change: 'search' },
      ward: { change: 'keep' },
    },
    { sensitive: 'ward', l: 2, t: 0.3 },
  );
  expect(ownPlan(said)).toEqual({
    columns: [
      { name: 'who', operation: { op: 'token' } },
      { name: 'age', operation: { op: 'search' } },
      { name: 'born', operation: { op: 'search' } },
      { name: 'zip', operation: { op: 'search' } },
      { name: 'ward', operation: { op: 'keep' } },
    ],
    hierarchies: { age: { widths: [5, 10, 20, 40], from: 0 }, born: { dates: 'mdy' }, zip: { prefix: [3, 2, 1] } },
    verify: { quasi: ['age', 'born', 'zip'], sensitive: ['ward'], k: 5, suppress: 0.05, l: 2, t: 0.3 },
  });
});

test('a plan in which nothing becomes coarser asks for no k', () => {
  expect(ownPlan(say({ age: { change: 'ageTop90' } }))).toMatchObject({ verify: null });
});

test.each([
  [say({ age: { change: 'search', steps: '5, 12' } })],
  [say({ zip: { change: 'search', steps: '2, 3' } })],
  [say({ age: { change: 'search', steps: 'five' } })],
  [say({ age: { change: 'search' } }, { k: 1 })],
  [say({ age: { change: 'search' } }, { suppress: 101 })],
  [say({ age: { change: 'search' } }, { sensitive: 'ward', l: 1 })],
  [say({ born: { change: 'dateShift' } })],
  [say({ born: { change: 'dateShift' } }, { subject: 'who', days: '' })],
])('what is missing or makes no sense is no plan: %#', (said) => {
  expect(ownPlan(said)).toBeUndefined();
});

test('dates of one person move together', () => {
  const said = say({ born: { change: 'dateShift' } }, { subject: 'who' });
  expect(ownPlan(said)).toMatchObject({
    columns: [{}, {}, { name: 'born', operation: { op: 'dateShift', order: 'mdy', subject: 'who', maxDays: 30 } }, {}, {}],
  });
});
