import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Act } from '@comity/core';
import { readCaseFile } from '@comity/formats';
import { actsOf, connect, createDatabase, type House, rebuildViews, receiveActs } from '@comity/node';
import type { DeskView } from '@comity/node/api';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Actor, RefusedByNode } from './stories/actor.ts';
import { cooperation, type Told } from './stories/cooperation.ts';
import { outsourcing } from './stories/outsourcing.ts';
import { teller } from './stories/teller.ts';
import { testSandbox } from './testing.ts';

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let told: Told;

beforeAll(async () => {
  sandbox = await testSandbox();
  told = await cooperation(sandbox, teller({}, true));
});

afterAll(() => sandbox.stop());

const spring = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' };

function draft(items: readonly object[]): Parameters<Actor['open']>[0] {
  return {
    procedure: 'eu.epoc',
    type: 'draft',
    data: {
      seats: { issuing: 'pt-prosecution', validating: 'pt-court', enforcing: 'ie-authority', provider: 'ie-skymail' },
      items,
      purpose: 'criminal-investigation',
      maxPenaltyYears: 5,
      retentionUntil: '2027-06-30T00:00:00.000Z',
      offenceInIssuingState: true,
      personInIssuingState: false,
    },
    sections: {
      identifiers: { i1: { type: 'email', value: 'm.duarte@skymail.example' } },
      offence: { statute: 'x' },
      necessity: { text: 'CANARY-NECESSITY' },
    },
  };
}

const traffic = { id: 'i1', identifierType: 'email', category: 'traffic', period: spring, zone: 'Europe/Lisbon' };

