import { verify } from 'node:crypto';
import { canonicalJson, utf8 } from '@comity/core';
import type { DatasetsView, DatasetWork, PreparationView, PreviewView, SynthesisReport } from '@comity/node/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf } from './importing.ts';
import { Actor } from './stories/actor.ts';
import { endOf, handInDataset, scanned } from './stories/preparing.ts';
import { teller } from './stories/teller.ts';
import { approveTwin, engage, makeTwin } from './stories/twin.ts';
import { testSandbox } from './testing.ts';

const HOSPITAL = 'us-hospital';
/** Still a day to come by the hospital's clock, in New York. */
const SOON = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let engineer: Actor;
let counsel: Actor;

beforeAll(async () => {
  sandbox = await testSandbox({ only: ['us-hospital', 'pr-vendor', 'in-vendor'] });
  engineer = await Actor.signIn(sandbox, HOSPITAL, 'engineer-1');
  counsel = await Actor.signIn(sandbox, HOSPITAL, 'counsel-1');
});
afterAll(() => sandbox.stop());

/** Two thousand visits of five hundred people: the ward follows the age. */
function visits(): string {
  const rows = Array.from({ length: 2000 }, (_, i) => {
    const age = (i * 37) % 90;
    return `p${i % 500},${age},${age < 18 ? 'children' : age < 60 ? 'surgery' : 'cardiology'},${i % 3 === 0 ? 'yes' : 'no'}`;
  });
  return ['person,age,ward,again', ...rows].join('\n');
}

const DOMAIN = {
  age: { edges: [0, 18, 40, 60, 75, 90], digits: 0 },
  ward: { values: ['children', 'surgery', 'cardiology'] },
  again: { values: ['yes', 'no'] },
};
const PLAN = { method: 'aim', epsilon: 1, delta: 1e-6, subject: 'person', rowsPerSubject: 4, domain: DOMAIN };

const begin = async (dataset: string, plan: object = PLAN): Promise<string> =>
  (await engineer.post<{ preparation: string }>(`/api/datasets/${dataset}/preparations`, { kind: 'synthesise', plan }))
    .preparation;
const workOf = (id: string): Promise<DatasetWork> => engineer.get<DatasetWork>(`/api/datasets/${id}`);

/** Keys of the directory with which a plan was signed; of those that fit. */
function signersOf({ body, signatures }: NonNullable<PreparationView['signed']>): readonly string[] {
  const { party } = sandbox.node(HOSPITAL).house;
  const keys = [...party.keys, ...party.persons.map(({ key }) => key)];
  const bytes = utf8(`comity/plan/v1\n${canonicalJson(body)}`);
  const fits = ({ key, signature }: (typeof signatures)[number]): boolean => {
    const x = keys.find(({ id }) => id === key)?.public ?? '';
    return verify(null, bytes, { key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }, Buffer.from(signature, 'base64url'));
  };
  return signatures.filter(fits).map(({ key }) => key);
}

/** Types of the entries that the hospital's log has of a preparation. */
async function typesOf(preparation: string): Promise<readonly string[]> {
  const { db } = sandbox.node(HOSPITAL).house;
  return (await db.selectFrom('log_index').select('type').where('case_id', '=', preparation).execute()).map(({ type }) => type);
}

/** The preparation that is offered under a name. */
async function offeredAs(name: string): Promise<string> {
  const { datasets } = await engineer.get<DatasetsView>('/api/datasets');
  const works = await Promise.all(datasets.map(({ id }) => workOf(id)));
  return works.flatMap(({ preparations }) => preparations).find(({ offered }) => offered?.name === name)?.id ?? '';
}

/** Somebody at the database alters a preparation and has it run again; what it was charged before is taken away, so that a new charge shows. */
async function runAgain({ id, dataset, plan, person, signed }: PreparationView, altered: object): Promise<PreparationView> {
  const { db, jobs } = sandbox.node(HOSPITAL).house;
  await db.deleteFrom('privacy_debits').where('preparation', '=', id).execute();
  const before = { plan: canonicalJson(plan), population: signed?.body.population ?? '', person, signed: JSON.stringify(signed) };
  const row = { ...before, state: 'waiting', refusal: null, ended: null, tries: 0, ...altered };
  await db.updateTable('preparations').set(row).where('id', '=', id).execute();
  await db.transaction().execute((tx) => jobs.prepare(tx, id));
  return endOf(engineer, dataset, id);
}

