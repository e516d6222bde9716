import type { DatasetCard } from '@comity/node/api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Actor } from './stories/actor.ts';
import { endOf, handInDataset, scanned, scanOf } from './stories/preparing.ts';
import { testSandbox } from './testing.ts';

const HOSPITAL = 'us-hospital';
const SOON = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let engineer: Actor;
let owner: Actor;

beforeAll(async () => {
  sandbox = await testSandbox({ only: ['us-hospital', 'cn-vendor'] });
  engineer = await Actor.signIn(sandbox, HOSPITAL, 'engineer-1');
  owner = await Actor.signIn(sandbox, HOSPITAL, 'owner-1');
});
afterAll(() => sandbox.stop());

const CODES = ['I10', 'E11.9', 'J45.909', 'F32.1', 'M54.5'];
const content = [
  'person,mail,diagnosis,kilometres',
  ...Array.from({ length: 400 }, (_, i) => `p${i},person${i}@mail.example,${CODES[i % CODES.length]},${(i * 7) % 90}`),
].join('\n');

/** Offers some columns of a file as they are, and others as tokens, under a name; the card of its people says what is given. */
async function offer(name: string, asTheyAre: readonly string[], card?: object): Promise<DatasetCard> {
  if (card !== undefined) Object.assign(sandbox.node(HOSPITAL).house.factCards, { [`dataset:${name}`]: card });
  const id = await handInDataset(engineer, { name, population: name, content });
  await scanned(engineer, id);
  const columns = ['mail', 'diagnosis', 'kilometres'].map((column) => ({
    ...{ name: column, reason: 'needed-for-purpose' },
    transform: { op: asTheyAre.includes(column) ? 'keep' : 'token' },
  }));
  const asked = { kind: 'minimise', plan: { v: 1, columns } };
  const { preparation } = await engineer.post<{ preparation: string }>(`/api/datasets/${id}/preparations`, asked);
  expect((await endOf(engineer, id, preparation)).refusal).toBeNull();
  await engineer.post(`/api/preparations/${preparation}/offer`, { name, until: SOON });
  const found = (await owner.get<{ datasets: DatasetCard[] }>('/api/parties')).datasets.find((one) => one.dataset === name);
  if (found === undefined) throw new Error(`${name} is not offered`);
  return found;
}

/** Puts an assessment of a dataset on record, with the facts that a page sends; gives what the record rests on. */
async function assessed(dataset: string, facts: object) {
  const data = {
    seats: { client: HOSPITAL },
    items: [{ id: 'd1', identifierType: 'dataset', category: 'records' }],
    purpose: 'analytics',
    retentionUntil: '2027-03-31T00:00:00.000Z',
  };
  const sections = { datasets: { d1: { type: 'dataset', value: dataset } }, need: { text: 'Plan the routes.' } };
  const id = await owner.open({ procedure: 'outsourcing.engagement', type: 'ask', data, sections });
  await owner.act(id, { type: 'assess', sections: { assessment: { facts, party: 'cn-vendor', country: 'CN' } } });
  await owner.read(id);
  type Shown = { readonly acts: readonly { readonly type: string; readonly sections: { readonly assessment: Section } }[] };
  type Section = { readonly facts: Record<string, unknown>; readonly scans?: readonly { readonly dataset: string }[] };
  const found = (await owner.get<Shown>(`/api/cases/${id}`)).acts.findLast(({ type }) => type === 'assess');
  if (found === undefined) throw new Error('nothing is on record');
  return found.sections.assessment;
}

it('data whose card does not say health, and in which a scan found diagnoses, are assessed as health data', async () => {
  const card = await offer('routes', ['diagnosis', 'kilometres']);
  expect(card.facts).toMatchObject({ 'data.categories': { has: expect.arrayContaining(['health', 'personal']) } });
  expect(card.scan?.seen).toContainEqual({ fact: 'data.categories', value: 'health', columns: ['diagnosis'] });
  expect(card.scan?.against).toEqual([]);
  // A page that leaves it out changes nothing: the node knows.
  const { facts, scans } = await assessed('routes', { 'exporter.country': 'US' });
  expect(facts).toMatchObject({ 'exporter.country': 'US', 'data.categories': card.facts?.['data.categories'] });
  expect(scans?.map(({ dataset }) => dataset)).toEqual(['routes']);
});

it('a card that rules health out is contradicted: health is there, and whatever else it ruled out is asked for', async () => {
  const card = await offer('rides', ['diagnosis'], { 'data.categories': ['personal'], purpose: 'analytics' });
  expect(card.scan?.against).toEqual(['data.categories']);
  expect(card.facts).toEqual({ 'data.categories': { has: ['health', 'personal'] }, purpose: 'analytics' });
  const { facts } = await assessed('rides', { 'data.categories': ['personal'] });
  expect(facts['data.categories']).toEqual({ has: ['health', 'personal'] });
});

it('what does not leave as it is was not seen to leave', async () => {
  const card = await offer('walks', ['kilometres']);
  expect([card.facts, card.scan]).toEqual([{}, null]);
  expect((await assessed('walks', { 'data.categories': ['personal'] })).facts['data.categories']).toEqual(['personal']);
});

it('a dataset of the catalogue keeps what was seen in it when the entry is forgotten, and its own card holds', async () => {
  await scanOf(engineer, 'claims');
  const { datasets } = await engineer.get<{ datasets: readonly { readonly id: string; readonly name: string }[] }>(
    '/api/datasets',
  );
  for (const { id } of datasets.filter(({ name }) => name === 'claims'))
    await engineer.call(`/api/datasets/${id}`, { method: 'DELETE' });
  const cards = (await owner.get<{ datasets: DatasetCard[] }>('/api/parties')).datasets;
  const claims = cards.find(({ dataset }) => dataset === 'claims');
  const columns = new Set(claims?.scan?.seen.flatMap((one) => one.columns));
  expect([...columns].sort()).toEqual(['diagnosis', 'procedure_code', 'sex']);
  expect(claims?.scan?.against).toEqual([]);
});
