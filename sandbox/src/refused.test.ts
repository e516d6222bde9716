import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from './sandbox.ts';
import type { Actor } from './stories/actor.ts';
import { askAndApprove, DRAFT } from './stories/cooperation.ts';
import { delivered, each, ended, minimised, mustBe, opened, people, refusalOf, stand } from './stories/steps.ts';
import { teller } from './stories/teller.ts';
import { ORDER, testSandbox } from './testing.ts';

let sandbox: Sandbox;
let passed = 0;
let who: Readonly<Record<'investigator' | 'second' | 'prosecutor' | 'judge' | 'officer' | 'analyst' | 'reviewer', Actor>>;

const pass = async (hours: number): Promise<void> => {
  passed += hours * 3_600_000;
  await Promise.all(sandbox.orgs.map(({ id }) => sandbox.node(id).house.witnesses.confirm(5000)));
};

beforeAll(async () => {
  sandbox = await testSandbox({ only: ORDER, clock: () => Date.now() + passed });
  who = await people(sandbox, {
    investigator: ['pt-prosecution', 'investigator-1'],
    second: ['pt-prosecution', 'investigator-2'],
    prosecutor: ['pt-prosecution', 'prosecutor-1'],
    judge: ['pt-court', 'judge-1'],
    officer: ['ie-authority', 'officer-1'],
    analyst: ['ie-skymail', 'analyst-1'],
    reviewer: ['ie-skymail', 'reviewer-1'],
  });
}, 60_000);

afterAll(() => sandbox?.stop());

const SUBSCRIBER = [{ id: 'i1', identifierType: 'email', category: 'subscriber' }];
const CONTENT = DRAFT.data.items.filter(({ id }) => id === 'i2').map((item) => ({ ...item, category: 'content' }));

/** A draft of an order with other items or data, opened as a case. */
function drafted(items: readonly object[], data: object = {}): Promise<string> {
  return who.investigator.open({ ...DRAFT, data: { ...DRAFT.data, items, ...data } });
}

async function issued(items: readonly object[], data: object = {}): Promise<string> {
  const id = await drafted(items, data);
  await who.prosecutor.act(id, { type: 'issue' });
  return id;
}

describe('who may order what', () => {
  it('a prosecutor alone sends an order for subscriber data, and none for content', async () => {
    const subscriber = await issued(SUBSCRIBER);
    expect(await who.prosecutor.tries(subscriber, { type: 'send' })).toBe('allowed');
    const content = await issued(CONTENT);
    expect(await who.prosecutor.tries(content, { type: 'send' })).not.toBe('allowed');
  });

  it('no order for traffic data is issued where the maximum penalty is two years and the offence is not listed', async () => {
    const traffic = DRAFT.data.items.filter(({ id }) => id === 'i2');
    const two = await drafted(traffic, { maxPenaltyYears: 2 });
    expect(await who.prosecutor.tries(two, { type: 'issue' })).not.toBe('allowed');
    const listed = await drafted(traffic, { maxPenaltyYears: 2, listedOffence: true });
    expect(await who.prosecutor.tries(listed, { type: 'issue' })).toBe('allowed');
  });

  it('an order for content is not sent without naming the enforcing authority, unless offence and person are at home', async () => {
    const { enforcing: _, ...seats } = DRAFT.data.seats;
    const reasons = { text: 'Tied to the transfers of March.' };
    const abroad = await issued(CONTENT, { seats });
    await who.judge.until(abroad, 'validate');
    await who.judge.act(abroad, { type: 'validate', data: each(['i2'], 'approve'), sections: { reasons } });
    await who.prosecutor.reaches(abroad, (view) => view.tracks['validation'] === 'validated');
    expect(await who.prosecutor.tries(abroad, { type: 'send' })).toBe('act-not-allowed');
    const home = await issued(CONTENT, { seats, personInIssuingState: true });
    await who.judge.until(home, 'validate');
    await who.judge.act(home, { type: 'validate', data: each(['i2'], 'approve'), sections: { reasons } });
    await who.prosecutor.until(home, 'send');
    expect(await who.prosecutor.tries(home, { type: 'send' })).toBe('allowed');
  });

  it('an emergency without a danger, or for traffic data, is issued by nobody before its validation', async () => {
    const calm = await drafted(SUBSCRIBER, { emergency: true });
    expect(await who.second.tries(calm, { type: 'issue-unvalidated' })).toBe('act-not-allowed');
    const traffic = DRAFT.data.items.filter(({ id }) => id === 'i2');
    const danger = await drafted(traffic, { emergency: true, danger: 'life' });
    expect(await who.second.tries(danger, { type: 'issue-unvalidated' })).toBe('act-not-allowed');
  });
});

