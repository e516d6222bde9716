import { createHash } from 'node:crypto';
import { STORY_BANK_ACCOUNT } from '../datasets/bank-sql.ts';
import type { Told } from './cooperation.ts';
import type { Place } from './place.ts';
import { delivered, each, ended, inDays, minimised, mustBe, opened, people, refusalOf, stand } from './steps.ts';
import type { Teller } from './teller.ts';
import { openDelivery } from './unseal.ts';

const year = { from: '2026-01-01T00:00:00.000Z', until: '2026-11-01T00:00:00.000Z' };

/** A joint team: an agreement that both sign, evidence shared item by item under it, looked into with a finding, and every copy looked at again when the agreement ends. */
export async function jit(place: Place, tell: Teller): Promise<Told> {
  const { own, sandbox } = place;
  if (own === undefined) throw new Error('months pass in this story: it needs a sandbox of its own');
  const who = await people(sandbox, {
    lisbon: ['pt-prosecution', 'prosecutor-1'],
    investigator: ['pt-prosecution', 'investigator-1'],
    madrid: ['es-prosecution', 'prosecutor-1'],
    gatherer: ['es-prosecution', 'investigator-1'],
    protection: ['es-prosecution', 'officer-dp'],
    presider: ['nv-venue', 'presider-1'],
  });
  const { lisbon, madrid } = who;
  const until = await inDays(lisbon, 90);
  tell.say('jit.agree');
  const agreement = await agreed(who, until, tell);
  tell.say('jit.share');
  const shared = await share(who, { agreement, until }, tell);
  await lookInto(who, shared, tell);
  tell.say('jit.dispute');
  await disputed(who, shared, tell);
  tell.say('jit.end', { days: 91 });
  await own.pass(91 * 24);
  await over(who, { agreement, shared, until }, tell);
  const holders = [lisbon, madrid];
  return { case: shared, holders: [...holders, who.presider], also: [{ case: agreement, holders }] };
}

type Who = Awaited<ReturnType<typeof people<'lisbon' | 'investigator' | 'madrid' | 'gatherer' | 'protection' | 'presider'>>>;

async function agreed({ lisbon, madrid }: Who, until: string, tell: Teller): Promise<string> {
  const id = await lisbon.open({
    procedure: 'jit.agreement',
    type: 'draft',
    data: {
      seats: { lead: 'pt-prosecution', second: 'es-prosecution' },
      purpose: 'fraud-proceeds',
      from: await inDays(lisbon, 0),
      until,
    },
    sections: {
      agreement: {
        text: 'Fraud on customers of one mail provider; the proceeds pass through accounts in Spain. Both States operate on their own territory.',
      },
      participants: { text: 'No others; Eurojust is told.' },
      rules: {
        text: 'Item by item; used for this case alone; no onward sharing without leave; every copy is looked at again when the team ends.',
      },
    },
  });
  await lisbon.act(id, { type: 'sign-lead' });
  tell.act('person.prosecutor', 'jit.sign');
  await madrid.until(id, 'sign-second');
  await madrid.act(id, { type: 'sign-second' });
  tell.act('person.madrid', 'jit.sign');
  return id;
}

async function share(
  { lisbon, madrid, gatherer, protection }: Who,
  about: { readonly agreement: string; readonly until: string },
  tell: Teller,
): Promise<string> {
  const id = await gatherer.open({
    procedure: 'jit.share',
    type: 'draft',
    data: {
      seats: { sharing: 'es-prosecution', receiving: 'pt-prosecution' },
      items: [
        { id: 's1', identifierType: 'user_id', category: 'traffic', period: year, zone: 'Europe/Madrid' },
        { id: 's2', identifierType: 'user_id', category: 'traffic', period: year, zone: 'Europe/Madrid' },
      ],
      purpose: 'fraud-proceeds',
      retentionUntil: '2029-12-31T00:00:00.000Z',
      team: about.agreement,
      agreementUntil: about.until,
    },
    sections: {
      identifiers: {
        s1: { type: 'user_id', value: STORY_BANK_ACCOUNT.id },
        s2: { type: 'user_id', value: 'ES-ACC-000102' },
      },
      facts: { text: 'The account that received the proceeds, and one that was paid from it.' },
      conditions: { text: 'For this case alone; not to be shown to others without leave.' },
    },
  });
  await protection.act(id, {
    type: 'approve-sharing',
    data: {
      decisions: [
        { item: 's1', choice: 'approve' },
        { item: 's2', choice: 'strike', ground: 'other-person' },
      ],
    },
    sections: { reasons: { text: 'Item 2 is the account of a shop that sold flowers to everybody in the street.' } },
  });
  tell.act('person.protection', 'jit.approve');
  await madrid.act(id, { type: 'send' });
  await lisbon.until(id, 'accept');
  await lisbon.act(id, { type: 'accept', sections: { reply: { text: 'With the conditions.' } } });
  tell.act('person.prosecutor', 'jit.accept');
  const { kept, total } = await minimised(gatherer, { case: id, items: ['s1'] });
  await delivered(madrid, { case: id, items: ['s1'] });
  tell.act('person.madrid', 'jit.deliver', { kept, total });
  return id;
}

