import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Encrypter } from 'age-encryption';
import { expect, test } from 'vitest';
import { generateOfficeIdentity, sealWhole, unsealPieces, unsealWhole } from './browser.ts';
import { seal, unseal } from './index.ts';

const refused = { ok: false, refusal: { code: 'unseal-refused' } };

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function gather(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of source) all.push(piece);
  return Buffer.concat(all);
}

test.each(['hybrid', 'x25519'] as const)('page and node open what the other sealed to a %s office', async (kind) => {
  const { identity, recipient } = await generateOfficeIdentity(kind);
  const plaintext = randomBytes(70_000);
  const fromPage = await sealWhole(plaintext, [recipient]);
  const opened = fromPage.ok ? await unseal(once(fromPage.value), identity) : fromPage;
  expect(opened.ok && (await gather(opened.value)).equals(plaintext)).toBe(true);
  const fromNode = await seal(once(plaintext), [recipient]);
  const file = fromNode.ok ? await gather(fromNode.value.ciphertext) : Buffer.alloc(0);
  const read = await unsealWhole(file, identity);
  expect(read.ok && Buffer.from(read.value).equals(plaintext)).toBe(true);
  expect(await unsealWhole(file.subarray(0, -1), identity)).toEqual(refused);
  expect(await unsealWhole(file, (await generateOfficeIdentity(kind)).identity)).toEqual(refused);
  expect(await unsealWhole(file, recipient)).toEqual(refused);
});

test('a page mixes no kinds, and opens no file in which they are mixed', async () => {
  const [hybrid, classical] = [await generateOfficeIdentity(), await generateOfficeIdentity('x25519')];
  const refusal = { code: 'recipient-unknown', field: 'recipients.1' };
  expect(await sealWhole(Buffer.alloc(1), [hybrid.recipient, classical.recipient])).toEqual({ ok: false, refusal });
  const typage = new Encrypter();
  for (const { recipient } of [hybrid, classical]) typage.addRecipient(recipient);
  const mixed = await typage.encrypt(Buffer.alloc(1));
  for (const { identity } of [hybrid, classical]) expect(await unsealWhole(mixed, identity)).toEqual(refused);
});

test('nothing behind the door for browsers reaches node', () => {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const source = readFileSync(resolve(import.meta.dirname, file), 'utf8');
    for (const [, from = ''] of source.matchAll(/from '([^']+)'/g)) from.startsWith('./') ? visit(from) : seen.add(from);
    expect(source).not.toContain('Buffer');
  };
  visit('./browser.ts');
  expect([...seen].filter((name) => !name.startsWith('./')).sort()).toEqual(['@comity/core', 'age-encryption']);
});

test('a page opens piece by piece, and a stream that was altered breaks off before its end', async () => {
  const { identity, recipient } = await generateOfficeIdentity('x25519');
  const plaintext = randomBytes(200_000);
  const sealed = await sealWhole(plaintext, [recipient]);
  if (!sealed.ok) throw new Error(sealed.refusal.code);
  const pieces = (file: Uint8Array): ReadableStream<Uint8Array> => new Blob([Uint8Array.from(file)]).stream();
  const opened = await unsealPieces(pieces(sealed.value), identity);
  expect(opened.ok && (await gather(opened.value)).equals(plaintext)).toBe(true);
  for (const altered of [
    sealed.value.subarray(0, -1),
    sealed.value.with(sealed.value.length - 20, 0x41),
    sealed.value.subarray(0, -70_000),
  ]) {
    const broken = await unsealPieces(pieces(altered), identity);
    await expect(broken.ok ? gather(broken.value) : undefined).rejects.toThrow();
  }
  const another = (await generateOfficeIdentity('x25519')).identity;
  expect(await unsealPieces(pieces(sealed.value), another)).toEqual(refused);
});
