import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, isJsonObject, type JsonObject, utf8 } from '@comity/core';
import {
  ETSI_VERSION,
  entry,
  type Hi1Message,
  type Hi1Order,
  lintMessage,
  messageJson,
  type OrderIds,
  orderActions,
  PROFILE,
  type RequestAction,
  type ResponseAction,
  readMessageJson,
  readOrder,
  signMessage,
  TYPES,
  verifySigned,
} from '@comity/formats/hi1';
import { openOperator } from '@comity/node';
import type { ImportsView, ImportView, Problem } from '@comity/node/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './sandbox.ts';
import { Actor, RefusedByNode } from './stories/actor.ts';
import { askAndApprove, DRAFT, signInAll } from './stories/cooperation.ts';
import { teller } from './stories/teller.ts';
import { testSandbox } from './testing.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');
const [FROM, TO] = [
  { CountryCode: 'DE', UniqueIdentifier: 'StA-Bremen' },
  { CountryCode: 'IE', UniqueIdentifier: 'ie-skymail' },
];
const AUTHORITY = {
  id: 'de-bremen',
  name: 'Staatsanwaltschaft Bremen',
  country: 'DE',
  phone: '+49 421 100100',
  endpoint: FROM,
  keys: { 'de-bremen#1': publicKey.export({ format: 'jwk' }) as Record<string, unknown> },
};
const PARIS = { id: 'fr-paris', name: 'Parquet de Paris', country: 'FR', phone: '+33 1 44 32 51 51' };
const period = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' };
const SUSPECT = 'm.duarte@skymail.example';

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let analyst: Actor;
let reviewer: Actor;
const url = (): string => sandbox.orgs.find(({ id }) => id === 'ie-skymail')?.url ?? '';

beforeAll(async () => {
  sandbox = await testSandbox({ foreign: { 'ie-skymail': [AUTHORITY], 'pt-prosecution': [PARIS] } });
  analyst = await Actor.signIn(sandbox, 'ie-skymail', 'analyst-1');
  reviewer = await Actor.signIn(sandbox, 'ie-skymail', 'reviewer-1');
});
afterAll(() => sandbox.stop());

let drawn = 0;
const uuid = (): string => `${String(++drawn).padStart(8, '0')}-b628-416d-bd22-404e68a0cd36`;

function order(): Hi1Order {
  return {
    reference: '330 Js 17/26',
    legalType: entry('ETSI', 'EPOCLegalType', 'EPOC'),
    priority: entry('ETSI', 'EPOCPriority', 'TenDaysASAP'),
    typeOfCase: entry('ETSI', 'AuthorisationTypeOfCase', 'Cybercrime'),
    jurisdiction: 'DE',
    issued: '2026-11-26T09:00:00.000Z',
    ...{ from: FROM, to: TO, addressee: 'Skymail Cloud Ltd', status: 'SUBMITTED', delayed: false, notified: false },
    approvals: [
      {
        kind: 'issuing',
        name: 'A. Weber',
        role: 'PublicProsecutor',
        at: '2026-11-26T09:00:00.000Z',
        reference: '330 Js 17/26',
        emergency: false,
      },
    ],
    deadlines: [],
    delivery: { to: FROM, recipient: 'age1example' },
    items: [
      {
        item: { id: 'i1', identifierType: 'email', category: 'subscriber' },
        identifier: { type: 'email', value: SUSPECT },
        does: 'disclose',
      },
      {
        item: { id: 'i2', identifierType: 'email', category: 'traffic', period, zone: 'Europe/Berlin' },
        identifier: { type: 'email', value: SUSPECT },
        does: 'disclose',
      },
    ],
  };
}

function idsFor(): OrderIds {
  return { authorisation: uuid(), encryption: uuid(), reasons: uuid(), tasks: { i1: uuid(), i2: uuid() } };
}

function created(ids: OrderIds): readonly RequestAction[] {
  const actions = orderActions(order(), ids);
  if (!actions.ok) throw new Error(JSON.stringify(actions.refusal));
  return actions.value;
}

function request(actions: readonly RequestAction[], header: Partial<Hi1Message['header']> = {}): Hi1Message {
  const base = {
    sender: FROM,
    receiver: TO,
    transaction: uuid(),
    at: '2026-11-26T09:30:00.000Z',
    version: { etsi: ETSI_VERSION, ...PROFILE },
  };
  return { header: { ...base, ...header }, body: { kind: 'request', actions } };
}

