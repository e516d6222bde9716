import type { Instant, JsonObject } from '@comity/core';
import {
  answerTo,
  errorOf,
  type Finding,
  findingsOf,
  type Hi1Message,
  kindOf,
  lintMessage,
  messageJson,
  type ReadMessage,
  type RequestAction,
  type ResponseAction,
  refusedAction,
  signMessage,
} from '@comity/formats/hi1';
import { sha256Hex } from '../../keys/crypto.ts';
import type { ForeignAuthority } from '../../keys/foreign.ts';
import type { House } from '../house.ts';
import { configOf } from './config.ts';
import { listObjects } from './list.ts';
import { getObject } from './status.ts';
import { takeChanges } from './take.ts';

/** A request of a foreign system whose signature was checked. */
export interface SignedRequest {
  readonly authority: ForeignAuthority;
  readonly read: ReadMessage;
  /** The bytes that came. */
  readonly bytes: Uint8Array;
}

/**
 * Answers a request of TS 103 120, action by action. What it creates goes into quarantine for persons to decide, as a whole; nothing that it asks for is done by a machine. The same message again
 * gets the same answers; another one under the same transaction is a conflict.
 */
export async function answerRequest(house: House, request: SignedRequest): Promise<JsonObject> {
  const { message } = request.read;
  const body = await bodyFor(house, request);
  const answer = messageJson(answerTo(message.header, { at: house.now(), body }));
  const key = house.signers.party(house.now());
  return signMessage(answer, { kid: key.id, alg: 'EdDSA', sign: async (bytes) => key.sign(bytes) });
}

async function bodyFor(house: House, request: SignedRequest): Promise<Hi1Message['body']> {
  const { authority, read, bytes } = request;
  const { header, body } = read.message;
  const failure = (kind: Parameters<typeof errorOf>[0], says: string): Hi1Message['body'] => ({
    kind: 'failure',
    error: errorOf(kind, says),
  });
  const { CountryCode, UniqueIdentifier } = header.receiver;
  if (CountryCode !== house.party.country || UniqueIdentifier !== house.party.id)
    return failure('not-ours', `This system is ${house.party.id} (${house.party.country}); the message is addressed to another.`);
  const fault = freshnessFault(house, header.at);
  if (fault !== undefined) return failure('not-fresh', fault);
  if (body.kind !== 'request') return failure('not-taken', 'Only requests are taken here.');
  const findings = lintMessage(read);
  const frame = findings.filter(({ weight, path }) => weight === 'fault' && !path.startsWith('action '));
  const broken = findings.filter(({ code }) => code === 'action-form' || code === 'action-twice');
  const faults = [...new Set([...frame, ...broken])];
  if (faults.length > 0)
    return failure(
      'not-taken',
      faults
        .slice(0, 20)
        .map(({ code, path }) => `${path} (${code})`)
        .join('; '),
    );
  const delivers = body.actions.some((action) => action.verb === 'DELIVER' && kindOf(action.object) === 'delivery');
  if (delivers && body.actions.length > 1)
    // What may not be kept in clear must not come beside what is kept as it came.
    return failure('not-taken', 'Each part of a delivery comes in a message of its own.');
  const taken = await takeChanges(house, { ...request, digest: sha256Hex(bytes), findings, actions: body.actions });
  if (taken.kind === 'conflict')
    return failure('not-allowed', 'Another message was taken under this transaction. Nothing was done.');
  const actions: ResponseAction[] = [];
  for (const action of body.actions)
    actions.push(taken.answers.get(action.id) ?? (await look(house, { authority, action, findings })));
  return { kind: 'response', actions };
}

/**
 * Why the time that a message states keeps it from being taken: what was caught and is sent again later, or was written for later, does nothing. Within the limits a repetition is known by its
 * transaction.
 */
function freshnessFault(house: House, at: Instant): string | undefined {
  const { ahead, behind } = house.foreignClock;
  const age = Date.parse(house.now()) - Date.parse(at);
  if (age <= behind && age >= -ahead) return undefined;
  const [minutes, hours] = [ahead / 60_000, behind / 3_600_000];
  return `The time in the header is not within ${minutes} minutes ahead and ${hours} hours behind ours. Please write the message anew.`;
}

/** Answers to what changes nothing. */
async function look(
  house: House,
  {
    authority,
    action,
    findings,
  }: { readonly authority: ForeignAuthority; readonly action: RequestAction; readonly findings: readonly Finding[] },
): Promise<ResponseAction> {
  const faults = findingsOf(findings, action.id).filter(({ weight }) => weight === 'fault');
  if (action.verb === 'GET' && faults.length === 0) return getObject(house, authority, action);
  if (action.verb === 'LIST') return listObjects(house, authority, action);
  if (action.verb === 'GETCSPCONFIG') return { id: action.id, verb: 'GETCSPCONFIG', config: configOf(house) };
  return refusedAction(
    action.id,
    errorOf('not-taken', faults.map(({ code }) => code).join(', ') || 'This action was not taken.'),
  );
}
