import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openS3Vault } from './s3.ts';
import { S3Server } from './testing/s3Server.ts';
import { openVault, type Vault } from './vault.ts';

/** A vault, and all bytes that lie where it keeps them. */
interface Place {
  readonly vault: Vault;
  readonly held: () => Buffer;
}

const undo: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function onFiles(): Promise<Place> {
  const dir = mkdtempSync(join(tmpdir(), 'comity-vault-'));
  undo.push(() => rmSync(dir, { recursive: true, force: true }));
  const held = (): Buffer => Buffer.concat(readdirSync(dir).map((name) => readFileSync(join(dir, name))));
  return { vault: await openVault(dir), held };
}

async function onS3(versioned: boolean): Promise<Place> {
  const server = new S3Server(versioned);
  const place = await server.start();
  undo.push(() => server.stop());
  return { vault: await openS3Vault({ ...place, prefix: 'office/' }), held: () => server.held() };
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function* inPieces(bytes: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function* broken(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield* inPieces(bytes);
  throw new Error('the line went dead');
}

async function collect(source: AsyncIterable<Uint8Array> | undefined): Promise<Buffer | undefined> {
  if (source === undefined) return undefined;
  const pieces: Uint8Array[] = [];
  for await (const piece of source) pieces.push(piece);
  return Buffer.concat(pieces);
}

const MIB = 1 << 20;
const SIZES = [0, 1, 65_537, 8 * MIB, 17 * MIB + 3];

describe.each([
  ['in a folder', onFiles],
  ['on S3', () => onS3(false)],
  ['on S3 with versions', () => onS3(true)],
])('a vault %s', (_where, open) => {
  it.each(SIZES)('keeps %i bytes under their digest, and gives them back, from any byte on', async (size) => {
    const { vault } = await open();
    const bytes = randomBytes(size);
    const name = digest(bytes);
    expect(await vault.put(inPieces(bytes))).toEqual({ ok: true, value: { sha256: name, size } });
    expect((await collect(await vault.read(name)))?.equals(bytes)).toBe(true);
    for (const from of [1, Math.floor(size / 2), size - 1, size].filter((at) => at >= 0 && at <= size))
      expect((await collect(await vault.read(name, from)))?.equals(bytes.subarray(from))).toBe(true);
    expect([await vault.has(name), await vault.list()]).toEqual([true, [name]]);
  });

  it('keeps nothing of bytes that are not those that were announced, or whose source breaks off', async () => {
    const { vault, held } = await open();
    const bytes = randomBytes(9 * MIB);
    const name = digest(bytes);
    expect(await vault.putExactly(inPieces(bytes.subarray(1)), name)).toMatchObject({ refusal: { code: 'payload-altered' } });
    await expect(vault.putExactly(broken(bytes), name)).rejects.toThrow('the line went dead');
    expect([await vault.has(name), await vault.list(), held().length]).toEqual([false, [], 0]);
    expect(await vault.putExactly(inPieces(bytes), name)).toMatchObject({ ok: true, value: { size: bytes.length } });
  });

  it('keeps the same bytes once', async () => {
    const { vault, held } = await open();
    const bytes = randomBytes(9 * MIB);
    await vault.put(inPieces(bytes));
    const [before] = [held().length];
    await vault.put(inPieces(bytes));
    expect(held().length).toBe(before);
    expect(await vault.list()).toEqual([digest(bytes)]);
  });

  it('removes what was removed everywhere, in every version, and the rest stays', async () => {
    const { vault, held } = await open();
    const [gone, stays] = [randomBytes(9 * MIB), randomBytes(100)];
    await vault.put(inPieces(gone));
    await vault.put(inPieces(stays));
    expect(await vault.remove(digest(gone))).toBe(true);
    expect(await vault.remove(digest(gone))).toBe(false);
    expect(held().includes(gone.subarray(4 * MIB, 4 * MIB + 32))).toBe(false);
    expect([await vault.read(digest(gone)), await vault.has(digest(gone))]).toEqual([undefined, false]);
    expect(await vault.list()).toEqual([digest(stays)]);
    expect(await collect(await vault.read(digest(stays)))).toEqual(stays);
  });

  it('takes no name that is no digest', async () => {
    const { vault } = await open();
    for (const name of ['../../etc/passwd', '', 'A'.repeat(64), `${'a'.repeat(64)}/x`])
      expect([await vault.has(name), await vault.read(name), await vault.remove(name)]).toEqual([false, undefined, false]);
  });
});