const signed = (message: Hi1Message, key = privateKey, kid = 'de-bremen#1'): Promise<JsonObject> =>
  signMessage(messageJson(message), { kid, alg: 'EdDSA', sign: async (bytes) => sign(null, bytes, key) });

async function post(json: JsonObject): Promise<{ readonly status: number; readonly json: JsonObject }> {
  const answer = await fetch(`${url()}/hi1`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: canonicalJson(json),
  });
  return { status: answer.status, json: (await answer.json()) as JsonObject };
}

/** Sends a request as the authority, and checks that the answer is signed by the provider. */
async function ask(message: Hi1Message): Promise<readonly ResponseAction[]> {
  const { status, json } = await post(await signed(message));
  expect([status, json['code']]).toEqual([200, undefined]);
  const party = sandbox.node('ie-skymail').house.directory.parties.find(({ id }) => id === 'ie-skymail');
  const keys = Object.fromEntries(
    (party?.keys ?? []).filter(({ use }) => use === 'sign').map((key) => [key.id, { kty: 'OKP', crv: 'Ed25519', x: key.public }]),
  );
  const checked = await verifySigned(utf8(canonicalJson(json)), keys);
  const read = checked.ok ? readMessageJson(checked.value.json) : checked;
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  expect(read.value.message.header.transaction).toBe(message.header.transaction);
  const { body } = read.value.message;
  if (body.kind !== 'response') throw new Error(JSON.stringify(body));
  return body.actions;
}

const read = async (actor: Actor, id: string): Promise<ImportView> => {
  await actor.post(`/api/imports/${id}/reads`, { purpose: 'work' });
  return actor.get<ImportView>(`/api/imports/${id}`);
};
const rows = async (): Promise<ImportsView['rows']> => (await analyst.get<ImportsView>('/api/imports')).rows;
const code = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'allowed';
  } catch (error) {
    if (error instanceof RefusedByNode) return error.problem.code;
    throw error;
  }
};
const callBack = { authority: 'de-bremen', spokeWith: 'A. Weber', at: '2026-11-26T10:00:00.000Z' };