async function refusal(
  work: Promise<unknown>,
): Promise<{ readonly code: string; readonly field?: string; readonly status: number }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof RefusedByNode) return error.problem;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('after a whole case', () => {
  it('every node folds the same acts to the view that it shows', async () => {
    for (const { id } of sandbox.orgs) expect(await rebuildViews(sandbox.node(id).house, false)).toEqual([]);
  });

  it('the provider never held section M, and the court never the records', async () => {
    for (const [org, needle] of [
      ['ie-skymail', 'cannot be learnt otherwise'],
      ['ie-skymail', 'Computer fraud, committed'],
      ['pt-court', 'client_ip'],
    ] as const) {
      expect(await everythingIn(org)).not.toContain(needle);
    }
  });

  it('no section lies in clear in a database, whoever may read it', async () => {
    const needle = 'cannot be learnt otherwise';
    expect(await everythingIn('pt-prosecution')).toContain(needle);
    expect(await tablesOf(sandbox.databaseUrl('pt-prosecution'))).not.toContain(needle);
  });

  it('no plaintext of the payload is on any disk or in any database', async () => {
    // An address from the records that were delivered; it stands only in the provider's own source.
    const opened = ['100.64.', '203.0.113.', '198.51.100.'];
    for (const { id } of sandbox.orgs) {
      const text = await everythingIn(id);
      for (const needle of opened) expect(text.includes(needle)).toBe(false);
      for (const file of filesUnder(join(sandbox.dir, 'orgs', id)))
        for (const needle of opened) expect(readFileSync(file).includes(needle)).toBe(false);
    }
  });

  it('the order and the certificates print as PDF, for those who hold the case', async () => {
    const [prosecutor] = told.holders;
    const view = await prosecutor?.read(told.case);
    const act = view?.acts.find((candidate) => candidate.type === 'destroy');
    for (const path of ['order.pdf?lang=ar', `certificates/${act?.digest}?lang=en`]) {
      const pdf = await prosecutor?.bytes(`/api/cases/${told.case}/${path}`);
      expect(
        Buffer.from(pdf ?? [])
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
    }
  });

  it('the case file travels packed too, and says the same', async () => {
    const [prosecutor] = told.holders;
    const packed = readCaseFile((await prosecutor?.bytes(`/api/cases/${told.case}/proof?packed=true`)) ?? new Uint8Array());
    const plain = await prosecutor?.get<{ acts: unknown[] }>(`/api/cases/${told.case}/proof`);
    expect(packed.ok && packed.value['acts']).toEqual(plain?.acts);
  });

  it('nobody reads a case without a stated reason, and each reading is in the log first', async () => {
    const judge = await Actor.signIn(sandbox, 'pt-court', 'judge-1');
    const other = await Actor.signIn(sandbox, 'us-hospital', 'owner-1');
    expect((await refusal(other.get(`/api/cases/${told.case}`))).code).toBe('case-unknown');
    const view = await judge.read(told.case);
    expect(view.reads[0]).toMatchObject({ person: 'judge-1', purpose: 'work' });
  });
});

describe('bad input', () => {
  it.each([
    [
      'an unknown identifier type',
      { ...traffic, identifierType: 'fax' },
      'unknown-identifier-type',
      'data.items.0.identifierType',
    ],
    ['a period without its zone', { ...traffic, zone: undefined }, 'zone-missing', 'data.items.0.zone'],
    [
      'a period that ends before it begins',
      { ...traffic, period: { from: spring.until, until: spring.from } },
      'period-reversed',
      'data.items.0.period',
    ],
  ])('names the field: %s', async (_what, item, code, field) => {
    const investigator = await Actor.signIn(sandbox, 'pt-prosecution', 'investigator-1');
    const before = (await investigator.get<DeskView>('/api/desk')).rows.length;
    expect(await refusal(investigator.open(draft([item])))).toMatchObject({ code, field, status: 422 });
    expect((await investigator.get<DeskView>('/api/desk')).rows.length).toBe(before);
  });

  it('answers what is not JSON, not signed in, not there, in problem details', async () => {
    const url = sandbox.orgs[0]?.url ?? '';
    const post = (body: string): Promise<Response> =>
      fetch(`${url}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const problems = [
      await post('{'),
      await post('{"person":"nobody"}'),
      await post('{"persn":"x"}'),
      await fetch(`${url}/api/desk`),
      await fetch(`${url}/api/nothing`),
    ];
    for (const answer of problems) expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await Promise.all(problems.map(async (answer) => ((await answer.json()) as { code: string }).code))).toEqual([
      'body-not-json',
      'sign-in-refused',
      'field-unknown',
      'not-signed-in',
      'not-found',
    ]);
  });

  it.each([
    ['an act named after what every object has', { ...draft([traffic]), type: 'constructor' }, 'act-unknown'],
    ['a procedure named so', { ...draft([traffic]), procedure: 'toString' }, 'procedure-unknown'],
    [
      'half a character',
      { ...draft([traffic]), sections: { ...draft([traffic]).sections, offence: { statute: '\ud800' } } },
      'field-invalid',
    ],
    [
      'a section nested without end',
      { ...draft([traffic]), sections: { offence: JSON.parse(`${'['.repeat(4_000)}${']'.repeat(4_000)}`) } },
      'field-invalid',
    ],
  ])('is refused, not fallen over: %s', async (_what, request, code) => {
    const investigator = await Actor.signIn(sandbox, 'pt-prosecution', 'investigator-1');
    expect((await refusal(investigator.open(request))).code).toBe(code);
  });

  it('a dataset that is no dataset, or lacks a column, is refused before anything is minimised', async () => {
    const { id, analyst } = await received();
    const { house } = sandbox.node('ie-skymail');
    const broken = join(sandbox.dir, 'broken.parquet');
    writeFileSync(broken, 'this is not a table');
    const csv = join(sandbox.dir, 'short.csv');
    writeFileSync(csv, 'at,account_id\n2026-03-02T00:00:00Z,SM-1\n');
    const original = [...house.catalogue];
    // The catalogue is the holder's own data; a holder that points it at the wrong file must be told so.
    const replace = (path: string, format: 'csv' | 'parquet'): void =>
      void (house.catalogue as unknown[]).splice(0, original.length, ...original.map((entry) => ({ ...entry, path, format })));
    replace(broken, 'parquet');
    expect((await refusal(analyst.post(`/api/cases/${id}/items/i1/preview`))).code).toBe('dataset-unreadable');
    replace(csv, 'csv');
    expect(await refusal(analyst.post(`/api/cases/${id}/items/i1/preview`))).toMatchObject({ code: 'column-missing' });
    (house.catalogue as unknown[]).splice(0, original.length, ...original);
    await analyst.post(`/api/cases/${id}/items/i1/preview`);
  });
});

/** A case that has reached the provider, with its analyst. */
async function received(): Promise<{ readonly id: string; readonly analyst: Actor }> {
  const id = await sent();
  const analyst = await Actor.signIn(sandbox, 'ie-skymail', 'analyst-1');
  await analyst.until(id, 'minimise');
  return { id, analyst };
}

async function sent(): Promise<string> {
  const [investigator, prosecutor, judge] = await Promise.all([
    Actor.signIn(sandbox, 'pt-prosecution', 'investigator-1'),
    Actor.signIn(sandbox, 'pt-prosecution', 'prosecutor-1'),
    Actor.signIn(sandbox, 'pt-court', 'judge-1'),
  ]);
  const id = await investigator.open(draft([traffic]));
  await prosecutor.until(id, 'issue');
  await prosecutor.act(id, { type: 'issue' });
  await judge.until(id, 'validate');
  await judge.act(id, {
    type: 'validate',
    data: { decisions: [{ item: 'i1', choice: 'approve' }] },
    sections: { reasons: { text: 'necessary' } },
  });
  await prosecutor.until(id, 'send');
  await prosecutor.act(id, { type: 'send' });
  return id;
}

describe('who may do what', () => {
  it('the drafter cannot issue, the investigator cannot issue, the one who minimised cannot release', async () => {
    const prosecutor = await Actor.signIn(sandbox, 'pt-prosecution', 'prosecutor-1');
    const investigator = await Actor.signIn(sandbox, 'pt-prosecution', 'investigator-1');
    const own = await prosecutor.open(draft([traffic]));
    expect((await refusal(prosecutor.act(own, { type: 'issue' }))).code).toBe('act-by-asker');
    await investigator.read(own);
    expect((await refusal(investigator.act(own, { type: 'issue' }))).code).toBe('role-not-allowed');
    const { id, analyst } = await received();
    expect(
      (await refusal(analyst.act(id, { type: 'deliver', data: { decisions: [{ item: 'i1', choice: 'deliver' }] } }))).code,
    ).toBe('role-not-allowed');
  });

  it('who may not destroy destroys nothing: a refused destruction leaves every copy where it is', async () => {
    const { id, analyst } = await received();
    const { previewDigest } = await analyst.post<{ previewDigest: string }>(`/api/cases/${id}/items/i1/preview`);
    await analyst.act(id, {
      type: 'minimise',
      data: { decisions: [{ item: 'i1', choice: 'minimise', preview: previewDigest }] },
    });
    const officer = await Actor.signIn(sandbox, 'ie-authority', 'officer-1');
    await officer.until(id, 'clear');
    await officer.act(id, { type: 'clear' });
    const reviewer = await Actor.signIn(sandbox, 'ie-skymail', 'reviewer-1');
    await reviewer.until(id, 'deliver');
    await reviewer.act(id, { type: 'deliver', data: { decisions: [{ item: 'i1', choice: 'deliver' }] } });
    const prosecutor = await Actor.signIn(sandbox, 'pt-prosecution', 'prosecutor-1');
    await prosecutor.until(id, 'open');
    const { vault } = sandbox.node('pt-prosecution').house;
    const before = await vault.list();
    const destroy = { type: 'destroy', data: { decisions: [{ item: 'i1', choice: 'destroy' }] } };
    const investigator = await Actor.signIn(sandbox, 'pt-prosecution', 'investigator-1');
    await investigator.read(id);
    const sections = { reason: { text: 'none of my business' } };
    expect((await refusal(investigator.act(id, { ...destroy, sections }))).code).toBe('role-not-allowed');
    // The right person without the reason that the procedure asks for.
    expect((await refusal(prosecutor.act(id, destroy))).code).toBe('field-missing');
    expect(await vault.list()).toEqual(before);
    await prosecutor.act(id, { ...destroy, sections });
    expect((await vault.list()).length).toBe(before.length - 1);
  });

  it('nothing notified is released before the enforcing authority has answered', async () => {
    const { id, analyst } = await received();
    const { previewDigest } = await analyst.post<{ previewDigest: string }>(`/api/cases/${id}/items/i1/preview`);
    await analyst.act(id, {
      type: 'minimise',
      data: { decisions: [{ item: 'i1', choice: 'minimise', preview: previewDigest }] },
    });
    const reviewer = await Actor.signIn(sandbox, 'ie-skymail', 'reviewer-1');
    await reviewer.read(id);
    expect(
      await refusal(reviewer.act(id, { type: 'deliver', data: { decisions: [{ item: 'i1', choice: 'deliver' }] } })),
    ).toMatchObject({ code: 'act-not-allowed', values: { because: 'notification-suspends' } });
  });
});

describe('between organisations', () => {
  it('a message from nobody in the directory goes nowhere and leaves a trace', async () => {
    const url = sandbox.orgs.find((org) => org.id === 'ie-skymail')?.url ?? '';
    const analyst = await Actor.signIn(sandbox, 'ie-skymail', 'analyst-1');
    const before = (await analyst.get<DeskView>('/api/desk')).quarantined;
    const answer = await fetch(`${url}/peer/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/jose' },
      body: 'eyJhbGciOiJub25lIn0.e30.',
    });
    expect(answer.status).toBe(403);
    expect((await analyst.get<DeskView>('/api/desk')).quarantined).toBe(before + 1);
  });

  it('a party that is down loses nothing: it has everything once it is back', async () => {
    await sandbox.halt('ie-skymail');
    const id = await sent();
    await sandbox.halt('pt-prosecution');
    await Promise.all([sandbox.resume('ie-skymail'), sandbox.resume('pt-prosecution')]);
    const analyst = await Actor.signIn(sandbox, 'ie-skymail', 'analyst-1');
    await analyst.until(id, 'minimise');
    const prosecutor = await Actor.signIn(sandbox, 'pt-prosecution', 'prosecutor-1');
    const view = await waitFor(
      async () => prosecutor.read(id),
      (seen) => seen.acts.some((act) => act.type === 'receive-order'),
    );
    expect(view.clocks.find((clock) => clock.id === 'execution')?.state).toBe('running');
  });

  it('the same message again changes nothing and gets the same receipt', async () => {
    const { id } = await received();
    const { house } = sandbox.node('pt-prosecution');
    const analyst = await Actor.signIn(sandbox, 'ie-skymail', 'analyst-1');
    await waitFor(
      () => analyst.read(id),
      (view) => view.acts.some((act) => act.type === 'receive-notification'),
    );
    const before = await casesAsText('ie-skymail', id);
    const count = async (): Promise<string> =>
      (
        await query(
          sandbox.databaseUrl('ie-skymail'),
          'select (select count(*) from log_index) + (select count(*) from log_staged) as n',
        )
      )[0]?.['n'] ?? '';
    // What it owes others goes its own way; it is on its way no more once nothing waits.
    for (const party of ['ie-skymail', 'ie-authority', 'pt-court', 'pt-prosecution']) {
      await waitFor(
        async () => query(sandbox.databaseUrl(party), 'select seq from outbox where delivered is null'),
        (rows) => rows.length === 0,
      );
    }
    const entries = await count();
    // As if every receipt had been lost on the way back.
    await house.db
      .updateTable('outbox')
      .set({ delivered: null, receipt: null })
      .where('party', '=', 'ie-skymail')
      .where('case_id', '=', id)
      .execute();
    await house.db.transaction().execute((tx) => house.jobs.deliver(tx, 'ie-skymail'));
    await waitFor(
      async () =>
        house.db.selectFrom('outbox').select('seq').where('delivered', 'is', null).where('party', '=', 'ie-skymail').execute(),
      (rows) => rows.length === 0,
    );
    expect(await casesAsText('ie-skymail', id)).toBe(before);
    expect(await count()).toBe(entries);
  });
});

