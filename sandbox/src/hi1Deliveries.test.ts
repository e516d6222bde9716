import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { canonicalJson, isJsonObject, type JsonObject, keyAt } from '@comity/core';
import {
  answerTo,
  type DeliveryPart,
  deliveryObject,
  ERROR_NUMBERS,
  entry,
  type Hi1Message,
  inParts,
  ldidOf,
  orderIds,
  PART_BYTES,
  type ResponseAction,
  readDelivery,
  readMessageJson,
  TYPES,
} from '@comity/formats/hi1';
import type { ImportsView, ImportView } from '@comity/node/api';
import { sha256 } from '@comity/node/keys';
import { generateOfficeIdentity, type OfficeIdentity, recoverIdentity, sealWhole, unsealWhole } from '@comity/seal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSPHRASE } from './directory.ts';
import { AUTHORITY, askHi1, created, foreignProvider, idsFor, postHi1, request, signed, uuid } from './foreignSystem.ts';
import { callTo, codeOf, readImport } from './importing.ts';
import { Actor } from './stories/actor.ts';
import { askAndApprove, signInAll } from './stories/cooperation.ts';
import { teller } from './stories/teller.ts';
import { ORDER, testSandbox } from './testing.ts';

const ASKER = { CountryCode: 'PT', UniqueIdentifier: 'pt-prosecution' };
const PROVIDER = { CountryCode: 'IE', UniqueIdentifier: 'ie-skymail' };
const { authority: provider, sign: asProvider } = foreignProvider('ie-system', PROVIDER);
const { authority: stranger, sign: asStranger } = foreignProvider('fi-system', {
  CountryCode: 'FI',
  UniqueIdentifier: 'fi-mail',
});

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let server: Server;
/** What was pushed to the foreign authority, and how it answers. */
const pushed: JsonObject[] = [];
let answers: 'late' | 'taken' | 'refused' = 'late';
let office: OfficeIdentity;
let analyst: Actor;
let reviewer: Actor;

beforeAll(async () => {
  office = await generateOfficeIdentity();
  server = createServer((incoming, outgoing) => void answerPush(incoming, outgoing)).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hi1`;
  const pulls = { ...AUTHORITY };
  sandbox = await testSandbox({
    only: ORDER,
    foreign: { 'ie-skymail': [{ ...pulls, url }], 'pt-prosecution': [provider, stranger] },
  });
  analyst = await Actor.signIn(sandbox, 'ie-skymail', 'analyst-1');
  reviewer = await Actor.signIn(sandbox, 'ie-skymail', 'reviewer-1');
});
afterAll(async () => {
  await sandbox.stop();
  server.close();
});

/** The foreign system takes each part, and says so with its key; or is not there, or refuses. */
async function answerPush(incoming: AsyncIterable<Uint8Array>, outgoing: import('node:http').ServerResponse): Promise<void> {
  const pieces: Uint8Array[] = [];
  for await (const piece of incoming) pieces.push(piece);
  const json: unknown = JSON.parse(Buffer.concat(pieces).toString());
  if (!isJsonObject(json)) throw new Error('not JSON');
  pushed.push(json);
  const read = readMessageJson(json);
  if (!read.ok || answers === 'late') return void outgoing.writeHead(503).end();
  const { header, body } = read.value.message;
  const [action] = body.kind === 'request' ? body.actions : [];
  const identifier = action?.verb === 'DELIVER' ? action.identifier : '';
  const done: ResponseAction =
    answers === 'taken' ? { id: 0, verb: 'DELIVER', identifier } : { id: 0, verb: 'ERROR', error: { code: 4711, says: 'no' } };
  const answer = answerTo(header, { at: new Date().toISOString(), body: { kind: 'response', actions: [done] } });
  outgoing.writeHead(200).end(canonicalJson(await signed(answer)));
}

const ask = (message: Hi1Message): Promise<readonly ResponseAction[]> => askHi1(sandbox.node('ie-skymail'), message);

/** An order that came as message and was taken up by two persons. */
async function takenUp(change: Parameters<typeof created>[1] = {}) {
  const ids = idsFor();
  await ask(request(created(ids, { delivery: { to: AUTHORITY.endpoint, recipient: office.recipient }, ...change })));
  const { rows } = await analyst.get<ImportsView>('/api/imports');
  const id = rows.findLast(({ state }) => state === 'quarantined')?.id ?? '';
  await readImport(analyst, id);
  await readImport(reviewer, id);
  const decision = { decision: 'taken-up', callBack: callTo('de-bremen'), words: '' };
  await analyst.post(`/api/imports/${id}/decide`, decision);
  await reviewer.post(`/api/imports/${id}/decide`, decision);
  return { id, ids };
}

async function handIn(id: string, file: Uint8Array, item = 'i1'): Promise<string> {
  const answer = await analyst.call(`/api/imports/${id}/deliveries?item=${item}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(file),
  });
  return ((await answer.json()) as { delivery: string }).delivery; // parser of a client
}