describe('an order that comes as message of TS 103 120', () => {
  const ids = idsFor();
  let id: string;
  let first: Hi1Message;

  it('goes into quarantine whole, and is answered action by action', async () => {
    first = request(created(ids));
    const answers = await ask(first);
    expect(answers.map(({ verb }) => verb)).toEqual(['CREATE', 'CREATE', 'CREATE', 'CREATE']);
    const [row] = await rows();
    expect(row).toMatchObject({ kind: 'hi1', state: 'quarantined', sender: { id: 'de-bremen', country: 'DE' } });
    id = row?.id ?? '';
    // The list says nothing of what the order says.
    expect(JSON.stringify(await rows())).not.toContain('duarte');
  });

  it('is taken once: the same again gets the same answer, another under its transaction is a conflict', async () => {
    expect((await ask(first)).map(({ verb }) => verb)).toEqual(['CREATE', 'CREATE', 'CREATE', 'CREATE']);
    expect(await rows()).toHaveLength(1);
    const other = request(created(idsFor()), { transaction: first.header.transaction });
    const { json } = await post(await signed(other));
    expect(JSON.stringify(json)).toContain('Another message was taken under this transaction');
    expect(await rows()).toHaveLength(1);
  });

  it('opens only to whoever states a reason, which the log holds, and its original is the bytes that came', async () => {
    expect(await code(analyst.get(`/api/imports/${id}`))).toBe('reason-required');
    const { draft } = await read(analyst, id);
    expect(draft?.items.map(({ item, identifier, by }) => [item.id, item.category, identifier.value, by])).toEqual([
      ['i1', 'subscriber', SUSPECT, 'sender'],
      ['i2', 'traffic', SUSPECT, 'sender'],
    ]);
    expect(draft?.values.find(({ field }) => field === 'reference')?.value).toBe('330 Js 17/26');
    const original = await analyst.bytes(`/api/imports/${id}/original`);
    expect(Buffer.from(original).toString()).toBe(canonicalJson(await signed(first)));
    // Nothing of it lies in the database in clear.
    const { db } = sandbox.node('ie-skymail').house;
    const stored = await db.selectFrom('imports').selectAll().execute();
    expect(stored.some(({ original: bytes, draft: sealed }) => bytes.includes(SUSPECT) || sealed.includes(SUSPECT))).toBe(false);
    const logged = await db.selectFrom('log_index').select('type').where('case_id', '=', id).execute();
    expect(logged.map(({ type }) => type)).toEqual(expect.arrayContaining(['import.arrived', 'case.read']));
  });

  it('is told where it stands, and nobody else is', async () => {
    const [authorisation, task, unknown] = await ask(
      request([
        { id: 0, verb: 'GET', identifier: ids.authorisation },
        { id: 1, verb: 'GET', identifier: ids.tasks['i2'] ?? '' },
        { id: 2, verb: 'GET', identifier: uuid() },
      ]),
    );
    expect(JSON.stringify(authorisation)).toContain('"SubmittedToCSP"');
    expect(JSON.stringify(task)).toContain('"AwaitingApproval"');
    expect(unknown?.verb).toBe('ERROR');
    const [list] = await ask(request([{ id: 0, verb: 'LIST', ask: { MaximumObjectCount: 3 } }]));
    expect(list?.verb === 'LIST' && list.records.length).toBe(3);
  });

  it('is taken up by two persons, each after a call to the number that this organisation knows', async () => {
    await read(reviewer, id);
    const takeUp = { decision: 'taken-up', callBack, words: 'The prosecutor confirmed the number and the accounts.' };
    const decide = (actor: Actor, body: object): Promise<unknown> => actor.post(`/api/imports/${id}/decide`, body);
    expect(await code(decide(analyst, { ...takeUp, callBack: { ...callBack, authority: 'nobody' } }))).toBe(
      'import-needs-call-back',
    );
    expect(await code(decide(analyst, { ...takeUp, callBack: { ...callBack, at: '2036-01-01T00:00:00.000Z' } }))).toBe(
      'import-needs-call-back',
    );
    expect(await decide(analyst, takeUp)).toEqual({ state: 'proposed', case: null });
    expect(await code(decide(analyst, takeUp))).toBe('import-needs-second');
    // The provider may not open an order in the name of another; the refusal changes nothing.
    const { procedure, type, data, sections } = DRAFT;
    expect(await code(decide(reviewer, { ...takeUp, opening: { procedure, type, data, sections } }))).toBe('role-not-allowed');
    expect(await decide(reviewer, takeUp)).toEqual({ state: 'taken-up', case: null });
    expect(await code(decide(reviewer, takeUp))).toBe('import-decided');
    const { steps } = await read(analyst, id);
    expect(steps.map(({ person, said }) => [person, said?.callBack?.number])).toEqual([
      ['analyst-1', '+49 421 100100'],
      ['reviewer-1', '+49 421 100100'],
    ]);
    const [authorisation, task] = await ask(
      request([
        { id: 0, verb: 'GET', identifier: ids.authorisation },
        { id: 1, verb: 'GET', identifier: ids.tasks['i1'] ?? '' },
      ]),
    );
    expect(JSON.stringify(authorisation)).toContain('"Approved"');
    expect(JSON.stringify(task)).toContain('"AwaitingDisclosure"');
    const late = {
      '@xsi:type': TYPES.authorisation,
      ObjectIdentifier: ids.authorisation,
      'auth:AuthorisationDesiredStatus': entry('ETSI', 'AuthorisationDesiredStatus', 'Cancelled'),
    };
    expect((await ask(request([{ id: 0, verb: 'UPDATE', object: late }])))[0]?.verb).toBe('ERROR');
  });
});