describe('messages that come in any order, twice, in any split', () => {
  const arrivals = fc.array(fc.nat(), { minLength: 30, maxLength: 30 });

  it('leave the same case as if they had come one by one', async () => {
    const { house } = sandbox.node('pt-court');
    const acts = await caseActs(told.case);
    const expected = (
      await query(sandbox.databaseUrl('pt-court'), `select state, heads from cases where id = '${told.case}'`)
    )[0];
    for (const [run, draws] of fc.sample(arrivals, 4).entries()) {
      const fresh = await freshHouse(`again-${run}`, house);
      const twice = [...acts, ...acts].map((act, index) => ({ act, draw: draws[index % draws.length] ?? 0, index }));
      const shuffled = twice.sort((a, b) => a.draw - b.draw || a.index - b.index).map(({ act }) => act);
      for (let from = 0; from < shuffled.length; from += 3) {
        const taken = await receiveActs(fresh.house, {
          case: told.case,
          acts: shuffled.slice(from, from + 3),
          note: async () => undefined,
        });
        expect(taken.ok).toBe(true);
      }
      expect(
        (await query(sandbox.databaseUrl(`again-${run}`), `select state, heads from cases where id = '${told.case}'`))[0],
      ).toEqual(expected);
      await fresh.close();
    }
  });

  it('are refused when they come from another environment, are altered, or name a case that is not theirs', async () => {
    const { house } = sandbox.node('pt-court');
    const [act] = await caseActs(told.case);
    if (act === undefined) throw new Error('the case has no act');
    const refused = async (changed: Act, caseId = told.case): Promise<string> => {
      const taken = await receiveActs(house, { case: caseId, acts: [changed], note: async () => undefined });
      return taken.ok ? 'taken' : taken.refusal.code;
    };
    expect(await refused({ ...act, body: { ...act.body, env: 'production' } })).toBe('environment-mismatch');
    expect(await refused({ ...act, body: { ...act.body, data: {} } })).toBe('message-signature-invalid');
    expect(await refused(act, '00000000-0000-7000-8000-000000000000')).toBe('case-unknown');
    const [name, opening] = Object.entries(act.openings)[0] ?? ['', { salt: '', value: null }];
    expect(await refused({ ...act, openings: { [name]: { ...opening, value: 'another text' } } })).toBe(
      'message-signature-invalid',
    );
  });
});

