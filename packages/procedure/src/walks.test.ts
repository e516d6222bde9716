import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dutiesOf } from './duties.ts';
import { PACKS, type Step, settingOf, stateOf, take, type Walk } from './testing/walk.ts';

const TREATY = { treatyInForce: true };
const USE: readonly Step[] = [{ act: 'receive-delivery' }, { act: 'open' }];
const END: readonly Step[] = [{ act: 'destroy' }, { act: 'validate-destruction' }, { act: 'destroy-source' }];
const ANSWER: readonly Step[] = [
  { act: 'minimise' },
  { act: 'deliver' },
  ...USE,
  { act: 'inform-person' },
  ...END,
  { act: 'close' },
];
const KEEP: readonly Step[] = [{ act: 'receive-order' }, { act: 'preserve', choose: { i1: 'preserve', i2: 'preserve' } }];

/** Each procedure from its first act to its last, on the way past what it must refuse. */
const WALKS: Readonly<Record<string, readonly Step[]>> = {
  'coe.preservation': [
    { act: 'draft', say: { ...TREATY, requestFollows: true } },
    { act: 'send' },
    ...KEEP,
    { act: 'end-hold', choose: { i1: 'end', i2: 'end' }, no: 'hold-runs' },
    { act: 'confirm-production', days: 50 },
    { act: 'end-hold', days: 50, choose: { i1: 'end', i2: 'end' }, no: 'hold-runs' },
    { act: 'produced', choose: { i1: 'end', i2: 'end' } },
    { act: 'close' },
  ],
  'us.preservation': [
    { act: 'draft' },
    { act: 'send' },
    ...KEEP,
    { act: 'extend', days: 80 },
    { act: 'extend', no: 'already-extended' },
    { act: 'end-hold', days: 90, no: 'hold-runs' },
    { act: 'end-hold', days: 20 },
    { act: 'close' },
  ],
  'coe.p2.subscriber': [
    { act: 'draft', say: { ...TREATY, articleNotReserved: true, notificationRequired: true } },
    { act: 'issue' },
    { act: 'send' },
    { act: 'receive-order' },
    { act: 'minimise' },
    { act: 'deliver', no: 'notification-suspends' },
    { act: 'consult-done' },
    ...ANSWER.slice(1),
  ],
  'coe.p2.domain': [{ act: 'draft', say: TREATY }, { act: 'send' }, { act: 'receive-order' }, ...ANSWER],
  'coe.p2.order': [
    { act: 'draft', say: TREATY },
    { act: 'issue' },
    { act: 'send' },
    { act: 'receive-request' },
    { act: 'admit', choose: { i1: 'admit', i2: 'decline' } },
    { act: 'serve' },
    { act: 'receive-order' },
    ...ANSWER,
  ],
  'coe.p2.emergency': [
    { act: 'draft', say: { ...TREATY, danger: 'life' } },
    { act: 'send' },
    { act: 'receive-request' },
    { act: 'admit', choose: { i1: 'admit', i2: 'admit' }, no: 'not-called-back' },
    { act: 'call-back', say: { reached: false } },
    { act: 'admit', choose: { i1: 'admit', i2: 'admit' }, no: 'not-called-back' },
    { act: 'call-back', say: { reached: true } },
    { act: 'admit', choose: { i1: 'admit', i2: 'admit' } },
    { act: 'serve' },
    { act: 'receive-order' },
    ...ANSWER,
  ],
  'us.agreement-order': [
    { act: 'draft', say: { ...TREATY, maxPenaltyYears: 5, targetsUsPerson: false, speechInvolved: false } },
    { act: 'issue' },
    { act: 'send', no: 'not-reviewed' },
    { act: 'validate', choose: { i1: 'approve', i2: 'strike' } },
    { act: 'send', no: 'not-certified' },
    { act: 'certify' },
    { act: 'send' },
    { act: 'receive-order' },
    { act: 'minimise' },
    { act: 'object-to-order' },
    { act: 'deliver', no: 'objection-open' },
    { act: 'answer-objection', say: { outcome: 'upheld' } },
    ...ANSWER.slice(1),
  ],
  'us.process': [
    { act: 'draft', say: { process: 'warrant' } },
    { act: 'issue' },
    { act: 'validate', choose: { i1: 'approve', i2: 'approve' } },
    { act: 'send' },
    { act: 'receive-order' },
    { act: 'move-to-quash', choose: { i2: 'move' } },
    { act: 'rule-motion', choose: { i2: 'lift' } },
    ...ANSWER,
  ],
  'emergency.disclosure': [
    { act: 'draft', say: { danger: 'life' } },
    { act: 'send' },
    { act: 'receive-order' },
    { act: 'answer-existence', no: 'not-called-back' },
    { act: 'call-back', say: { officerConfirmed: true } },
    { act: 'answer-existence', choose: { i1: 'there', i2: 'absent' } },
    { act: 'minimise' },
    { act: 'deliver' },
    { act: 'receive-delivery' },
    { act: 'open' },
    { act: 'open', days: 4, no: 'validation-time-over' },
    { act: 'withdraw' },
    { act: 'recall' },
    ...END,
    { act: 'inform-person' },
    { act: 'close', no: 'emergency-unreviewed' },
    { act: 'review-emergency', say: { justified: 'no' } },
    { act: 'close' },
  ],
  'spontaneous.information': [
    { act: 'draft' },
    { act: 'approve-sharing', choose: { i1: 'approve', i2: 'strike' } },
    { act: 'send' },
    { act: 'receive-offer' },
    { act: 'minimise', no: 'not-accepted' },
    { act: 'accept' },
    { act: 'minimise' },
    { act: 'deliver' },
    ...USE,
    ...END,
    { act: 'close' },
  ],
  'eu.epoc': [
    { act: 'draft', say: { maxPenaltyYears: 5, offenceInIssuingState: true, personInIssuingState: true } },
    { act: 'issue' },
    { act: 'validate', choose: { i1: 'approve', i2: 'approve' } },
    { act: 'send' },
    { act: 'receive-order' },
    { act: 'ask-enforcement', no: 'not-refused-yet' },
    { act: 'refuse', choose: { i1: 'refuse' } },
    { act: 'ask-enforcement' },
    { act: 'receive-enforcement' },
    { act: 'deny-enforcement', no: 'not-consulted' },
    { act: 'recognise' },
    { act: 'penalise' },
    { act: 'minimise', choose: { i2: 'minimise' } },
    { act: 'deliver' },
    ...USE,
    { act: 'claim-costs' },
    { act: 'decide-costs' },
    { act: 'inform-person' },
    ...END,
    { act: 'report-outcome' },
    { act: 'close' },
  ],
};