describe('what else may come', () => {
  it('cancelled by its sender before anybody took it up, it is withdrawn', async () => {
    const ids = idsFor();
    await ask(request(created(ids)));
    const cancel = {
      '@xsi:type': TYPES.authorisation,
      ObjectIdentifier: ids.authorisation,
      'auth:AuthorisationDesiredStatus': entry('ETSI', 'AuthorisationDesiredStatus', 'Cancelled'),
    };
    expect((await ask(request([{ id: 0, verb: 'UPDATE', object: cancel }])))[0]?.verb).toBe('UPDATE');
    expect((await rows()).map(({ state }) => state)).toContain('withdrawn');
  });

  it('refused with a reason of the list, it stays refused', async () => {
    const ids = idsFor();
    await ask(request(created(ids)));
    const row = (await rows()).find(({ state }) => state === 'quarantined');
    await analyst.post(`/api/imports/${row?.id}/decide`, { decision: 'refused', reason: 'not-for-us', words: '' });
    expect((await rows()).find(({ id }) => id === row?.id)?.state).toBe('refused');
    const [authorisation] = await ask(request([{ id: 0, verb: 'GET', identifier: ids.authorisation }]));
    expect(JSON.stringify(authorisation)).toContain('"Rejected"');
  });

  it('live interception is refused politely, action by action, and the sound rest is taken', async () => {
    const actions = created(idsFor());
    const interception = {
      '@xsi:type': '{http://uri.etsi.org/03120/common/2020/09/Task}LITaskObject',
      ObjectIdentifier: uuid(),
      CountryCode: 'DE',
      OwnerIdentifier: 'StA-Bremen',
    };
    const answers = await ask(
      request([
        ...actions,
        { id: 9, verb: 'CREATE', object: interception },
        { id: 10, verb: 'DELIVER', identifier: uuid(), object: interception },
        { id: 11, verb: 'GETCSPCONFIG' },
      ]),
    );
    expect(answers.map(({ verb }) => verb)).toEqual(['CREATE', 'CREATE', 'CREATE', 'CREATE', 'ERROR', 'ERROR', 'GETCSPCONFIG']);
    expect(JSON.stringify(answers[4])).toContain('Live interception is not done by this system');
    expect(JSON.stringify(answers[6])).toContain('InternationalizedEmailAddress');
  });

  it('unsigned, signed by a stranger, or in the name of another, it is not taken, and leaves its trace', async () => {
    const before = (await analyst.get<{ quarantined: number }>('/api/desk')).quarantined;
    const message = request(created(idsFor()));
    const tries = [
      messageJson(message),
      await signed(message, stranger.privateKey),
      await signed(message, privateKey, 'unknown'),
      await signed(request(created(idsFor()), { sender: { CountryCode: 'DE', UniqueIdentifier: 'StA-Hamburg' } })),
    ];
    const answers = [];
    for (const json of tries) answers.push((await post(json)).json as unknown as Problem);
    expect(answers.map((one) => [one.status, one.code, one.values?.['why'] ?? one.field])).toEqual([
      [403, 'hi1-signature-refused', 'unsigned'],
      [403, 'hi1-signature-refused', 'wrong'],
      [403, 'hi1-signature-refused', 'key-unknown'],
      [403, 'sender-unknown', 'Header.SenderIdentifier'],
    ]);
    expect((await analyst.get<{ quarantined: number }>('/api/desk')).quarantined).toBe(before + 4);
    expect(JSON.stringify((await post(await signed(request(created(idsFor()), { receiver: FROM })))).json)).toContain(
      'addressed to another',
    );
  });

  it('with a text that no store keeps, it is answered, and nothing breaks', async () => {
    const actions = created(idsFor()).map((action) =>
      'object' in action && action.object['ExternalIdentifier'] === 'i2'
        ? { ...action, object: { ...action.object, ExternalIdentifier: 'i2\u0000' } }
        : action,
    );
    expect((await ask(request(actions))).map(({ verb }) => verb)).toEqual(['CREATE', 'CREATE', 'CREATE', 'ERROR']);
    const odd = await ask(
      request([
        { id: 0, verb: 'GET', identifier: 'x\u0000' },
        { id: 1, verb: 'LIST', ask: { MaximumObjectCount: -1 } },
        { id: 2, verb: 'LIST', ask: { LastChanged: 'yesterday' } },
        { id: 3, verb: 'LIST', ask: { ObjectType: 1 } },
      ]),
    );
    expect(odd.map(({ verb }) => verb)).toEqual(['ERROR', 'ERROR', 'ERROR', 'LIST']);
  });

  it('the same message twice at one moment is one import', async () => {
    const before = (await rows()).length;
    const message = await signed(request(created(idsFor())));
    const answers = await Promise.all([post(message), post(message), post(message)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ json }) => canonicalJson((json['Payload'] ?? null) as JsonObject))).size).toBe(1);
    expect(await rows()).toHaveLength(before + 1);
  });

  it('erased, what it says opens nowhere, not from a copy of the database either, and that it came stays', async () => {
    const { house } = sandbox.node('ie-skymail');
    const [row] = (await rows()).filter(({ state }) => state === 'quarantined');
    const id = row?.id ?? '';
    await read(analyst, id);
    const { db } = house;
    const key = await db.selectFrom('subjects').select('key_id').where('case_id', '=', id).executeTakeFirstOrThrow();
    const operator = openOperator({
      env: 'sandbox',
      party: 'ie-skymail',
      databaseUrl: sandbox.databaseUrl('ie-skymail'),
      dir: join(sandbox.dir, 'orgs', 'ie-skymail'),
      directory: house.signedDirectory,
      directoryKey: sandbox.directoryKey,
    });
    const person = { id: 'analyst-1', name: '', roles: ['analyst'] };
    const ask = { id, reason: 'retention-ended', authority: 'ie-skymail', person } as const;
    expect((await operator.eraseImport(ask)).ok).toBe(true);
    expect(await operator.eraseImport(ask)).toMatchObject({ ok: false, refusal: { code: 'already-erased' } });
    expect(await operator.eraseImport({ ...ask, id: uuid() })).toMatchObject({ ok: false, refusal: { code: 'import-unknown' } });
    await operator.close();
    expect(existsSync(join(sandbox.dir, 'orgs', 'ie-skymail', 'subjects', String(key.key_id)))).toBe(false);
    expect((await read(analyst, id)).draft).toBeNull();
    expect(await code(analyst.bytes(`/api/imports/${id}/original`))).toBe('already-erased');
    expect((await rows()).find((one) => one.id === id)?.state).toBe('quarantined');
  });

  it('an overseer does not see it', async () => {
    const overseer = await Actor.signIn(sandbox, 'eu-overseer', 'overseer-1');
    expect(await code(overseer.get('/api/imports'))).toBe('role-not-allowed');
  });
});

