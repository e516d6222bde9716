import type { GateView, PartyView } from '@comity/node/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from './sandbox.ts';
import { Actor, RefusedByNode } from './stories/actor.ts';
import { DRAFT } from './stories/cooperation.ts';
import { people } from './stories/steps.ts';
import { ORDER, testSandbox } from './testing.ts';

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let prosecutor: Actor;

beforeAll(async () => {
  sandbox = await testSandbox({ only: ORDER });
  prosecutor = await Actor.signIn(sandbox, 'pt-prosecution', 'prosecutor-1');
});

afterAll(() => sandbox.stop());

const facts = {
  'order.instrument': 'epoc',
  'order.action': 'issue',
  'order.emergency': false,
  'order.necessity_attested': true,
  'issuer.kind': 'prosecutor',
  'issuer.validated_by': 'judge',
  'offence.max_penalty_years': 5,
  'offence.in_issuing_state': true,
  'person.in_issuing_state': false,
};
const period = { from: '2026-03-01T00:00:00.000Z', until: '2026-03-08T00:00:00.000Z' };
const item = {
  id: 'i1',
  identifierType: 'email',
  value: 'm.duarte@skymail.example',
  category: 'traffic',
  period,
  zone: 'Europe/Lisbon',
};

describe('would it be refused', () => {
  it('is answered by the node for a draft, with the smaller request and every route', async () => {
    const view = await prosecutor.post<GateView>('/api/gate', { facts, items: [item], provider: 'ie-skymail', language: 'pt' });
    expect(view.forecast.gate).toMatchObject({ decision: 'allowed', due: 'P10D', notify: true });
    expect(view.forecast.facts).toMatchObject({ 'issuer.country': 'PT', 'provider.country': 'IE', 'order.data': 'traffic' });
    expect(view.forecast.predictions.map(({ rule }) => rule)).toEqual(['forecast.more-than-needed']);
    expect(view.routes.map(({ instrument }) => instrument)).toContain('mla');
  });

  it('names the fact that has no such word, and the provider that is in no directory', async () => {
    const refused = (body: object): Promise<unknown> =>
      prosecutor.post('/api/gate', body).catch((error: unknown) => (error instanceof RefusedByNode ? error.problem : error));
    expect(await refused({ facts: { 'order.moon': true } })).toMatchObject({ code: 'fact-unknown', field: 'order.moon' });
    expect(await refused({ provider: 'nobody' })).toMatchObject({ code: 'recipient-unknown', field: 'provider' });
  });

  it('knows from the directory how a provider is asked', async () => {
    const { parties } = await prosecutor.get<{ parties: readonly PartyView[] }>('/api/parties');
    expect(parties.find(({ id }) => id === 'ie-skymail')?.card).toMatchObject({ addressed: 'designated-establishment' });
  });

  it('is asked when an order is opened: an identifier that cannot be one is refused, and never repeated', async () => {
    const opened = prosecutor.open({
      procedure: 'eu.epoc',
      type: 'draft',
      data: {},
      sections: { identifiers: { i1: { type: 'phone', value: '0122334455' } } },
    });
    const problem = await opened.catch((error: unknown) => (error instanceof RefusedByNode ? error.problem : error));
    expect(problem).toMatchObject({ code: 'phone-without-country', field: 'sections.identifiers.i1.value' });
    expect(JSON.stringify(problem)).not.toContain('122334455');
  });
});

