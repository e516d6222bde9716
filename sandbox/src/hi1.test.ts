import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, type JsonObject } from '@comity/core';
import { ERROR_NUMBERS, entry, type Hi1Message, messageJson, type ResponseAction, TYPES } from '@comity/formats/hi1';
import { openOperator } from '@comity/node';
import type { ImportsView, Problem } from '@comity/node/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AUTHORITY, askHi1, created, idsFor, postHi1, request, SUSPECT, signed, uuid } from './foreignSystem.ts';
import { callTo, codeOf, readImport } from './importing.ts';
import { Actor } from './stories/actor.ts';
import { DRAFT } from './stories/cooperation.ts';
import { testSandbox } from './testing.ts';

const stranger = generateKeyPairSync('ed25519');
const callBack = callTo('de-bremen');

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let analyst: Actor;
let reviewer: Actor;

beforeAll(async () => {
  sandbox = await testSandbox({ only: ['ie-skymail', 'pt-court'], foreign: { 'ie-skymail': [AUTHORITY] } });
  analyst = await Actor.signIn(sandbox, 'ie-skymail', 'analyst-1');
  reviewer = await Actor.signIn(sandbox, 'ie-skymail', 'reviewer-1');
});
afterAll(() => sandbox.stop());

const ask = (message: Hi1Message): Promise<readonly ResponseAction[]> => askHi1(sandbox.node('ie-skymail'), message);
const post = (json: JsonObject) => postHi1(sandbox.node('ie-skymail').url, json);
const rows = async (): Promise<ImportsView['rows']> => (await analyst.get<ImportsView>('/api/imports')).rows;

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
    expect(await codeOf(analyst.get(`/api/imports/${id}`))).toBe('reason-required');
    const { draft } = await readImport(analyst, id);
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
    const [list] = await ask(request([{ id: 0, verb: 'LIST', ask: { MaximumObjectCount: 4 } }]));
    expect(list?.verb === 'LIST' && list.records.length).toBe(4);
    // All came in one second: three of them would be a list with a hole.
    const [short] = await ask(request([{ id: 0, verb: 'LIST', ask: { MaximumObjectCount: 3 } }]));
    expect(JSON.stringify(short)).toContain('4 objects changed in one second');
  });

  it('is taken up by two persons, each after a call to the number that this organisation knows', async () => {
    await readImport(reviewer, id);
    const takeUp = { decision: 'taken-up', callBack, words: 'The prosecutor confirmed the number and the accounts.' };
    const decide = (actor: Actor, body: object): Promise<unknown> => actor.post(`/api/imports/${id}/decide`, body);
    expect(await codeOf(decide(analyst, { ...takeUp, callBack: { ...callBack, authority: 'nobody' } }))).toBe(
      'import-needs-call-back',
    );
    expect(await codeOf(decide(analyst, { ...takeUp, callBack: { ...callBack, at: '2036-01-01T00:00:00.000Z' } }))).toBe(
      'import-needs-call-back',
    );
    expect(await decide(analyst, takeUp)).toEqual({ state: 'proposed', case: null });
    expect(await codeOf(decide(analyst, takeUp))).toBe('import-needs-second');
    // The provider may not open an order in the name of another; the refusal changes nothing.
    const { procedure, type, data, sections } = DRAFT;
    expect(await codeOf(decide(reviewer, { ...takeUp, opening: { procedure, type, data, sections } }))).toBe('role-not-allowed');
    expect(await decide(reviewer, takeUp)).toEqual({ state: 'taken-up', case: null });
    expect(await codeOf(decide(reviewer, takeUp))).toBe('import-decided');
    const { steps } = await readImport(analyst, id);
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
      await signed(message, undefined, 'unknown'),
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
    expect(
      JSON.stringify((await post(await signed(request(created(idsFor()), { receiver: AUTHORITY.endpoint })))).json),
    ).toContain('addressed to another');
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

  it('listed in pages by time, each object comes once, and what cannot be filtered by is refused', async () => {
    const page = async (asked: JsonObject): Promise<readonly JsonObject[]> => {
      const [list] = await ask(request([{ id: 0, verb: 'LIST', ask: asked }]));
      if (list?.verb !== 'LIST') throw new Error(JSON.stringify(list));
      return list.records;
    };
    // Another second, with objects of its own.
    await new Promise((done) => setTimeout(done, 1100));
    await ask(request(created(idsFor())));
    const all = (await page({})).map((one) => String(one['Identifier']));
    const found: string[] = [];
    let span = {};
    for (let pages = 0; pages < 20; pages += 1) {
      const records = await page({ MaximumObjectCount: 24, ...span });
      const last = records.at(-1)?.['LastChanged'];
      if (typeof last !== 'string') break;
      found.push(...records.map((one) => String(one['Identifier'])));
      const before = new Date(Date.parse(last) - 1000).toISOString().replace('.000Z', 'Z');
      span = { LastChangedTimespan: { 'common:EndTime': before } };
    }
    expect(all.length).toBeGreaterThan(24);
    expect(new Set(found).size).toBe(found.length);
    expect([...found].sort()).toEqual([...all].sort());
    expect(await page({ CountryCode: 'FR' })).toEqual([]);
    const status = entry('ETSI', 'AuthorisationStatus', 'Approved');
    expect((await ask(request([{ id: 0, verb: 'LIST', ask: { Status: status } }])))[0]?.verb).toBe('ERROR');
    expect((await ask(request([{ id: 0, verb: 'LIST', ask: { LastChangedTimespan: 'now' } }])))[0]?.verb).toBe('ERROR');
  });

  it('asked what it takes, it says what its card in the directory says', async () => {
    const [told] = await ask(request([{ id: 0, verb: 'GETCSPCONFIG' }]));
    const text = JSON.stringify(told);
    expect(text).toContain('"InternationalE164"');
    // A mail provider finds no account by a device or a network card.
    expect(text).not.toContain('IMEI');
    expect(text).not.toContain('MACAddress');
    expect(text).toContain('"StoredContentData"');
  });

  it('erased, what it says opens nowhere, not from a copy of the database either, and that it came stays', async () => {
    const { house } = sandbox.node('ie-skymail');
    const [row] = (await rows()).filter(({ state }) => state === 'quarantined');
    const id = row?.id ?? '';
    await readImport(analyst, id);
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
    expect((await readImport(analyst, id)).draft).toBeNull();
    expect(await codeOf(analyst.bytes(`/api/imports/${id}/original`))).toBe('already-erased');
    expect((await rows()).find((one) => one.id === id)?.state).toBe('quarantined');
  });

  it('does nothing once it is a day old, or before its time, also as an exact repetition of what was taken', async () => {
    const before = (await rows()).length;
    const at = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
    for (const time of [at(-24.1), at(0.1), '2020-01-01T00:00:00.000Z']) {
      const { json } = await post(await signed(request(created(idsFor()), { at: time })));
      expect(JSON.stringify(json)).toContain(`"ErrorCode":${ERROR_NUMBERS['not-fresh']}`);
    }
    for (const time of [at(-23.9), at(0.07)])
      expect((await ask(request([{ id: 0, verb: 'GETCSPCONFIG' }], { at: time })))[0]?.verb).toBe('GETCSPCONFIG');
    const old = await signed(request(created(idsFor()), { at: new Date(Date.now() - 24 * 3_600_000 + 2000).toISOString() }));
    expect(JSON.stringify((await post(old)).json)).toContain('CREATEResponse');
    expect(await rows()).toHaveLength(before + 1);
    await new Promise((done) => setTimeout(done, 2100));
    expect(JSON.stringify((await post(old)).json)).toContain(`"ErrorCode":${ERROR_NUMBERS['not-fresh']}`);
    expect(await rows()).toHaveLength(before + 1);
  });

  it('an overseer does not see it', async () => {
    const overseer = await Actor.signIn(sandbox, 'eu-overseer', 'overseer-1');
    expect(await codeOf(overseer.get('/api/imports'))).toBe('role-not-allowed');
  });
});
