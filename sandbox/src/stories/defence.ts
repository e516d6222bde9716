import type { Told } from './cooperation.ts';
import type { Place } from './place.ts';
import { delivered, each, ended, minimised, opened, people, stand } from './steps.ts';
import type { Teller } from './teller.ts';

const ACCOUNT = 'r.silva@skymail.example';
const spring = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' };
const subscriber = { id: 'd1', identifierType: 'email', category: 'subscriber' };
const traffic = { id: 'd2', identifierType: 'email', category: 'traffic', period: spring, zone: 'Europe/Lisbon' };
const identifiers = { d1: { type: 'email', value: ACCOUNT }, d2: { type: 'email', value: ACCOUNT } };

const REQUEST = {
  procedure: 'defence.request',
  type: 'request',
  data: {
    seats: { defence: 'pt-defence', prosecution: 'pt-prosecution', court: 'pt-court' },
    items: [subscriber, traffic],
    purpose: 'defence',
    retentionUntil: '2027-06-30T00:00:00.000Z',
    proceedings: '114/26.0TELSB',
  },
  sections: {
    identifiers,
    reasons: { text: 'The log shows that the account was used in Porto while our client was in custody in Lisbon.' },
  },
};

/** The lawyer asks the prosecutor for an order, is refused in part, asks the court, and the order is made on what the court said. */
export async function defence(place: Place, tell: Teller): Promise<Told> {
  const who = await people(place.sandbox, {
    lawyer: ['pt-defence', 'lawyer-1'],
    investigator: ['pt-prosecution', 'investigator-1'],
    prosecutor: ['pt-prosecution', 'prosecutor-1'],
    judge: ['pt-court', 'judge-1'],
    officer: ['ie-authority', 'officer-1'],
    analyst: ['ie-skymail', 'analyst-1'],
    reviewer: ['ie-skymail', 'reviewer-1'],
  });
  const { lawyer, prosecutor, judge, reviewer } = who;
  tell.say('defence.ask');
  const request = await lawyer.open(REQUEST);
  tell.act('person.lawyer', 'defence.request');
  await decided(who, request, tell);
  tell.say('defence.order');
  const order = await ordered(who, request, tell);
  await prosecutor.act(request, { type: 'name-order', data: { order } });
  await prosecutor.act(request, {
    type: 'tell-result',
    data: { decisions: ['d1', 'd2'].map((item) => ({ item, choice: 'obtained' })) },
    sections: { result: { text: 'Both were obtained and are in the file, where the defence may inspect them.' } },
  });
  tell.act('person.prosecutor', 'defence.result');
  await lawyer.reaches(request, stand(['d1', 'd2'], 'result', ['obtained']));
  await prosecutor.act(request, { type: 'close' });
  return {
    case: request,
    holders: [lawyer, prosecutor, judge],
    also: [{ case: order, holders: [prosecutor, reviewer] }],
  };
}

type Who = Awaited<
  ReturnType<typeof people<'lawyer' | 'investigator' | 'prosecutor' | 'judge' | 'officer' | 'analyst' | 'reviewer'>>
>;

async function decided({ lawyer, prosecutor, judge }: Who, id: string, tell: Teller): Promise<void> {
  await prosecutor.until(id, 'decide');
  await prosecutor.act(id, {
    type: 'decide',
    data: {
      decisions: [
        { item: 'd1', choice: 'take-up' },
        { item: 'd2', choice: 'decline', ground: 'defence.not-relevant' },
      ],
    },
    sections: {
      reasons: { text: 'Who holds the account is of use to both sides. The log is not: the account may have been lent.' },
    },
  });
  tell.act('person.prosecutor', 'defence.decide');
  await lawyer.until(id, 'challenge');
  const challenge = { text: 'That it may have been lent is what the log would show.' };
  await lawyer.act(id, { type: 'challenge', sections: { challenge } });
  tell.act('person.lawyer', 'defence.challenge');
  await judge.until(id, 'rule-challenge');
  const ruling = { text: 'The log can clear the accused; one month of one account is little. It is to be asked for.' };
  await judge.act(id, { type: 'rule-challenge', data: each(['d2'], 'order'), sections: { ruling } });
  tell.act('person.judge', 'defence.rule');
  await prosecutor.reaches(id, stand(['d2'], 'ruling', ['ordered']));
}

/** The order that follows; gives its case. */
async function ordered(who: Who, request: string, tell: Teller): Promise<string> {
  const { investigator, prosecutor, judge, officer, analyst, reviewer } = who;
  const items = ['d1', 'd2'];
  const id = await investigator.open({
    procedure: 'eu.epoc',
    type: 'draft',
    data: {
      seats: { issuing: 'pt-prosecution', validating: 'pt-court', enforcing: 'ie-authority', provider: 'ie-skymail' },
      items: [subscriber, traffic],
      purpose: 'criminal-investigation',
      maxPenaltyYears: 5,
      retentionUntil: '2027-06-30T00:00:00.000Z',
      offenceInIssuingState: true,
      personInIssuingState: false,
      answersDefence: request,
    },
    sections: {
      identifiers,
      offence: { statute: 'Código Penal art. 221' },
      necessity: { text: 'On the request of the defence, and by order of the court of today.' },
    },
  });
  await prosecutor.until(id, 'issue');
  await prosecutor.act(id, { type: 'issue' });
  await judge.until(id, 'validate');
  const reasons = { text: 'As ruled on the request of the defence: one account, the month of March.' };
  await judge.act(id, { type: 'validate', data: each(items, 'approve'), sections: { reasons } });
  await prosecutor.until(id, 'send');
  await prosecutor.act(id, { type: 'send' });
  await officer.until(id, 'clear');
  await officer.act(id, { type: 'clear' });
  await minimised(analyst, { case: id, items });
  await delivered(reviewer, { case: id, items });
  const rows = await opened(prosecutor, { case: id, item: 'd2', why: 'To show the defence what it asked for.' });
  tell.act('person.prosecutor', 'defence.obtained', { rows });
  await prosecutor.act(id, { type: 'inform-person' });
  await ended({ asks: prosecutor, gives: reviewer }, { case: id, items }, 'The proceedings ended.');
  await prosecutor.until(id, 'close');
  await prosecutor.act(id, { type: 'close' });
  return id;
}