type Kept = Act & { readonly own: boolean };

/** The acts of a case as the court holds them. */
async function caseActs(id: string): Promise<readonly Kept[]> {
  const { house } = sandbox.node('pt-court');
  const acts = await house.db.transaction().execute((tx) => actsOf(tx, id, house.subjects));
  return acts.map(({ body, signatures, own, openings }) => ({ body, signatures, own, openings }));
}

/** The court's house over an empty database of its own. */
async function freshHouse(name: string, house: House): Promise<{ readonly house: House; readonly close: () => Promise<void> }> {
  const url = sandbox.databaseUrl(name);
  await createDatabase(sandbox.databaseUrl('pt-court'), `comity_${name.replaceAll('-', '_')}`, 'comity_template');
  const connection = connect(url);
  return { house: { ...house, db: connection.db }, close: connection.close };
}

describe('outsourcing', () => {
  it('runs from the question to both certificates', async () => {
    const done = await outsourcing(sandbox, teller({}, true));
    const [owner] = done.holders;
    const view = await owner?.read(done.case);
    expect(view?.tracks).toEqual({ engagement: 'closed', agreement: 'agreed' });
    expect(view?.items[0]?.tracks).toMatchObject({ copy: 'destroyed', holding: 'destroyed', certificate: 'validated' });
  });

  it('cannot choose one vendor on the verdict of another, or a party that has no power to be one', async () => {
    const { owner, id, assess } = await asked();
    await assess('cn-vendor', 'CN');
    await assess('pr-vendor', 'PR');
    const choose = (vendor: string): Promise<unknown> =>
      owner.act(id, { type: 'choose', data: { party: vendor, seats: { vendor } }, sections: { duties: {} } });
    expect(await refusal(choose('cn-vendor'))).toMatchObject({ code: 'assessment-of-another', field: 'data.party' });
    await assess('ie-skymail', 'PR', 'pr-vendor');
    expect(await refusal(choose('ie-skymail'))).toMatchObject({ code: 'seat-not-held', field: 'data.seats.vendor' });
    await assess('pr-vendor', 'PR');
    await choose('pr-vendor');
    const vendor = await Actor.signIn(sandbox, 'pr-vendor', 'manager-1');
    await vendor.until(id, 'agree');
    // The vendor that was chosen learns nothing of the others.
    expect(await everythingIn('pr-vendor')).not.toContain('cn-vendor');
  });

  it('cannot choose a vendor while the last verdict forbids it, whatever the request claims', async () => {
    const { owner, id, assess } = await asked();
    await assess('cn-vendor', 'CN');
    expect(
      await refusal(
        owner.act(id, { type: 'choose', data: { party: 'cn-vendor', seats: { vendor: 'cn-vendor' } }, sections: { duties: {} } }),
      ),
    ).toMatchObject({ code: 'act-not-allowed', values: { because: 'verdict-forbids' } });
  });
});

