import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileIn } from '../testing/run.ts';
import { readStores, readVault } from './vaultConfig.ts';

const home = mkdtempSync(join(tmpdir(), 'comity-vault-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

fileIn(home, 's3.json', { accessKeyId: 'A', secretAccessKey: 'S' });
const good = { kind: 's3', endpoint: 'https://s3.example', bucket: 'b', region: 'r', credentials: 's3.json' };
const read = (change: object, env: 'sandbox' | 'production' = 'production'): unknown => {
  const vault = readVault({ ...good, ...change }, { home, env });
  return vault.ok ? vault.value : `${vault.refusal.code} ${vault.refusal.field}`;
};

describe('the vault in a configuration', () => {
  it('is a bucket, with the keys that its file holds', () => {
    const place = {
      endpoint: 'https://s3.example',
      bucket: 'b',
      region: 'r',
      prefix: '',
      accessKeyId: 'A',
      secretAccessKey: 'S',
    };
    expect(read({})).toEqual(place);
    expect(read({ prefix: 'de/' })).toEqual({ ...place, prefix: 'de/' });
  });

  it('is refused by the name of the member that is wrong', () => {
    fileIn(home, 'half.json', { accessKeyId: 'A' });
    for (const [change, wrong] of [
      [{ kind: 'ftp' }, 'field-invalid vault.kind'],
      [{ colour: 'red' }, 'field-unknown vault.colour'],
      [{ bucket: '' }, 'field-missing vault.bucket'],
      [{ prefix: 'a b' }, 'field-invalid vault.prefix'],
      [{ endpoint: 'http://s3.example' }, 'field-invalid vault.endpoint'],
      [{ endpoint: 'https://user@s3.example' }, 'field-invalid vault.endpoint'],
      [{ endpoint: 'nowhere' }, 'field-invalid vault.endpoint'],
      [{ credentials: 'half.json' }, 'field-invalid vault.credentials'],
      [{ credentials: 'none.json' }, `not-found ${join(home, 'none.json')}`],
    ] as const)
      expect(read(change)).toBe(wrong);
  });

  it('speaks without TLS only on this machine, or in the sandbox', () => {
    expect(read({ endpoint: 'http://127.0.0.1:9000' })).toMatchObject({ endpoint: 'http://127.0.0.1:9000' });
    expect(read({ endpoint: 'http://s3.example' }, 'sandbox')).toMatchObject({ endpoint: 'http://s3.example' });
  });
});

describe('the buckets in a configuration', () => {
  it('are named as the vault is, each at its place in the list', () => {
    const about = { home, env: 'production' } as const;
    const { kind: _, credentials: __, ...place } = good;
    const named = { ...place, prefix: 'lake/', accessKeyId: 'A', secretAccessKey: 'S' };
    expect(readStores({ buckets: [{ ...good, prefix: 'lake/' }] }, about)).toEqual({ ok: true, value: { buckets: [named] } });
    expect(readStores({}, about)).toEqual({ ok: true, value: {} });
    expect(readStores({ buckets: [good, { ...good, region: '' }] }, about)).toMatchObject({
      refusal: { code: 'field-missing', field: 'buckets.1.region' },
    });
  });
});