describe('a dataset that somebody drops in', () => {
  it('is kept with its columns, and is nobody else’s to see', async () => {
    const id = await handInDataset(engineer, { name: 'visits', population: 'patients', content: visits() });
    const { dataset, may } = await workOf(id);
    expect(dataset.columns.map(({ name }) => name)).toEqual(['person', 'age', 'ward', 'again']);
    expect(may).toEqual({ prepare: true, budget: false });
    const vendor = await Actor.signIn(sandbox, 'pr-vendor', 'manager-1');
    expect(await codeOf(vendor.get('/api/datasets'))).toBe('role-not-allowed');
    expect(await codeOf(counsel.post(`/api/datasets/${id}/preparations`, { kind: 'synthesise', plan: PLAN }))).toBe(
      'role-not-allowed',
    );
  });

  it.each([
    ['ragged', 'a,b\n1,2\n3\n'],
    ['in another encoding', Buffer.from([97, 44, 98, 10, 0xff, 44, 50, 10])],
    ['empty', ''],
  ])('is refused when it is %s, and nothing is kept', async (_, content) => {
    const before = (await engineer.get<DatasetsView>('/api/datasets')).datasets.length;
    expect(await codeOf(handInDataset(engineer, { name: 'bad', population: 'bad', content }))).toBe('dataset-unreadable');
    expect((await engineer.get<DatasetsView>('/api/datasets')).datasets.length).toBe(before);
  });

  it('of the catalogue is prepared where it stands, and goes without taking the file along', async () => {
    const { dataset } = await engineer.post<{ dataset: string }>('/api/datasets/catalogued', { dataset: 'claims' });
    expect((await workOf(dataset)).dataset).toMatchObject({ name: 'claims', own: false });
    await engineer.call(`/api/datasets/${dataset}`, { method: 'DELETE' });
    expect(await codeOf(workOf(dataset))).toBe('not-found');
    await engineer.post('/api/datasets/catalogued', { dataset: 'claims' });
  });
});