/** An engagement that was asked for, and a way to assess vendors for it; each claims to be free, and the engine decides otherwise. */
async function asked(): Promise<{
  readonly owner: Actor;
  readonly id: string;
  readonly assess: (party: string, country: string, card?: string) => Promise<string>;
}> {
  const owner = await Actor.signIn(sandbox, 'us-hospital', 'owner-1');
  const data = {
    seats: { client: 'us-hospital' },
    items: [{ id: 'd1', identifierType: 'dataset', category: 'records' }],
    purpose: 'p',
    retentionUntil: '2027-03-31T00:00:00.000Z',
  };
  const id = await owner.open({
    procedure: 'outsourcing.engagement',
    type: 'ask',
    data,
    sections: { datasets: { d1: { type: 'dataset', value: 'claims' } }, need: { text: 'n' } },
  });
  const cards = await owner.get<{ parties: { id: string; facts: object }[]; datasets: { facts: object }[] }>('/api/parties');
  const assess = (party: string, country: string, card = party): Promise<string> => {
    const facts = { ...cards.datasets[0]?.facts, ...cards.parties.find(({ id: known }) => known === card)?.facts };
    return owner.act(id, { type: 'assess', data: { verdict: 'free' }, sections: { assessment: { facts, party, country } } });
  };
  return { owner, id, assess };
}