describe('each procedure is walked from its first act to its last', () => {
  test.each(Object.entries(WALKS))('%s', (id, steps) => {
    const walk: Walk = { setting: settingOf(id), bodies: [], at: Date.parse('2026-11-26T09:00:00.000Z') };
    const taken = steps.map((step) => [step.act, take(walk, step)] as const);
    const wanted = steps.map((step) => [
      step.act,
      step.no === undefined ? { verdict: 'counted', because: '' } : { verdict: 'void', because: step.no },
    ]);
    expect(taken).toEqual(wanted);
    const end = stateOf(walk);
    expect(end.tracks['order']).toBe('closed');
    const owed = dutiesOf(walk.setting, end, new Date(walk.at).toISOString());
    expect(owed.map((duty) => duty.id)).toEqual([]);
  });

  test('those that are not walked here have a story of their own', () => {
    const told = ['eu.epoc-pr', 'mla.request', 'jit.agreement', 'jit.share', 'defence.request', 'outsourcing.engagement'];
    const all = readdirSync(join(PACKS, '..', 'procedures')).flatMap((name) =>
      name.endsWith('.yaml') ? [name.replace('.yaml', '')] : [],
    );
    expect(all.filter((id) => WALKS[id] === undefined && !told.includes(id))).toEqual([]);
  });
});