/** Opened with a reason; what was found is kept with its item, the digest of what it rests on, and a picture. */
async function lookInto({ investigator }: Who, id: string, tell: Teller): Promise<void> {
  const rows = await opened(investigator, { case: id, item: 's1', why: 'To follow the money of 3 March.' });
  tell.act('person.investigator', 'jit.open', { rows });
  const { digest } = await openDelivery(investigator, { case: id, item: 's1' });
  const picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"><path d="M0 .5h4" stroke="#000"/></svg>';
  await investigator.act(id, {
    type: 'note-finding',
    data: { item: 's1', plaintext: digest, picture: createHash('sha256').update(picture).digest('hex') },
    sections: {
      finding: { text: 'Nine accounts were paid from it, each below the limit of ten thousand.', rows: [1, 2, 3], picture },
    },
  });
  tell.act('person.investigator', 'jit.finding');
}

/** Madrid says that Lisbon breaks the conditions. A venue that neither chose alone suspends, hears both on one file, and rules; the procedure carries it out. */
async function disputed({ lisbon, investigator, madrid, presider }: Who, id: string, tell: Teller): Promise<void> {
  const claim = { text: 'Lisbon named one of the nine accounts in a press release.' };
  const data = { about: 'conditions', seats: { venue: 'nv-venue' } };
  await madrid.act(id, { type: 'open-dispute-given', data, sections: { claim } });
  tell.act('person.madrid', 'jit.claim');
  await presider.until(id, 'suspend-use');
  await presider.act(id, { type: 'suspend-use', sections: { reasons: { text: 'Until both are heard.' } } });
  tell.act('person.presider', 'jit.suspend');
  await investigator.reaches(id, (view) => view.acts.some((act) => act.type === 'suspend-use'));
  mustBe(await refusalOf(investigator, id, 'open'), 'act-not-allowed');
  await lisbon.act(id, { type: 'answer-dispute', sections: { reply: { text: 'It named the bank, and no account.' } } });
  await presider.reaches(id, (view) => view.acts.some((act) => act.type === 'answer-dispute'));
  const ruling = { text: 'No account was named. The item may be kept, and nothing of it is said in public before the charge.' };
  const condition = each(['s1'], 'condition', { ground: 'venue.conditions-hold' });
  await presider.act(id, { type: 'rule-dispute', data: condition, sections: { ruling } });
  tell.act('person.presider', 'jit.rule');
  await investigator.until(id, 'open');
}

async function over(
  { lisbon, madrid, gatherer }: Who,
  about: { readonly agreement: string; readonly shared: string; readonly until: string },
  tell: Teller,
): Promise<void> {
  const due = (await lisbon.read(about.shared)).duties.map((duty) => duty.id);
  mustBe(due.find((duty) => duty === 'review-at-end') ?? 'no duty', 'review-at-end');
  const late = await gatherer.open(anotherShare(about));
  const why = { reasons: { text: 'As before.' } };
  const approve = { type: 'approve-sharing', data: each(['s1'], 'approve'), sections: why };
  mustBe(await gatherer.tries(late, approve), 'role-not-allowed');
  mustBe(await madrid.tries(late, { type: 'send' }), 'act-not-allowed');
  tell.act('person.madrid', 'jit.too-late');
  await ended(
    { asks: lisbon, gives: madrid },
    { case: about.shared, items: ['s1'] },
    'The team has ended and the charge is filed.',
  );
  await madrid.reaches(about.shared, stand(['s1'], 'holding', ['destroyed']));
  await madrid.act(about.shared, { type: 'close' });
  const evaluation = { text: 'Ninety days, one item shared, nine accounts found.' };
  await lisbon.act(about.agreement, { type: 'evaluate', sections: { evaluation } });
  await lisbon.act(about.agreement, { type: 'end-agreement', sections: { reason: { text: 'Its time is over.' } } });
  tell.act('person.prosecutor', 'jit.ended');
}

function anotherShare({
  agreement,
  until,
}: {
  readonly agreement: string;
  readonly until: string;
}): Parameters<Who['gatherer']['open']>[0] {
  return {
    procedure: 'jit.share',
    type: 'draft',
    data: {
      seats: { sharing: 'es-prosecution', receiving: 'pt-prosecution' },
      items: [{ id: 's1', identifierType: 'user_id', category: 'traffic', period: year, zone: 'Europe/Madrid' }],
      purpose: 'fraud-proceeds',
      retentionUntil: '2029-12-31T00:00:00.000Z',
      team: agreement,
      agreementUntil: until,
    },
    sections: {
      identifiers: { s1: { type: 'user_id', value: STORY_BANK_ACCOUNT.id } },
      facts: { text: 'More of the same.' },
      conditions: { text: 'As before.' },
    },
  };
}