async function query(url: string, sql: string): Promise<Record<string, string>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** All tables of an organisation's database, and what it can read of them with its keys. */
async function everythingIn(org: string): Promise<string> {
  const cases = await query(sandbox.databaseUrl(org), 'select distinct case_id from acts');
  const { house } = sandbox.node(org);
  const opened = await Promise.all(
    cases.map(({ case_id = '' }) => house.db.transaction().execute((tx) => actsOf(tx, case_id, house.subjects))),
  );
  return `${await tablesOf(sandbox.databaseUrl(org))}\n${JSON.stringify(opened)}`;
}

async function tablesOf(url: string): Promise<string> {
  const tables = await query(
    url,
    "select table_schema || '.' || table_name as name from information_schema.tables where table_schema in ('public') and table_type = 'BASE TABLE'",
  );
  const texts = await Promise.all(
    tables.map(async ({ name }) => JSON.stringify(await query(url, `select t::text as row from ${name} t`))),
  );
  return texts.join('\n');
}

async function casesAsText(org: string, id: string): Promise<string> {
  return JSON.stringify(await query(sandbox.databaseUrl(org), `select state, judged, heads from cases where id = '${id}'`));
}

function filesUnder(dir: string): readonly string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}

async function waitFor<T>(look: () => Promise<T>, until: (seen: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 300; tries++) {
    const seen = await look();
    if (until(seen)) return seen;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('it did not happen in time');
}
