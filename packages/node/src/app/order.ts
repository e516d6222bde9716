import { fromBase64Url, holdsAt, isJsonObject, keyAt, ok, type Party, type Result, refuse, toBase64Url } from '@comity/core';
import { type LogEntry, type Redaction, redactionMessage } from '@comity/prove';
import { ed25519Verify } from '../keys/crypto.ts';
import type { House } from './house.ts';

/** Why an entry may be blanked; a closed list, so that no free text reaches the log. */
export const REDACTION_REASONS = ['personal-data', 'secret', 'court-order'] as const;
export type RedactionReason = (typeof REDACTION_REASONS)[number];

/** The kind of party that may order it. */
const OVERSEER = 'overseer';
const FORMAT = 'comity-redaction-order';

/** An overseer's signed order to blank one entry of somebody's log. It names a place and a code, nothing of what stands there. */
export interface RedactionOrder extends Redaction {
  readonly format: typeof FORMAT;
  readonly v: 1;
  /** Id in the directory of the overseer's key. */
  readonly key: string;
  /** Ed25519 over redactionMessage, base64url. */
  readonly signature: string;
}

/** Signs an order with the key that a party signs with. Throws on a redaction of another form. */
export async function signOrder(
  { party, now }: { readonly party: Party; readonly now: string },
  redaction: Redaction & { readonly reason: RedactionReason },
  sign: (message: Uint8Array) => Uint8Array | Promise<Uint8Array>,
): Promise<Result<RedactionOrder>> {
  if (party.kind !== OVERSEER) return refuse('order-invalid', 'party', { kind: party.kind });
  const key = keyAt(party, 'sign', now);
  if (key === undefined) return refuse('order-invalid', 'party', { kind: 'key' });
  const { origin, index, leaf, reason } = redaction;
  const signature = toBase64Url(await sign(redactionMessage(redaction)));
  return ok({ format: FORMAT, v: 1, origin, index, leaf, reason, key: key.id, signature });
}

/** Orders that all say the same, each by another overseer. */
export interface Ordered {
  readonly redaction: Redaction;
  readonly orders: readonly { readonly key: string; readonly signature: string }[];
}

/**
 * Reads orders and checks them: one redaction, for a reason of the list, signed by `needed` overseers of the directory with keys that hold now, and not by the log's own
 * party. Errors: `order-invalid` with the number of the order, `orders-too-few`.
 */
export function checkOrders(
  house: Pick<House, 'directory' | 'party' | 'now'>,
  given: readonly unknown[],
  needed: number,
): Result<Ordered> {
  const read = given.map(readOrder);
  const [first] = read;
  const wrong = read.findIndex(
    (order) => order === undefined || !saysTheSame(order, first) || signerOf(house, order) === undefined,
  );
  if (wrong !== -1) return refuse('order-invalid', String(wrong + 1));
  const signed = read.flatMap((order) => (order === undefined ? [] : [{ order, by: signerOf(house, order) ?? '' }]));
  const byOverseer = new Map(signed.map(({ order, by }) => [by, order]));
  if (first === undefined || byOverseer.size < Math.max(1, needed))
    return refuse('orders-too-few', 'orders', { needed: Math.max(1, needed), given: byOverseer.size });
  const { origin, index, leaf, reason } = first;
  const orders = [...byOverseer.values()].slice(0, MOST_ORDERS).map(({ key, signature }) => ({ key, signature }));
  return ok({ redaction: { origin, index, leaf, reason }, orders });
}

/** Whether a `redacted` entry of a party's log carries an order that an overseer signed, for the leaf that it names. */
export function isOrdered(
  house: Pick<House, 'directory' | 'now'>,
  { keeper, origin, entry }: { readonly keeper: Party; readonly origin: string; readonly entry: LogEntry },
): boolean {
  const { index, refs = [], decision: reason, orders = [] } = entry;
  const given = orders.map((order) => ({ format: FORMAT, v: 1, origin, index, leaf: refs[0], reason, ...order }));
  return checkOrders({ ...house, party: keeper }, given, 1).ok;
}

/** An entry takes no more. */
const MOST_ORDERS = 16;

function saysTheSame(order: RedactionOrder, other: RedactionOrder | undefined): boolean {
  const { origin, index, leaf, reason } = order;
  return origin === other?.origin && index === other.index && leaf === other.leaf && reason === other.reason;
}

/** The overseer whose order it is; undefined when it is none, or its signature does not fit. */
function signerOf(house: Pick<House, 'directory' | 'party' | 'now'>, order: RedactionOrder): string | undefined {
  const now = house.now();
  const overseers = house.directory.parties.filter((party) => party.kind === OVERSEER && holdsAt(party, now));
  const by = overseers.find(({ keys }) => keys.some(({ id }) => id === order.key));
  const key = by?.keys.find(({ id, use }) => id === order.key && use === 'sign');
  if (by === undefined || key === undefined || by.id === house.party.id || !holdsAt(key, now)) return undefined;
  return fits(order, key.public) ? by.id : undefined;
}

function fits(order: RedactionOrder, publicKey: string): boolean {
  try {
    return ed25519Verify(fromBase64Url(publicKey), redactionMessage(order), fromBase64Url(order.signature));
  } catch {
    // A part of another form, or no base64url: nothing that anybody signed.
    return false;
  }
}

const MEMBERS = ['format', 'v', 'origin', 'index', 'leaf', 'reason', 'key', 'signature'];

function readOrder(value: unknown): RedactionOrder | undefined {
  if (!isJsonObject(value) || Object.keys(value).length !== MEMBERS.length) return undefined;
  const { format, v, origin, index, leaf, reason, key, signature } = value;
  const known = REDACTION_REASONS.find((one) => one === reason);
  const isText = [origin, index, leaf, key, signature].every((member) => typeof member === 'string');
  if (format !== FORMAT || v !== 1 || known === undefined || !isText) return undefined;
  // Parser: every member has been looked at; their forms are those of redactionMessage, which throws on others.
  return value as unknown as RedactionOrder;
}
