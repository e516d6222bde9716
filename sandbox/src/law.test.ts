import type { Alternatives, LibraryPack } from '@comity/assess';
import type { Facts } from '@comity/core';
import type {
  AssessView,
  CountriesView,
  ImpactView,
  LawDiffView,
  LibraryHead,
  LibraryHitView,
  PackVersion,
  VocabularyView,
} from '@comity/node/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Actor, RefusedByNode } from './stories/actor.ts';
import { testSandbox } from './testing.ts';

const HOSPITAL = 'us-hospital';
const on = '2026-11-26';

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let owner: Actor;
let claims: Facts;
const cards = new Map<string, Facts>();

beforeAll(async () => {
  sandbox = await testSandbox({ only: ['us-hospital', 'cn-vendor'] });
  owner = await Actor.signIn(sandbox, HOSPITAL, 'owner-1');
  const known = await owner.get<{
    readonly parties: readonly { readonly id: string; readonly facts: Facts | null }[];
    readonly datasets: readonly { readonly facts: Facts | null }[];
  }>('/api/parties');
  for (const { id, facts } of known.parties) if (facts !== null) cards.set(id, facts);
  claims = known.datasets[0]?.facts ?? {};
});

afterAll(() => sandbox.stop());

const to = (vendor: string): Facts => ({ ...claims, ...cards.get(vendor) });

