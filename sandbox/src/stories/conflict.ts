import { DRAFT, type Told } from './cooperation.ts';
import type { Place } from './place.ts';
import { delivered, each, ended, minimised, mustBe, opened, people, stand } from './steps.ts';
import type { Teller } from './teller.ts';

const ITEMS = ['i1', 'i2'];
const ORDER = {
  ...DRAFT,
  data: {
    ...DRAFT.data,
    items: DRAFT.data.items.filter(({ id }) => ITEMS.includes(id)),
    offenceInIssuingState: true,
    personInIssuingState: true,
  },
};
const LAW = {
  law: 'Code of the third State, article 271: acts for a foreign authority on its territory without leave',
  applies: 'The records of this account are kept by our company in that State, whose officers would have to hand them over.',
  conflict: 'It forbids the handing over itself, whoever asks; that the data lie there is not what we rely on.',
};

/** Another State's law forbids it, the provider says: suspended and preserved until a court has ruled, item by item. */
export async function conflict(place: Place, tell: Teller): Promise<Told> {
  const who = await people(place.sandbox, {
    investigator: ['pt-prosecution', 'investigator-1'],
    prosecutor: ['pt-prosecution', 'prosecutor-1'],
    judge: ['pt-court', 'judge-1'],
    officer: ['ie-authority', 'officer-1'],
    analyst: ['ie-skymail', 'analyst-1'],
    reviewer: ['ie-skymail', 'reviewer-1'],
  });
  const { investigator, prosecutor, judge, analyst, reviewer } = who;
  tell.say('conflict.ask');
  const id = await investigator.open(ORDER);
  await prosecutor.until(id, 'issue');
  await prosecutor.act(id, { type: 'issue' });
  await judge.until(id, 'validate');
  const reasons = { text: 'Both items are tied to the transfers of March.' };
  await judge.act(id, { type: 'validate', data: each(ITEMS, 'approve'), sections: { reasons } });
  await prosecutor.until(id, 'send');
  await prosecutor.act(id, { type: 'send' });
  tell.act('person.prosecutor', 'conflict.send');
  await minimised(analyst, { case: id, items: ITEMS });
  await objects(who, id, tell);
  await rules(who, id, tell);
  await delivered(reviewer, { case: id, items: ['i2'] });
  tell.act('person.reviewer', 'conflict.deliver');
  const rows = await opened(prosecutor, { case: id, item: 'i2', why: 'To compare the times of access with the transfers.' });
  tell.act('person.prosecutor', 'conflict.open', { rows });
  await prosecutor.act(id, { type: 'inform-person' });
  await ended({ asks: prosecutor, gives: reviewer }, { case: id, items: ['i2'] }, 'The proceedings ended.');
  await prosecutor.until(id, 'close');
  await prosecutor.act(id, { type: 'close' });
  return { case: id, holders: [prosecutor, reviewer, judge] };
}

type Who = Awaited<ReturnType<typeof people<'prosecutor' | 'judge' | 'reviewer'>>>;

/** Only that data are stored abroad is no ground; a law that forbids it is one. The clock stands still, and nothing is delivered. */
async function objects({ prosecutor, reviewer }: Who, id: string, tell: Teller): Promise<void> {
  const objection = (ground: string) => ({
    type: 'object-conflict',
    data: each(ITEMS, 'object-conflict', { ground }),
    sections: { law: LAW },
  });
  mustBe(await reviewer.tries(id, objection('eu.conflict.stored-abroad')), 'ground-unknown');
  tell.act('person.reviewer', 'conflict.not-a-ground');
  await reviewer.act(id, objection('eu.conflict.law-forbids'));
  tell.act('person.reviewer', 'conflict.object');
  const view = await reviewer.read(id);
  const clock = view.clocks.find((one) => one.id === 'execution');
  mustBe(clock?.state ?? 'none', 'suspended');
  mustBe(await reviewer.tries(id, { type: 'deliver', data: each(ITEMS, 'deliver') }), 'item-not-open');
  tell.act('person.reviewer', 'conflict.suspended');
  await prosecutor.until(id, 'request-review');
  const reasons = { text: 'The order is to be upheld: the offence and everybody in it are here.' };
  await prosecutor.act(id, { type: 'request-review', sections: { reasons } });
  tell.act('person.prosecutor', 'conflict.court');
}

async function rules({ prosecutor, judge, reviewer }: Who, id: string, tell: Teller): Promise<void> {
  await judge.until(id, 'rule-conflict');
  await judge.act(id, {
    type: 'rule-conflict',
    data: {
      decisions: [
        { item: 'i1', choice: 'lift', ground: 'eu.ruling.weighed' },
        { item: 'i2', choice: 'uphold', ground: 'eu.ruling.no-conflict' },
      ],
    },
    sections: {
      ruling: {
        text: 'Who holds the account can be learnt here, and the law named does apply to those records: item 1 is lifted. The log of access is kept in Dublin, where that law does not apply: item 2 is upheld.',
      },
    },
  });
  tell.act('person.judge', 'conflict.rule');
  await reviewer.reaches(id, stand(['i2'], 'ruling', ['upheld']));
  await prosecutor.reaches(id, stand(['i1'], 'ruling', ['lifted']));
}
