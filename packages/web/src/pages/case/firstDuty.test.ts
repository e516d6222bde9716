import type { CaseView } from '@comity/node/api';
import { expect, test } from 'vitest';
import { firstDuty } from './firstDuty.ts';

type Duty = CaseView['duties'][number];

const duty = (id: string, party: string, strict?: string): Duty =>
  ({ id, party, ...(strict === undefined ? {} : { clock: { id, strict } }) }) as unknown as Duty;

const DUTIES = [
  duty('inform', 'issuer'),
  duty('validate', 'court', '2026-11-28T14:44:00.000Z'),
  duty('review', 'issuer', '2026-12-24T00:00:00.000Z'),
  duty('withdraw', 'issuer', '2026-11-28T15:00:00.000Z'),
];

test('a case begins with what the reader owes, and of that with what ends first', () => {
  expect(firstDuty(DUTIES, 'issuer', false)?.id).toBe('withdraw');
  expect(firstDuty(DUTIES.slice(0, 2), 'issuer', false)?.id).toBe('inform');
  expect(firstDuty(DUTIES, 'provider', false)?.id).toBe('validate');
  expect(firstDuty([], 'issuer', false)).toBeUndefined();
});

test('where hours count, what has a clock comes first, whoever owes it', () => {
  expect(firstDuty(DUTIES.slice(0, 2), 'issuer', true)?.id).toBe('validate');
});