async function sealedFor(recipient: string, plain: Uint8Array): Promise<Uint8Array> {
  const file = await sealWhole(plain, [recipient]);
  if (!file.ok) throw new Error(file.refusal.code);
  return file.value;
}

const delivery = async (id: string, number: string) =>
  (await analyst.get<ImportView>(`/api/imports/${id}`)).deliveries.find((one) => one.id === number);

async function until(found: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await found()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('it did not come about');
}

describe('an answer to a foreign order', () => {
  const plain = new Uint8Array(PART_BYTES + 1000).fill(7);
  let id: string;
  let ids: ReturnType<typeof idsFor>;
  let number: string;
  let file: Uint8Array;

  it('is taken only sealed to the key that the order names, for an item of it, once it was taken up', async () => {
    await ask(request(created(idsFor())));
    const { rows } = await analyst.get<ImportsView>('/api/imports');
    const waiting = rows.find(({ state }) => state === 'quarantined')?.id ?? '';
    await readImport(analyst, waiting);
    file = await sealedFor(office.recipient, plain);
    expect(await codeOf(handIn(waiting, file))).toBe('import-not-taken-up');
    await analyst.post(`/api/imports/${waiting}/decide`, { decision: 'refused', reason: 'duplicate', words: '' });
    ({ id, ids } = await takenUp());
    expect(await codeOf(handIn(id, new TextEncoder().encode('in clear')))).toBe('upload-not-sealed');
    const classical = await generateOfficeIdentity('x25519');
    expect(await codeOf(sealedFor(classical.recipient, plain).then((other) => handIn(id, other)))).toBe('upload-not-sealed');
    expect(await codeOf(handIn(id, file, 'i9'))).toBe('item-unknown');
    number = await handIn(id, file);
    expect(await codeOf(handIn(id, file))).toBe('item-not-open');
  });

  it('goes out only when a second person releases it, and the asker sees nothing of it before', async () => {
    const decide = (actor: Actor) => actor.post(`/api/imports/${id}/deliveries/${number}/decide`, { decision: 'release' });
    const listed = async (): Promise<number> => {
      const type = entry('ETSI', 'ObjectType', 'DeliveryObject');
      const [list] = await ask(request([{ id: 0, verb: 'LIST', ask: { ObjectType: type } }]));
      return list?.verb === 'LIST' ? list.records.length : -1;
    };
    expect(await listed()).toBe(0);
    expect(await codeOf(decide(analyst))).toBe('import-needs-second');
    expect(await decide(reviewer)).toEqual({ state: 'released' });
    expect(await codeOf(decide(reviewer))).toBe('item-not-open');
    expect(await listed()).toBe(2);
    const [task] = await ask(request([{ id: 0, verb: 'GET', identifier: ids.tasks['i1'] ?? '' }]));
    expect(JSON.stringify(task)).toContain('"Disclosed"');
  });

  it('is fetched in parts that make up the sealed file, and opens with the key of whoever asked alone', async () => {
    const type = entry('ETSI', 'ObjectType', 'DeliveryObject');
    const [list] = await ask(request([{ id: 0, verb: 'LIST', ask: { ObjectType: type } }]));
    const names = list?.verb === 'LIST' ? list.records.map((one) => String(one['Identifier'])) : [];
    const parts: DeliveryPart[] = [];
    for (const identifier of names) {
      const [got] = await ask(request([{ id: 0, verb: 'GET', identifier }]));
      const part = got?.verb === 'GET' ? readDelivery(got.object, sha256) : 'not-taken';
      if (typeof part === 'string') throw new Error(part);
      parts.push(part);
    }
    parts.sort((one, other) => one.sequence - other.sequence);
    expect(parts.map(({ sequence, last, ldid }) => [sequence, last, ldid])).toEqual([
      [0, false, 'DE-StA-Bremen-330_Js_17_26.i1'],
      [1, true, 'DE-StA-Bremen-330_Js_17_26.i1'],
    ]);
    const whole = Buffer.concat(parts.flatMap(({ content }) => (content.kind === 'data' ? [content.bytes] : [])));
    expect(Buffer.compare(whole, file)).toBe(0);
    expect(await unsealWhole(new Uint8Array(whole), office.identity)).toEqual({ ok: true, value: plain });
    expect(parts[1]?.content).toMatchObject({ encryption: ids.encryption, manifest: { size: file.length, parts: 2 } });
  });

  it('is pushed until it is taken, as the same message each time, and its bytes go from here', async () => {
    await until(async () => pushed.length > 0);
    expect(await delivery(id, number)).toMatchObject({ state: 'released', acknowledged: 0, parts: 2 });
    answers = 'taken';
    await until(async () => (await delivery(id, number))?.state === 'acknowledged');
    const first = pushed.filter((json) => canonicalJson(json) === canonicalJson(pushed[0] ?? {}));
    expect(first.length).toBe(pushed.length - 1);
    const { db } = sandbox.node('ie-skymail').house;
    expect((await db.selectFrom('hi1_parts').select('content').execute()).every(({ content }) => content === null)).toBe(true);
    // The index follows the log a moment later.
    const logged = async (): Promise<readonly string[]> =>
      (await db.selectFrom('log_index').select('type').where('case_id', '=', id).execute()).map(({ type }) => type);
    await until(async () => (await logged()).includes('import.delivered'));
    expect(await logged()).toEqual(expect.arrayContaining(['import.answered', 'import.released', 'import.delivered']));
  });

  it('that the other side refuses stays here for persons, with its number', async () => {
    answers = 'refused';
    const other = await takenUp();
    const wrong = await handIn(other.id, file, 'i2');
    await reviewer.post(`/api/imports/${other.id}/deliveries/${wrong}/decide`, { decision: 'discard' });
    expect((await delivery(other.id, wrong))?.state).toBe('discarded');
    const again = await handIn(other.id, await sealedFor(office.recipient, new Uint8Array(10)), 'i2');
    await reviewer.post(`/api/imports/${other.id}/deliveries/${again}/decide`, { decision: 'release' });
    await until(async () => (await delivery(other.id, again))?.state === 'refused');
    expect(await delivery(other.id, again)).toMatchObject({ error: 4711, acknowledged: 0 });
  });

  it('that is fetched counts as taken when whoever asked says so with its key, and is then gone', async () => {
    answers = 'late';
    const other = await takenUp();
    const fetched = await handIn(other.id, await sealedFor(office.recipient, new Uint8Array(10)));
    await reviewer.post(`/api/imports/${other.id}/deliveries/${fetched}/decide`, { decision: 'release' });
    const type = entry('ETSI', 'ObjectType', 'DeliveryObject');
    const [list] = await ask(request([{ id: 0, verb: 'LIST', ask: { ObjectType: type } }]));
    const object = list?.verb === 'LIST' ? String(list.records[0]?.['Identifier']) : '';
    const wish = (value: string): JsonObject => ({
      '@xsi:type': TYPES.delivery,
      ObjectIdentifier: object,
      'delivery:DeliveryDesiredStatus': entry('ETSI', 'DeliveryDesiredStatus', value),
    });
    expect((await ask(request([{ id: 0, verb: 'UPDATE', object: wish('Error') }])))[0]?.verb).toBe('ERROR');
    expect((await delivery(other.id, fetched))?.state).toBe('released');
    expect((await ask(request([{ id: 0, verb: 'UPDATE', object: wish('Received') }])))[0]?.verb).toBe('UPDATE');
    expect(await delivery(other.id, fetched)).toMatchObject({ state: 'acknowledged', acknowledged: 1 });
    const [got] = await ask(request([{ id: 0, verb: 'GET', identifier: object }]));
    expect(JSON.stringify(got)).toContain('"Received"');
    expect(JSON.stringify(got)).not.toContain('delivery:Data"');
  });

  it('to a question whether data exist says that alone; data are refused', async () => {
    answers = 'taken';
    const asked = await takenUp({ existenceOnly: true });
    expect(JSON.stringify((await analyst.get<ImportView>(`/api/imports/${asked.id}`)).draft?.open)).toContain('existence-only');
    expect(await codeOf(handIn(asked.id, file))).toBe('existence-only');
    const { delivery: said } = await analyst.post<{ delivery: string }>(`/api/imports/${asked.id}/existence`, {
      item: 'i1',
      exists: true,
    });
    await reviewer.post(`/api/imports/${asked.id}/deliveries/${said}/decide`, { decision: 'release' });
    await until(async () => (await delivery(asked.id, said))?.state === 'acknowledged');
    expect(JSON.stringify(pushed.at(-1))).toContain('"delivery:DataExistence":true');
  });
});

