import { type Instant, keyAt, ok, type Party, type Result, refuse, toInstant } from '@comity/core';
import { newEvidenceKey, newMlDsa44Key } from './crypto.ts';
import type { KeyDevice } from './device.ts';
import {
  type Generation,
  type Generations,
  type HeldKey,
  idOf,
  newKey,
  newOfficeKey,
  type OfficeSecret,
  publicHalves,
  ROTATED_USES,
  type RotatedUse,
} from './generations.ts';
import type { Keystore } from './keystore.ts';
import { signWith } from './signers.ts';
import { type KeyReason, type KeyStatement, type KeyWish, type NeededKey, signStatement } from './statement.ts';

/** A keystore with a changed key, and what to hand to the directory's keeper. */
export interface KeyChanged {
  readonly keystore: Keystore;
  readonly statement: KeyStatement;
}

/** A party that changes its keys: what it holds, and what the directory says of it. */
export interface KeyHolder {
  readonly keystore: Keystore;
  readonly party: Party;
  readonly now: Instant;
  /** Holds signing keys that the keystore only names. */
  readonly device?: KeyDevice | undefined;
}

export interface Rotation {
  readonly use: RotatedUse;
  readonly reason: KeyReason;
  /** When the new key begins. */
  readonly from: Instant;
  /** For how long both hold, in milliseconds: what is under way, or was made by somebody with the directory of yesterday, must still be good. */
  readonly overlap: number;
  /** Protects a new office identity; needed for the use `office` alone. */
  readonly office?: OfficeSecret;
  /** The new key is the one of this name in the device; for the use `sign` alone. */
  readonly held?: string | undefined;
}

/**
 * Makes the key that follows the present one of a use. While one waits to be listed, the same one is stated again: a lost file costs nothing. Errors: `field-missing` for the
 * office's passphrase, `field-invalid` for a held key of another use or without a device.
 */
export async function rotateKey(holder: KeyHolder, ask: Rotation): Promise<Result<KeyChanged>> {
  const { party, now } = holder;
  const present = keyAt(party, ask.use, now);
  const until = toInstant(Date.parse(ask.from) + ask.overlap);
  const ended = present === undefined ? undefined : { id: present.id, public: present.public, until };
  const next = await nextKey(holder, ask);
  if (!next.ok) return next;
  const wish = {
    ...{ change: ended === undefined ? ('key.added' as const) : ('key.rotated' as const), use: ask.use, reason: ask.reason },
    ...(ended === undefined ? {} : { old: ended }),
    new: next.value.begun,
  };
  return changed(holder, next.value.keys, wish);
}

export interface Revocation {
  readonly id: string;
  readonly reason: KeyReason;
  /** From when on the key is not to be believed; not later than now. */
  readonly since: Instant;
  /** Whether a new key takes its place at once, where it is the present one. */
  readonly replace: boolean;
  readonly office?: OfficeSecret;
}

/** Revokes a key that the directory lists, and makes the one that follows where it was the present one. Errors: `not-found` for the key, `field-missing` for the office's passphrase. */
export async function revokeKey(holder: KeyHolder, ask: Revocation): Promise<Result<KeyChanged>> {
  const { party, keystore, now } = holder;
  const listed = party.keys.find(({ id }) => id === ask.id);
  const use = rotatedUse(keystore, ask.id);
  if (listed === undefined || use === undefined) return refuse('not-found', ask.id);
  if (listed.until !== undefined && listed.until <= now) return refuse('key-not-valid', ask.id);
  const old = { id: listed.id, public: listed.public, until: ask.since };
  const wish = { change: 'key.revoked' as const, use, reason: ask.reason, old };
  if (!ask.replace || keyAt(party, use, now)?.id !== ask.id) return changed(holder, keystore.keys, wish);
  const { office } = ask;
  const next = await nextKey(holder, { use, from: now, ...(office === undefined ? {} : { office }) });
  return next.ok ? changed(holder, next.value.keys, { ...wish, new: next.value.begun }) : next;
}

function rotatedUse({ keys }: Keystore, id: string): RotatedUse | undefined {
  return ROTATED_USES.find((use) => keys[use].some((one) => one.id === id));
}

interface NextKey {
  readonly keys: Generations;
  readonly begun: NonNullable<KeyWish['new']>;
}

/** The key of a use that waits to be listed, or else a new one. */
async function nextKey(
  { keystore, party, device }: KeyHolder,
  ask: Pick<Rotation, 'use' | 'from' | 'office' | 'held'>,
): Promise<Result<NextKey>> {
  const { use, from, office } = ask;
  const waiting = publicHalves(keystore.keys, use).find(({ id }) => !party.keys.some((key) => key.id === id));
  if (waiting !== undefined) {
    const redated = keystore.keys[use].map((one) => (one.id === waiting.id ? { ...one, from } : one));
    return ok({ keys: { ...keystore.keys, [use]: redated }, begun: { id: waiting.id, public: waiting.key, from } });
  }
  if (use === 'office' && office === undefined) return refuse('field-missing', 'COMITY_PASSPHRASE');
  const id = idOf(party.id, use, keystore.keys[use].length + 1);
  const key = ask.held === undefined ? await freshKey(use, office) : await heldKey(use, ask.held, device);
  if (key === undefined) return refuse('field-invalid', '--held', { kind: 'sign, device' });
  const made: Generation<unknown> = { id, from, key };
  const keys = { ...keystore.keys, [use]: [...keystore.keys[use], made] };
  const begun = publicHalves(keys, use).find((one) => one.id === id);
  if (begun === undefined) throw new Error('a key that was made is not there');
  return ok({ keys, begun: { id, public: begun.key, from } });
}

/** A key that a device holds; undefined for another use than signing, and where there is no device. Throws DeviceFailed when it has none of this name. */
async function heldKey(use: RotatedUse, held: string, device: KeyDevice | undefined): Promise<HeldKey | undefined> {
  if (use !== 'sign' || device === undefined) return undefined;
  return { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(await device.publicKey(held)).toString('base64url'), held };
}

async function freshKey(use: RotatedUse, office: OfficeSecret | undefined): Promise<unknown> {
  if (use === 'sign-pq') return newMlDsa44Key();
  if (use === 'evidence') return newEvidenceKey();
  if (use !== 'office') return newKey(use === 'sign' ? 'Ed25519' : 'X25519');
  if (office === undefined) throw new Error('an office key needs a passphrase');
  return newOfficeKey(office);
}

async function changed(
  holder: KeyHolder,
  keys: Generations,
  wish: Omit<KeyWish, 'env' | 'party' | 'at'>,
): Promise<Result<KeyChanged>> {
  const { keystore: before, party, now } = holder;
  const { old } = wish;
  const dated =
    old === undefined
      ? keys
      : { ...keys, [wish.use]: keys[wish.use].map((one) => (one.id === old.id ? { ...one, until: old.until } : one)) };
  const keystore = { ...before, keys: dated };
  const sign = (key: NeededKey): ReturnType<typeof signWith> => signWith({ keystore, device: holder.device }, key.use, key.id);
  const statement = await signStatement(party, { env: before.env, party: party.id, at: now, ...wish }, sign);
  return ok({ keystore, statement });
}
