import type { Told } from './cooperation.ts';
import type { Place } from './place.ts';
import { delivered, each, ended, minimised, mustBe, opened, people, stand } from './steps.ts';
import type { Teller } from './teller.ts';

const SUSPECT = 'm.duarte@skymail.example';
const DAY = 24;
const seats = { issuing: 'pt-prosecution', validating: 'pt-court', provider: 'ie-skymail' };

const PRESERVE = {
  procedure: 'eu.epoc-pr',
  type: 'draft',
  data: {
    seats,
    items: [{ id: 'p1', identifierType: 'email', category: 'subscriber' }],
    purpose: 'criminal-investigation',
    retentionUntil: '2029-12-31T00:00:00.000Z',
  },
  sections: {
    identifiers: { p1: { type: 'email', value: SUSPECT } },
    offence: { statute: 'Código Penal art. 221' },
    necessity: { text: 'The provider deletes accounts ninety days after they were closed; this one was closed in October.' },
  },
};

/** Preserve first, ask later: a hold that is prolonged once, a production that follows it, and another hold that nobody follows up and that ends. */
export async function preservation(place: Place, tell: Teller): Promise<Told> {
  const { own, sandbox } = place;
  if (own === undefined) throw new Error('days pass in this story: it needs a sandbox of its own');
  const who = await people(sandbox, {
    investigator: ['pt-prosecution', 'investigator-1'],
    prosecutor: ['pt-prosecution', 'prosecutor-1'],
    analyst: ['ie-skymail', 'analyst-1'],
    reviewer: ['ie-skymail', 'reviewer-1'],
  });
  tell.say('preservation.ask');
  const first = await preserved(who, tell);
  const second = await preserved(who, tell);
  tell.say('preservation.days', { days: 59 });
  await own.pass(59 * DAY);
  await extend(who, first, tell);
  const order = await produce(who, first, tell);
  tell.say('preservation.over');
  await own.pass(6 * DAY);
  await letGo(who, second, tell);
  return {
    case: first,
    holders: [who.prosecutor, who.reviewer],
    also: [second, order].map((id) => ({ case: id, holders: [who.prosecutor, who.reviewer] })),
  };
}

type Who = Awaited<ReturnType<typeof people<'investigator' | 'prosecutor' | 'analyst' | 'reviewer'>>>;

async function preserved({ investigator, prosecutor, analyst }: Who, tell: Teller): Promise<string> {
  const id = await investigator.open(PRESERVE);
  tell.act('person.investigator', 'preservation.draft');
  await prosecutor.until(id, 'issue');
  await prosecutor.act(id, { type: 'issue' });
  await prosecutor.act(id, { type: 'send' });
  tell.act('person.prosecutor', 'preservation.send');
  await analyst.until(id, 'preserve');
  await analyst.act(id, { type: 'preserve', data: each(['p1'], 'preserve') });
  tell.act('person.analyst', 'preservation.kept');
  return id;
}

async function extend({ prosecutor }: Who, id: string, tell: Teller): Promise<void> {
  const extension = { type: 'extend', sections: { reason: { text: 'The judge decides on the production next week.' } } };
  await prosecutor.until(id, 'extend');
  await prosecutor.act(id, extension);
  tell.act('person.prosecutor', 'preservation.extend');
  mustBe(await prosecutor.tries(id, extension), 'act-not-allowed');
  tell.act('person.prosecutor', 'preservation.twice');
}

/** The production order that follows; subscriber data, which a prosecutor may order alone. Gives its case. */
async function produce({ investigator, prosecutor, analyst, reviewer }: Who, kept: string, tell: Teller): Promise<string> {
  const { type, sections } = PRESERVE;
  const id = await investigator.open({
    procedure: 'eu.epoc',
    type,
    data: {
      ...PRESERVE.data,
      maxPenaltyYears: 5,
      offenceInIssuingState: true,
      personInIssuingState: false,
      follows: kept,
    },
    sections,
  });
  await prosecutor.until(id, 'issue');
  await prosecutor.act(id, { type: 'issue' });
  await prosecutor.act(id, { type: 'send' });
  tell.act('person.prosecutor', 'preservation.order');
  await prosecutor.act(kept, { type: 'confirm-production', data: { reference: 'EPOC of today', production: id } });
  tell.act('person.prosecutor', 'preservation.confirm');
  await minimised(analyst, { case: id, items: ['p1'] });
  await delivered(reviewer, { case: id, items: ['p1'] });
  await analyst.until(kept, 'produced');
  await analyst.act(kept, { type: 'produced', data: each(['p1'], 'end', { method: 'never-copied' }) });
  tell.act('person.reviewer', 'preservation.delivered');
  const rows = await opened(prosecutor, { case: id, item: 'p1', why: 'Who held the account.' });
  tell.act('person.prosecutor', 'preservation.opened', { rows });
  await prosecutor.act(id, { type: 'inform-person' });
  await ended({ asks: prosecutor, gives: reviewer }, { case: id, items: ['p1'] }, 'The proceedings ended.');
  await prosecutor.until(id, 'close');
  await prosecutor.act(id, { type: 'close' });
  await prosecutor.until(kept, 'close');
  await prosecutor.act(kept, { type: 'close' });
  tell.act('person.prosecutor', 'preservation.closed');
  return id;
}

/** Nobody asked for production in sixty days: the provider lets go what it kept, and says how. */
async function letGo({ prosecutor, reviewer }: Who, id: string, tell: Teller): Promise<void> {
  const late = { type: 'extend', sections: { reason: { text: 'We had forgotten this one.' } } };
  mustBe(await prosecutor.tries(id, late), 'act-not-allowed');
  tell.act('person.prosecutor', 'preservation.late');
  await reviewer.until(id, 'end-hold');
  await reviewer.act(id, { type: 'end-hold', data: each(['p1'], 'end', { method: 'never-copied' }) });
  tell.act('person.reviewer', 'preservation.ended');
  await prosecutor.reaches(id, stand(['p1'], 'keep', ['ended']));
  await prosecutor.act(id, { type: 'close' });
}
