import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { canonicalJson, type JsonObject, utf8 } from '@comity/core';
import {
  ETSI_VERSION,
  entry,
  type Hi1Message,
  type Hi1Order,
  messageJson,
  type OrderIds,
  orderActions,
  PROFILE,
  type RequestAction,
  type ResponseAction,
  readMessageJson,
  signMessage,
  verifySigned,
} from '@comity/formats/hi1';
import type { RunningNode } from '@comity/node';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
/** The two ends, as their systems call them. */
const [FROM, TO] = [
  { CountryCode: 'DE', UniqueIdentifier: 'StA-Bremen' },
  { CountryCode: 'IE', UniqueIdentifier: 'ie-skymail' },
];
/** An authority without a node, whose system speaks TS 103 120. */
export const AUTHORITY = {
  id: 'de-bremen',
  name: 'Staatsanwaltschaft Bremen',
  country: 'DE',
  phone: '+49 421 100100',
  endpoint: FROM,
  keys: { 'de-bremen#1': publicKey.export({ format: 'jwk' }) as Record<string, unknown> },
};
const period = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' };
export const SUSPECT = 'm.duarte@skymail.example';

let drawn = 0;
/** A UUID that was not drawn before. */
export const uuid = (): string => `${String(++drawn).padStart(8, '0')}-b628-416d-bd22-404e68a0cd36`;

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

/** Ids for the objects of an order. */
export function idsFor(): OrderIds {
  return { authorisation: uuid(), encryption: uuid(), reasons: uuid(), tasks: { i1: uuid(), i2: uuid() } };
}

/** The actions that create the order. */
export function created(ids: OrderIds, change: Partial<Hi1Order> = {}): readonly RequestAction[] {
  const actions = orderActions({ ...order(), ...change }, ids);
  if (!actions.ok) throw new Error(JSON.stringify(actions.refusal));
  return actions.value;
}

/** A request with these actions. */
export function request(actions: readonly RequestAction[], header: Partial<Hi1Message['header']> = {}): Hi1Message {
  const base = {
    sender: FROM,
    receiver: TO,
    transaction: uuid(),
    at: new Date().toISOString(),
    version: { etsi: ETSI_VERSION, ...PROFILE },
  };
  return { header: { ...base, ...header }, body: { kind: 'request', actions } };
}

/** A message, signed by the authority, or by whom it is said. */
export const signed = (message: Hi1Message, key: KeyObject = privateKey, kid = 'de-bremen#1'): Promise<JsonObject> =>
  signMessage(messageJson(message), { kid, alg: 'EdDSA', sign: async (bytes) => sign(null, bytes, key) });

/** A provider without a node of its own, whose system speaks TS 103 120; its key, and how it signs. */
export function foreignProvider(id: string, endpoint: Hi1Message['header']['sender']) {
  const keys = generateKeyPairSync('ed25519');
  const kid = `${id}#1`;
  const authority = {
    ...{ id, name: id, country: endpoint.CountryCode, phone: '+353 1 100100', endpoint },
    keys: { [kid]: keys.publicKey.export({ format: 'jwk' }) as Record<string, unknown> },
  };
  return { authority, sign: (message: Hi1Message): Promise<JsonObject> => signed(message, keys.privateKey, kid) };
}

/** Posts to a provider's node whatever is given, and tells what came back. */
export async function postHi1(url: string, json: JsonObject): Promise<{ readonly status: number; readonly json: JsonObject }> {
  const answer = await fetch(`${url}/hi1`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: canonicalJson(json),
  });
  return { status: answer.status, json: (await answer.json()) as JsonObject };
}

/** Sends a request as the authority, or as whoever has signed it. Throws when the answer is not signed by the provider, not to this request, or no answer. */
export async function askHi1(
  { url, house }: RunningNode,
  message: Hi1Message,
  sign: (message: Hi1Message) => Promise<JsonObject> = signed,
): Promise<readonly ResponseAction[]> {
  const { status, json } = await postHi1(url, await sign(message));
  const keys = Object.fromEntries(
    house.party.keys.filter(({ use }) => use === 'sign').map((key) => [key.id, { kty: 'OKP', crv: 'Ed25519', x: key.public }]),
  );
  const checked = await verifySigned(utf8(canonicalJson(json)), keys);
  const read = checked.ok ? readMessageJson(checked.value.json) : checked;
  if (status !== 200 || !read.ok) throw new Error(JSON.stringify([status, json]));
  const { header, body } = read.value.message;
  if (header.transaction !== message.header.transaction || body.kind !== 'response') throw new Error(JSON.stringify(body));
  return body.actions;
}