describe('what the gate says is held by the node', () => {
  let passed = 0;
  let own: Sandbox;
  let who: Readonly<Record<'investigator' | 'second' | 'prosecutor' | 'judge' | 'analyst', Actor>>;

  beforeAll(async () => {
    own = await testSandbox({ only: ORDER, clock: () => Date.now() + passed });
    who = await people(own, {
      investigator: ['pt-prosecution', 'investigator-1'],
      second: ['pt-prosecution', 'investigator-2'],
      prosecutor: ['pt-prosecution', 'prosecutor-1'],
      judge: ['pt-court', 'judge-1'],
      analyst: ['ie-skymail', 'analyst-1'],
    });
  }, 60_000);

  afterAll(() => own?.stop());

  const SUBSCRIBER = [{ id: 'i1', identifierType: 'email', category: 'subscriber' }];
  const DEVICE = [{ id: 'i1', identifierType: 'imei', category: 'subscriber' }];
  const IMEI = { i1: { type: 'imei', value: '490154203237518' } };
  const REASON = 'Skymail said on the telephone today that it keeps the number of the device with the account.';

  async function drafted(items: readonly object[], more: { data?: object; identifiers?: object } = {}): Promise<string> {
    const sections = { ...DRAFT.sections, ...(more.identifiers === undefined ? {} : { identifiers: more.identifiers }) };
    return who.investigator.open({ ...DRAFT, data: { ...DRAFT.data, items, ...more.data }, sections });
  }

  /** What an act is refused with. */
  async function problemOf(actor: Actor, id: string, request: Parameters<Actor['act']>[1]): Promise<unknown> {
    return actor.act(id, request).then(
      () => 'allowed',
      (error: unknown) => (error instanceof RefusedByNode ? error.problem : error),
    );
  }

  /** How many acts, entries of the log and things to be sent to the provider say that an order was sent. */
  async function tracesOf(id: string): Promise<readonly number[]> {
    const { db } = own.node('pt-prosecution').house;
    const acts = await db.selectFrom('acts').select('digest').where('case_id', '=', id).where('type', '=', 'send').execute();
    const staged = await db
      .selectFrom('log_staged')
      .select('id')
      .where('case_id', '=', id)
      .where('type', '=', 'act.send')
      .execute();
    const logged = await db
      .selectFrom('log_index')
      .select('id')
      .where('case_id', '=', id)
      .where('type', '=', 'act.send')
      .execute();
    const out = await db.selectFrom('outbox').select('act').where('case_id', '=', id).where('party', '=', 'ie-skymail').execute();
    return [acts.length, staged.length + logged.length, out.length];
  }

  it('an order by a kind of identifier that the provider does not take halts, and goes out once somebody says why: the judge reads it, the provider does not', async () => {
    const id = await drafted(DEVICE, { identifiers: IMEI });
    const halted = await problemOf(who.prosecutor, id, { type: 'issue' });
    const rule = 'forecast.identifier-not-accepted';
    expect(halted).toMatchObject({ code: 'gate-blocked', field: 'items.i1.identifierType', values: { rule, overridable: rule } });
    const override = { text: REASON };
    const silent = { type: 'issue', data: { overrides: rule } };
    expect(await problemOf(who.prosecutor, id, silent)).toMatchObject({ code: 'field-missing', field: 'sections.override' });
    const blank = { ...silent, sections: { override: { text: '  ' } } };
    expect(await problemOf(who.prosecutor, id, blank)).toMatchObject({ code: 'field-missing', field: 'sections.override' });
    const other = { type: 'issue', data: { overrides: 'forecast.category-not-held' }, sections: { override } };
    expect(await problemOf(who.prosecutor, id, other)).toMatchObject({ code: 'override-not-allowed' });
    expect(await problemOf(who.prosecutor, id, { ...silent, sections: { override } })).toBe('allowed');
    await who.judge.until(id, 'validate');
    const judged = await who.judge.reaches(id, ({ acts }) => acts.some(({ type }) => type === 'issue'));
    expect(judged.acts.find(({ type }) => type === 'issue')).toMatchObject({ data: { overrides: rule }, sections: { override } });
    // What was said once is not asked again.
    expect(await problemOf(who.prosecutor, id, { type: 'send' })).toBe('allowed');
    await who.analyst.until(id, 'minimise');
    const asked = await who.analyst.reaches(id, ({ acts }) => acts.some(({ type }) => type === 'send'));
    const issued = asked.acts.find(({ type }) => type === 'issue');
    expect(issued?.withheld).toContain('override');
    expect(JSON.stringify(asked)).not.toContain(REASON);
    expect(await tracesOf(id)).toEqual([1, 1, expect.any(Number)]);
  }, 60_000);

  it('an act that nothing halts overrides nothing', async () => {
    const id = await drafted(SUBSCRIBER);
    const all = {
      type: 'issue',
      data: { overrides: 'forecast.identifier-not-accepted' },
      sections: { override: { text: REASON } },
    };
    expect(await problemOf(who.prosecutor, id, all)).toMatchObject({ code: 'override-not-allowed', field: 'data.overrides' });
    expect(await problemOf(who.prosecutor, id, { type: 'issue' })).toBe('allowed');
  });

  it('an order for who had an address at a time is not issued on one keying, unless it says why', async () => {
    const period = { from: '2026-03-01T10:00:00.000Z', until: '2026-03-01T10:05:00.000Z' };
    const items = [{ id: 'i1', identifierType: 'ip_address', category: 'identification', period, zone: 'Europe/Lisbon' }];
    const identifiers = { i1: { type: 'ip_address', value: '2a00:1450::1' } };
    const id = await drafted(items, { identifiers });
    expect(await problemOf(who.prosecutor, id, { type: 'issue' })).toMatchObject({
      code: 'identifiers-keyed-once',
      field: 'data.rekeyed',
    });
    expect(await problemOf(who.prosecutor, id, { type: 'send' })).toMatchObject({ values: { because: 'order-not-issued' } });
    expect(await tracesOf(id)).toEqual([0, 0, 0]);
    expect(await problemOf(who.prosecutor, id, { type: 'issue', data: { rekeyed: true } })).toBe('allowed');
    const other = await drafted(items, { identifiers });
    const why = { rekeyed: false, notRekeyed: 'source-unreadable' };
    expect(await problemOf(who.prosecutor, other, { type: 'issue', data: why })).toBe('allowed');
  });

  // Last: two days pass.
  it('an order that nobody validated for two days is not sent, whatever reason is given: nothing is logged, nothing leaves', async () => {
    const id = await drafted(SUBSCRIBER, { data: { emergency: true, danger: 'life' } });
    await who.second.act(id, { type: 'issue-unvalidated' });
    passed += 49 * 3_600_000;
    const blocked = { code: 'gate-blocked', values: { rule: 'eu.e-evidence.4-5.lapsed', cite: 'Art. 4(5)' } };
    expect(await problemOf(who.second, id, { type: 'send' })).toMatchObject(blocked);
    const all = { type: 'send', data: { overrides: 'eu.e-evidence.4-5.lapsed' }, sections: { override: { text: REASON } } };
    expect(await problemOf(who.second, id, all)).toMatchObject(blocked);
    expect(await tracesOf(id)).toEqual([0, 0, 0]);
    await expect(who.analyst.read(id)).rejects.toMatchObject({ problem: { code: 'case-unknown' } });
  }, 60_000);
});
