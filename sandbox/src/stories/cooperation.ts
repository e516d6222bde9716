import type { CaseView, PreviewView } from '@comity/node/api';
import type { Sandbox } from '../sandbox.ts';
import { Actor } from './actor.ts';
import { scanOf } from './preparing.ts';
import type { Teller } from './teller.ts';
import { openDelivery } from './unseal.ts';

/** What a story leaves: its case, and the organisations whose files of it can be verified. */
export interface Told {
  readonly case: string;
  readonly holders: readonly Actor[];
  /** Other cases of the same story. */
  readonly also?: readonly Pick<Told, 'case' | 'holders'>[];
}

const ISSUING = 'pt-prosecution';
const SUSPECT = 'm.duarte@skymail.example';
const WITNESS = 'r.silva@skymail.example';
const spring = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' };
const april = { from: '2026-04-01T00:00:00.000Z', until: '2026-04-15T00:00:00.000Z' };
const allYear = { from: '2026-01-01T00:00:00.000Z', until: '2026-11-01T00:00:00.000Z' };

/** The order of this story. */
export const DRAFT = {
  procedure: 'eu.epoc',
  type: 'draft',
  data: {
    seats: { issuing: ISSUING, validating: 'pt-court', enforcing: 'ie-authority', provider: 'ie-skymail' },
    items: [
      { id: 'i1', identifierType: 'email', category: 'subscriber' },
      { id: 'i2', identifierType: 'email', category: 'traffic', period: spring, zone: 'Europe/Lisbon' },
      { id: 'i3', identifierType: 'email', category: 'traffic', period: allYear, zone: 'Europe/Lisbon' },
      { id: 'i4', identifierType: 'email', category: 'traffic', period: april, zone: 'Europe/Lisbon' },
    ],
    purpose: 'criminal-investigation',
    maxPenaltyYears: 5,
    retentionUntil: '2027-06-30T00:00:00.000Z',
    offenceInIssuingState: true,
    personInIssuingState: false,
  },
  sections: {
    identifiers: {
      i1: { type: 'email', value: SUSPECT },
      i2: { type: 'email', value: SUSPECT },
      i3: { type: 'email', value: WITNESS },
      i4: { type: 'email', value: SUSPECT },
    },
    offence: { statute: 'Código Penal art. 221' },
    necessity: {
      summary: 'Computer fraud, committed in March 2026.',
      text: 'The account was used to receive the proceeds; who opened it, and when it was used in March, cannot be learnt otherwise.',
    },
  },
};

/** An order crosses from Lisbon to Dublin: drafted, issued, judged item by item, notified, answered from a million records, opened, retained, destroyed. */
export async function cooperation(sandbox: Pick<Sandbox, 'orgs'>, tell: Teller): Promise<Told> {
  const people = await signInAll(sandbox);
  const id = await askAndApprove(people, tell);
  const { rows, columns } = await scanOf(people.analyst, 'connections');
  const telling = columns.filter(({ identifying }) => identifying).length;
  tell.act('person.analyst', 'cooperation.scan', { rows, columns: columns.length, telling });
  await answer(people, id, tell);
  await useAndEnd(people, id, tell);
  return { case: id, holders: [people.prosecutor, people.reviewer] };
}

/** Who has a part in it. */
export interface People {
  readonly investigator: Actor;
  readonly prosecutor: Actor;
  readonly judge: Actor;
  readonly officer: Actor;
  readonly analyst: Actor;
  readonly reviewer: Actor;
}

/** Signs everybody in. */
export async function signInAll(sandbox: Pick<Sandbox, 'orgs'>): Promise<People> {
  return {
    investigator: await Actor.signIn(sandbox, ISSUING, 'investigator-1'),
    prosecutor: await Actor.signIn(sandbox, ISSUING, 'prosecutor-1'),
    judge: await Actor.signIn(sandbox, 'pt-court', 'judge-1'),
    officer: await Actor.signIn(sandbox, 'ie-authority', 'officer-1'),
    analyst: await Actor.signIn(sandbox, 'ie-skymail', 'analyst-1'),
    reviewer: await Actor.signIn(sandbox, 'ie-skymail', 'reviewer-1'),
  };
}

