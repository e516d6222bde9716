import { type Result, refuse } from '@comity/core';
import { MESSAGE_LIMITS, readMessageJson, verifySigned } from '@comity/formats/hi1';
import { answerRequest, type SignedRequest } from '../app/hi1/answer.ts';
import type { House } from '../app/house.ts';
import { Refused } from '../http/problem.ts';
import type { Api, Serving } from '../http/serving.ts';
import { sha256Hex } from '../keys/crypto.ts';
import { keysOf, ownerOfKey } from '../keys/foreign.ts';
import { quarantine } from '../store/inbox.ts';

/**
 * Messages of ETSI TS 103 120 from systems that this organisation knows by name and key. Mutual TLS, where it is asked for, is for the proxy in front; here it is the signature that counts.
 * What nobody known has signed leaves its trace in quarantine: when, why, its digest and size, never its content.
 */
export function hi1Routes(api: Api, serving: Serving): void {
  const { house } = serving;
  void api.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // The bytes as they come: what is signed is never written anew before it was checked.
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.post('/hi1', { schema: { tags: ['hi1'] }, bodyLimit: MESSAGE_LIMITS.bytes }, async (request, reply) => {
      const bytes = Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : new Uint8Array();
      const signed = await openRequest(house, bytes);
      if (!signed.ok) {
        await quarantine(house.db, {
          arrived: house.now(),
          reason: signed.refusal.code,
          digest: sha256Hex(bytes),
          size: bytes.length,
        });
        throw new Refused(signed.refusal);
      }
      return reply.type('application/json').send(await answerRequest(house, signed.value));
    });
  });
}

/** Who signed it, and what it says. Errors: those of `verifySigned`; `sender-unknown` where the sender it names is not the owner of the key; `hi1-invalid`. */
async function openRequest(house: House, bytes: Uint8Array): Promise<Result<SignedRequest>> {
  const signed = await verifySigned(bytes, keysOf(house.foreign));
  if (!signed.ok) return signed;
  const authority = ownerOfKey(house.foreign, signed.value.kid);
  const read = readMessageJson(signed.value.json);
  if (!read.ok) return read;
  const { CountryCode, UniqueIdentifier } = read.value.message.header.sender;
  const own = authority?.endpoint;
  if (authority === undefined || own?.CountryCode !== CountryCode || own.UniqueIdentifier !== UniqueIdentifier)
    return refuse('sender-unknown', 'Header.SenderIdentifier');
  return { ok: true, value: { authority, read: read.value, bytes } };
}
