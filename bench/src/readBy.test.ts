import { createReadStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import {
  bundlePath,
  encodeBundle,
  formatVerifierKey,
  MLDSA_COSIGNATURE,
  NOTE_SIGNATURE,
  TILE_WIDTH,
  tilePath,
} from '@comity/prove';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testSigner } from '../../packages/prove/src/testing/signer.ts';
import { goAbsence } from './go.ts';
import { type GrownLog, growLog } from './growLog.ts';
import { readBy } from './readBy.ts';

const absence = goAbsence('tlog');
const signers = ([NOTE_SIGNATURE, MLDSA_COSIGNATURE] as const).map((kind) => testSigner('log.example/2026', kind, 'log'));
const vkeys = signers.map(({ key }) => formatVerifierKey(key));
const dirs: string[] = [];

/** The files of a log in a folder, as a server of static files would have them. */
function folderOf(log: GrownLog): string {
  const dir = mkdtempSync(join(tmpdir(), 'comity-log-'));
  dirs.push(dir);
  const keep = (path: string, bytes: Uint8Array | string): void => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), bytes);
  };
  for (const tile of log.tiles) keep(tilePath(tile), tile.bytes);
  for (let from = 0; from < log.entries.length; from += TILE_WIDTH) {
    const bundle = log.entries.slice(from, from + TILE_WIDTH);
    keep(bundlePath({ index: BigInt(from / TILE_WIDTH), width: bundle.length }), encodeBundle(bundle));
  }
  keep('checkpoint', log.checkpoint);
  return dir;
}

describe.skipIf(absence !== undefined)(
  `a log read by another implementation${absence === undefined ? '' : `: ${absence}`}`,
  () => {
    let log: GrownLog;
    let older: string;

    beforeAll(async () => {
      log = await growLog([1, 300, 256, 66_000, 7], signers);
      const small = await growLog([1, 300], signers);
      older = join(folderOf(small), 'checkpoint');
    }, 60_000);

    afterAll(() => {
      for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
    });

    it('is understood: both signatures, root from the tiles, entries in the tree, the older checkpoint in the newer', async () => {
      const size = String(log.entries.length);
      expect(await readBy(folderOf(log), vkeys, { older, sample: 50 })).toMatchObject({
        origin: 'log.example/2026',
        size,
        signers: signers.map(({ key }) => `${key.name}+${key.id}`),
        recomputed: true,
        included: 50,
        entries: 50,
        extends: '301',
      });
    });

    it('is understood over HTTP too, where entries are not shown to everybody', async () => {
      const dir = folderOf({ ...log, entries: [] });
      const server = createServer((request, response) => {
        const file = createReadStream(join(dir, request.url ?? ''));
        file.on('error', () => response.writeHead(404).end()).pipe(response);
      });
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      const address = server.address();
      const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
      expect(await readBy(url, vkeys, { sample: 20 })).toMatchObject({ recomputed: true, included: 20, entries: 0 });
      await promisify(server.close.bind(server))();
    });

    it.each([
      ['a leaf hash', 'tile/0/003', 'does not follow from the leaves'],
      ['a hash higher up', 'tile/1/000', 'does not follow from the leaves'],
      ['a partial tile', 'tile/0/260.p/4', 'does not follow from the leaves'],
      ['the checkpoint', 'checkpoint', 'invalid signature|malformed'],
    ])('is refused when %s was touched', async (_, path, why) => {
      const dir = folderOf(log);
      const bytes = readFileSync(join(dir, path));
      bytes[20] = (bytes[20] ?? 0) ^ 1;
      writeFileSync(join(dir, path), bytes);
      await expect(readBy(dir, vkeys)).rejects.toThrow(new RegExp(why));
    });

    it('is refused when an entry is another one, a key did not sign, or the older checkpoint is of a fork', async () => {
      const changed = await growLog([1, 300], signers);
      const dir = folderOf({ ...changed, entries: changed.entries.map(() => new Uint8Array(40)) });
      await expect(readBy(dir, vkeys)).rejects.toThrow('is not the one that the tree holds');
      const stranger = formatVerifierKey(testSigner('log.example/2026', NOTE_SIGNATURE, 'stranger').key);
      await expect(readBy(folderOf(log), [...vkeys, stranger])).rejects.toThrow('is not signed by');
      const fork = await growLog([1, 300], signers, 'other');
      await expect(readBy(folderOf(log), vkeys, { older: join(folderOf(fork), 'checkpoint') })).rejects.toThrow(
        'not the one of the older',
      );
    });
  },
);