/** The order, from its draft to its sending: two items approved, one struck. Gives the case. */
export async function askAndApprove({ investigator, prosecutor, judge }: People, tell: Teller): Promise<string> {
  tell.say('cooperation.ask');
  const id = await investigator.open(DRAFT);
  tell.act('person.investigator', 'cooperation.draft', { items: DRAFT.data.items.length });
  await prosecutor.until(id, 'issue');
  await prosecutor.act(id, { type: 'issue' });
  tell.act('person.prosecutor', 'cooperation.issue');
  await judge.until(id, 'validate');
  const decisions = [
    { item: 'i1', choice: 'approve' },
    { item: 'i2', choice: 'approve' },
    { item: 'i3', choice: 'strike', ground: 'period-too-wide' },
    { item: 'i4', choice: 'approve' },
  ];
  const reasons = {
    text: 'Items 1, 2 and 4 are tied to the transfers of 3 March to 12 April. Item 3 covers ten months of another person and is not.',
  };
  await judge.act(id, { type: 'validate', data: { decisions }, sections: { reasons } });
  tell.act('person.judge', 'cooperation.validate');
  await prosecutor.until(id, 'send');
  await prosecutor.act(id, { type: 'send' });
  tell.act('person.prosecutor', 'cooperation.send');
  return id;
}

export async function answer({ officer, analyst, reviewer }: People, id: string, tell: Teller): Promise<void> {
  tell.say('cooperation.answer');
  await officer.until(id, 'clear');
  await analyst.until(id, 'refuse');
  mustNotRead(await analyst.read(id), 'necessity');
  await analyst.act(id, {
    type: 'refuse',
    data: { decisions: [{ item: 'i1', choice: 'refuse', ground: 'eu.provider.insufficient-information' }] },
    sections: {
      reasons: {
        text: 'The account was renamed in May: name the account identifier, or the date for which the subscriber is wanted.',
      },
    },
  });
  tell.act('person.analyst', 'cooperation.refuse');
  const preview = await analyst.post<PreviewView>(`/api/cases/${id}/items/i2/preview`);
  const second = await analyst.post<PreviewView>(`/api/cases/${id}/items/i4/preview`);
  tell.say('cooperation.preview', {
    total: preview.rowsTotal,
    kept: preview.rowsKept,
    columns: preview.columnsKept.length,
    dropped: preview.columnsDropped.length,
  });
  await analyst.act(id, {
    type: 'minimise',
    data: {
      decisions: [
        { item: 'i2', choice: 'minimise', preview: preview.previewDigest },
        { item: 'i4', choice: 'minimise', preview: second.previewDigest },
      ],
    },
  });
  tell.act('person.analyst', 'cooperation.minimise', { kept: preview.rowsKept, second: second.rowsKept });
  await officer.act(id, { type: 'clear' });
  tell.act('person.officer', 'cooperation.clear');
  await reviewer.until(id, 'deliver');
  await reviewer.act(id, { type: 'deliver', data: { decisions: both('deliver') } });
  tell.act('person.reviewer', 'cooperation.deliver');
}

/** The same decision on both items that were delivered. */
export function both(choice: string): readonly { readonly item: string; readonly choice: string }[] {
  return ['i2', 'i4'].map((item) => ({ item, choice }));
}

/** One of two items should not have gone: it is recalled unopened, destroyed, and its destruction validated, while the other stays. */
async function recallOne({ prosecutor, reviewer }: People, id: string, tell: Teller): Promise<void> {
  await reviewer.until(id, 'recall');
  await reviewer.act(id, {
    type: 'recall',
    data: { decisions: [{ item: 'i4', choice: 'recall', ground: 'recall.delivered-in-error' }] },
    sections: { reason: { text: 'From 1 April the account belonged to somebody else.' } },
  });
  tell.act('person.reviewer', 'cooperation.recall');
  await prosecutor.reaches(id, (view) =>
    view.items.some(({ item, tracks }) => item.id === 'i4' && tracks['recall'] === 'recalled'),
  );
  await prosecutor.act(id, {
    type: 'destroy',
    data: { decisions: [{ item: 'i4', choice: 'destroy' }] },
    sections: { reason: { text: 'Recalled by the provider; never opened here.' } },
  });
  tell.act('person.prosecutor', 'cooperation.recalled');
  await validate(reviewer, { case: id, item: 'i4' });
  tell.act('person.reviewer', 'cooperation.validated');
}

