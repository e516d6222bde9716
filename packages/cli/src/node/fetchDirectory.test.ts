import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Directory, SignedDirectory } from '@comity/core';
import { type PrivateJwk, signDirectory, signerOf } from '@comity/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileIn } from '../testing/run.ts';
import { look } from './fetchDirectory.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-fetch-'));
const file = join(dir, 'directory.json');
const [keeper, stranger] = [newKey(), newKey()];
let served: string | SignedDirectory = '';
let server: Server;
let url = '';

beforeAll(async () => {
  server = createServer((_request, response) => response.end(typeof served === 'string' ? served : JSON.stringify(served)));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/public/directory`;
});

afterAll(() => {
  server.close();
  rmSync(dir, { recursive: true, force: true });
});

function newKey(): PrivateJwk {
  const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return { kty: 'OKP', crv: 'Ed25519', x, d };
}

function signed(change: Partial<Directory>, by = keeper): SignedDirectory {
  const directory = {
    v: 1,
    env: 'production',
    issued: '2026-01-02T00:00:00.000Z',
    until: '2999-01-01T00:00:00.000Z',
    parties: [],
  } as const;
  return signDirectory({ ...directory, ...change }, signerOf(by));
}

describe('looking for a newer directory', () => {
  const source = () => ({ url, file, env: 'production' as const, directoryKey: keeper.x });
  const here = (): unknown => JSON.parse(readFileSync(file, 'utf8'));

  it('puts one that the keeper signed later in the place of the one that is here', async () => {
    fileIn(dir, 'directory.json', signed({}));
    served = signed({ issued: '2026-01-03T00:00:00.000Z' });
    expect(await look(source())).toBe('newer');
    expect(here()).toEqual(served);
    expect(await look(source())).toBe('none');
  });

  it('leaves it where it is for all others: older, forged, run out, of another environment, or none at all', async () => {
    const standing = signed({});
    fileIn(dir, 'directory.json', standing);
    const later = '2026-01-03T00:00:00.000Z';
    for (const other of [
      signed({ issued: '2026-01-01T00:00:00.000Z' }),
      signed({ issued: later }, stranger),
      { ...standing, directory: { ...standing.directory, issued: later } },
      signed({ issued: later, until: '2026-01-04T00:00:00.000Z' }),
      signed({ issued: later, env: 'sandbox' }),
      ...['', 'no json', '{}', '[]', '{"directory":{},"signature":"x"}'],
    ]) {
      served = other;
      expect(await look(source())).toBe('none');
      expect(here()).toEqual(standing);
    }
    expect(await look({ ...source(), url: 'http://127.0.0.1:9/' })).toBe('none');
  });
});
