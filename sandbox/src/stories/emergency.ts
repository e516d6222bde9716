import type { Told } from './cooperation.ts';
import type { Place } from './place.ts';
import { delivered, each, ended, minimised, mustBe, opened, people, refusalOf, stand } from './steps.ts';
import type { Teller } from './teller.ts';

const EMERGENCY = {
  procedure: 'eu.epoc',
  type: 'draft',
  data: {
    seats: { issuing: 'pt-prosecution', validating: 'pt-court', provider: 'ie-skymail' },
    items: [{ id: 'e1', identifierType: 'email', category: 'subscriber' }],
    purpose: 'criminal-investigation',
    maxPenaltyYears: 8,
    retentionUntil: '2029-12-31T00:00:00.000Z',
    offenceInIssuingState: true,
    personInIssuingState: false,
    emergency: true,
    danger: 'life',
  },
  sections: {
    identifiers: { e1: { type: 'email', value: 'm.duarte@skymail.example' } },
    offence: { statute: 'Código Penal art. 158' },
    emergency: { text: 'A girl of nine was taken at 14:10 today; the demand came from this account at 15:02 and names tonight.' },
    necessity: { text: 'Who holds the account leads to the place; nothing else is known of the sender.' },
  },
};

/** Delivery first, validation after: once it comes within forty-eight hours, once it does not, and every copy is taken back. */
export async function emergency(place: Place, tell: Teller): Promise<Told> {
  const { own, sandbox } = place;
  if (own === undefined) throw new Error('hours pass in this story: it needs a sandbox of its own');
  const who = await people(sandbox, {
    investigator: ['pt-prosecution', 'investigator-1'],
    second: ['pt-prosecution', 'investigator-2'],
    prosecutor: ['pt-prosecution', 'prosecutor-1'],
    judge: ['pt-court', 'judge-1'],
    analyst: ['ie-skymail', 'analyst-1'],
    reviewer: ['ie-skymail', 'reviewer-1'],
  });
  tell.say('emergency.good');
  const good = await deliveredFirst(who, tell);
  await validated(who, good, tell);
  tell.say('emergency.bad');
  const bad = await deliveredFirst(who, tell);
  tell.say('emergency.hours', { hours: 49 });
  await own.pass(49);
  await takenBack(who, bad, tell);
  const holders = [who.prosecutor, who.reviewer];
  return { case: good, holders, also: [{ case: bad, holders }] };
}

type Who = Awaited<ReturnType<typeof people<'investigator' | 'second' | 'prosecutor' | 'judge' | 'analyst' | 'reviewer'>>>;

async function deliveredFirst({ investigator, second, analyst, reviewer }: Who, tell: Teller): Promise<string> {
  const id = await investigator.open(EMERGENCY);
  tell.act('person.investigator', 'emergency.draft');
  mustBe(await investigator.tries(id, { type: 'issue-unvalidated' }), 'act-by-asker');
  await second.act(id, { type: 'issue-unvalidated' });
  await second.act(id, { type: 'send' });
  tell.act('person.second', 'emergency.issue');
  await minimised(analyst, { case: id, items: ['e1'] });
  mustBe(await analyst.tries(id, { type: 'deliver', data: each(['e1'], 'deliver') }), 'role-not-allowed');
  mustBe(await reviewer.tries(id, { type: 'deliver', data: each(['e1'], 'deliver') }), 'act-not-allowed');
  tell.act('person.reviewer', 'emergency.not-called');
  const callback = {
    text: 'Spoke with the duty desk at 15:20 at the number of the directory; the officer named the case and the account.',
  };
  const called = { numberFrom: 'directory', reached: true, officerConfirmed: true };
  await analyst.act(id, { type: 'call-back', data: called, sections: { callback } });
  tell.act('person.analyst', 'emergency.call-back');
  await delivered(reviewer, { case: id, items: ['e1'] });
  tell.act('person.reviewer', 'emergency.deliver');
  await opened(second, { case: id, item: 'e1', why: 'The girl is to be found tonight.' });
  tell.act('person.second', 'emergency.open');
  return id;
}

async function validated({ prosecutor, judge, reviewer }: Who, id: string, tell: Teller): Promise<void> {
  await judge.until(id, 'validate-afterwards');
  const reasons = {
    text: 'A life was in danger; the account of the demand was the one lead, and its holder alone was asked for.',
  };
  await judge.act(id, { type: 'validate-afterwards', data: each(['e1'], 'approve'), sections: { reasons } });
  tell.act('person.judge', 'emergency.validate');
  await judge.act(id, { type: 'review-emergency', data: { justified: 'yes' }, sections: { reasons } });
  tell.act('person.judge', 'emergency.review');
  await prosecutor.reaches(id, (view) => view.tracks['review'] === 'reviewed');
  await prosecutor.act(id, { type: 'inform-person' });
  await ended({ asks: prosecutor, gives: reviewer }, { case: id, items: ['e1'] }, 'The case was judged.');
  await prosecutor.until(id, 'close');
  await prosecutor.act(id, { type: 'close' });
}

/** Nobody validated it: nothing more is opened, the order is withdrawn, every copy recalled and destroyed, and a judge looks at it all the same. */
async function takenBack({ second, prosecutor, judge, reviewer }: Who, id: string, tell: Teller): Promise<void> {
  const reasons = { text: 'It came to me too late; what the account was about should have been said earlier.' };
  const late = { type: 'validate-afterwards', data: each(['e1'], 'approve'), sections: { reasons } };
  mustBe(await judge.tries(id, late), 'act-not-allowed');
  tell.act('person.judge', 'emergency.late');
  mustBe(await refusalOf(second, id, 'open'), 'act-not-allowed');
  tell.act('person.second', 'emergency.closed-to');
  const reason = { text: 'Not validated within forty-eight hours.' };
  await second.act(id, { type: 'withdraw', sections: { reason } });
  await reviewer.until(id, 'recall');
  const recall = each(['e1'], 'recall', { ground: 'recall.not-validated' });
  await reviewer.act(id, { type: 'recall', data: recall, sections: { reason } });
  tell.act('person.reviewer', 'emergency.recall');
  await prosecutor.reaches(id, stand(['e1'], 'recall', ['recalled']));
  await ended({ asks: prosecutor, gives: reviewer }, { case: id, items: ['e1'] }, 'Taken back: nobody validated the order.');
  tell.act('person.prosecutor', 'emergency.destroy');
  await judge.act(id, { type: 'review-emergency', data: { justified: 'no' }, sections: { reasons } });
  tell.act('person.judge', 'emergency.review');
  await prosecutor.reaches(id, (view) => view.tracks['review'] === 'reviewed');
  await prosecutor.act(id, { type: 'inform-person' });
  await prosecutor.until(id, 'close');
  await prosecutor.act(id, { type: 'close' });
  tell.act('person.prosecutor', 'emergency.close');
}
