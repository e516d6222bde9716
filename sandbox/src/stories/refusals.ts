import type { Told } from './cooperation.ts';
import type { Place } from './place.ts';
import { mustBe, people, stand } from './steps.ts';
import type { Teller } from './teller.ts';

/** The two lists of the Regulation: the enforcing authority's (art. 12(1)) and the provider's (Annex III), never one. */
const AUTHORITY = ['immunity-or-privilege', 'manifest-rights-breach', 'ne-bis-in-idem', 'not-an-offence'].map(
  (g) => `eu.ea.${g}`,
);
const WILL_NOT = [
  ...['incomplete', 'manifest-error', 'insufficient-information', 'not-competent', 'immunity-or-press', 'other'].map(
    (g) => `eu.provider.${g}`,
  ),
];
const CANNOT = ['not-stored', 'not-a-customer', 'impossible'].map((g) => `eu.provider.${g}`);
const spring = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' };

const ids = (grounds: readonly string[], prefix: string): readonly string[] => grounds.map((_, index) => `${prefix}${index + 1}`);
const OBJECTED = ids(AUTHORITY, 'a');
const REFUSED = ids(WILL_NOT, 'r');
const IMPOSSIBLE = ids(CANNOT, 'c');
const ALL = [...OBJECTED, ...REFUSED, ...IMPOSSIBLE];

const ORDER = {
  procedure: 'eu.epoc',
  type: 'draft',
  data: {
    seats: { issuing: 'pt-prosecution', validating: 'pt-court', enforcing: 'ie-authority', provider: 'ie-skymail' },
    items: ALL.map((id) => ({ id, identifierType: 'email', category: 'traffic', period: spring, zone: 'Europe/Lisbon' })),
    purpose: 'criminal-investigation',
    maxPenaltyYears: 5,
    retentionUntil: '2027-06-30T00:00:00.000Z',
    offenceInIssuingState: true,
    personInIssuingState: false,
  },
  sections: {
    identifiers: Object.fromEntries(ALL.map((id) => [id, { type: 'email', value: `${id}@skymail.example` }])),
    offence: { statute: 'Código Penal art. 221' },
    necessity: { text: 'Thirteen accounts received the proceeds in March; who used each, and when, cannot be learnt otherwise.' },
  },
};

/** Each ground of both lists, once; and each side’s attempt to use the other’s list, refused. */
export async function refusals(place: Place, tell: Teller): Promise<Told> {
  const who = await people(place.sandbox, {
    investigator: ['pt-prosecution', 'investigator-1'],
    prosecutor: ['pt-prosecution', 'prosecutor-1'],
    judge: ['pt-court', 'judge-1'],
    officer: ['ie-authority', 'officer-1'],
    analyst: ['ie-skymail', 'analyst-1'],
  });
  const { investigator, prosecutor, judge, officer, analyst } = who;
  tell.say('refusals.ask', { items: ALL.length });
  const id = await investigator.open(ORDER);
  await prosecutor.until(id, 'issue');
  await prosecutor.act(id, { type: 'issue' });
  await judge.until(id, 'validate');
  const decisions = ALL.map((item) => ({ item, choice: 'approve' }));
  await judge.act(id, {
    type: 'validate',
    data: { decisions },
    sections: { reasons: { text: 'Each of the accounts received money in March.' } },
  });
  await prosecutor.until(id, 'send');
  await prosecutor.act(id, { type: 'send' });
  await byTheAuthority(who, id, tell);
  await byTheProvider(who, id, tell);
  await prosecutor.reaches(id, stand(IMPOSSIBLE, 'answer', ['impossible']));
  await prosecutor.act(id, { type: 'inform-person' });
  await prosecutor.until(id, 'close');
  await prosecutor.act(id, { type: 'close' });
  return { case: id, holders: [prosecutor, analyst, officer] };
}

type Who = Awaited<ReturnType<typeof people<'prosecutor' | 'officer' | 'analyst'>>>;

async function byTheAuthority({ prosecutor, officer }: Who, id: string, tell: Teller): Promise<void> {
  const object = (grounds: readonly string[]) => ({
    type: 'object',
    data: { decisions: OBJECTED.map((item, index) => ({ item, choice: 'object', ground: grounds[index] ?? '' })) },
    sections: { reasons: { text: 'Each for its own reason, given orally on the telephone this morning.' } },
  });
  await officer.until(id, 'consult');
  mustBe(await officer.tries(id, object(AUTHORITY)), 'act-not-allowed');
  tell.act('person.officer', 'refusals.consult-first');
  await officer.act(id, {
    type: 'consult',
    sections: { question: { text: 'Four of these accounts belong to a lawyer, we believe. Can you do without?' } },
  });
  await prosecutor.until(id, 'reply');
  await prosecutor.act(id, { type: 'reply', sections: { reply: { text: 'Not without them; raise what you must.' } } });
  mustBe(await officer.tries(id, object(WILL_NOT)), 'ground-unknown');
  tell.act('person.officer', 'refusals.wrong-list');
  await officer.act(id, object(AUTHORITY));
  for (const ground of AUTHORITY) tell.row(ground, tell.text('refusals.raised'), true);
}

async function byTheProvider({ analyst }: Who, id: string, tell: Teller): Promise<void> {
  const refuse = (choice: string, items: readonly string[], grounds: readonly string[]) => ({
    type: 'refuse',
    data: { decisions: items.map((item, index) => ({ item, choice, ground: grounds[index] ?? '' })) },
    sections: { reasons: { text: 'Annex III, item by item.' } },
  });
  await analyst.until(id, 'refuse');
  mustBe(await analyst.tries(id, refuse('refuse', REFUSED, [...AUTHORITY, ...AUTHORITY])), 'ground-unknown');
  mustBe(await analyst.tries(id, refuse('refuse', IMPOSSIBLE, CANNOT)), 'ground-unknown');
  tell.act('person.analyst', 'refusals.wrong-list');
  await analyst.act(id, refuse('refuse', REFUSED, WILL_NOT));
  await analyst.act(id, refuse('cannot', IMPOSSIBLE, CANNOT));
  for (const ground of [...WILL_NOT, ...CANNOT]) tell.row(ground, tell.text('refusals.given'), true);
}
