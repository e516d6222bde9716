import {
  isJsonObject,
  isUuid,
  type Json,
  type JsonObject,
  ok,
  type Result,
  readStrictJson,
  refuse,
  toInstant,
} from '@comity/core';
import { type Finding, finding } from './finding.ts';
import {
  type ErrorInformation,
  ETSI_VERSION,
  type Hi1Header,
  type Hi1Message,
  NAMESPACES,
  type RequestAction,
  type ResponseAction,
  VERBS,
} from './message.ts';
import { ENDPOINT, type Endpoint, ERROR } from './objects.ts';
import { checkShape } from './shape.ts';
import { isQualifiedMicroseconds } from './times.ts';

/** Bytes that a message may have, and how deep it may be nested: documents travel inside. */
export const MESSAGE_LIMITS = { bytes: 8 * 1024 * 1024, depth: 32 } as const;
const MAX_ACTIONS = 1000;

/** A message, the JSON it was read from, and what of its frame is not as it should be. Objects are looked at by `lintMessage`. */
export interface ReadMessage {
  readonly message: Hi1Message;
  readonly json: JsonObject;
  readonly findings: readonly Finding[];
}

/**
 * Reads the bytes of a message. Refuses `body-too-large` and `body-not-json` as `readStrictJson` does, and `hi1-invalid` with the path where the frame is not that of TS 103 120: without
 * header, payload or actions nothing can be answered action by action.
 */
export function readMessage(bytes: Uint8Array): Result<ReadMessage> {
  const json = readStrictJson(bytes, MESSAGE_LIMITS);
  if (!json.ok) return json;
  return isJsonObject(json.value) ? readMessageJson(json.value) : refuse('hi1-invalid', '');
}

/** The same of JSON that was read strictly before. */
export function readMessageJson(json: JsonObject): Result<ReadMessage> {
  const header = headerFrom(json['Header']);
  if (header === undefined) return refuse('hi1-invalid', 'Header');
  const body = bodyFrom(json['Payload']);
  if (typeof body === 'string') return refuse('hi1-invalid', body);
  return ok({ message: { header, body }, json, findings: [...frameFindings(json), ...headerFindings(json['Header'])] });
}

function headerFrom(header: Json | undefined): Hi1Header | undefined {
  if (!isJsonObject(header)) return undefined;
  const version = header['Version'];
  const [sender, receiver] = [endpointFrom(header['SenderIdentifier']), endpointFrom(header['ReceiverIdentifier'])];
  const { TransactionIdentifier: transaction, Timestamp: at, WorkflowIdentifier: workflow } = header;
  if (sender === undefined || receiver === undefined || typeof transaction !== 'string') return undefined;
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at)) || !isJsonObject(version)) return undefined;
  const part = (name: string): string => (typeof version[name] === 'string' ? version[name] : '');
  return {
    ...{ sender, receiver, transaction, at: toInstant(Date.parse(at)) },
    version: {
      etsi: part('ETSIVersion'),
      profileOwner: part('NationalProfileOwner'),
      profileVersion: part('NationalProfileVersion'),
    },
    ...(typeof workflow === 'string' ? { workflow } : {}),
  };
}

function endpointFrom(value: Json | undefined): Endpoint | undefined {
  if (!isJsonObject(value) || checkShape(value, ENDPOINT, '').length > 0) return undefined;
  const { CountryCode, UniqueIdentifier } = value;
  return typeof CountryCode === 'string' && typeof UniqueIdentifier === 'string' ? { CountryCode, UniqueIdentifier } : undefined;
}

/** The body, or the path of what is wrong. */
function bodyFrom(payload: Json | undefined): Hi1Message['body'] | string {
  if (!isJsonObject(payload) || Object.keys(payload).length !== 1) return 'Payload';
  const { RequestPayload: request, ResponsePayload: response } = payload;
  if (request !== undefined) {
    const actions = listAt(request, ['ActionRequests', 'ActionRequest']);
    return actions === undefined
      ? 'Payload.RequestPayload'
      : { kind: 'request', actions: actions.flatMap((one) => requestFrom(one) ?? []) };
  }
  if (!isJsonObject(response)) return 'Payload';
  const error = errorFrom(response['ErrorInformation']);
  if (error !== undefined) return { kind: 'failure', error };
  const actions = listAt(response, ['ActionResponses', 'ActionResponse']);
  return actions === undefined
    ? 'Payload.ResponsePayload'
    : { kind: 'response', actions: actions.flatMap((one) => responseFrom(one) ?? []) };
}

function listAt(value: Json, path: readonly string[]): readonly Json[] | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return Array.isArray(value) && value.length > 0 && value.length <= MAX_ACTIONS ? value : undefined;
  const inner = isJsonObject(value) ? value[name] : undefined;
  return inner === undefined ? undefined : listAt(inner, rest);
}

function errorFrom(value: Json | undefined): ErrorInformation | undefined {
  if (!isJsonObject(value) || checkShape(value, ERROR, '').length > 0) return undefined;
  const { ErrorCode: code, ErrorDescription: says } = value;
  return typeof code === 'number' && typeof says === 'string' ? { code, says } : undefined;
}