describe('a delivery of a foreign provider', () => {
  let id: string;
  let officer: Actor;
  let recipient: string;
  let key: string;
  const plain = new Uint8Array(PART_BYTES * 2 + 5).fill(9);
  let number = 0;

  beforeAll(async () => {
    const people = await signInAll(sandbox);
    id = await askAndApprove(people, teller({}, true));
    officer = people.prosecutor;
    const { party, now } = sandbox.node('pt-prosecution').house;
    recipient = keyAt(party, 'office', now())?.public ?? '';
    key = orderIds({ from: ASKER, reference: id, items: [] }, sha256).encryption;
  });

  const draw = (): string => `4b36a78b-b628-416d-bd22-${String(++number).padStart(12, '0')}`;
  const parts = (file: Uint8Array, change: Partial<DeliveryPart> = {}): readonly DeliveryPart[] => {
    const cut = inParts(file) ?? [];
    const of = draw();
    return cut.map((bytes, sequence) => ({
      ...{ object: uuid(), ldid: ldidOf({ from: ASKER, reference: id }, 'i1'), delivery: of, sequence },
      last: sequence === cut.length - 1,
      content: { kind: 'data', bytes, encryption: key },
      ...change,
    }));
  };
  const carrying = (part: DeliveryPart, change: (object: JsonObject) => JsonObject = (one) => one): Hi1Message => {
    const object = change(deliveryObject(part, { from: PROVIDER, task: uuid(), sha256 }));
    return request([{ id: 0, verb: 'DELIVER', identifier: part.object, object }], { sender: PROVIDER, receiver: ASKER });
  };
  const deliver = async (part: DeliveryPart, change?: (object: JsonObject) => JsonObject): Promise<number> => {
    const [answer] = await askHi1(sandbox.node('pt-prosecution'), carrying(part, change), asProvider);
    return answer?.verb === 'ERROR' ? answer.error.code : 0;
  };
  const rows = async (): Promise<ImportsView['rows']> => (await officer.get<ImportsView>('/api/imports')).rows;
  const traces = async (): Promise<number> => (await officer.get<{ quarantined: number }>('/api/desk')).quarantined;

  it('lands in the case that asked once the whole is here, and never in part', async () => {
    const file = await sealedFor(recipient, plain);
    const [first, second, third] = parts(file);
    if (first === undefined || second === undefined || third === undefined) throw new Error('three parts');
    expect(await deliver(first)).toBe(0);
    expect(await deliver(second)).toBe(0);
    const [coming] = await rows();
    expect(coming).toMatchObject({ state: 'quarantined', case: null });
    const view = await readImport(officer, coming?.id ?? '');
    expect(view.deliveries).toMatchObject([{ state: 'coming', side: 'received', item: 'i1', parts: 2 }]);
    expect(await codeOf(officer.bytes(`/api/imports/${view.id}/deliveries/${first.delivery}/file`))).toBe('delivery-unknown');
    const last = carrying(third);
    const json = await asProvider(last);
    const node = sandbox.node('pt-prosecution');
    const told = await Promise.all([postHi1(node.url, json), postHi1(node.url, json)]);
    expect(told.every((one) => JSON.stringify(one.json).includes('DELIVERResponse'))).toBe(true);
    expect(await rows()).toMatchObject([{ state: 'taken-up', case: id }]);
    const landed = await officer.get<ImportView>(`/api/imports/${view.id}`);
    expect(landed.deliveries).toMatchObject([{ state: 'landed', parts: 3, size: file.length }]);
    const fetched = await officer.bytes(`/api/imports/${view.id}/deliveries/${first.delivery}/file`);
    expect(Buffer.compare(Buffer.from(fetched), file)).toBe(0);
    const identity = await recoverIdentity(landed.deliveries[0]?.identity ?? '', PASSPHRASE);
    expect(await unsealWhole(new Uint8Array(fetched), identity.ok ? identity.value : '')).toEqual({ ok: true, value: plain });
    expect(await deliver(third)).toBe(ERROR_NUMBERS['sequence-repeated']);
  });

  it('that does not fit is refused by number, waits in quarantine, and changes nothing of the case', async () => {
    const sealed = await sealedFor(recipient, plain);
    const small = await sealedFor(recipient, new Uint8Array(5));
    const [one] = parts(small);
    const [first, second, third] = parts(sealed);
    if (one === undefined || first === undefined || second === undefined || third === undefined) throw new Error('parts');
    const before = (await rows()).length;
    expect(await deliver({ ...one, ldid: 'PT-pt-prosecution-17.i1' })).toBe(ERROR_NUMBERS['ldid-unknown']);
    expect(await deliver({ ...one, ldid: ldidOf({ from: ASKER, reference: id }, 'i9') })).toBe(ERROR_NUMBERS['ldid-unknown']);
    const spoilt = (object: JsonObject): JsonObject =>
      JSON.parse(JSON.stringify(object).replace(/"delivery:Checksum":"./, '"delivery:Checksum":"x')) as JsonObject;
    expect(await deliver(one, spoilt)).toBe(ERROR_NUMBERS['checksum-wrong']);
    expect(await deliver({ ...one, sequence: 1 })).toBe(ERROR_NUMBERS['sequence-gap']);
    const wrongKey = { ...one, content: { kind: 'data', bytes: small, encryption: uuid() } } as const;
    expect(await deliver(wrongKey)).toBe(ERROR_NUMBERS['encryption-unknown']);
    expect(await deliver(one, elsewhere)).toBe(ERROR_NUMBERS['not-embedded']);
    const other = await sealedFor((await generateOfficeIdentity('x25519')).recipient, new Uint8Array(5));
    const [foreign] = parts(other);
    expect(foreign && (await deliver(foreign))).toBe(ERROR_NUMBERS['encryption-unknown']);
    expect((await rows()).length).toBe(before + 7);
    // A gap, and the part that was missing afterwards: the delivery goes on where it stood.
    expect(await deliver(first)).toBe(0);
    const traced = await traces();
    expect(await deliver(third)).toBe(ERROR_NUMBERS['sequence-gap']);
    // What begins in the middle shows nothing of being sealed: only its trace is kept.
    expect([await traces(), (await rows()).length]).toEqual([traced + 1, before + 8]);
    expect(await deliver(first)).toBe(ERROR_NUMBERS['sequence-repeated']);
    expect(await deliver(second)).toBe(0);
    expect(await deliver(third)).toBe(0);
    const all = await rows();
    expect(all.filter((row) => row.case === id)).toHaveLength(2);
    const [open] = all.filter(({ state }) => state === 'quarantined');
    const { draft } = await readImport(officer, open?.id ?? '');
    expect(draft?.open.map(({ code }) => code)).toEqual(['ldid-unknown']);
  });

  const elsewhere = (object: JsonObject): JsonObject => ({
    ...object,
    'delivery:Delivery': {
      'delivery:URL': { 'delivery:URL': 'http://127.0.0.1:1/x', 'delivery:Checksum': 'ab', 'delivery:ChecksumType': 'SHA-256' },
    },
  });

  it('in clear leaves its trace alone: nothing of it is kept', async () => {
    const [traced, count] = [await traces(), (await rows()).length];
    const [clear] = parts(new TextEncoder().encode('name: M. Duarte'));
    expect(clear && (await deliver(clear))).toBe(ERROR_NUMBERS['encryption-unknown']);
    expect([await traces(), (await rows()).length]).toEqual([traced + 1, count]);
    const { db } = sandbox.node('pt-prosecution').house;
    expect(JSON.stringify(await db.selectFrom('hi1_taken').selectAll().execute())).not.toContain('Duarte');
  });

  it('of somebody who was not asked in this case is refused as if there were none', async () => {
    const [one] = parts(await sealedFor(recipient, new Uint8Array(5)));
    if (one === undefined) throw new Error('a part');
    const message = carrying(one);
    const theirs = { ...message, header: { ...message.header, sender: stranger.endpoint } };
    const [answer] = await askHi1(sandbox.node('pt-prosecution'), theirs, asStranger);
    expect(answer?.verb === 'ERROR' && answer.error.code).toBe(ERROR_NUMBERS['ldid-unknown']);
  });

  it('that says only whether data exist lands as that', async () => {
    const [one] = parts(new Uint8Array(1), { content: { kind: 'existence', exists: false } });
    if (one === undefined) throw new Error('a part');
    expect(await deliver(one)).toBe(0);
    const row = (await rows()).filter((found) => found.case === id).at(0);
    const view = await readImport(officer, row?.id ?? '');
    expect(view.deliveries).toMatchObject([{ state: 'landed', exists: false, sha256: null }]);
  });

  it('to an order that was withdrawn is refused, also where it began before', async () => {
    const file = await sealedFor(recipient, plain);
    const [first, second] = parts(file);
    if (first === undefined || second === undefined) throw new Error('parts');
    expect(await deliver(first)).toBe(0);
    await officer.act(id, { type: 'withdraw', sections: { reason: { text: 'The person was found.' } } });
    expect(await deliver(second)).toBe(ERROR_NUMBERS['order-ended']);
    expect((await rows()).filter((row) => row.case === id)).toHaveLength(3);
  });

  it('beside anything else in one message is refused whole', async () => {
    const [one] = parts(await sealedFor(recipient, new Uint8Array(5)));
    if (one === undefined) throw new Error('a part');
    const message = carrying(one);
    const actions = message.body.kind === 'request' ? message.body.actions : [];
    const both: Hi1Message = { ...message, body: { kind: 'request', actions: [...actions, { id: 1, verb: 'GETCSPCONFIG' }] } };
    const { json } = await postHi1(sandbox.node('pt-prosecution').url, await asProvider(both));
    expect(JSON.stringify(json)).toContain('a message of its own');
  });
});