describe('what comes at the wrong time or to the wrong place', () => {
  it('an answer to another request is refused by its item, and a preview of another case by its case', async () => {
    const [one, other] = [await issued(SUBSCRIBER), await issued(SUBSCRIBER)];
    for (const id of [one, other]) await who.prosecutor.act(id, { type: 'send' });
    await who.analyst.until(one, 'minimise');
    await who.analyst.until(other, 'minimise');
    const preview = await who.analyst.post<{ previewDigest: string }>(`/api/cases/${one}/items/i1/preview`);
    const data = each(['i1'], 'minimise', { preview: preview.previewDigest });
    expect(await who.analyst.tries(other, { type: 'minimise', data })).toBe('preview-stale');
    await who.analyst.act(one, { type: 'minimise', data });
    expect(await who.reviewer.tries(one, { type: 'deliver', data: each(['i7'], 'deliver') })).toBe('item-unknown');
  });

  it('what is delivered while the order is being withdrawn opens nowhere, and is destroyed on both sides', async () => {
    const id = await issued(SUBSCRIBER);
    await who.prosecutor.act(id, { type: 'send' });
    await minimised(who.analyst, { case: id, items: ['i1'] });
    // Neither knows of the other: Lisbon is cut off while Dublin delivers, then Dublin while Lisbon withdraws.
    await sandbox.halt('pt-prosecution');
    await delivered(who.reviewer, { case: id, items: ['i1'] });
    await sandbox.halt('ie-skymail');
    await sandbox.resume('pt-prosecution');
    await who.prosecutor.act(id, { type: 'withdraw', sections: { reason: { text: 'The account was the wrong one.' } } });
    await sandbox.resume('ie-skymail');
    const view = await who.prosecutor.reaches(id, stand(['i1'], 'copy', ['held']));
    expect(view.tracks['order']).toBe('withdrawn');
    expect(view.duties.map((duty) => duty.id)).toContain('destroy-withdrawn');
    expect(await refusalOf(who.prosecutor, id, 'open')).toBe('act-not-allowed');
    await ended({ asks: who.prosecutor, gives: who.reviewer }, { case: id, items: ['i1'] }, 'Withdrawn while it was on its way.');
    await who.prosecutor.reaches(id, stand(['i1'], 'holding', ['destroyed']));
  }, 60_000);

  it('a question of the provider stops its clock, and nothing is delivered before the answer', async () => {
    const id = await issued(SUBSCRIBER);
    await who.prosecutor.act(id, { type: 'send' });
    await minimised(who.analyst, { case: id, items: ['i1'] });
    const question = { text: 'Two accounts had this address in March: which?' };
    const asked = { preserved: true, why: 'insufficient-information' };
    await who.analyst.act(id, { type: 'ask-clarification', data: asked, sections: { question } });
    expect((await who.analyst.read(id)).clocks.find((clock) => clock.id === 'execution')?.state).toBe('suspended');
    expect(await refusalOf(who.reviewer, id, 'deliver')).toBe('act-not-allowed');
    await who.prosecutor.until(id, 'clarify');
    await who.prosecutor.act(id, { type: 'clarify', sections: { reply: { text: 'The one of 3 March.' } } });
    await delivered(who.reviewer, { case: id, items: ['i1'] });
  });

  it('grounds and conflicts are raised in time or not at all; a ground for one item lets the others go', async () => {
    const id = await askAndApprove({ ...who }, teller({}, true));
    await who.officer.until(id, 'consult');
    await who.officer.act(id, { type: 'consult', sections: { question: { text: 'Is item 2 needed?' } } });
    const ground = { ground: 'eu.ea.ne-bis-in-idem' };
    const objection = { type: 'object', data: each(['i2'], 'object', ground), sections: { reasons: { text: 'Tried here.' } } };
    const law = {
      type: 'object-conflict',
      data: each(['i4'], 'object-conflict', { ground: 'eu.conflict.law-forbids' }),
      sections: { law: { text: 'Art. 271.' } },
    };
    await minimised(who.analyst, { case: id, items: ['i1', 'i2', 'i4'] });
    await who.officer.act(id, objection);
    await who.reviewer.reaches(id, stand(['i2'], 'objection', ['objected']));
    expect(await who.reviewer.tries(id, { type: 'deliver', data: each(['i2'], 'deliver') })).toBe('item-not-open');
    await delivered(who.reviewer, { case: id, items: ['i1', 'i4'] });
    const late = await askAndApprove({ ...who }, teller({}, true));
    await who.officer.until(late, 'consult');
    await who.officer.act(late, { type: 'consult', sections: { question: { text: 'Is it needed?' } } });
    await who.reviewer.reaches(late, (view) => view.tracks['execution'] === 'received');
    // Eleven days, and a weekend with holidays on either side of it.
    await pass(16 * 24);
    mustBe(await who.officer.tries(late, objection), 'act-not-allowed');
    mustBe(await who.reviewer.tries(late, law), 'act-not-allowed');
  }, 60_000);

  it('an objection after the delivery of an emergency obliges whoever received it to destroy', async () => {
    const data = { emergency: true, danger: 'life' };
    const id = await issued(SUBSCRIBER, data);
    await who.prosecutor.act(id, { type: 'send' });
    await minimised(who.analyst, { case: id, items: ['i1'] });
    await delivered(who.reviewer, { case: id, items: ['i1'] });
    await opened(who.prosecutor, { case: id, item: 'i1', why: 'A life is in danger.' });
    await pass(90);
    await who.officer.until(id, 'consult');
    await who.officer.act(id, { type: 'consult', sections: { question: { text: 'Is he not immune?' } } });
    const objection = {
      type: 'object',
      data: each(['i1'], 'object', { ground: 'eu.ea.immunity-or-privilege' }),
      sections: { reasons: { text: 'He is.' } },
    };
    await who.officer.act(id, objection);
    const view = await who.prosecutor.reaches(id, stand(['i1'], 'objection', ['objected']));
    expect(view.duties.map((duty) => duty.id)).toContain('destroy-objected');
    expect(await refusalOf(who.prosecutor, id, 'open')).toBe('item-not-open');
  });
});
