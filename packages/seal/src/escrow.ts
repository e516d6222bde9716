import { fromUtf8, isJsonObject, ok, type Result, refuse, utf8 } from '@comity/core';
import { recipientOf } from './identity.ts';
import { joinShares, parseShare, parseShareSet, type Share, type ShareSet, shareSecret, type Threshold } from './share.ts';

/** A share of an office's identity as an officer keeps it. */
export interface EscrowShare {
  readonly v: 1;
  readonly kind: 'comity-identity-share';
  /** Whose identity it is a share of. */
  readonly recipient: string;
  readonly set: ShareSet;
  readonly share: Share;
}

/**
 * Parts an office's identity among its officers, so that any `needed` of them bring it back when it is lost, and fewer learn nothing. This stays
 * inside the office: nobody else holds a share, and there is no key above all offices. Refuses `field-invalid` for what is no identity
 * (`identity`) or no threshold (`needed`).
 */
export async function escrowIdentity(identity: string, threshold: Threshold): Promise<Result<readonly EscrowShare[]>> {
  const recipient = await recipientOf(identity);
  if (!recipient.ok) return recipient;
  const shared = await shareSecret(utf8(identity), threshold);
  if (!shared.ok) return shared;
  const { set, shares } = shared.value;
  return ok(shares.map((share) => ({ v: 1, kind: 'comity-identity-share', recipient: recipient.value, set, share })));
}

/**
 * The identity behind its officers' shares. `set` is what the office has kept of the sharing; without it, what most of the shares say. Refuses
 * `share-invalid`, naming it, for a share that was altered, comes twice or is of another sharing, and `shares-too-few`.
 */
export async function joinEscrow(shares: readonly EscrowShare[], kept?: ShareSet): Promise<Result<string>> {
  const set = kept ?? usual(shares.map((one) => one.set));
  if (set === undefined) return refuse('shares-too-few', 'shares', { needed: 2, given: 0 });
  const joined = await joinShares(
    shares.map(({ share }) => share),
    set,
  );
  if (!joined.ok) return joined;
  const identity = textOf(joined.value);
  const recipient = await recipientOf(identity);
  // All shares fit their commitments: then only these can be false, which is why the office keeps them.
  return recipient.ok && shares.every((one) => one.recipient === recipient.value) ? ok(identity) : refuse('share-invalid', 'set');
}

/** Reads an officer's share from parsed JSON; refuses `share-invalid` for every other form. */
export function parseEscrowShare(json: unknown): Result<EscrowShare> {
  const sound =
    isJsonObject(json) &&
    Object.keys(json).sort().join() === 'kind,recipient,set,share,v' &&
    json['v'] === 1 &&
    json['kind'] === 'comity-identity-share' &&
    typeof json['recipient'] === 'string' &&
    parseShareSet(json['set']).ok &&
    parseShare(json['share']).ok;
  return sound ? ok(json as unknown as EscrowShare) : refuse('share-invalid'); // parser: every field has been checked
}

/** The set that most shares name; of equals the first. */
function usual(sets: readonly ShareSet[]): ShareSet | undefined {
  const votes = (set: ShareSet): number => sets.filter((other) => JSON.stringify(other) === JSON.stringify(set)).length;
  return [...sets].sort((a, b) => votes(b) - votes(a))[0];
}

function textOf(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch {
    // Of false commitments: no identity either.
    return '';
  }
}
