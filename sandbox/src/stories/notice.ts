import type { Actor } from './actor.ts';
import { DRAFT, type Told } from './cooperation.ts';
import type { Place } from './place.ts';
import { delivered, each, ended, inDays, minimised, mustBe, people, refusalOf, stand } from './steps.ts';
import type { Teller } from './teller.ts';

const ORDER = {
  ...DRAFT,
  data: {
    ...DRAFT.data,
    seats: { issuing: 'pt-prosecution', validating: 'pt-court', provider: 'ie-skymail' },
    items: [{ id: 'i1', identifierType: 'email', category: 'subscriber' }],
  },
};

/** The person is told: later, with reasons and a day on which somebody looks again, and then in a letter. Without either the case does not close. */
export async function notice(place: Place, tell: Teller): Promise<Told> {
  const { own, sandbox } = place;
  if (own === undefined) throw new Error('days pass in this story: it needs a sandbox of its own');
  const { investigator, prosecutor, analyst, reviewer, judge } = await people(sandbox, {
    investigator: ['pt-prosecution', 'investigator-1'],
    prosecutor: ['pt-prosecution', 'prosecutor-1'],
    analyst: ['ie-skymail', 'analyst-1'],
    reviewer: ['ie-skymail', 'reviewer-1'],
    judge: ['pt-court', 'judge-1'],
  });
  tell.say('notice.ask');
  const id = await answered({ investigator, prosecutor, analyst, reviewer });
  mustBe(await prosecutor.tries(id, { type: 'close' }), 'act-not-allowed');
  tell.act('person.prosecutor', 'notice.not-closed');
  mustBe(
    await prosecutor.tries(id, { type: 'delay-notice', data: { checkAgain: await inDays(prosecutor, 30) } }),
    'field-missing',
  );
  tell.act('person.prosecutor', 'notice.no-reason');
  const reason = { text: 'The searches of the second flat are on 9 December; told now, the account’s holder would empty it.' };
  await prosecutor.act(id, { type: 'delay-notice', data: { checkAgain: await inDays(prosecutor, 30) }, sections: { reason } });
  tell.act('person.prosecutor', 'notice.delay', { days: 30 });
  await own.pass(31 * 24);
  tell.say('notice.days', { days: 31 });
  const due = (await prosecutor.read(id)).duties.map((duty) => duty.id);
  mustBe(due.find((duty) => duty === 'look-again') ?? 'no duty', 'look-again');
  const letter = {
    language: 'pt',
    text: 'Foram pedidos dados da sua conta ao prestador Skymail. Pode recorrer ao tribunal que validou o pedido.',
  };
  await prosecutor.act(id, { type: 'inform-person', data: { language: 'pt' }, sections: { letter } });
  tell.act('person.prosecutor', 'notice.inform');
  await challenged({ judge, prosecutor, reviewer }, id, tell);
  await prosecutor.until(id, 'close');
  await prosecutor.act(id, { type: 'close' });
  await prosecutor.act(id, { type: 'report-outcome', data: { used: 'for-leads', helped: 'partly' } });
  tell.act('person.prosecutor', 'notice.outcome');
  return { case: id, holders: [prosecutor, reviewer] };
}

type Who = Awaited<ReturnType<typeof people<'judge' | 'prosecutor' | 'reviewer'>>>;

/** The person, once told, goes to court (art. 18). Use is suspended, the order is annulled, and what came of it ends on both sides. */
async function challenged({ judge, prosecutor, reviewer }: Who, id: string, tell: Teller): Promise<void> {
  const remedy = { text: 'The account was my late mother’s. I ask the court to look at it.' };
  const data = { soughtBy: 'person', interim: 'suspend-use' };
  await judge.act(id, { type: 'open-remedy', data, sections: { remedy } });
  tell.act('person.judge', 'notice.remedy');
  await prosecutor.until(id, 'answer-remedy');
  mustBe(await refusalOf(prosecutor, id, 'open'), 'act-not-allowed');
  await prosecutor.act(id, {
    type: 'answer-remedy',
    sections: { reply: { text: 'That the holder had died was not known here.' } },
  });
  await judge.reaches(id, (view) => view.acts.some((act) => act.type === 'answer-remedy'));
  const ruling = { text: 'The account’s holder had died before the offence: asking for it could not help.' };
  await judge.act(id, {
    type: 'rule-remedy',
    data: each(['i1'], 'annul', { ground: 'remedy.not-necessary' }),
    sections: { ruling },
  });
  tell.act('person.judge', 'notice.annul');
  await prosecutor.reaches(id, stand(['i1'], 'remedy', ['annulled']));
  await ended({ asks: prosecutor, gives: reviewer }, { case: id, items: ['i1'] }, 'Annulled by the court.');
  tell.act('person.prosecutor', 'notice.destroy');
}

/** An order for subscriber data, answered and delivered. Gives its case. */
async function answered({
  investigator,
  prosecutor,
  analyst,
  reviewer,
}: Readonly<Record<'investigator' | 'prosecutor' | 'analyst' | 'reviewer', Actor>>): Promise<string> {
  const id = await investigator.open(ORDER);
  await prosecutor.until(id, 'issue');
  await prosecutor.act(id, { type: 'issue' });
  await prosecutor.act(id, { type: 'send' });
  await minimised(analyst, { case: id, items: ['i1'] });
  await delivered(reviewer, { case: id, items: ['i1'] });
  await prosecutor.reaches(id, stand(['i1'], 'copy', ['held']));
  return id;
}
