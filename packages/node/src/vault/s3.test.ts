import { createHash, randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { openS3Vault } from './s3.ts';
import { S3Server } from './testing/s3Server.ts';
import type { Vault } from './vault.ts';

const servers: S3Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function open(
  versioned = true,
): Promise<{ readonly server: S3Server; readonly vault: Vault; readonly again: () => Promise<Vault> }> {
  const server = new S3Server(versioned);
  servers.push(server);
  const place = await server.start();
  return { server, vault: await openS3Vault(place), again: () => openS3Vault(place) };
}

const MIB = 1 << 20;
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function drain(source: AsyncIterable<Uint8Array> | undefined): Promise<number> {
  let size = 0;
  for await (const piece of source ?? []) size += piece.length;
  return size;
}

describe('a vault on S3', () => {
  it('hands big objects in in parts, and aborts what it does not end', async () => {
    const { server, vault } = await open();
    const bytes = randomBytes(17 * MIB);
    server.faults.status = { of: ({ url }) => url.searchParams.get('partNumber') === '2', code: 403 };
    expect(await vault.put(once(bytes))).toMatchObject({ ok: false, refusal: { code: 'vault-unreachable' } });
    expect([server.uploads.size, server.held().length]).toEqual([0, 0]);
    delete server.faults.status;
    expect(await vault.put(once(bytes))).toMatchObject({ ok: true });
    expect(server.uploads.size).toBe(0);
  });

  it('says that the service is full, or does not answer', async () => {
    const { server, vault } = await open();
    server.faults.status = { of: ({ method }) => method === 'PUT', code: 507 };
    expect(await vault.put(once(randomBytes(10)))).toMatchObject({ refusal: { code: 'storage-full' } });
    server.faults.status = { of: () => true, code: 403 };
    await expect(vault.read('a'.repeat(64))).rejects.toThrow('it answered 403');
    await expect(vault.has('a'.repeat(64))).rejects.toThrow('it answered 403');
  });

  it('gives no altered object to its end, and none that breaks off', async () => {
    const { server, vault } = await open();
    const bytes = randomBytes(MIB);
    await vault.put(once(bytes));
    const [key = ''] = [...server.objects.keys()].filter((name) => name.startsWith('data/'));
    const stored = server.objects.get(key)?.[0];
    if (stored === undefined) throw new Error('nothing is stored');
    const flipped = Buffer.from(bytes);
    flipped[1000] = (flipped[1000] ?? 0) ^ 1;
    server.objects.set(key, [{ ...stored, bytes: flipped }]);
    let released = 0;
    await expect(
      (async () => {
        for await (const piece of (await vault.read(digest(bytes))) ?? []) released += piece.length;
      })(),
    ).rejects.toThrow('not those of its name');
    expect(released).toBeLessThan(bytes.length);
    server.objects.set(key, [stored]);
    server.faults.breakAfter = 5000;
    await expect(drain(await vault.read(digest(bytes)))).rejects.toThrow('it broke off');
    delete server.faults.breakAfter;
    expect(await drain(await vault.read(digest(bytes)))).toBe(bytes.length);
  });

  it('does not say that something is gone which the service keeps', async () => {
    const { server, vault } = await open();
    const bytes = randomBytes(100);
    await vault.put(once(bytes));
    server.faults.locked = true;
    await expect(vault.remove(digest(bytes))).rejects.toThrow('still in the bucket');
    expect(await vault.has(digest(bytes))).toBe(true);
    server.faults.locked = false;
    expect(await vault.remove(digest(bytes))).toBe(true);
    expect(server.held().length).toBe(0);
  });

  it('finds earlier versions of a name, and what they refer to, when it removes', async () => {
    const { server, vault } = await open();
    const bytes = randomBytes(100);
    await vault.put(once(bytes));
    const name = digest(bytes);
    // Somebody deleted the name with another tool: there is a marker on top of it, and the bytes are all there.
    const versions = server.objects.get(`sealed/${name}`) ?? [];
    server.objects.set(`sealed/${name}`, [...versions, { id: 'marker', bytes: Buffer.alloc(0), deleted: true, at: 0 }]);
    expect(await vault.has(name)).toBe(false);
    await vault.remove(name);
    expect([server.held().length, server.objects.size]).toEqual([0, 0]);
  });

  it('neither reads nor removes an object of others, whatever a name refers to', async () => {
    const { server, vault } = await open();
    const name = 'a'.repeat(64);
    const put = (key: string, text: string): void =>
      void server.objects.set(key, [{ id: '1', bytes: Buffer.from(text), deleted: false, at: 0 }]);
    put('theirs', 'not ours');
    put(`sealed/${name}`, JSON.stringify({ v: 1, data: 'theirs', size: 8 }));
    expect(await vault.read(name)).toBeUndefined();
    await vault.remove(name);
    expect([...server.objects.keys()]).toEqual(['theirs']);
  });

  it('clears at its start what a crash left a day ago, and nothing else', async () => {
    const { server, vault, again } = await open();
    const kept = randomBytes(100);
    await vault.put(once(kept));
    const old = Date.now() - 2 * 86_400_000;
    for (const stored of server.objects.values()) for (const [i, one] of stored.entries()) stored[i] = { ...one, at: old };
    server.objects.set('data/orphan', [{ id: '1', bytes: Buffer.from('x'), deleted: false, at: old }]);
    server.objects.set('data/young', [{ id: '1', bytes: Buffer.from('y'), deleted: false, at: Date.now() }]);
    server.uploads.set('u', { key: 'data/u', at: old, parts: new Map() });
    server.uploads.set('v', { key: 'data/v', at: Date.now(), parts: new Map() });
    await again();
    expect([...server.objects.keys()].filter((key) => key.startsWith('data/o') || key === 'data/young')).toEqual(['data/young']);
    expect([...server.uploads.keys()]).toEqual(['v']);
    expect(await drain(await vault.read(digest(kept)))).toBe(100);
  });

  it('signs each request: with other keys nothing is given', async () => {
    const server = new S3Server(true);
    servers.push(server);
    const place = await server.start();
    await expect(openS3Vault({ ...place, secretAccessKey: 'wrong' })).rejects.toThrow('it answered 403');
  });

  it('of an address where nobody answers says so', async () => {
    const place = { endpoint: 'http://127.0.0.1:9', bucket: 'b', region: 'r', accessKeyId: 'a', secretAccessKey: 's' };
    await expect(openS3Vault(place)).rejects.toThrow('it cannot be reached');
  });
});
