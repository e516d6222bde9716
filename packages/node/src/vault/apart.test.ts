import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateOfficeIdentity, makeHeader, openHeader, seal, splitHeader, unseal } from '@comity/seal';
import { afterAll, expect, test } from 'vitest';
import { keepApart, type SealedVault } from './apart.ts';
import { openVault } from './vault.ts';

const dirs: string[] = [];
afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
});

interface Place {
  readonly dir: string;
  readonly vault: SealedVault;
}

async function place(): Promise<Place> {
  const dir = mkdtempSync(join(tmpdir(), 'comity-apart-'));
  dirs.push(dir);
  return { dir, vault: keepApart(await openVault(join(dir, 'vault')), join(dir, 'headers')) };
}

const office = await generateOfficeIdentity('x25519');

async function* once(...pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

async function collect(source: AsyncIterable<Uint8Array> | undefined): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source ?? once()) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function sealedFile(text: string): Promise<Buffer> {
  const sealing = await seal(once(Buffer.from(text)), [office.recipient]);
  if (!sealing.ok) throw new Error('not sealed');
  return collect(sealing.value.ciphertext);
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const open = async (file: Buffer): Promise<string> => {
  const plain = await unseal(once(file), office.identity);
  return plain.ok ? (await collect(plain.value)).toString() : plain.refusal.code;
};

test('a sealed file comes back byte for byte, and its two halves lie in two folders', async () => {
  const { dir, vault } = await place();
  const file = await sealedFile('what was found');
  // In small pieces: header and payload do not end where a piece ends.
  const pieces = Array.from({ length: Math.ceil(file.length / 7) }, (_, i) => file.subarray(i * 7, i * 7 + 7));
  expect(await vault.put(once(...pieces))).toEqual({ ok: true, value: { sha256: digest(file), size: file.length } });
  expect(await collect(await vault.read(digest(file)))).toEqual(file);
  expect(await vault.has(digest(file))).toBe(true);
  expect(await vault.list()).toEqual([digest(file)]);
  const [payload] = readdirSync(join(dir, 'vault'));
  expect(readFileSync(join(dir, 'vault', payload ?? '')).includes('age-encryption.org')).toBe(false);
});

test('what is not sealed is not taken', async () => {
  const { dir, vault } = await place();
  for (const bytes of ['plain text', '', 'age-encryption.org/v1\n-> X25519 a\n'])
    expect(await vault.put(once(Buffer.from(bytes)))).toMatchObject({ ok: false, refusal: { code: 'unseal-refused' } });
  expect(readdirSync(join(dir, 'vault'))).toEqual([]);
  expect(await vault.list()).toEqual([]);
});

test('another file than the announced one leaves nothing', async () => {
  const { dir, vault } = await place();
  const file = await sealedFile('one');
  expect(await vault.putExactly(once(file), 'a'.repeat(64))).toMatchObject({ refusal: { code: 'payload-altered' } });
  expect(readdirSync(join(dir, 'vault'))).toEqual([]);
  expect(await vault.has(digest(file))).toBe(false);
});

test('a backup of the payloads opens nothing once the header is destroyed', async () => {
  const { dir, vault } = await place();
  const file = await sealedFile('gone for good');
  await vault.put(once(file));
  const [payload = ''] = readdirSync(join(dir, 'vault'));
  const backup = readFileSync(join(dir, 'vault', payload));
  const header = vault.header(digest(file)) ?? new Uint8Array();
  expect(await open(Buffer.concat([header, backup]))).toBe('gone for good');
  expect(await vault.destroy(digest(file))).toEqual({ header: false, payload: false });
  expect(await vault.has(digest(file))).toBe(false);
  // Last week's backup of the vault is put back.
  writeFileSync(join(dir, 'vault', payload), backup);
  expect(await vault.has(digest(file))).toBe(false);
  expect(await vault.read(digest(file))).toBeUndefined();
  expect(await open(backup)).toBe('unseal-refused');
  // Destroying again what is gone finds nothing.
  expect(await vault.destroy(digest(file))).toEqual({ header: false, payload: false });
});

test('a new header keeps the name and the payload, and the old header is gone', async () => {
  const { dir, vault } = await place();
  const file = await sealedFile('for another office');
  const name = digest(file);
  await vault.put(once(file));
  const split = await splitHeader(once(file));
  const other = await makeHeader([office.recipient]);
  if (!split.ok || !other.ok) throw new Error('no header');
  const before = readdirSync(join(dir, 'headers'));
  expect(await vault.rewrap(name, other.value.header)).toEqual({ ok: true, value: 'rewrapped' });
  expect(readdirSync(join(dir, 'headers'))).toEqual(before);
  expect(vault.header(name)).toEqual(new Uint8Array(other.value.header));
  expect((await openHeader(vault.header(name) ?? new Uint8Array(), office.identity)).ok).toBe(true);
  expect(await vault.rewrap('b'.repeat(64), other.value.header)).toMatchObject({ refusal: { code: 'payload-missing' } });
});

test('a crash while a header is replaced leaves the one or the other; half a header is lost, and says so', async () => {
  const { dir, vault } = await place();
  const file = await sealedFile('in between');
  const name = digest(file);
  await vault.put(once(file));
  const path = join(dir, 'headers', name);
  const kept = readFileSync(path);
  // The next one was written, the old one overwritten with noise and not yet removed.
  writeFileSync(`${path}-next`, kept);
  writeFileSync(path, Buffer.alloc(kept.length, 7));
  expect(await collect(await vault.read(name))).toEqual(file);
  expect(await vault.list()).toEqual([name]);
  rmSync(`${path}-next`);
  expect(vault.header(name)).toBeUndefined();
  expect(await vault.destroy(name)).toEqual({ header: false, payload: false });
  expect(readdirSync(join(dir, 'headers'))).toEqual([]);
});

test('a payload that stands under two headers goes with the last of them', async () => {
  const { dir, vault } = await place();
  const file = await sealedFile('shared onward');
  const header = await makeHeader([office.recipient]);
  const split = await splitHeader(once(file));
  if (!header.ok || !split.ok) throw new Error('no header');
  const onward = Buffer.concat([header.value.header, await collect(split.value.rest)]);
  await vault.put(once(file));
  await vault.put(once(onward));
  expect(readdirSync(join(dir, 'vault'))).toHaveLength(1);
  expect(await vault.destroy(digest(file))).toEqual({ header: false, payload: false });
  expect(await collect(await vault.read(digest(onward)))).toEqual(onward);
  expect(await vault.destroy(digest(onward))).toEqual({ header: false, payload: false });
  expect(readdirSync(join(dir, 'vault'))).toEqual([]);
});

test('a file that an earlier version kept whole is read and destroyed as well', async () => {
  const { dir, vault } = await place();
  const file = await sealedFile('older');
  await (await openVault(join(dir, 'vault'))).put(once(file));
  expect(await collect(await vault.read(digest(file)))).toEqual(file);
  expect(await vault.has(digest(file))).toBe(true);
  expect(await vault.destroy(digest(file))).toEqual({ header: false, payload: false });
  expect(await vault.has(digest(file))).toBe(false);
});