/** One action, or undefined where it is none: `frameFindings` says so. */
function requestFrom(action: Json): RequestAction | undefined {
  const id = isJsonObject(action) ? action['ActionIdentifier'] : undefined;
  const verb = isJsonObject(action) ? VERBS.find((one) => action[one] !== undefined) : undefined;
  if (!isJsonObject(action) || !isIdentifier(id) || verb === undefined || Object.keys(action).length !== 2) return undefined;
  const ask = action[verb];
  if (!isJsonObject(ask)) return undefined;
  const { Identifier: identifier, HI1Object: object } = ask;
  if (verb === 'GETCSPCONFIG') return { id, verb };
  if (verb === 'LIST') return { id, verb, ask };
  if (verb === 'GET') return typeof identifier === 'string' ? { id, verb, identifier } : undefined;
  if (!isJsonObject(object)) return undefined;
  if (verb === 'DELIVER') return typeof identifier === 'string' ? { id, verb, identifier, object } : undefined;
  return { id, verb, object };
}

function responseFrom(action: Json): ResponseAction | undefined {
  const id = isJsonObject(action) ? action['ActionIdentifier'] : undefined;
  if (!isJsonObject(action) || !isIdentifier(id) || Object.keys(action).length !== 2) return undefined;
  const error = errorFrom(action['ErrorInformation']);
  if (error !== undefined) return { id, verb: 'ERROR', error };
  const verb = VERBS.find((one) => action[`${one}Response`] !== undefined);
  const answer = verb === undefined ? undefined : action[`${verb}Response`];
  if (verb === undefined || !isJsonObject(answer)) return undefined;
  const { Identifier: identifier, HI1Object: object, ListResponseRecord: records } = answer;
  if (verb === 'GETCSPCONFIG') return { id, verb, config: answer };
  if (verb === 'LIST') return { id, verb, records: Array.isArray(records) ? records.filter(isJsonObject) : [] };
  if (verb === 'GET') return isJsonObject(object) ? { id, verb, object } : undefined;
  if (typeof identifier !== 'string') return undefined;
  return verb === 'DELIVER' || !isJsonObject(object) ? { id, verb, identifier } : { id, verb, identifier, object };
}

function isIdentifier(id: Json | undefined): id is number {
  return typeof id === 'number' && Number.isSafeInteger(id) && id >= 0;
}

const MEMBERS = ['Header', 'Payload', 'Signature', 'Signatures'];

/** Members that the frame has no name for, prefixes that stand for other namespaces, and actions that are none. */
function frameFindings(json: JsonObject): readonly Finding[] {
  const strange = Object.entries(json).flatMap(([name, value]) => {
    if (Object.hasOwn(NAMESPACES, name)) return value === NAMESPACES[name] ? [] : [finding('namespace-other', name)];
    return name.startsWith('@') || MEMBERS.includes(name) ? [] : [finding('member-unknown', name)];
  });
  const payload = json['Payload'] ?? null;
  const requests = listAt(payload, ['RequestPayload', 'ActionRequests', 'ActionRequest']) ?? [];
  const responses = listAt(payload, ['ResponsePayload', 'ActionResponses', 'ActionResponse']) ?? [];
  const broken = [
    ...requests.flatMap((one, index) => (requestFrom(one) === undefined ? [finding('action-form', `action at ${index}`)] : [])),
    ...responses.flatMap((one, index) => (responseFrom(one) === undefined ? [finding('action-form', `action at ${index}`)] : [])),
  ];
  return [...strange, ...broken];
}

const VERSION = /^V\d+\.\d+\.\d+$/;
const COUNTRY = /^[A-Z]{2}$/;

function headerFindings(header: Json | undefined): readonly Finding[] {
  if (!isJsonObject(header)) return [];
  const { TransactionIdentifier: transaction, Timestamp: at, Version: version } = header;
  const etsi = isJsonObject(version) ? version['ETSIVersion'] : undefined;
  const stated = isJsonObject(version)
    ? ['NationalProfileOwner', 'NationalProfileVersion'].filter((name) => typeof version[name] !== 'string')
    : [];
  const countries = ['SenderIdentifier', 'ReceiverIdentifier'].filter((name) => {
    const end = header[name];
    return isJsonObject(end) && !COUNTRY.test(String(end['CountryCode']));
  });
  return [
    ...(isUuid(transaction) ? [] : [finding('uuid-form', 'Header.TransactionIdentifier')]),
    ...(typeof at === 'string' && isQualifiedMicroseconds(at) ? [] : [finding('microseconds-form', 'Header.Timestamp')]),
    ...(typeof etsi === 'string' && VERSION.test(etsi) ? [] : [finding('version-form', 'Header.Version.ETSIVersion')]),
    ...(etsi === ETSI_VERSION ? [] : [finding('version-other', 'Header.Version.ETSIVersion', { ours: ETSI_VERSION })]),
    ...stated.map((name) => finding('missing', `Header.Version.${name}`, { member: name })),
    ...countries.map((name) => finding('country-form', `Header.${name}.CountryCode`)),
  ];
}
