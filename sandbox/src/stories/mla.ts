import type { CourierReceipts, CourierTaken, PostBag } from '@comity/node/api';
import type { Actor } from './actor.ts';
import type { Told } from './cooperation.ts';
import type { Place } from './place.ts';
import { delivered, each, ended, minimised, mustBe, opened, people, refusalOf, stand } from './steps.ts';
import type { Teller } from './teller.ts';

const ACCOUNT = 'm.duarte@skymail.example';
const ITEMS = ['m1', 'm2'];
const spring = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' };

const REQUEST = {
  procedure: 'mla.request',
  type: 'draft',
  data: {
    seats: { requesting: 'pt-prosecution', 'central-out': 'pt-central', 'central-in': 'ie-authority' },
    items: [
      { id: 'm1', identifierType: 'email', category: 'subscriber' },
      { id: 'm2', identifierType: 'email', category: 'content', period: spring, zone: 'Europe/Lisbon' },
    ],
    purpose: 'criminal-investigation',
    maxPenaltyYears: 5,
    retentionUntil: '2029-12-31T00:00:00.000Z',
    treaty: 'Council of Europe Convention of 1959',
    treatyInForce: true,
  },
  sections: {
    identifiers: Object.fromEntries(ITEMS.map((id) => [id, { type: 'email', value: ACCOUNT }])),
    offence: { statute: 'Código Penal art. 221' },
    facts: { text: 'Computer fraud, committed in March 2026; the account received the proceeds.' },
    necessity: { text: 'What was agreed between the two is in the messages of March and nowhere else.' },
    assurances: { text: 'No death penalty; used for this case alone.' },
  },
};

/** Four hands, and back the same way: each decides, none is skipped, and between the two central authorities the post is carried as files. */
export async function mla(place: Place, tell: Teller): Promise<Told> {
  const who = await people(place.sandbox, {
    investigator: ['pt-prosecution', 'investigator-1'],
    prosecutor: ['pt-prosecution', 'prosecutor-1'],
    lisbon: ['pt-central', 'officer-1'],
    dublin: ['ie-authority', 'officer-1'],
    executingClerk: ['ie-court', 'clerk-1'],
    executing: ['ie-court', 'officer-1'],
  });
  const { prosecutor, executing, lisbon } = who;
  tell.say('mla.out');
  const id = await goesOut(who, tell);
  await isAdmitted(who, id, tell);
  tell.say('mla.back');
  await comesBack(who, id, tell);
  await prosecutor.act(id, { type: 'inform-person' });
  await ended({ asks: prosecutor, gives: executing }, { case: id, items: ['m1', 'm2'] }, 'The proceedings ended.');
  await prosecutor.until(id, 'close');
  await prosecutor.act(id, { type: 'close' });
  tell.act('person.prosecutor', 'mla.close');
  return { case: id, holders: [prosecutor, lisbon, executing] };
}

type Who = Awaited<
  ReturnType<typeof people<'investigator' | 'prosecutor' | 'lisbon' | 'dublin' | 'executingClerk' | 'executing'>>
>;

async function goesOut({ investigator, prosecutor, lisbon, dublin }: Who, tell: Teller): Promise<string> {
  const id = await investigator.open(REQUEST);
  tell.act('person.investigator', 'mla.draft');
  await prosecutor.act(id, { type: 'issue' });
  await prosecutor.act(id, { type: 'send' });
  tell.act('person.prosecutor', 'mla.issue');
  await lisbon.until(id, 'forward');
  const reasons = { text: 'Within the treaty, complete, and not to be had by another route: content.' };
  await lisbon.act(id, { type: 'forward', data: each(ITEMS, 'forward'), sections: { reasons } });
  tell.act('person.central', 'mla.forward');
  const carried = await carry(lisbon, dublin);
  tell.act('person.central', 'mla.carried', { messages: carried });
  return id;
}

async function isAdmitted({ prosecutor, dublin, lisbon, executingClerk }: Who, id: string, tell: Teller): Promise<void> {
  await dublin.until(id, 'admit');
  mustBe(await dublin.tries(id, { type: 'assign', data: { seats: { executing: 'ie-court' } } }), 'act-not-allowed');
  const sections = {
    reasons: { text: 'Both items may be had here in a similar case.' },
    conditions: { text: 'For this case alone.' },
  };
  await dublin.act(id, { type: 'admit', data: each(ITEMS, 'admit'), sections });
  await dublin.act(id, { type: 'assign', data: { seats: { executing: 'ie-court' } } });
  tell.act('person.officer', 'mla.admit');
  await carry(dublin, lisbon);
  await prosecutor.reaches(id, stand(ITEMS, 'admission', ['admitted']));
  await executingClerk.until(id, 'minimise');
}

async function comesBack(who: Who, id: string, tell: Teller): Promise<void> {
  const { prosecutor, lisbon, dublin, executingClerk, executing } = who;
  const { kept, total } = await minimised(executingClerk, { case: id, items: ITEMS });
  tell.act('person.executing-clerk', 'mla.minimise', { kept, total });
  mustBe(await executing.tries(id, { type: 'deliver', data: each(ITEMS, 'deliver') }), 'item-not-open');
  tell.act('person.executing', 'mla.not-yet');
  await executingClerk.act(id, { type: 'propose-return', sections: { account: { text: `${kept} rows of ${total}.` } } });
  await dublin.until(id, 'pass-back');
  const conditions = { text: 'For this case alone; destroyed at its end.' };
  await dublin.act(id, { type: 'pass-back', data: each(ITEMS, 'pass'), sections: { conditions } });
  tell.act('person.officer', 'mla.pass-back');
  await carry(dublin, lisbon);
  await executing.reaches(id, stand(ITEMS, 'passing', ['passed']));
  await delivered(executing, { case: id, items: ITEMS });
  tell.act('person.executing', 'mla.deliver');
  await lisbon.until(id, 'hand-over');
  mustBe(await refusalOf(prosecutor, id, 'open'), 'item-not-open');
  await lisbon.act(id, { type: 'hand-over', data: each(ITEMS, 'hand-over'), sections: { conditions } });
  tell.act('person.central', 'mla.hand-over');
  await carry(lisbon, dublin);
  const rows = await opened(prosecutor, { case: id, item: 'm2', why: 'To read what was agreed in March.' });
  tell.act('person.prosecutor', 'mla.open', { rows });
}

/** Carries what waits for an office to it, as a file, and the receipts back; gives how many messages went. */
async function carry(from: Actor, to: Actor): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const post = await from.get<PostBag>(`/api/post/${to.org}`);
    if (post.messages.length === 0) {
      await new Promise((done) => setTimeout(done, 50));
      continue;
    }
    const receipts = await to.post<CourierReceipts>('/api/post', post);
    if (receipts.refused.length > 0) throw new Error(`${to.org} refused a message: ${receipts.refused[0]?.code}`);
    const { noted } = await from.post<CourierTaken>('/api/post/receipts', receipts);
    return noted;
  }
  throw new Error(`nothing waits at ${from.org} for ${to.org}`);
}