describe('a synthetic twin', () => {
  it('needs a budget that somebody else has set, spends it before the data are asked, and is refused when it is spent', async () => {
    const id = await handInDataset(engineer, { name: 'visits', population: 'visitors', content: visits() });
    expect((await endOf(engineer, id, await begin(id))).refusal?.code).toBe('budget-missing');
    expect(await codeOf(engineer.post('/api/budgets', { population: 'visitors', epsilon: 1.2, delta: 1e-6 }))).toBe(
      'role-not-allowed',
    );
    await counsel.post('/api/budgets', { population: 'visitors', epsilon: 1.2, delta: 1e-6 });

    const done = await endOf(engineer, id, await begin(id));
    expect([done.state, done.refusal]).toEqual(['done', null]);
    const report = done.report as SynthesisReport;
    expect(report).toMatchObject({
      method: 'aim',
      epsilon: 1,
      domain: 'declared',
      dropped: ['person'],
      unit: { column: 'person', rows: 4 },
    });
    expect(report.judgement.propensity?.ratio).toBeGreaterThan(0);
    expect(report.judgement.usefulness[0]?.importance).toMatchObject({ features: 2, correlation: null });
    expect(report.cost.rows).toBe(2000);
    expect(report.cost.made).toBeGreaterThan(0);

    // On paper for whom it is shown to, in their language; not a word of it for others.
    const paper = `/api/preparations/${done.id}/report.pdf`;
    for (const path of [paper, `${paper}?lang=ur`])
      expect(Buffer.from(await counsel.bytes(path)).toString('latin1')).toContain('pdfaid:part>2');
    const clerk = await Actor.signIn(sandbox, 'pr-vendor', 'manager-1');
    expect(await codeOf(clerk.bytes(paper))).toBe('role-not-allowed');
    expect(await codeOf(engineer.bytes(`${paper}?lang=xx`))).toBe('field-invalid');
    expect(report.charts.map(({ column }) => column)).toEqual(['age', 'ward', 'again']);
    const text = Buffer.from(await engineer.bytes(`/api/preparations/${done.id}/output`)).toString();
    expect(text.split('\r\n').length - 2).toBe(report.rows);
    expect(text.startsWith('age,ward,again\r\n')).toBe(true);
    await expect.poll(() => typesOf(done.id)).toEqual(['data.prepared', 'data.saved']);

    const spent = (await workOf(id)).ledger;
    expect(spent.spent).toBeCloseTo(1, 5);
    expect(spent.left).toBeLessThan(1);
    const again = await endOf(engineer, id, await begin(id));
    expect(again.refusal).toMatchObject({ code: 'budget-spent', values: { asked: 1 } });
    expect((await workOf(id)).ledger.debits).toHaveLength(1);
  });

  it('is made by the plan that a person and the office have signed, as anybody can check, and by no other', async () => {
    const id = await handInDataset(engineer, { name: 'visits', population: 'signers', content: visits() });
    await counsel.post('/api/budgets', { population: 'signers', epsilon: 9, delta: 1e-6 });
    const done = await endOf(engineer, id, await begin(id, { ...PLAN, method: 'mst' }));
    const { signed } = done;
    if (signed === null) throw new Error('it is not signed');
    expect(signersOf(signed)).toEqual([`${HOSPITAL}#engineer-1-1`, `${HOSPITAL}#sign-1`]);
    expect(signed.body).toMatchObject({ plan: done.planDigest, dataset: (await workOf(id)).dataset.sha256, asked: done.asked });

    expect((await runAgain(done, {})).state).toBe('done');
    const [signature] = signed.signatures;
    const altered: readonly object[] = [
      { plan: canonicalJson({ ...(done.plan as object), epsilon: 2 }) },
      { person: 'analyst-1' },
      { population: 'guests' },
      { signed: JSON.stringify({ ...signed, body: { ...signed.body, population: 'guests' } }), population: 'guests' },
      { signed: JSON.stringify({ ...signed, signatures: [signature, signature] }) },
      { signed: null },
    ];
    for (const change of altered)
      expect((await runAgain(done, change)).refusal?.code, JSON.stringify(change)).toBe('plan-altered');
    expect((await workOf(id)).ledger.debits).toEqual([]);
  });

  it('of too few rows is refused before anything is spent', async () => {
    const id = await handInDataset(engineer, {
      name: 'few',
      population: 'few',
      content: visits().split('\n').slice(0, 51).join('\n'),
    });
    await counsel.post('/api/budgets', { population: 'few', epsilon: 1, delta: 1e-6 });
    expect((await endOf(engineer, id, await begin(id))).refusal?.code).toBe('rows-too-few');
    expect((await workOf(id)).ledger.debits).toEqual([]);
  });

  it.each([
    [{ epsilon: 0 }, 'plan.epsilon'],
    [{ method: 'gan' }, 'plan.method'],
    [{ subject: 'nobody' }, 'plan.subject'],
  ])('is not begun with %j', async (wrong, field) => {
    const id = await handInDataset(engineer, { name: 'visits', population: 'patients', content: visits() });
    const refused = await begin(id, { ...PLAN, ...wrong }).catch((error) => error.problem);
    expect(refused).toMatchObject({ field });
  });

  it('can be offered under a name, and then a case may ask for it and get it as it is', async () => {
    const id = await handInDataset(engineer, { name: 'visits', population: 'guests', content: visits() });
    await counsel.post('/api/budgets', { population: 'guests', epsilon: 3, delta: 1e-6 });
    const done = await endOf(engineer, id, await begin(id, { ...PLAN, method: 'mst', rows: 300 }));
    expect(await codeOf(engineer.post(`/api/preparations/${done.id}/offer`, { name: 'claims', until: SOON }))).toBe('name-taken');
    await scanned(engineer, id);
    const offer = (name: string, until: string) => engineer.post(`/api/preparations/${done.id}/offer`, { name, until });
    const refused = await offer('visits-synthetic', '2099-01-01').catch((error) => error.problem);
    expect(refused).toMatchObject({ code: 'offer-outlives', values: { day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) } });
    expect(await codeOf(offer('visits-synthetic', '2020-01-01'))).toBe('field-invalid');
    await offer('visits-synthetic', SOON);
    expect(await codeOf(offer('another-name', SOON))).toBe('field-invalid');
    const { datasets } = await engineer.get<{ datasets: { dataset: string; facts: object }[] }>('/api/parties');
    expect(datasets.find(({ dataset }) => dataset === 'visits-synthetic')?.facts).toMatchObject({ 'data.form': 'synthetic' });

    const owner = await Actor.signIn(sandbox, HOSPITAL, 'owner-1');
    const data = {
      seats: { client: HOSPITAL },
      items: [{ id: 'd1', identifierType: 'dataset', category: 'records' }],
      purpose: 'testing',
      retentionUntil: '2027-03-31T00:00:00.000Z',
    };
    const sections = { datasets: { d1: { type: 'dataset', value: 'visits-synthetic' } }, need: { text: 'Test the dashboard.' } };
    const opened = await owner.open({ procedure: 'outsourcing.engagement', type: 'ask', data, sections });
    await engineer.read(opened);
    const preview = await engineer.post<PreviewView>(`/api/cases/${opened}/items/d1/preview`);
    expect(preview).toMatchObject({ rowsTotal: 300, rowsKept: 300 });
    expect(preview.columnsKept.map(({ name }) => name)).toEqual(['age', 'ward', 'again']);
  });

  it('has company: what was made without identities can be offered too, and says what it is', async () => {
    const id = await handInDataset(engineer, { name: 'visits', population: 'callers', content: visits() });
    const asked = { kind: 'deidentify', plan: { classes: { ward: 'category', age: 'age' } } };
    const { preparation } = await engineer.post<{ preparation: string }>(`/api/datasets/${id}/preparations`, asked);
    const done = await endOf(engineer, id, preparation);
    expect(await codeOf(engineer.bytes(`/api/preparations/${preparation}/report.pdf`))).toBe('preparation-unfinished');
    expect([done.state, done.refusal]).toEqual(['done', null]);
    const text = Buffer.from(await engineer.bytes(`/api/preparations/${preparation}/output`)).toString();
    expect(text.split('\r\n')[0]).toBe('age,ward');
    await scanned(engineer, id);
    await engineer.post(`/api/preparations/${preparation}/offer`, { name: 'visits-deidentified', until: SOON });
    const { datasets } = await engineer.get<{ datasets: { dataset: string; facts: object }[] }>('/api/parties');
    expect(datasets.find(({ dataset }) => dataset === 'visits-deidentified')?.facts).toEqual({ 'data.form': 'deidentified' });
  });

  it('that is withdrawn is asked for no more; what was decided on it before is delivered, and what was only previewed is not decided', async () => {
    const quiet = teller({}, true);
    await counsel.post('/api/budgets', { population: 'claims', epsilon: 3, delta: 1e-9 });
    await makeTwin({ engineer, counsel }, quiet);
    const actors = {
      owner: await Actor.signIn(sandbox, HOSPITAL, 'owner-1'),
      vendor: await Actor.signIn(sandbox, 'in-vendor', 'manager-1'),
    };
    const [decided, previewed] = [await engage(actors, quiet), await engage(actors, quiet)];
    await approveTwin({ engineer, counsel }, decided);
    await engineer.read(previewed);
    const path = `/api/cases/${previewed}/items/d1/preview`;
    const { previewDigest } = await engineer.post<PreviewView>(path);

    const twin = await offeredAs('claims-synthetic');
    expect(await codeOf(counsel.post(`/api/preparations/${twin}/withdraw`))).toBe('role-not-allowed');
    await engineer.post(`/api/preparations/${twin}/withdraw`);
    expect(await codeOf(engineer.post(`/api/preparations/${twin}/withdraw`))).toBe('offer-ended');
    const { datasets } = await engineer.get<{ datasets: { dataset: string }[] }>('/api/parties');
    expect(datasets.map(({ dataset }) => dataset)).not.toContain('claims-synthetic');
    expect(await codeOf(engineer.post(path))).toBe('dataset-unknown');
    const minimise = { decisions: [{ item: 'd1', choice: 'minimise', preview: previewDigest }] };
    expect(await codeOf(engineer.act(previewed, { type: 'minimise', data: minimise }))).toBe('offer-ended');
    await engineer.act(decided, { type: 'deliver', data: { decisions: [{ item: 'd1', choice: 'deliver' }] } });
    await expect.poll(() => typesOf(twin)).toEqual(['data.prepared', 'data.offered', 'data.withdrawn']);

    // What was withdrawn may be offered anew under its name; an end that has come ends it as well.
    await engineer.post(`/api/preparations/${twin}/offer`, { name: 'claims-synthetic', until: SOON });
    await engineer.post(path);
    const listed = async () => (await engineer.get<DatasetsView>('/api/datasets')).offers.map(({ name }) => name);
    expect(await listed()).toContain('claims-synthetic');
    const past = { offered_until: '2026-01-01T00:00:00.000Z' };
    await sandbox.node(HOSPITAL).house.db.updateTable('preparations').set(past).where('id', '=', twin).execute();
    expect(await codeOf(engineer.post(path))).toBe('dataset-unknown');
    expect(await listed()).not.toContain('claims-synthetic');
  }, 90_000);

  it('that is cancelled leaves nothing behind but what it was charged', async () => {
    const { dataset: id } = await engineer.post<{ dataset: string }>('/api/datasets/catalogued', { dataset: 'claims' });
    await counsel.post('/api/budgets', { population: 'claims', epsilon: 9, delta: 1e-6 });
    const begun = await begin(id, { method: 'aim', epsilon: 1, delta: 1e-6, subject: 'mrn', rowsPerSubject: 2 });
    const running = async (): Promise<PreparationView | undefined> =>
      (await workOf(id)).preparations.find((one) => one.id === begun && one.state === 'running');
    while ((await running()) === undefined) await new Promise((done) => setTimeout(done, 20));
    await engineer.post(`/api/preparations/${begun}/cancel`);
    const ended = await endOf(engineer, id, begun);
    expect([ended.state, ended.output]).toEqual(['cancelled', null]);
    expect(await codeOf(engineer.bytes(`/api/preparations/${begun}/output`))).toBe('preparation-unfinished');
  });
});