async function problemOf(work: Promise<unknown>): Promise<RefusedByNode['problem']> {
  try {
    await work;
  } catch (error) {
    if (error instanceof RefusedByNode) return error.problem;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** A pack of this node as JSON that a test may change. */
async function packJson(
  id: string,
): Promise<{ version: number; rules: { id: string; force: { from: string; until?: string } }[] }> {
  const [current] = await owner.get<readonly PackVersion[]>(`/api/law/versions/${id}`);
  return owner.get(`/api/law/packs/${current?.sha256}`);
}

describe('asking whether data may go', () => {
  it('gives the verdict and what is still to be asked, what most rules wait for first', async () => {
    const { assessment, ask } = await owner.post<AssessView>('/api/assess', { facts: {}, on });
    expect(assessment.verdict).toBe('undecided');
    const counts = ask.map(({ regimes }) => regimes.length);
    expect(counts[0]).toBe(Math.max(...counts));
    expect((await owner.post<AssessView>('/api/assess', { facts: to('cn-vendor'), on })).assessment.verdict).toBe('prohibited');
  });

  it('takes a sheet as well as facts; what has expired is asked for again', async () => {
    const sheet = Object.entries(to('pr-vendor')).map(([name, value]) => ({ name, value, source: 'document', asOf: on }));
    const plain = await owner.post<AssessView>('/api/assess', { facts: to('pr-vendor'), on });
    const sourced = await owner.post<AssessView>('/api/assess', { sheet, on });
    expect(sourced.assessment.regimes).toEqual(plain.assessment.regimes);
    const ran = sheet.map((fact) => (fact.name === 'exporter.roles' ? { ...fact, expires: on } : fact));
    const { ask } = await owner.post<AssessView>('/api/assess', { sheet: ran, on });
    expect(ask.map(({ fact }) => fact)).toContain('exporter.roles');
    expect((await problemOf(owner.post('/api/assess', { sheet, facts: {}, on }))).code).toBe('field-unknown');
  });

  it('names the word that was meant, the facts that contradict each other, and the first day of the law', async () => {
    const misspelled = await problemOf(owner.post('/api/assess', { facts: { 'exporter.contry': 'US' }, on }));
    expect(misspelled).toMatchObject({ code: 'fact-unknown', field: 'exporter.contry' });
    expect(String(misspelled.values?.['nearest'])).toContain('exporter.country');
    const against = await problemOf(owner.post('/api/assess', { facts: { 'data.categories': ['health'] }, on }));
    expect(against).toMatchObject({ code: 'fact-contradictory', field: 'data.categories' });
    expect((await problemOf(owner.post('/api/assess', { facts: {}, on: '1900-01-01' }))).code).toBe('before-first-law');
    expect((await problemOf(owner.post('/api/assess', { facts: {}, on: 'soon' }))).code).toBe('field-invalid');
  });

  it('answers for every country and territory, on what is taken for granted elsewhere', async () => {
    const facts = to('cn-vendor');
    const elsewhere = { 'importer.ownership.concern_share': 0, 'importer.ownership.adversary_share': 0 };
    const plain = await owner.post<CountriesView>('/api/assess/everywhere', { facts, on });
    const { countries } = await owner.post<CountriesView>('/api/assess/everywhere', { facts, on, elsewhere });
    const { countries: codes } = await owner.get<VocabularyView>('/api/law/vocabulary');
    expect(countries.map(({ country }) => country).sort()).toEqual(codes);
    const verdictOf = (view: CountriesView, code: string) => view.countries.find(({ country }) => country === code)?.verdict;
    expect(verdictOf({ countries }, 'HK')).toBe('prohibited');
    expect(verdictOf(plain, 'IE')).toBe('prohibited');
    expect(verdictOf({ countries }, 'IE')).toBe('conditional');
    expect(verdictOf({ countries }, 'PR')).toBe(verdictOf({ countries }, 'US'));
    const { sets } = await owner.post<Alternatives>('/api/assess/alternatives', { facts, on, elsewhere });
    expect(sets.length).toBeGreaterThan(0);
  });

  it.each(['en', 'fr', 'ar'])('writes a memo for counsel in %s', async (lang) => {
    const pdf = await owner.bytes(`/api/assess/memo?lang=${lang}`, { facts: to('in-vendor'), on });
    expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  });
});

describe('the law library', () => {
  it('lists both laws, each pack with its state, and gives one whole', async () => {
    const heads = await owner.get<readonly LibraryHead[]>('/api/law/library');
    expect(new Set(heads.map(({ about }) => about))).toEqual(new Set(['transfers', 'cooperation']));
    const pack = await owner.get<LibraryPack>('/api/law/library/us.dsp');
    const head = heads.find(({ id }) => id === 'us.dsp');
    expect(head).toMatchObject({ version: pack.version, sha256: pack.sha256, rules: pack.rules.length });
    expect(head?.reviewed.by).toEqual([]);
    expect((await problemOf(owner.get('/api/law/library/no.such'))).code).toBe('not-found');
  });

  it('finds a rule by its words', async () => {
    const hits = await owner.get<readonly LibraryHitView[]>('/api/law/search?q=countries%20of%20concern');
    expect(hits.some(({ pack }) => pack === 'us.dsp')).toBe(true);
    expect(await owner.get('/api/law/search?q=')).toEqual([]);
  });

  it('gives the text of a version, and nothing for a digest that was never applied', async () => {
    const versions = await owner.get<readonly PackVersion[]>('/api/law/versions/us.dsp');
    expect(versions.filter(({ current }) => current)).toHaveLength(1);
    expect(await packJson('us.dsp')).toMatchObject({ pack: 'us.dsp', version: versions[0]?.version });
    const nothing = '0'.repeat(64);
    expect((await problemOf(owner.get(`/api/law/packs/${nothing}`))).code).toBe('not-found');
    const same = versions[0]?.sha256;
    expect((await owner.get<LawDiffView>(`/api/law/diff?before=${same}&after=${same}`)).differences).toEqual([]);
    expect((await problemOf(owner.get(`/api/law/diff?before=${same}&after=${nothing}`))).field).toBe('after');
  });

  it('says what each value of a fact means', async () => {
    const { facts } = await owner.get<VocabularyView>('/api/law/vocabulary');
    const kind = facts.find(({ name }) => name === 'importer.kind');
    expect(kind?.values.find(({ value }) => value === 'court')?.is).toBe('court or judge');
    expect(facts.every(({ is }) => is !== '')).toBe(true);
  });
});

describe('a change of law', () => {
  let caseId = '';

  beforeAll(async () => {
    caseId = await owner.open({
      procedure: 'outsourcing.engagement',
      type: 'ask',
      data: {
        seats: { client: HOSPITAL },
        items: [{ id: 'd1', identifierType: 'dataset', category: 'records' }],
        purpose: 'cost-analysis',
        retentionUntil: '2027-03-31T00:00:00.000Z',
      },
      sections: { datasets: { d1: { type: 'dataset', value: 'claims' } }, need: { text: 'Costs.' } },
    });
    const assess = (party: string) =>
      owner.act(caseId, { type: 'assess', sections: { assessment: { facts: to(party), party, country: '' } } });
    await assess('in-vendor');
    await assess('cn-vendor');
  });

  it('that changes nothing leaves everything that runs as it is', async () => {
    const found = await owner.post<ImpactView>('/api/law/impact', { pack: await packJson('us.dsp'), on });
    expect(found).toMatchObject({ pack: 'us.dsp', differences: [], changed: [], counts: { live: 1, unchanged: 1 } });
  });

  it('names each transfer that it decides otherwise, by its latest assessment: from what, to what, since when', async () => {
    const draft = await packJson('us.dsp');
    for (const rule of draft.rules) rule.force = { ...rule.force, until: '2026-12-01' };
    const found = await owner.post<ImpactView>('/api/law/impact', { pack: draft, on });
    expect(found.changed[0]).toMatchObject({ id: `${caseId} cn-vendor`, from: 'prohibited', since: '2026-12-01' });
    expect(found.counts).toMatchObject({ live: 1, laxer: 1, stricter: 0 });
    expect(found.differences.some(({ what, change }) => what === 'rule' && change === 'changed')).toBe(true);
    expect(JSON.stringify(found)).not.toContain('data.categories":');
  });

  it('that cannot be read is refused, with the field that is wrong', async () => {
    const draft = { ...(await packJson('us.dsp')), regime: 'no.such' };
    expect(await problemOf(owner.post('/api/law/impact', { pack: draft, on }))).toMatchObject({
      code: 'pack-invalid',
      field: 'regime',
    });
    expect((await problemOf(owner.post('/api/law/impact', { pack: null, on }))).code).toBe('pack-invalid');
  });

  it('is only for those who are signed in', async () => {
    const url = sandbox.orgs.find(({ id }) => id === HOSPITAL)?.url;
    const body = JSON.stringify({ pack: {}, on });
    const answer = await fetch(`${url}/api/law/impact`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(answer.status).toBe(401);
  });

  it('leaves out a case that is closed', async () => {
    await owner.act(caseId, { type: 'close' });
    const found = await owner.post<ImpactView>('/api/law/impact', { pack: await packJson('us.dsp'), on });
    expect(found.counts.live).toBe(0);
  });
});
