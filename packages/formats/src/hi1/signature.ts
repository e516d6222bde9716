import {
  canonicalJson,
  equalBytes,
  fromBase64Url,
  fromUtf8,
  isJsonObject,
  type Json,
  type JsonObject,
  ok,
  type Result,
  readStrictJson,
  refuse,
  toBase64Url,
  utf8,
} from '@comity/core';
import { type FlattenedJWS, flattenedVerify, importJWK, type JWK } from 'jose';
import { MESSAGE_LIMITS } from './read-message.ts';

/** Public keys by which a sender is known beforehand: `kid` -> JWK. The message only says which of them it was made with. */
export type KnownKeys = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Asymmetric signatures (RFC 7518, RFC 8037, RFC 9864). Shared secrets and `none` are not among them: whoever can check the one can forge it. */
const ALGORITHMS = ['EdDSA', 'Ed25519', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512'];
/** Header members by which a message would bring its own key, or change how its signature is read. */
const FORBIDDEN = ['jwk', 'jku', 'x5u', 'x5c', 'crit', 'b64'];

/** Why a signature was refused; each has words in the catalogue `hi1`. */
export const SIGNATURE_FAULTS = [
  'unsigned',
  'none',
  'shared-secret',
  'algorithm',
  'key-in-message',
  'key-unknown',
  'header',
  'bytes',
  'wrong',
] as const;
export type SignatureFault = (typeof SIGNATURE_FAULTS)[number];

function no(why: SignatureFault): Result<never> {
  return refuse('hi1-signature-refused', 'Signature', { why });
}

/**
 * The message in the bytes that came, and who signed it: either JSON with a detached JWS in `Signature` over the canonical bytes (RFC 8785) of everything else, or a compact JWS whose payload
 * are these bytes. Refuses `hi1-signature-refused` with `why` for all that is not signed with an asymmetric key known beforehand, and what `readStrictJson` refuses.
 */
export async function verifySigned(
  bytes: Uint8Array,
  keys: KnownKeys,
): Promise<Result<{ readonly json: JsonObject; readonly kid: string }>> {
  const parts = compactParts(bytes);
  const payload = parts === undefined ? bytes : parts.payload;
  if (payload === undefined) return no('bytes');
  const json = readStrictJson(payload, MESSAGE_LIMITS);
  if (!json.ok) return json;
  if (!isJsonObject(json.value)) return refuse('hi1-invalid', '');
  const { Signature: detached, ...message } = json.value;
  // `Signatures` carries the public key beside the signature: whoever forges the one brings the other.
  if (json.value['Signatures'] !== undefined) return no('key-in-message');
  const canonical = utf8(canonicalJson(message));
  if (parts !== undefined) {
    // Two texts that say the same are two signatures: the one that was signed must be the one that is read.
    if (detached !== undefined || !equalBytes(canonical, payload)) return no('bytes');
    return checked(message, { ...parts.jws, payload: toBase64Url(canonical) }, keys);
  }
  if (!isJsonObject(detached)) return no('unsigned');
  const { protected: header, signature } = detached;
  if (typeof header !== 'string' || typeof signature !== 'string') return no('header');
  return checked(message, { protected: header, signature, payload: toBase64Url(canonical) }, keys);
}

interface Compact {
  readonly payload: Uint8Array | undefined;
  readonly jws: { readonly protected: string; readonly signature: string };
}

function compactParts(bytes: Uint8Array): Compact | undefined {
  // JSON begins with a brace or white space; a compact JWS with base64url.
  if (bytes.length === 0 || !/[A-Za-z0-9_-]/.test(String.fromCharCode(bytes[0] ?? 0))) return undefined;
  const [header, payload, signature, ...rest] = textOf(bytes).trim().split('.');
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) return undefined;
  return { payload: decoded(payload), jws: { protected: header, signature } };
}

function textOf(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch {
    return '';
  }
}

function decoded(part: string): Uint8Array | undefined {
  try {
    return fromBase64Url(part);
  } catch {
    return undefined;
  }
}

async function checked(
  message: JsonObject,
  jws: FlattenedJWS & { readonly protected: string },
  keys: KnownKeys,
): Promise<Result<{ readonly json: JsonObject; readonly kid: string }>> {
  const header = headerOf(jws.protected);
  if (header === undefined) return no('header');
  const fault = headerFault(header);
  if (fault !== undefined) return no(fault);
  const { alg, kid } = header;
  const key = typeof kid === 'string' && Object.hasOwn(keys, kid) ? keys[kid] : undefined;
  if (key === undefined || typeof kid !== 'string') return no('key-unknown');
  try {
    await flattenedVerify(jws, await importJWK(key as JWK, String(alg)), { algorithms: ALGORITHMS });
    return ok({ json: message, kid });
  } catch {
    // Whatever jose says: the signature is not one of this key over these bytes.
    return no('wrong');
  }
}

function headerOf(encoded: string): JsonObject | undefined {
  const bytes = decoded(encoded);
  const header: Result<Json> | undefined = bytes === undefined ? undefined : readStrictJson(bytes, { bytes: 10_000, depth: 4 });
  return header?.ok === true && isJsonObject(header.value) ? header.value : undefined;
}

function headerFault({ alg, ...header }: JsonObject): SignatureFault | undefined {
  if (typeof alg !== 'string') return 'header';
  if (alg.toLowerCase() === 'none') return 'none';
  if (alg.startsWith('HS')) return 'shared-secret';
  if (!ALGORITHMS.includes(alg)) return 'algorithm';
  return FORBIDDEN.some((name) => header[name] !== undefined) ? 'key-in-message' : undefined;
}

/** Signs a message as detached JWS: gives the message with its `Signature`. The key is whoever's `sign` uses; its algorithm must be one that we take. */
export async function signMessage(
  message: JsonObject,
  signer: { readonly kid: string; readonly alg: 'EdDSA' | 'ES256'; readonly sign: (bytes: Uint8Array) => Promise<Uint8Array> },
): Promise<JsonObject> {
  const { Signature: _former, ...unsigned } = message;
  const header = toBase64Url(utf8(JSON.stringify({ alg: signer.alg, kid: signer.kid, typ: 'hi1+json' })));
  const input = `${header}.${toBase64Url(utf8(canonicalJson(unsigned)))}`;
  return { ...unsigned, Signature: { protected: header, signature: toBase64Url(await signer.sign(utf8(input))) } };
}
