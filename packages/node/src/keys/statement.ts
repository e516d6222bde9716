import {
  canonicalJson,
  type Env,
  fromBase64Url,
  type Instant,
  isInstant,
  isJsonObject,
  type Json,
  keyAt,
  ok,
  type Party,
  type PartyKey,
  type Result,
  refuse,
  utf8,
} from '@comity/core';
import { ed25519Verify, mlDsa44Verify, sha256Hex } from './crypto.ts';
import { ROTATED_USES, type RotatedUse } from './generations.ts';

/** Why a key changes; a closed list, so that no free text reaches the log. */
export const KEY_REASONS = ['scheduled', 'suite', 'compromised'] as const;
export type KeyReason = (typeof KEY_REASONS)[number];

/** What happens to a key: a use gains its first one, one follows another, or one is revoked, with or without one that follows. */
export const KEY_CHANGES = ['key.added', 'key.rotated', 'key.revoked'] as const;
export type KeyChange = (typeof KEY_CHANGES)[number];

/** What a party asks of the directory's keeper. */
export interface KeyWish {
  readonly env: Env;
  readonly party: string;
  readonly change: KeyChange;
  readonly use: RotatedUse;
  readonly reason: KeyReason;
  readonly at: Instant;
  /** The key that ends, and when. */
  readonly old?: { readonly id: string; readonly public: string; readonly until: Instant };
  /** The key that begins, and when. */
  readonly new?: { readonly id: string; readonly public: string; readonly from: Instant };
}

/** A wish, signed by the party's signing keys in force and, where the key that changes is one that signs, by the old and the new one. */
export interface KeyStatement {
  readonly format: typeof FORMAT;
  readonly v: 1;
  readonly wish: KeyWish;
  readonly signatures: readonly StatementSignature[];
}

export interface StatementSignature {
  readonly key: string;
  /** base64url: Ed25519 for keys of use `sign`, ML-DSA-44 (FIPS 204) for `sign-pq`. */
  readonly signature: string;
}

const FORMAT = 'comity-key-statement';

/** The bytes that are signed. */
export function statementBytes(wish: KeyWish): Uint8Array {
  return utf8(`comity/key-statement/v1\n${canonicalJson(wish as unknown as Json)}`);
}

/** SHA-256 of what was signed, hexadecimal: the log entry of the change commits to it. */
export function statementDigest(wish: KeyWish): string {
  return sha256Hex(statementBytes(wish));
}

/** A key that has to sign a statement. */
export interface NeededKey {
  readonly id: string;
  readonly use: 'sign' | 'sign-pq';
  readonly public: string;
}

/** Who has to sign: the party's signing keys in force, so that one stolen key alone changes nothing, and each side of the change that can sign, which shows that it is at hand. */
export function neededKeys(party: Pick<Party, 'keys'>, wish: KeyWish): readonly NeededKey[] {
  const { use } = wish;
  const inForce = (['sign', 'sign-pq'] as const).flatMap((one) => keyAt(party, one, wish.at) ?? []);
  const changing = use === 'sign' || use === 'sign-pq' ? [wish.old, wish.new].flatMap((one) => one ?? []) : [];
  const all = [...inForce.map(neededOf), ...changing.map((one) => ({ id: one.id, public: one.public, use: neededUse(use) }))];
  return [...new Map(all.map((one) => [one.id, one])).values()];
}

function neededOf(key: PartyKey): NeededKey {
  return { id: key.id, public: key.public, use: neededUse(key.use) };
}

function neededUse(use: PartyKey['use']): NeededKey['use'] {
  return use === 'sign-pq' ? 'sign-pq' : 'sign';
}

/** Reads a statement and checks that every key that it needs has signed it. Errors: `statement-invalid` with the field, or with the key whose signature is missing or wrong. */
export function checkStatement(party: Pick<Party, 'keys'>, given: unknown): Result<KeyWish> {
  const statement = readStatement(given);
  if (!statement.ok) return statement;
  const { wish, signatures } = statement.value;
  const needed = neededKeys(party, wish);
  if (needed.length === 0) return refuse('statement-invalid', 'signatures');
  const message = statementBytes(wish);
  const unsigned = needed.find((key) => !signatures.some((one) => one.key === key.id && isGood(key, message, one.signature)));
  return unsigned === undefined ? ok(wish) : refuse('statement-invalid', unsigned.id);
}

function isGood({ use, public: key }: NeededKey, message: Uint8Array, signature: string): boolean {
  const verify = use === 'sign' ? ed25519Verify : mlDsa44Verify;
  try {
    return verify(fromBase64Url(key), message, fromBase64Url(signature));
  } catch {
    // fromBase64Url throws on every other spelling.
    return false;
  }
}

const isShort = (value: unknown): boolean => typeof value === 'string' && value.length > 0 && value.length <= 4000;
const oneOf =
  (list: readonly string[]) =>
  (value: unknown): boolean =>
    typeof value === 'string' && list.includes(value);

const WISH: Readonly<Record<string, (value: unknown) => boolean>> = {
  env: oneOf(['sandbox', 'production']),
  party: isShort,
  change: oneOf(KEY_CHANGES),
  use: oneOf(ROTATED_USES),
  reason: oneOf(KEY_REASONS),
  at: isInstant,
  old: (value) => value === undefined || hasExactly(value, { id: isShort, public: isShort, until: isInstant }),
  new: (value) => value === undefined || hasExactly(value, { id: isShort, public: isShort, from: isInstant }),
};

function hasExactly(value: unknown, form: Readonly<Record<string, (member: unknown) => boolean>>): boolean {
  if (!isJsonObject(value) || Object.keys(value).some((name) => !(name in form))) return false;
  return Object.entries(form).every(([name, test]) => test(value[name]));
}

/** A statement's form: its members, no others, and a change that has the keys it is about. */
function readStatement(given: unknown): Result<KeyStatement> {
  if (!isJsonObject(given) || given['format'] !== FORMAT || given['v'] !== 1) return refuse('statement-invalid', 'format');
  const { wish, signatures } = given;
  if (!isJsonObject(wish) || !hasExactly(wish, WISH)) return refuse('statement-invalid', 'wish');
  if (!Array.isArray(signatures) || !signatures.every((one) => hasExactly(one, { key: isShort, signature: isShort })))
    return refuse('statement-invalid', 'signatures');
  const fits =
    wish['change'] === 'key.added'
      ? wish['old'] === undefined && wish['new'] !== undefined
      : wish['old'] !== undefined && (wish['change'] === 'key.revoked' || wish['new'] !== undefined);
  // Parser: every member has been looked at above.
  return fits ? ok(given as unknown as KeyStatement) : refuse('statement-invalid', 'wish.change');
}

/** A statement with the signatures of the needed keys, each made by whoever holds it. Throws when one of them is not at hand. */
export async function signStatement(
  party: Pick<Party, 'keys'>,
  wish: KeyWish,
  signerOf: (key: NeededKey) => ((message: Uint8Array) => Uint8Array | Promise<Uint8Array>) | undefined,
): Promise<KeyStatement> {
  const message = statementBytes(wish);
  const signatures: StatementSignature[] = [];
  for (const key of neededKeys(party, wish)) {
    const sign = signerOf(key);
    if (sign === undefined) throw new Error(`${key.id} has to sign this, and the keystore does not hold it.`);
    signatures.push({ key: key.id, signature: Buffer.from(await sign(message)).toString('base64url') });
  }
  return { format: FORMAT, v: 1, wish, signatures };
}
