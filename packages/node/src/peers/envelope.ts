import {
  type Directory,
  type Env,
  type Instant,
  keyAt,
  keyNamed,
  ok,
  type Party,
  partyAt,
  type Result,
  refuse,
} from '@comity/core';
import { CompactEncrypt, compactDecrypt, compactVerify, importJWK } from 'jose';
import type { PrivateJwk } from '../keys/crypto.ts';
import { type Generation, keyWithId } from '../keys/generations.ts';
import type { SigningKey } from '../keys/signers.ts';

/** Whose keys seal and open envelopes, and who is believed. */
export interface Correspondent {
  readonly env: Env;
  readonly party: Party;
  /** The key that we sign with at an instant. */
  readonly signer: (at: Instant) => SigningKey;
  readonly messages: readonly Generation<PrivateJwk>[];
  readonly directory: Directory;
  readonly now: () => Instant;
}

/** What was in an envelope, and who sealed it. */
export interface Opened {
  readonly sender: Party;
  readonly content: unknown;
}

const MAX_BYTES = 8 * 1024 * 1024;

/** Signs content (JWS, Ed25519, RFC 7515 and 8037) and, for a party's eyes only, encrypts it to its message key (JWE, ECDH-ES, RFC 7516). */
export async function sealEnvelope(from: Correspondent, to: Party, content: object): Promise<string> {
  const signed = await signContent(from, content);
  const key = keyAt(to, 'messages', from.now());
  if (key === undefined) throw new Error(`${to.id} has no message key`);
  const recipient = await importJWK({ kty: 'OKP', crv: 'X25519', x: key.public }, 'ECDH-ES');
  return new CompactEncrypt(new TextEncoder().encode(signed))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: key.id, cty: 'JOSE' })
    .encrypt(recipient);
}

/** Signs content; anybody with the directory can check who said it. */
export async function signContent(from: Correspondent, content: object): Promise<string> {
  const { id: kid, sign } = from.signer(from.now());
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  // RFC 7515 section 7.1, by hand: the key may be one that a device holds.
  const input = `${part({ alg: 'EdDSA', kid, typ: 'comity-message' })}.${part({ env: from.env, ...content })}`;
  return `${input}.${Buffer.from(await sign(Buffer.from(input))).toString('base64url')}`;
}

/**
 * Opens an envelope addressed to us, sealed to a message key of ours that holds. Algorithms are fixed, keys come from the directory alone: the message only says which of
 * them it was made with.
 */
export async function openEnvelope(us: Correspondent, envelope: string, now: Instant): Promise<Result<Opened>> {
  if (envelope.length > MAX_BYTES) return refuse('body-too-large');
  let signed: string;
  const id = headerOf(envelope).kid;
  const jwk = keyNamed(us.party, { id, use: 'messages' }, now) === undefined ? undefined : keyWithId(us.messages, id);
  if (jwk === undefined) return refuse('message-not-for-us');
  try {
    const key = await importJWK({ ...jwk }, 'ECDH-ES');
    const { plaintext } = await compactDecrypt(envelope, key, {
      keyManagementAlgorithms: ['ECDH-ES'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    signed = new TextDecoder().decode(plaintext);
  } catch {
    return refuse('message-not-for-us');
  }
  return openSigned(us, signed, now);
}

/** Checks who signed content: a party of the directory, valid now, of our environment. A directory that has run out vouches for nobody. */
export async function openSigned(us: Correspondent, signed: string, now: Instant): Promise<Result<Opened>> {
  if (us.directory.until <= now) return refuse('directory-expired');
  const { kid } = headerOf(signed);
  const [id = ''] = kid.split('#');
  const sender = partyAt(us.directory, id, now);
  if (sender === undefined)
    return refuse(us.directory.parties.some((party) => party.id === id) ? 'sender-revoked' : 'sender-unknown');
  const key = keyNamed(sender, { id: kid, use: 'sign' }, now);
  if (key === undefined) return refuse('sender-revoked');
  try {
    const jwk = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: key.public }, 'EdDSA');
    const { payload } = await compactVerify(signed, jwk, { algorithms: ['EdDSA'] });
    const content: unknown = JSON.parse(new TextDecoder().decode(payload));
    const env = typeof content === 'object' && content !== null && 'env' in content ? content.env : undefined;
    return env === us.env ? ok({ sender, content }) : refuse('environment-mismatch');
  } catch {
    return refuse('message-signature-invalid');
  }
}

/** The id of the key that a compact JWS or JWE says it was made with; empty when it says none. */
function headerOf(compact: string): { readonly kid: string } {
  try {
    const header: unknown = JSON.parse(Buffer.from(compact.split('.')[0] ?? '', 'base64url').toString());
    const named = typeof header === 'object' && header !== null && 'kid' in header ? header.kid : '';
    return { kid: typeof named === 'string' ? named : '' };
  } catch {
    return { kid: '' };
  }
}
