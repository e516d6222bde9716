import { type Party, toInstant } from '@comity/core';
import { bundlePath } from '@comity/prove';
import type { House, OutgoingMessage, Peers, SentMessage } from '../app/house.ts';
import { checkPlace, type SeenPlace } from '../app/places.ts';
import { boundedBytes, boundedText, TooLong } from './bounded.ts';
import { call, PeerRefused, Unreachable } from './call.ts';
import { type Correspondent, openSigned, sealEnvelope, signContent } from './envelope.ts';
import { type Receipt, receiptSchema } from './message.ts';
import { fetchFrom } from './range.ts';

const TOKEN_MINUTES = 5;

/** Bytes that are taken of an answer: each well above the largest that its format allows. */
const MOST_NOTE = 1 << 20;
const MOST_BUNDLE = 1 << 21;
const MOST_RECEIPT = 1 << 23;
const MOST_PROOFS = 1 << 26;

type Known = Pick<House, 'env' | 'party' | 'directory' | 'keystore' | 'signers' | 'now'>;

/** Us, as somebody who writes and reads letters. */
export function correspondentOf(house: Known): Correspondent {
  return {
    env: house.env,
    party: house.party,
    signer: house.signers.party,
    messages: house.keystore.keys.messages,
    directory: house.directory,
    now: house.now,
  };
}

/** Reaches other nodes over HTTP. */
export function httpPeers(house: Known): Peers {
  // The directory in force may be another one at the next call.
  const tokenTo = (to: Party, what: string): Promise<string> => tokenFor(correspondentOf(house), { to, what, now: house.now() });
  return {
    send: (to, message) => send(house, to, message),
    fetchPayload: async (sender, { ciphertext, from }) => {
      const url = new URL(`/peer/payloads/${ciphertext}`, sender.endpoint);
      return fetchFrom(url, { authorization: await tokenTo(sender, ciphertext), digest: ciphertext, from });
    },
    fetchHeader: async (from, ciphertext) =>
      bytesAt(new URL(`/peer/headers/${ciphertext}`, from.endpoint), await tokenTo(from, `header:${ciphertext}`)),
    fetchProofs: async (from, caseId) => {
      const answer = await call(new URL(`/peer/cases/${caseId}/log`, from.endpoint), {
        headers: { authorization: await tokenTo(from, caseId) },
      });
      return JSON.parse(await boundedText(answer, MOST_PROOFS));
    },
    fetchBundle: async (from, { year, index, width }) => {
      const url = new URL(`/peer/log/${year}/${bundlePath({ index, width })}`, from.endpoint);
      return bytesAt(url, await tokenTo(from, `log:${year}`));
    },
    fetchTile: (from, path) => bytesAt(new URL(`/public/log/${path}`, from.endpoint)),
    fetchMirrored: async (from, { what, path }) =>
      bytesAt(new URL(`/peer/mirror/${path}`, from.endpoint), await tokenTo(from, what)),
    postForeign,
    askWitness,
  };
}

/** What an address answers, or undefined when it does not hand it out. */
async function bytesAt(url: URL, authorization?: string): Promise<Uint8Array | undefined> {
  try {
    const answer = await call(url, authorization === undefined ? {} : { headers: { authorization } });
    return await boundedBytes(answer, MOST_BUNDLE);
  } catch (error) {
    if (error instanceof Unreachable || error instanceof PeerRefused || error instanceof TooLong) return undefined;
    throw error;
  }
}

/** Patience with a witness, in milliseconds: others may answer. */
const WITNESS_TIMEOUT = 3000;

async function askWitness(url: string, body?: string): Promise<{ readonly status: number; readonly body: string } | undefined> {
  const posted = body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'text/plain' }, body };
  try {
    const answer = await fetch(url, { ...posted, signal: AbortSignal.timeout(WITNESS_TIMEOUT), redirect: 'error' });
    return { status: answer.status, body: await boundedText(answer, MOST_NOTE) };
  } catch {
    return undefined;
  }
}

/** Patience with a foreign system, in milliseconds: it has a part of a delivery to take in. */
const FOREIGN_TIMEOUT = 60_000;

async function postForeign(
  url: string,
  body: string,
): Promise<{ readonly status: number; readonly body: Uint8Array } | undefined> {
  const posted = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  try {
    const answer = await fetch(url, { ...posted, signal: AbortSignal.timeout(FOREIGN_TIMEOUT), redirect: 'error' });
    return { status: answer.status, body: await boundedBytes(answer, MOST_NOTE) };
  } catch {
    return undefined;
  }
}

async function send(house: Known, to: Party, message: OutgoingMessage): Promise<SentMessage> {
  // Whether the receiver's key still holds cannot be said: later, with the present directory.
  if (house.directory.until <= house.now()) throw new Unreachable('the directory has run out');
  const body = await sealMessage(house, to, message);
  const answer = await call(new URL('/peer/messages', to.endpoint), {
    method: 'POST',
    headers: { 'content-type': 'application/jose' },
    body,
  });
  const receipt = await boundedText(answer, MOST_RECEIPT).catch(() => {
    throw new Unreachable('the receipt cannot be read');
  });
  const sent = await readReceipt(house, to, { message: message.id, receipt });
  if (sent === undefined) throw new Unreachable('the receipt is not sound');
  return sent;
}

/** A message to another office, signed and then encrypted to its message key. */
export async function sealMessage(house: Known, to: Party, message: OutgoingMessage): Promise<string> {
  const content = { kind: 'acts', from: house.party.id, to: to.id, at: house.now(), ...message };
  return sealEnvelope(correspondentOf(house), to, content);
}

/**
 * What a receipt says, or undefined where it is none for this message from this office. A receipt means that the application verified the content, and says so with its
 * own key: not that some server said 200. Throws Unreachable where it states a place in a log and does not prove it.
 */
export async function readReceipt(
  house: Known,
  to: Party,
  { message, receipt }: { readonly message: string; readonly receipt: string },
): Promise<SentMessage | undefined> {
  const opened = await openSigned(correspondentOf(house), receipt, house.now());
  const told = receiptSchema.safeParse(opened.ok ? opened.value.content : undefined);
  if (!opened.ok || opened.value.sender.id !== to.id || told.data?.message !== message) return undefined;
  return { receipt, seen: seenIn(house, to, told.data) };
}

/** Where the receiver's log has the acts: a receipt that states a place and does not prove it is no receipt. */
function seenIn(house: Known, to: Party, { checkpoint, acts }: Receipt): ReadonlyMap<string, SeenPlace> {
  const seen = new Map<string, SeenPlace>();
  for (const { digest, index, entry, proof, checkpoint: own } of acts) {
    if (index === undefined || entry === undefined || proof === undefined) continue;
    const place = { act: digest, index, entry, proof, checkpoint: own };
    const checked = checkPlace(house, to, { place, checkpoint, kind: 'received' });
    if (!checked.ok) throw new Unreachable('the place in the receipt is not proven');
    seen.set(digest, checked.value);
  }
  return seen;
}

async function tokenFor(
  us: Correspondent,
  ask: { readonly to: Party; readonly what: string; readonly now: string },
): Promise<string> {
  const expires = toInstant(Date.parse(ask.now) + TOKEN_MINUTES * 60_000);
  return `Comity ${await signContent(us, { kind: 'fetch', what: ask.what, to: ask.to.id, expires })}`;
}
