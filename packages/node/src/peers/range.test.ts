import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fetchPayload } from '../app/fetch.ts';
import { testKeystore, testParty } from '../keys/testing/party.ts';
import { openPartials, type Partials } from '../vault/partial.ts';
import { openVault, type Vault } from '../vault/vault.ts';
import { Unreachable } from './call.ts';
import { fetchFrom, firstByteOf, sendFrom } from './range.ts';

const SIZE = 300_000;
const bytes = randomBytes(SIZE);
const digest = (of: Uint8Array): string => createHash('sha256').update(of).digest('hex');
const ciphertext = digest(bytes);
const sender = testParty(testKeystore('ie'));

/** A sender that does what a test says: where it breaks off, whether it knows ranges, what it gives instead. */
const how = { breakAfter: Number.POSITIVE_INFINITY, ranges: true, gives: bytes as Buffer, header: '' };
const asked: string[] = [];
let server: FastifyInstance;
let url: URL;
let dir: string;
let partials: Partials;
let vault: Vault;

beforeAll(async () => {
  server = Fastify();
  server.addHook('onSend', async (_request, reply) => {
    if (how.header !== '') reply.header('content-range', how.header);
  });
  server.get('/payload', async (request, reply) => {
    asked.push(request.headers.range ?? 'whole');
    const from = how.ranges ? firstByteOf(request.headers, ciphertext) : 0;
    const given = how.gives.subarray(from < how.gives.length ? from : 0);
    async function* pieces(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < given.length; at += 10_000) {
        if (at >= how.breakAfter) {
          // The line breaks once something has arrived.
          for (let i = 0; i < 200 && at > 0 && (await partials.sizeOf(ciphertext)) === 0; i++)
            await new Promise((done) => setTimeout(done, 10));
          request.raw.socket.destroy();
          return;
        }
        yield given.subarray(at, at + 10_000);
      }
    }
    return sendFrom(reply, { bytes: pieces(), size: how.gives.length, digest: ciphertext, from });
  });
  url = new URL(`${await server.listen({ port: 0, host: '127.0.0.1' })}/payload`);
});

afterAll(() => server.close());

beforeEach(async () => {
  if (dir !== undefined && existsSync(dir)) rmSync(dir, { recursive: true });
  dir = mkdtempSync(join(tmpdir(), 'comity-fetch-'));
  Object.assign(how, { breakAfter: Number.POSITIVE_INFINITY, ranges: true, gives: bytes, header: '' });
  asked.length = 0;
  await restart();
});

afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function restart(): Promise<void> {
  partials = openPartials(join(dir, 'partial'));
  vault = await openVault(join(dir, 'vault'));
}

const house = () => ({
  partials,
  // A vault over whole files serves here as well as one that keeps headers apart.
  vault: vault as Parameters<typeof fetchPayload>[0]['vault'],
  peers: {
    fetchPayload: (_: unknown, ask: { readonly ciphertext: string; readonly from: number }) =>
      fetchFrom(url, { authorization: 'x', digest: ask.ciphertext, from: ask.from }),
  } as Parameters<typeof fetchPayload>[0]['peers'],
});

const attempt = async (size = SIZE): Promise<string> => {
  try {
    const done = await fetchPayload(house(), sender, { ciphertext, size });
    return done.ok ? done.value : done.refusal.code;
  } catch (error) {
    if (error instanceof Unreachable) return 'unreachable';
    throw error;
  }
};

describe('fetching a payload', () => {
  it('goes on where it stopped, over a restart too, and asks for no byte twice', async () => {
    how.breakAfter = 100_000;
    expect(await attempt()).toBe('unreachable');
    const here = await partials.sizeOf(ciphertext);
    expect(here).toBeGreaterThan(0);
    expect(here).toBeLessThanOrEqual(100_000);
    await restart();
    how.breakAfter = Number.POSITIVE_INFINITY;
    expect(await attempt()).toBe('kept');
    expect(asked).toEqual(['whole', `bytes=${here}-`]);
    expect([await vault.list(), readdirSync(join(dir, 'partial'))]).toEqual([[ciphertext], []]);
  });

  it('begins anew with a sender that gives nothing but the whole', async () => {
    how.breakAfter = 100_000;
    await attempt();
    Object.assign(how, { ranges: false, breakAfter: Number.POSITIVE_INFINITY });
    expect(await attempt()).toBe('kept');
    expect(await vault.list()).toEqual([ciphertext]);
  });

  it('comes to the whole whatever breaks off, as often as it does', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ after: fc.integer({ min: 0, max: SIZE }), ranges: fc.boolean() }), { maxLength: 5 }),
        async (breaks) => {
          await vault.remove(ciphertext);
          await partials.remove(ciphertext);
          for (const { after, ranges } of breaks) {
            Object.assign(how, { breakAfter: after, ranges });
            if ((await attempt()) === 'kept') return;
          }
          Object.assign(how, { breakAfter: Number.POSITIVE_INFINITY, ranges: true });
          expect(await attempt()).toBe('kept');
          expect(await vault.list()).toEqual([ciphertext]);
        },
      ),
      { numRuns: process.env['SLOW'] === '1' ? 200 : 15 },
    );
  });

  it('keeps nothing of what is not what was announced, and begins anew', async () => {
    const other = Buffer.from(bytes);
    other[SIZE - 1] = (other[SIZE - 1] ?? 0) ^ 1;
    how.gives = other;
    expect(await attempt()).toBe('payload-altered');
    expect([await vault.list(), await partials.sizeOf(ciphertext)]).toEqual([[], 0]);
    how.gives = bytes;
    expect(await attempt()).toBe('kept');
  });

  it('takes no more than was announced, and no part but the one it asked for', async () => {
    how.gives = Buffer.concat([bytes, Buffer.alloc(50_000)]);
    expect(await attempt()).toBe('body-too-large');
    expect(await partials.sizeOf(ciphertext)).toBe(0);
    how.gives = bytes;
    how.breakAfter = 100_000;
    await attempt();
    Object.assign(how, { header: `bytes 7-${SIZE - 1}/${SIZE}`, breakAfter: Number.POSITIVE_INFINITY });
    expect(await attempt()).toBe('unreachable');
    how.header = '';
    expect(await attempt()).toBe('kept');
  });
});

describe('a file that comes in part', () => {
  async function* of(...pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
    yield* pieces;
  }

  it('grows at its end alone, one at a time', async () => {
    const most = 10;
    expect(await partials.append('a', { from: 0, most }, of(Buffer.from('abc')))).toEqual({ ok: true, value: 3 });
    for (const from of [0, 2, 4])
      expect(await partials.append('a', { from, most }, of(Buffer.from('x')))).toMatchObject({
        refusal: { code: 'upload-offset', values: { offset: 3 } },
      });
    const [one, two] = await Promise.all([1, 2].map(() => partials.append('a', { from: 3, most }, of(Buffer.from('de')))));
    expect([one, two]).toEqual([
      { ok: true, value: 5 },
      { ok: false, refusal: { code: 'busy' } },
    ]);
    expect(await partials.append('a', { from: 5, most }, of(Buffer.from('fgh'), Buffer.from('ijk')))).toMatchObject({
      refusal: { code: 'body-too-large' },
    });
    expect(await partials.sizeOf('a')).toBe(5);
  });

  it('never lies outside its folder', async () => {
    await partials.append('../../x', { from: 0, most: 9 }, of(Buffer.from('x')));
    expect(readdirSync(join(dir, 'partial'))).toEqual(['not-a-name.part']);
    expect(existsSync(join(dir, '..', 'x.part'))).toBe(false);
  });
});
