import {
  canonicalJson,
  concatBytes,
  equalBytes,
  fromBase64Url,
  fromHex,
  isJsonObject,
  ok,
  type Result,
  refuse,
  toBase64Url,
  toHex,
  utf8,
} from '@comity/core';
import { joinSecret, splitSecret } from './shamir.ts';

/** Most shares that a secret is parted into. */
export const MAX_SHARES = 16;

/** How many shares there are, and how many of them open. */
export interface Threshold {
  readonly needed: number;
  readonly count: number;
}

/** What everybody may know of a sharing; it names wrong shares and opens nothing. */
export interface ShareSet {
  /** 16 random bytes, hexadecimal: the same in all shares of one secret, never in two sharings. */
  readonly id: string;
  readonly needed: number;
  /** For the shares 1, 2, ... in turn: SHA-256, hexadecimal, over the share with its salt. */
  readonly commitments: readonly string[];
}

/** One share of a secret; `needed` of them give it. */
export interface Share {
  readonly v: 1;
  readonly set: string;
  /** From 1. */
  readonly index: number;
  readonly needed: number;
  readonly count: number;
  /** 32 random bytes, base64url. */
  readonly salt: string;
  /** Base64url. */
  readonly data: string;
}

/** A secret in shares. */
export interface Shared {
  readonly set: ShareSet;
  readonly shares: readonly Share[];
}

/** Shares a secret afresh: two sharings of the same secret have nothing in common. Refuses `field-invalid` (`needed`) unless 2 <= needed <= count <= 16. */
export async function shareSecret(secret: Uint8Array, { needed, count }: Threshold): Promise<Result<Shared>> {
  if (!fits({ needed, count })) return refuse('field-invalid', 'needed', { needed, count });
  const id = toHex(random(16));
  const shares = splitSecret(secret, { needed, count }, random).map(
    ({ index, data }): Share => ({
      ...{ v: 1, set: id, index, needed, count },
      ...{ salt: toBase64Url(random(32)), data: toBase64Url(data) },
    }),
  );
  return ok({ set: { id, needed, commitments: await Promise.all(shares.map(commitmentOf)) }, shares });
}

/**
 * The secret behind shares, each of which is first held against its commitment. Refuses `share-invalid`, with the place in the list and the
 * share's index, for a share that was altered, belongs to another secret or comes twice; then `shares-too-few`.
 */
export async function joinShares(shares: readonly Share[], set: ShareSet): Promise<Result<Uint8Array>> {
  const seen = new Set<number>();
  for (const [i, share] of shares.entries()) {
    if (seen.has(share.index) || !(await belongs(share, set)))
      return refuse('share-invalid', `shares.${i}`, { share: share.index });
    seen.add(share.index);
  }
  if (shares.length < set.needed) return refuse('shares-too-few', 'shares', { needed: set.needed, given: shares.length });
  return ok(joinSecret(shares.slice(0, set.needed).map(({ index, data }) => ({ index, data: fromBase64Url(data) }))));
}

/** Whether a share is one of a set, unaltered. */
export async function belongs(share: Share, { id, needed, commitments }: ShareSet): Promise<boolean> {
  if (share.set !== id || share.needed !== needed || share.count !== commitments.length) return false;
  const commitment = commitments[share.index - 1];
  return commitment !== undefined && equalBytes(utf8(await commitmentOf(share)), utf8(commitment));
}

/** A share as the bytes that are sealed to its holder: canonical JSON. */
export function writeShare(share: Share): Uint8Array {
  return utf8(canonicalJson(share));
}

/** Reads a share from parsed JSON; refuses `share-invalid` for every other form. */
export function parseShare(json: unknown): Result<Share> {
  const sound =
    isJsonObject(json) &&
    Object.keys(json).sort().join() === 'count,data,index,needed,salt,set,v' &&
    json['v'] === 1 &&
    fits({ needed: json['needed'], count: json['count'] }) &&
    isIndex(json['index'], Number(json['count'])) &&
    /^[0-9a-f]{32}$/.test(String(json['set'])) &&
    lengthOf(json['salt']) === 32 &&
    lengthOf(json['data']) > 0;
  return sound ? ok(json as unknown as Share) : refuse('share-invalid'); // parser: every field has been checked
}

/** Reads the public part of a sharing from parsed JSON; refuses `field-invalid` for every other form. */
export function parseShareSet(json: unknown): Result<ShareSet> {
  const commitments = isJsonObject(json) ? json['commitments'] : undefined;
  const sound =
    isJsonObject(json) &&
    Object.keys(json).sort().join() === 'commitments,id,needed' &&
    /^[0-9a-f]{32}$/.test(String(json['id'])) &&
    Array.isArray(commitments) &&
    fits({ needed: json['needed'], count: commitments.length }) &&
    commitments.every((one) => typeof one === 'string' && /^[0-9a-f]{64}$/.test(one));
  return sound ? ok(json as unknown as ShareSet) : refuse('field-invalid', 'set'); // parser: every field has been checked
}

/** Over all that makes the share what it is: another set, threshold, place, salt or content has another commitment. */
async function commitmentOf({ set, index, needed, count, salt, data }: Share): Promise<string> {
  const place = Uint8Array.of(needed, count, index);
  const bytes = concatBytes(utf8('comity/share/v1\n'), fromHex(set), place, fromBase64Url(salt), fromBase64Url(data));
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))));
}

function fits({ needed, count }: { readonly needed: unknown; readonly count: unknown }): boolean {
  return isIndex(count, MAX_SHARES) && isIndex(needed, Number(count)) && Number(needed) >= 2;
}

function isIndex(value: unknown, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most;
}

/** Bytes behind base64url; -1 for anything else. */
function lengthOf(value: unknown): number {
  try {
    return typeof value === 'string' ? fromBase64Url(value).length : -1;
  } catch {
    // fromBase64Url throws on every other spelling.
    return -1;
  }
}

function random(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}
