import type { DatasetWork } from '@comity/node/api';
import { expect, test } from 'vitest';
import { harborPlan, proposedDraft } from './harbor.ts';

const columns = ['who', 'sex', 'born', 'notes'].map((name) => ({ name, type: 'VARCHAR' }));
const safeHarbor = {
  who: { class: 'name', order: 'iso' },
  sex: { class: 'gender', order: 'iso' },
  born: { class: 'birth-date', order: 'mdy' },
};
// Only what the draft reads of a dataset's work stands here.
const work = { dataset: { columns }, safeHarbor } as unknown as DatasetWork;

test('a draft begins with what the scan proposes, and what it does not know does not leave', () => {
  const draft = proposedDraft(work);
  expect(Object.values(draft).map(({ says }) => says)).toEqual(['identifier', 'category', 'birth-date', 'unclassified']);
  expect(harborPlan(draft, work)).toEqual({
    classes: {
      who: { class: 'name', order: 'iso' },
      sex: { class: 'category', order: 'iso' },
      born: { class: 'birth-date', order: 'mdy' },
    },
  });
});

test('a column that a person calls an identifier has the class of one', () => {
  const draft = { ...proposedDraft(work), sex: { says: 'identifier', order: 'iso' } } as const;
  expect(harborPlan(draft, work)).toMatchObject({ classes: { sex: { class: 'other-unique-id' } } });
});