describe('a file that somebody received', () => {
  const handIn = async (kind: string, content: string): Promise<string> => {
    const init = { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: content };
    const answer = await analyst.call(`/api/imports?kind=${kind}`, init);
    return ((await answer.json()) as { import: string }).import;
  };

  it('is kept byte for byte, with a proposal beside it that a person must judge', async () => {
    const text = 'Az.: 17/26\nBestandsdaten zu m.duarte@skymail.example am 3.4.2026, 9:15';
    const id = await handIn('txt', text);
    const { draft, sender, state } = await read(analyst, id);
    expect([sender, state, draft?.text]).toEqual([null, 'quarantined', text]);
    expect(draft?.values.map(({ field, by, doubts }) => [field, by, doubts[0]])).toEqual([
      ['reference', 'machine', undefined],
      ['data', 'machine', 'meaning'],
      ['identifier', 'machine', undefined],
      ['time', 'machine', 'zone-missing'],
    ]);
    expect(Buffer.from(await analyst.bytes(`/api/imports/${id}/original`)).toString()).toBe(text);
  });

  it('as PDF is kept for the clerk to type from; what is none is refused', async () => {
    const { draft } = await read(analyst, await handIn('pdf', '%PDF-1.7 …'));
    expect(draft?.readable).toBe(false);
    expect(await code(handIn('pdf', 'MZ'))).toBe('import-unreadable');
    expect(await code(handIn('eml', ''))).toBe('import-unreadable');
  });

  it('is taken up into a case that is open, or opens one, both or neither', async () => {
    const prosecutor = await Actor.signIn(sandbox, 'pt-prosecution', 'prosecutor-1');
    const call = (await prosecutor.get<ImportsView>('/api/imports')).authorities;
    expect(call).toEqual([{ id: 'fr-paris', name: 'Parquet de Paris', country: 'FR', phone: '+33 1 44 32 51 51' }]);
    const init = { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: 'Référence : 17/26' };
    const id = ((await (await prosecutor.call('/api/imports?kind=txt', init)).json()) as { import: string }).import;
    const investigator = await Actor.signIn(sandbox, 'pt-prosecution', 'investigator-1');
    const takeUp = { decision: 'taken-up', callBack: { ...callBack, authority: 'fr-paris' }, words: '' };
    await prosecutor.post(`/api/imports/${id}/decide`, takeUp);
    const opening = { procedure: DRAFT.procedure, type: DRAFT.type, data: DRAFT.data, sections: DRAFT.sections };
    const broken = { ...opening, data: { ...DRAFT.data, purpose: 7 } };
    expect(await code(investigator.post(`/api/imports/${id}/decide`, { ...takeUp, opening: broken }))).toBe('field-invalid');
    expect(await code(prosecutor.post(`/api/imports/${id}/decide`, { ...takeUp, opening }))).toBe('import-needs-second');
    const done = await investigator.post<{ state: string; case: string }>(`/api/imports/${id}/decide`, { ...takeUp, opening });
    expect(done.state).toBe('taken-up');
    expect((await investigator.read(done.case)).items).toHaveLength(4);
    // The case that was refused to the first person does not exist.
    const { db } = sandbox.node('pt-prosecution').house;
    expect(await db.selectFrom('cases').select('id').execute()).toHaveLength(1);
  });
});

