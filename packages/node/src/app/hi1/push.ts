import { canonicalJson, type Instant, type JsonObject, toInstant, uuid7 } from '@comity/core';
import {
  ETSI_VERSION,
  messageJson,
  PROFILE,
  type ResponseAction,
  readMessageJson,
  signMessage,
  verifySigned,
} from '@comity/formats/hi1';
import type { ForeignAuthority } from '../../keys/foreign.ts';
import { lockCase } from '../../store/cases.ts';
import { moveDelivery, noteWritten, owedTo, partsOf, type StoredDelivery, type StoredPart } from '../../store/hi1Deliveries.ts';
import { standInLog } from '../entry.ts';
import type { House } from '../house.ts';
import { noteAcknowledged } from './acknowledge.ts';
import { partObject } from './deliveryObject.ts';

type Pushing = ForeignAuthority & Required<Pick<ForeignAuthority, 'url' | 'endpoint' | 'keys'>>;

/**
 * Pushes what was released to a foreign system, part after part, each as a DELIVER message that our key signs. A part counts as taken only by an answer that its key signs. True when nothing more can be done now: all is
 * taken, or what is left was refused and waits for persons; false when it must be tried again.
 */
export async function pushTo(house: House, id: string): Promise<boolean> {
  const authority = house.foreign.find((one) => one.id === id);
  if (!isPushing(authority)) return true;
  for (const delivery of await owedTo(house.db, id)) {
    const ended = await pushDelivery(house, { authority, delivery });
    if (ended === 'unreachable') return false;
  }
  return true;
}

function isPushing(authority: ForeignAuthority | undefined): authority is Pushing {
  return authority?.url !== undefined && authority.endpoint !== undefined && authority.keys !== undefined;
}

type Ended = 'taken' | 'refused' | 'unreachable';

async function pushDelivery(
  house: House,
  { authority, delivery }: { readonly authority: Pushing; readonly delivery: StoredDelivery },
): Promise<Ended> {
  for (const part of await partsOf(house.db, delivery)) {
    if (part.acknowledged) continue;
    const answer = await send(house, { authority, part });
    // What is not answered with a signature of the other side was not answered.
    if (answer === undefined) return 'unreachable';
    if (answer.verb === 'DELIVER') await settle(house, { delivery, part });
    else {
      await refused(house, { delivery, code: answer.verb === 'ERROR' ? answer.error.code : 0 });
      return 'refused';
    }
  }
  return 'taken';
}

async function settle(
  house: House,
  { delivery, part }: { readonly delivery: StoredDelivery; readonly part: StoredPart },
): Promise<void> {
  const entries = await house.db.transaction().execute(async (tx) => {
    await lockCase(tx, delivery.import);
    return noteAcknowledged(house, tx, part);
  });
  await standInLog(house, entries);
}

async function refused(
  house: House,
  { delivery, code }: { readonly delivery: StoredDelivery; readonly code: number },
): Promise<void> {
  await house.db.transaction().execute(async (tx) => {
    await lockCase(tx, delivery.import);
    await moveDelivery(tx, delivery, { state: 'refused', error: code, changed: house.now() });
  });
}

/** How old a message may become before it is written anew, in milliseconds: below what the other side takes by default. */
const WRITTEN_ANEW = 20 * 3_600_000;

/** When the message of a part was written, and under which transaction: sent again it is the same message, so that the other side knows it. */
async function writtenAt(house: House, part: StoredPart): Promise<{ readonly transaction: string; readonly written: Instant }> {
  const now = house.now();
  const { transaction, written } = part;
  if (transaction !== null && written !== null && Date.parse(now) - Date.parse(written) < WRITTEN_ANEW)
    return { transaction, written: toInstant(Date.parse(written)) };
  const message = { transaction: uuid7(Date.parse(now), house.random(10)), written: now };
  await house.db.transaction().execute((tx) => noteWritten(tx, part, message));
  return message;
}

async function send(
  house: House,
  { authority, part }: { readonly authority: Pushing; readonly part: StoredPart },
): Promise<ResponseAction | { readonly verb: 'none' } | undefined> {
  const object = await partObject(house, part);
  // Its bytes were erased meanwhile.
  if (object === undefined) return { verb: 'none' };
  const { transaction, written } = await writtenAt(house, part);
  const { country: CountryCode, id: UniqueIdentifier } = house.party;
  const header = {
    ...{ sender: { CountryCode, UniqueIdentifier }, receiver: authority.endpoint, transaction, at: written },
    version: { etsi: ETSI_VERSION, ...PROFILE },
  };
  const action = { id: 0, verb: 'DELIVER', identifier: part.object, object } as const;
  const message = messageJson({ header, body: { kind: 'request', actions: [action] } });
  const key = house.signers.party(house.now());
  const signed: JsonObject = await signMessage(message, {
    kid: key.id,
    alg: 'EdDSA',
    sign: async (bytes) => key.sign(bytes),
  });
  const answer = await house.peers.postForeign(authority.url, canonicalJson(signed));
  return answer === undefined ? undefined : readAnswer(authority, { body: answer.body, transaction });
}

async function readAnswer(
  { keys, endpoint }: Pushing,
  { body, transaction }: { readonly body: Uint8Array; readonly transaction: string },
): Promise<ResponseAction | undefined> {
  const signed = await verifySigned(body, keys);
  const read = signed.ok ? readMessageJson(signed.value.json) : signed;
  if (!read.ok) return undefined;
  const { header, body: said } = read.value.message;
  const theirs =
    header.sender.CountryCode === endpoint.CountryCode && header.sender.UniqueIdentifier === endpoint.UniqueIdentifier;
  if (!theirs || header.transaction !== transaction) return undefined;
  if (said.kind === 'failure') return { id: 0, verb: 'ERROR', error: said.error };
  return said.kind === 'response' ? said.actions.find((one): one is ResponseAction => one.id === 0) : undefined;
}
