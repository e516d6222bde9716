import { join } from 'node:path';
import type { ActBody, Directory, Json } from '@comity/core';
import type { CaseState, Trace } from '@comity/procedure';
import { expect, test } from 'vitest';
import { loadLaw } from '../law.ts';
import { gatedOf, gateRefusal } from './gate.ts';

const law = loadLaw(join(import.meta.dirname, '../../../../law/packs'));
// A test's stand-in: the gate asks the directory for countries alone.
const directory = {
  parties: [
    { id: 'pt', country: 'PT' },
    { id: 'dk', country: 'DK' },
  ],
} as unknown as Directory;
const house = { law, directory };
const AT = '2026-11-26T10:00:00.000Z';

const DRAFT = { maxPenaltyYears: 5, offenceInIssuingState: true, personInIssuingState: false };

function trace(type: string, role: string, more: Partial<Trace> = {}): Trace {
  return { digest: type, type, party: 'pt', person: `${role}-1`, role, seat: 'issuing', at: AT, data: {}, ...more };
}

function refusedAt(
  type: string,
  about: {
    done?: readonly Trace[];
    category?: string;
    data?: Record<string, Json>;
    role?: string;
    party?: string;
    procedure?: string;
  },
): string | undefined {
  const loaded = law.procedures.get(about.procedure ?? 'eu.epoc');
  if (loaded === undefined) throw new Error('no procedure');
  const { role = 'prosecutor', party = 'pt' } = about;
  const item = {
    item: { id: 'i1', identifierType: 'email', category: about.category ?? 'subscriber' },
    tracks: {},
    decisions: {},
  };
  const drafted = trace('draft', 'investigator', { data: { ...DRAFT, ...about.data } });
  // A state as the fold makes it, as far as the gate reads it.
  const state = {
    case: 'c',
    seats: {},
    tracks: {},
    items: [item],
    done: [drafted, ...(about.done ?? [])],
  } as unknown as CaseState;
  const body = { type, at: AT, by: { party, person: `${role}-1`, role, seat: 'issuing' }, data: {} } as unknown as ActBody;
  return gateRefusal(house, { loaded, state, body })?.values?.['rule']?.toString();
}

test('a prosecutor may issue and send an order for subscriber data, and one for traffic data that a judge validated', () => {
  expect(refusedAt('issue', {})).toBeUndefined();
  expect(refusedAt('send', { done: [trace('issue', 'prosecutor')] })).toBeUndefined();
  const validated = [trace('issue', 'prosecutor'), trace('validate', 'judge')];
  expect(refusedAt('issue', { category: 'traffic' })).toBeUndefined();
  expect(refusedAt('send', { category: 'traffic', done: validated })).toBeUndefined();
});

test('what the case says of itself stops it, with the rule and where it stands', () => {
  expect(refusedAt('send', { category: 'traffic', done: [trace('issue', 'prosecutor')] })).toBe('eu.e-evidence.4-2');
  expect(refusedAt('issue', { category: 'content', data: { maxPenaltyYears: 2 } })).toBe('eu.e-evidence.5-4');
  expect(refusedAt('issue', { party: 'dk' })).toBe('eu.e-evidence.3');
  expect(refusedAt('send', { done: [trace('issue', 'prosecutor', { person: 'investigator-1' })] })).toBe(
    'comity.desk.separation',
  );
});

test('police in an emergency may go first for subscriber data, for forty-eight hours, and never for traffic data', () => {
  const urgent = { emergency: true, danger: 'life' };
  const issued = (at: string) => [trace('issue-unvalidated', 'investigator', { at, person: 'investigator-2' })];
  expect(refusedAt('send', { data: urgent, role: 'investigator', done: issued(AT) })).toBeUndefined();
  expect(refusedAt('send', { data: urgent, role: 'investigator', done: issued('2026-11-24T09:00:00.000Z') })).toBe(
    'eu.e-evidence.4-5.lapsed',
  );
  expect(refusedAt('send', { data: urgent, category: 'traffic', role: 'investigator', done: issued(AT) })).toBe(
    'eu.e-evidence.4-2',
  );
});

test('a treaty that is not in force stops its orders; what the case cannot say stops nothing here', () => {
  const sent = { procedure: 'coe.p2.subscriber', done: [trace('issue', 'prosecutor')] };
  expect(refusedAt('send', { ...sent, data: { treatyInForce: false } })).toBe('coe.budapest-2ap.16');
  expect(refusedAt('send', { ...sent, data: { treatyInForce: true } })).toBeUndefined();
  expect(refusedAt('send', sent)).toBeUndefined();
});

test('other acts, and procedures that no gate knows, are not its business', () => {
  expect(refusedAt('withdraw', { category: 'content', data: { maxPenaltyYears: 1 } })).toBeUndefined();
  expect(gatedOf(house, 'outsourcing.engagement')).toBeUndefined();
});

test('every act that a gate is asked about is an act of its procedure', () => {
  for (const { procedure, issues, sends, validates } of law.gates.packs.flatMap((pack) => pack.procedures)) {
    const acts = Object.keys(law.procedures.get(procedure)?.procedure.acts ?? {});
    expect(acts, procedure).toEqual(expect.arrayContaining([...issues, ...sends, ...validates]));
  }
});
