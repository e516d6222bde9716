import { describe, expect, test } from 'vitest';
import { type Step, settingOf, take, type Walk } from './testing/walk.ts';

/** Takes the steps one after another; gives those that did not go as their step says. */
function astray(id: string, steps: readonly Step[]): readonly unknown[] {
  const walk: Walk = { setting: settingOf(id), bodies: [], at: Date.parse('2026-11-26T09:00:00.000Z') };
  return steps.flatMap((step) => {
    const { verdict, because } = take(walk, step);
    return because === (step.no ?? '') ? [] : [{ act: step.act, verdict, because, wanted: step.no ?? 'counted' }];
  });
}

const period = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' };
const traffic = [{ id: 'i1', identifierType: 'email', category: 'traffic', period, zone: 'Europe/Dublin' }];

function processOf(process: string): readonly Step[] {
  return [{ act: 'draft', say: { process, items: traffic } }, { act: 'issue' }, { act: 'validate', choose: { i1: 'approve' } }];
}

describe('identifiers that are keyed twice', () => {
  const address = [{ ...traffic[0], identifierType: 'ip_address', category: 'identification' }];
  const order = { maxPenaltyYears: 5, offenceInIssuingState: true, personInIssuingState: true };

  test('an order for who had an address at a time is issued once it was keyed a second time, or the act says why not', () => {
    const drafted: Step = { act: 'draft', say: { ...order, items: address } };
    const unkeyed: readonly Step[] = [
      drafted,
      { act: 'issue', no: 'identifiers-keyed-once' },
      { act: 'issue', say: { rekeyed: false }, no: 'identifiers-keyed-once' },
      { act: 'issue', say: { notRekeyed: 'no time' }, no: 'field-invalid' },
    ];
    expect(astray('eu.epoc', [...unkeyed, { act: 'issue', say: { rekeyed: true } }])).toEqual([]);
    expect(astray('eu.epoc', [...unkeyed, { act: 'issue', say: { rekeyed: false, notRekeyed: 'source-not-here' } }])).toEqual([]);
  });

  test('other identifiers may be keyed once, and an emergency changes nothing for addresses', () => {
    expect(astray('eu.epoc', [{ act: 'draft', say: { ...order, items: traffic } }, { act: 'issue' }])).toEqual([]);
    const urgent = { ...order, items: address, emergency: true, danger: 'life' };
    const steps: readonly Step[] = [
      { act: 'draft', say: urgent },
      { act: 'issue-unvalidated', no: 'identifiers-keyed-once' },
      { act: 'issue-unvalidated', say: { rekeyed: true } },
    ];
    expect(astray('eu.epoc', steps)).toEqual([]);
  });
});

describe('an emergency order that nobody has validated', () => {
  const order = { maxPenaltyYears: 5, offenceInIssuingState: true, personInIssuingState: true, emergency: true, danger: 'life' };
  const mail = [{ id: 'i1', identifierType: 'email', category: 'subscriber' }];
  const sent: readonly Step[] = [
    { act: 'draft', say: { ...order, items: mail } },
    { act: 'issue-unvalidated' },
    { act: 'send' },
    { act: 'receive-order' },
    { act: 'minimise', choose: { i1: 'minimise' } },
    { act: 'deliver', no: 'not-called-back' },
  ];

  test('is answered once the officer confirmed it at a number that does not come from the order', () => {
    const called: readonly Step[] = [
      { act: 'call-back', say: { numberFrom: 'the order itself' }, no: 'field-invalid' },
      { act: 'call-back', say: { reached: false, officerConfirmed: false } },
      { act: 'deliver', no: 'not-called-back' },
      { act: 'call-back', say: { officerConfirmed: true } },
      { act: 'deliver' },
    ];
    expect(astray('eu.epoc', [...sent, ...called])).toEqual([]);
  });

  test('is answered without a call once a judge has validated it', () => {
    const validated: Step = { act: 'validate-afterwards', choose: { i1: 'approve' } };
    expect(astray('eu.epoc', [...sent, validated, { act: 'deliver' }])).toEqual([]);
  });

  test('an order that was validated before it was sent needs no call back, and none can be recorded', () => {
    const steps: readonly Step[] = [
      { act: 'draft', say: { ...order, items: mail } },
      { act: 'issue' },
      { act: 'send' },
      { act: 'receive-order' },
      { act: 'call-back', no: 'not-an-emergency' },
      { act: 'minimise', choose: { i1: 'minimise' } },
      { act: 'deliver' },
    ];
    expect(astray('eu.epoc', steps)).toEqual([]);
  });
});

describe('what the text of the law adds on the way', () => {
  test('18 USC 2703(c)(1): a subpoena does not reach traffic data, a court order does', () => {
    expect(astray('us.process', [...processOf('subpoena'), { act: 'send', no: 'records-need-order' }])).toEqual([]);
    expect(astray('us.process', [...processOf('court-order'), { act: 'send' }])).toEqual([]);
  });

  test('18 USC 2703(h)(2): the fourteen days of the motion are for process of the United States, not for orders under an agreement', () => {
    expect(Object.keys(settingOf('us.process').procedure.clocks)).toContain('motion');
    expect(Object.keys(settingOf('us.agreement-order').procedure.clocks)).not.toContain('motion');
  });

  test('Convention of 29 May 2000, art. 13(1): a joint team goes on for longer by mutual consent, not by the word of its leader', () => {
    const longer = { until: '2027-06-01T00:00:00.000Z' };
    const signed: readonly Step[] = [
      { act: 'draft', say: { until: '2027-03-01T00:00:00.000Z' } },
      { act: 'sign-lead' },
      { act: 'agree-second', say: longer, no: 'not-signed-by-all' },
      { act: 'sign-second' },
      { act: 'sign-third' },
      { act: 'sign-fourth' },
      { act: 'extend-agreement', say: longer, no: 'extension-not-agreed' },
      { act: 'agree-second', say: longer },
      { act: 'agree-third', say: longer },
      { act: 'extend-agreement', say: longer, no: 'extension-not-agreed' },
      { act: 'agree-fourth', say: longer },
      { act: 'extend-agreement', say: longer },
      { act: 'extend-agreement', say: longer, no: 'extension-not-agreed' },
      { act: 'agree-second', days: 300, say: longer, no: 'agreement-over' },
    ];
    expect(astray('jit.agreement', signed)).toEqual([]);
  });

  test('UNTOC art. 18(25): what is withheld for an investigation of its own is put off, and can be passed on later', () => {
    const steps: readonly Step[] = [
      { act: 'draft', say: { treatyInForce: true } },
      { act: 'issue' },
      { act: 'send' },
      { act: 'register' },
      { act: 'forward', choose: { i1: 'forward', i2: 'forward' } },
      { act: 'receive-request' },
      { act: 'admit', choose: { i1: 'admit', i2: 'admit' } },
      { act: 'assign' },
      { act: 'receive-order' },
      { act: 'minimise', choose: { i1: 'minimise' } },
      { act: 'propose-return' },
      { act: 'pass-back', choose: { i1: 'withhold' } },
      { act: 'pass-back', choose: { i1: 'withhold' }, no: 'item-not-open' },
      { act: 'pass-back', days: 60, choose: { i1: 'pass' } },
      { act: 'deliver' },
    ];
    expect(astray('mla.request', steps)).toEqual([]);
  });
});
