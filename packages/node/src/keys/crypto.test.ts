import { COSIGNATURE, cosign, formatNote, MLDSA_COSIGNATURE, openNote, verifierKey } from '@comity/prove';
import { describe, expect, it } from 'vitest';
import { mlDsa44SignerOf, newMlDsa44Key, sha256, signatureChecks } from './crypto.ts';

const jwk = newMlDsa44Key();
const publicKey = Buffer.from(jwk.pub, 'base64url');
const sign = mlDsa44SignerOf(jwk);
const message = Buffer.from('what is signed');

describe('ML-DSA-44 of the machine', () => {
  it('makes a key of a 32-byte seed and a 1,312-byte public half, and signs 2,420 bytes that verify', () => {
    expect(Buffer.from(jwk.priv, 'base64url')).toHaveLength(32);
    expect(publicKey).toHaveLength(1312);
    const signature = sign(message);
    expect(signature).toHaveLength(2420);
    for (let again = 0; again < 2; again++) expect(signatureChecks.mlDsa44(publicKey, message, signature)).toBe(true);
    expect(signatureChecks.mlDsa44(publicKey, Buffer.from('something else'), signature)).toBe(false);
    expect(signatureChecks.mlDsa44(Buffer.from(newMlDsa44Key().pub, 'base64url'), message, signature)).toBe(false);
  });

  it('answers no to keys and signatures of another length, and does not throw', () => {
    const signature = sign(message);
    expect(signatureChecks.mlDsa44(publicKey.subarray(1), message, signature)).toBe(false);
    expect(signatureChecks.mlDsa44(publicKey, message, signature.subarray(1))).toBe(false);
    expect(signatureChecks.mlDsa44(new Uint8Array(32), message, new Uint8Array(64))).toBe(false);
    expect(signatureChecks.ed25519(publicKey, message, signature)).toBe(false);
  });

  it('refuses to sign with a seed that does not belong to the public key beside it', () => {
    expect(() => mlDsa44SignerOf({ ...jwk, pub: newMlDsa44Key().pub })).toThrow('another one');
    expect(() => mlDsa44SignerOf({ ...jwk, priv: jwk.priv.slice(4) })).toThrow();
  });

  it('cosigns a checkpoint so that the kept form of the key opens the note', async () => {
    const key = verifierKey({ name: 'log.example/2026', kind: MLDSA_COSIGNATURE, publicKey }, sha256);
    const text = `log.example/2026\n1\n${Buffer.alloc(32).toString('base64')}\n`;
    const restored = mlDsa44SignerOf(JSON.parse(JSON.stringify(jwk)));
    const note = formatNote({ text, signatures: [await cosign({ text, time: 5n }, key, restored)] });
    expect(openNote(note, [key], signatureChecks)).toMatchObject({ ok: true, value: { verified: [{ time: 5n }] } });
    expect(() => verifierKey({ ...key, kind: COSIGNATURE }, sha256)).toThrow(TypeError);
  });
});
