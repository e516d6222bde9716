import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { canonicalJson, type JsonObject, toBase64Url, utf8 } from '@comity/core';
import { CompactSign, FlattenedSign } from 'jose';
import { describe, expect, it } from 'vitest';
import { FINDINGS } from './finding.ts';
import { SIGNATURE_FAULTS, signMessage, verifySigned } from './signature.ts';
import { messageOf } from './testing/order.ts';
import { messageJson } from './write-message.ts';

const MESSAGE = messageJson(messageOf());
const ed = generateKeyPairSync('ed25519');
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = (key: KeyObject) => key.export({ format: 'jwk' }) as Record<string, unknown>;
const KEYS = { ed: jwk(ed.publicKey), ec: jwk(ec.publicKey) };
const bytes = (json: JsonObject): Uint8Array => utf8(JSON.stringify(json));
const why = async (given: Uint8Array, keys = KEYS): Promise<string> => {
  const verdict = await verifySigned(given, keys);
  return verdict.ok ? `by ${verdict.value.kid}` : String(verdict.refusal.values?.['why'] ?? verdict.refusal.code);
};
const signed = (): Promise<JsonObject> =>
  signMessage(MESSAGE, { kid: 'ed', alg: 'EdDSA', sign: async (input) => sign(null, input, ed.privateKey) });
const detached = async (
  header: { readonly alg: string; readonly [name: string]: unknown },
  key: KeyObject | Uint8Array,
  json = MESSAGE,
): Promise<Uint8Array> => {
  const jws = await new FlattenedSign(utf8(canonicalJson(json))).setProtectedHeader(header).sign(key);
  return bytes({ ...json, Signature: { protected: jws.protected ?? '', signature: jws.signature } });
};

describe('a signed message', () => {
  it('is taken, whatever the order of its members, and gives the message without the signature', async () => {
    const message = await signed();
    const turned = Object.fromEntries(Object.entries(message).reverse());
    const verdict = await verifySigned(bytes(turned), KEYS);
    expect(verdict.ok && verdict.value).toEqual({ json: MESSAGE, kid: 'ed' });
  });

  it('is taken with a key on P-256, and as compact JWS', async () => {
    expect(await why(await detached({ alg: 'ES256', kid: 'ec' }, ec.privateKey))).toBe('by ec');
    const compact = await new CompactSign(utf8(canonicalJson(MESSAGE)))
      .setProtectedHeader({ alg: 'EdDSA', kid: 'ed' })
      .sign(ed.privateKey);
    expect(await why(utf8(`${compact}\n`))).toBe('by ed');
    const spaced = await new CompactSign(bytes(MESSAGE)).setProtectedHeader({ alg: 'EdDSA', kid: 'ed' }).sign(ed.privateKey);
    expect(await why(utf8(spaced))).toBe('bytes');
  });

  it('is refused when anything in it was touched', async () => {
    const message = await signed();
    expect(
      await why(bytes({ ...message, Header: { ...(message['Header'] as JsonObject), TransactionIdentifier: 'other' } })),
    ).toBe('wrong');
    expect(await why(bytes({ ...message, extra: 1 }))).toBe('wrong');
    expect(
      await why(
        bytes({ ...message, Signature: { ...(message['Signature'] as JsonObject), signature: toBase64Url(new Uint8Array(64)) } }),
      ),
    ).toBe('wrong');
  });

  it('is refused when nobody signed it, or everybody could have', async () => {
    expect(await why(bytes(MESSAGE))).toBe('unsigned');
    expect(await why(await detached({ alg: 'HS256', kid: 'ed' }, new Uint8Array(32)))).toBe('shared-secret');
    const header = toBase64Url(utf8(JSON.stringify({ alg: 'none', kid: 'ed' })));
    expect(await why(bytes({ ...MESSAGE, Signature: { protected: header, signature: '' } }))).toBe('none');
    expect(await why(bytes({ ...MESSAGE, Signature: { protected: 'x', signature: '' } }))).toBe('header');
    const rsa = toBase64Url(utf8(JSON.stringify({ alg: 'RS256', kid: 'ed' })));
    expect(await why(bytes({ ...MESSAGE, Signature: { protected: rsa, signature: '' } }))).toBe('algorithm');
  });

  it.each([{ jwk: KEYS.ed }, { jku: 'https://example.org/keys' }, { x5u: 'https://example.org/c' }])(
    'is refused when it brings its own key: %j',
    async (own) => {
      expect(await why(await detached({ ...own, kid: 'ed', alg: 'EdDSA' }, ed.privateKey))).toBe('key-in-message');
      expect(
        await why(
          bytes({ ...MESSAGE, Signatures: [{ hash_algorithm: 'SHA-256', algorithm: 'Ed25519', public_key: '', value: '' }] }),
        ),
      ).toBe('key-in-message');
    },
  );

  it('is refused under a key that is not known beforehand, or not its own', async () => {
    const message = await detached({ alg: 'EdDSA', kid: 'ed' }, ed.privateKey);
    expect(await why(message, {} as typeof KEYS)).toBe('key-unknown');
    expect(await why(message, { ...KEYS, ed: KEYS.ec })).toBe('wrong');
    expect(await why(await detached({ alg: 'EdDSA', kid: 'toString' }, ed.privateKey))).toBe('key-unknown');
    expect(await why(await detached({ alg: 'EdDSA' }, ed.privateKey))).toBe('key-unknown');
  });
});

const CATALOGUES = ['en', 'fr', 'ar'].map((language) => ({
  language,
  words: JSON.parse(readFileSync(resolve(import.meta.dirname, `../../messages/hi1/${language}.json`), 'utf8')) as Record<
    string,
    string
  >, // our own file
}));
const placeholders = (sentence: string): readonly string[] => [...new Set(sentence.match(/\{[a-zA-Z]+\}/g))].sort();

describe('the words on messages', () => {
  it.each(CATALOGUES)('say every finding and every fault of a signature, and nothing else, in $language', ({ words }) => {
    const { meta: _, ...said } = words;
    const expected = [
      ...Object.keys(FINDINGS).map((code) => `hi1.${code}`),
      ...SIGNATURE_FAULTS.map((fault) => `hi1.signature.${fault}`),
      ...['fault', 'person', 'note'].map((weight) => `hi1.weight.${weight}`),
    ];
    expect(Object.keys(said).sort()).toEqual(expected.sort());
    for (const [key, sentence] of Object.entries(CATALOGUES[0]?.words ?? {}))
      if (key !== 'meta') expect([key, placeholders(words[key] ?? '')]).toEqual([key, placeholders(sentence)]);
  });
});