describe('an order that goes out', () => {
  it('is written from its case file, and comes back as it went, without what was struck', async () => {
    const people = await signInAll(sandbox);
    const id = await askAndApprove(people, teller({}, true));
    const file = join(sandbox.dir, 'order.comity');
    writeFileSync(file, await people.prosecutor.bytes(`/api/cases/${id}/proof?packed=true`));
    const program = (...args: readonly string[]) =>
      spawnSync(process.execPath, [join(ROOT, 'packages/cli/bin/comity.js'), ...args], { encoding: 'utf8' });
    const written = program('hi1', 'write', file, '--type-of-case', 'OtherFinancialCrimeOrFraud');
    expect(written.stderr).toBe('');
    const json: unknown = JSON.parse(written.stdout);
    const message = isJsonObject(json) ? readMessageJson(json) : undefined;
    if (message?.ok !== true) throw new Error('not read');
    expect(lintMessage(message.value).map(({ code: found }) => found)).toEqual(['unsigned']);
    const back = readOrder(message.value.message);
    expect(back.ok && back.value.order.items.map(({ item, identifier }) => [item, identifier])).toEqual(
      DRAFT.data.items.filter(({ id: item }) => item !== 'i3').map((item) => [item, { type: 'email', value: SUSPECT }]),
    );
    expect(back.ok && [back.value.order.reference, back.value.order.approvals.length, back.value.order.notified]).toEqual([
      id,
      2,
      true,
    ]);
  });

  it('to preserve is written as preservation tasks, once it is said until when', async () => {
    const investigator = await Actor.signIn(sandbox, 'pt-prosecution', 'investigator-1');
    const { identifiers, offence, necessity } = DRAFT.sections;
    const { enforcing: _enforcing, ...seats } = DRAFT.data.seats;
    const id = await investigator.open({
      procedure: 'eu.epoc-pr',
      type: 'draft',
      data: { seats, items: DRAFT.data.items, purpose: DRAFT.data.purpose, retentionUntil: DRAFT.data.retentionUntil },
      sections: { identifiers, offence, necessity },
    });
    const file = join(sandbox.dir, 'preserve.comity');
    writeFileSync(file, await investigator.bytes(`/api/cases/${id}/proof?packed=true`));
    const program = (...args: readonly string[]) =>
      spawnSync(process.execPath, [join(ROOT, 'packages/cli/bin/comity.js'), 'hi1', 'write', file, ...args], {
        encoding: 'utf8',
      });
    expect(program()).toMatchObject({ status: 1, stderr: expect.stringContaining('--preserve-until') });
    const json: unknown = JSON.parse(program('--preserve-until', '2027-01-25T00:00:00.000Z').stdout);
    const message = isJsonObject(json) ? readMessageJson(json) : undefined;
    const back = message?.ok === true ? readOrder(message.value.message) : undefined;
    if (back?.ok !== true) throw new Error('not read');
    expect(back.value.order.items.map(({ does, until }) => [does, until])).toEqual(
      DRAFT.data.items.map(() => ['preserve', '2027-01-25T00:00:00.000Z']),
    );
    // A draft has no approval yet, and the linter says so.
    expect(message?.ok === true && lintMessage(message.value).map(({ code: found }) => found)).toEqual(['unsigned', 'missing']);
  });
});
