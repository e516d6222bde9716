import { equalBytes, type Instant, toInstant } from '@comity/core';
import * as asn1js from 'asn1js';
import { AlgorithmIdentifier, type Certificate, MessageImprint, TimeStampReq, TimeStampResp, TSTInfo } from 'pkijs';
import { checkCms } from './check-cms.ts';
import { bufferOf, derOf, parsedAs } from './der.ts';
import { OID } from './oids.ts';
import type { Stamp } from './sign-cms.ts';
import { isForStamps } from './trust.ts';

/** A time stamp that holds. */
export interface GoodStamp {
  /** What the authority says the time was. */
  readonly at: Instant;
  readonly certificate: Certificate;
  readonly others: readonly Certificate[];
  readonly nonce?: Uint8Array;
}

/**
 * Checks a time stamp token (RFC 3161): signed by a certificate that is for time stamps alone, over this SHA-256 digest. Undefined when it
 * does not hold.
 */
export async function checkStamp(token: Uint8Array, sha256: Uint8Array): Promise<GoodStamp | undefined> {
  const checked = await checkCms(token, { inside: OID.stampInfo });
  if ('fault' in checked || checked.content === undefined || !isForStamps(checked.certificate)) return undefined;
  const info = parsedAs(checked.content, (schema) => new TSTInfo({ schema }));
  if (info === undefined || !isImprintOf(info.messageImprint, sha256)) return undefined;
  const nonce = info.nonce?.valueBlock.valueHexView;
  const { certificate, others } = checked;
  return { at: toInstant(info.genTime.getTime()), certificate, others, ...(nonce === undefined ? {} : { nonce }) };
}

function isImprintOf({ hashAlgorithm, hashedMessage }: MessageImprint, sha256: Uint8Array): boolean {
  return hashAlgorithm.algorithmId === OID.sha256 && equalBytes(hashedMessage.valueBlock.valueHexView, sha256);
}

/** Where time stamps are asked for, and how long is waited. */
export interface StampAuthority {
  readonly url: string;
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
  /** So many random bytes. */
  readonly random: (bytes: number) => Uint8Array;
}

const QUERY = 'application/timestamp-query';
const MAX_REPLY_BYTES = 256 * 1024;
const NONCE_BYTES = 16;

/**
 * Asks an authority for a time stamp over HTTP (RFC 3161 section 3.4). Undefined when it cannot be reached in time, refuses, or answers
 * with a token for something else: a stamp is worth having, and never worth waiting for.
 */
export function askForStamps(authority: StampAuthority): Stamp {
  return async (sha256) => {
    const nonce = authority.random(NONCE_BYTES);
    // One spelling of a positive integer: neither a zero nor a sign bit in front.
    nonce[0] = ((nonce[0] ?? 0) & 0x7f) | 0x40;
    const reply = await post(authority, stampRequest(sha256, nonce));
    const token = reply === undefined ? undefined : tokenOf(reply);
    const good = token === undefined ? undefined : await checkStamp(token, sha256);
    // A token without our nonce could be one that was made earlier.
    return good?.nonce !== undefined && equalBytes(good.nonce, nonce) ? token : undefined;
  };
}

function stampRequest(sha256: Uint8Array, nonce: Uint8Array): Uint8Array {
  const imprint = new MessageImprint({
    hashAlgorithm: new AlgorithmIdentifier({ algorithmId: OID.sha256 }),
    hashedMessage: new asn1js.OctetString({ valueHex: bufferOf(sha256) }),
  });
  const number = new asn1js.Integer({ valueHex: bufferOf(nonce) });
  return derOf(new TimeStampReq({ version: 1, messageImprint: imprint, nonce: number, certReq: true }).toSchema());
}

async function post({ url, fetch, timeoutMs }: StampAuthority, body: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    const request = { method: 'POST', headers: { 'content-type': QUERY }, body: bufferOf(body) };
    const reply = await fetch(url, { ...request, signal: AbortSignal.timeout(timeoutMs) });
    const bytes = reply.ok ? new Uint8Array(await reply.arrayBuffer()) : new Uint8Array();
    return bytes.length > 0 && bytes.length <= MAX_REPLY_BYTES ? bytes : undefined;
  } catch {
    // Not reachable, or too slow: the stamp is pending.
    return undefined;
  }
}

/** The token of a reply that grants one (status 0 or 1). */
function tokenOf(reply: Uint8Array): Uint8Array | undefined {
  const response = parsedAs(reply, (schema) => new TimeStampResp({ schema }));
  if (response === undefined || response.status.status > 1 || response.timeStampToken === undefined) return undefined;
  return derOf(response.timeStampToken.toSchema());
}
