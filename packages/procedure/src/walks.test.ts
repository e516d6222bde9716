import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ActBody, actDigest, type Json, type JsonObject, type Sha256 } from '@comity/core';
import { describe, expect, test } from 'vitest';
import { dutiesOf } from './duties.ts';
import { fold } from './fold.ts';
import { loadProcedure } from './load.ts';
import { movesOf } from './moves.ts';
import type { ActRule, MemberKind, Procedure } from './procedure.ts';
import type { CaseState, Setting } from './state.ts';

const PACKS = join(import.meta.dirname, '..', '..', '..', 'law', 'packs');
const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest();
const DAY = 86_400_000;

/** One step of a walk: an act, with what it says besides the least; `days` that pass before it; `no` where the procedure must refuse it, with the reason. */
interface Step {
  readonly act: string;
  readonly say?: JsonObject;
  readonly choose?: Readonly<Record<string, string>>;
  readonly days?: number;
  readonly no?: string;
}

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

function settingOf(id: string): Setting {
  const loaded = loadProcedure(JSON.parse(readFileSync(join(PACKS, `${id}.json`), 'utf8')));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.refusal));
  return { procedure: loaded.value, calendarOf: () => ({ zone: 'Europe/Dublin', holidays: [], holidaysKnown: true }) };
}

/** The least that a member of this kind can say. */
function leastOf(kind: MemberKind, at: string): Json {
  if (typeof kind !== 'string') return kind[0] ?? '';
  const by = {
    digest: 'a'.repeat(64),
    count: 1,
    instant: at,
    word: 'word',
    flag: true,
    case: '0190f3c0-0000-7000-8000-000000000001',
  };
  return by[kind];
}

function membersOf(carries: Readonly<Record<string, MemberKind>>, at: string): JsonObject {
  return Object.fromEntries(Object.entries(carries).map(([name, kind]) => [name, leastOf(kind, at)]));
}

interface Walk {
  readonly setting: Setting;
  readonly bodies: ActBody[];
  at: number;
}

function stateOf({ setting, bodies }: Walk): CaseState {
  return fold(setting, bodies, sha256).state;
}

/** What the act says of items: the choice asked for, or the first that is open, with a ground where one is due. */
function decisionsOf(walk: Walk, type: string, step: Step): JsonObject {
  const rule = walk.setting.procedure.acts[type];
  if (rule?.items === undefined) return {};
  const at = new Date(walk.at).toISOString();
  const actor = { party: rule.seat, person: type, roles: rule.roles };
  const open = movesOf(walk.setting, stateOf(walk), { actor, now: at }).find((move) => move.type === type)?.items ?? [];
  const asked = Object.entries(step.choose ?? {}).map(([item, choice]) => ({ item, choices: [choice] }));
  const decisions = (asked.length > 0 ? asked : open).map(({ item, choices }) => {
    const choice = choices[0] ?? '';
    const { grounds, carries } = rule.items?.choices[choice] ?? {};
    return { item, choice, ...(grounds === undefined ? {} : { ground: grounds[0] ?? '' }), ...membersOf(carries ?? {}, at) };
  });
  return { decisions };
}

function itemsFor({ categories, identifierTypes }: Procedure): Json {
  const period = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' };
  return [categories[0], categories.at(-1)].map((category, index) => ({
    id: `i${index + 1}`,
    identifierType: identifierTypes[0] ?? '',
    category: category ?? '',
    period,
    zone: 'Europe/Dublin',
  }));
}

function seatsFor({ assigns, mayAssign }: ActRule): JsonObject {
  const seats = [...assigns, ...mayAssign];
  return seats.length === 0 ? {} : { seats: Object.fromEntries(seats.map((seat) => [seat, seat])) };
}

/** Makes an act with the least that it must say; gives how it counted. */
function take(walk: Walk, step: Step): { readonly verdict: string; readonly because: string } {
  const { setting, bodies } = walk;
  const rule = setting.procedure.acts[step.act];
  if (rule === undefined) throw new Error(`${setting.procedure.id} has no act ${step.act}`);
  walk.at += (step.days ?? 0) * DAY + 60_000;
  const at = new Date(walk.at).toISOString();
  const body: ActBody = {
    v: 1,
    env: 'sandbox',
    id: `00000000-0000-7000-8000-${String(bodies.length).padStart(12, '0')}`,
    case: 'c',
    procedure: { id: setting.procedure.id, version: setting.procedure.version, sha256: '0'.repeat(64) },
    type: step.act,
    by: { party: rule.seat, person: step.act, role: rule.roles[0] ?? '', seat: rule.seat },
    at,
    prev: fold(setting, bodies, sha256).heads,
    data: {
      ...membersOf(rule.carries, at),
      ...seatsFor(rule),
      ...(rule.opens && setting.procedure.categories.length > 0 ? { items: itemsFor(setting.procedure) } : {}),
      ...decisionsOf(walk, step.act, step),
      ...step.say,
    },
    sections: Object.fromEntries(rule.required.map((name) => [name, 'x'.repeat(43)])),
  };
  const judged = fold(setting, [...bodies, body], sha256).acts.find(({ digest }) => digest === actDigest(body, sha256));
  if (judged?.verdict === 'counted') bodies.push(body);
  return {
    verdict: judged?.verdict ?? 'none',
    because: String(judged?.refusal?.values?.['because'] ?? judged?.refusal?.code ?? ''),
  };
}

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