/** Whoever sent it looks at the certificate of destruction and says that it is enough for these data. */
export async function validate(
  actor: Actor,
  { case: id, item }: { readonly case: string; readonly item: string },
): Promise<void> {
  const stands = (view: CaseView) => view.items.find((one) => one.item.id === item);
  const view = await actor.reaches(id, (found) => stands(found)?.tracks['copy'] === 'destroyed');
  const ciphertext = String(stands(view)?.decisions['copy']?.['ciphertext']);
  await actor.act(id, { type: 'validate-destruction', data: { decisions: [{ item, choice: 'validate', ciphertext }] } });
}

/** An appeal: what is held by order of a judge cannot be destroyed, whoever asks. */
async function holdOne({ prosecutor, judge }: People, id: string, tell: Teller): Promise<void> {
  await judge.until(id, 'hold');
  await judge.act(id, {
    type: 'hold',
    data: { decisions: [{ item: 'i2', choice: 'hold', ground: 'hold.appeal' }] },
    sections: { reason: { text: 'The defence has appealed and relies on these times of access.' } },
  });
  tell.act('person.judge', 'cooperation.hold');
  const held = (state: string) => (view: CaseView) =>
    view.items.some(({ item, tracks }) => item.id === 'i2' && tracks['hold'] === state);
  await prosecutor.reaches(id, held('held'));
  const tried = await prosecutor.tries(id, {
    type: 'destroy',
    data: { decisions: [{ item: 'i2', choice: 'destroy' }] },
    sections: { reason: { text: 'The proceedings ended.' } },
  });
  if (tried !== 'item-not-open') throw new Error('a copy under a legal hold was destroyed');
  tell.act('person.prosecutor', 'cooperation.held');
  await judge.act(id, { type: 'lift-hold', data: { decisions: [{ item: 'i2', choice: 'lift' }] } });
  tell.act('person.judge', 'cooperation.lift');
  await prosecutor.reaches(id, held('none'));
}

async function useAndEnd(people: People, id: string, tell: Teller): Promise<void> {
  const { prosecutor, reviewer } = people;
  tell.say('cooperation.use');
  await prosecutor.until(id, 'open');
  const opened = await openDelivery(prosecutor, { case: id, item: 'i2' });
  await prosecutor.act(id, {
    type: 'open',
    data: { decisions: [{ item: 'i2', choice: 'open', plaintext: opened.digest }] },
    sections: { reason: { text: 'To compare the times of access with the transfers.' } },
  });
  tell.act('person.prosecutor', 'cooperation.open', { rows: opened.rows });
  await recallOne(people, id, tell);
  await prosecutor.act(id, {
    type: 'retain',
    data: { decisions: [{ item: 'i2', choice: 'retain', until: '2027-06-30T00:00:00.000Z' }] },
    sections: { reason: { text: 'Needed until the judgment is final.' } },
  });
  tell.act('person.prosecutor', 'cooperation.retain');
  await prosecutor.act(id, { type: 'inform-person' });
  tell.act('person.prosecutor', 'cooperation.inform');
  await holdOne(people, id, tell);
  tell.say('cooperation.end');
  await prosecutor.act(id, {
    type: 'destroy',
    data: { decisions: [{ item: 'i2', choice: 'destroy' }] },
    sections: { reason: { text: 'The proceedings ended.' } },
  });
  tell.act('person.prosecutor', 'cooperation.destroy');
  await validate(reviewer, { case: id, item: 'i2' });
  await reviewer.act(id, { type: 'destroy-source', data: { decisions: both('destroy') } });
  tell.act('person.reviewer', 'cooperation.destroy-source');
  await prosecutor.until(id, 'close');
  await prosecutor.act(id, { type: 'close' });
  tell.act('person.prosecutor', 'cooperation.close');
  await settled([prosecutor, reviewer], id);
}

/** Section M never reaches the provider: a story that finds it there fails. */
function mustNotRead(view: CaseView, section: string): void {
  if (view.acts.some((act) => act.sections[section] !== undefined))
    throw new Error(`${section} reached somebody who must not read it`);
}

/** Waits until everybody holds the same acts. */
export async function settled(actors: readonly Actor[], id: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const views = await Promise.all(actors.map((actor) => actor.read(id)));
    if (new Set(views.map((view) => view.acts.length)).size === 1) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('the organisations do not hold the same acts');
}
