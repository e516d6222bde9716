import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Buckets, openBuckets } from './buckets.ts';
import { S3Client } from './s3Client.ts';
import { S3Server } from './testing/s3Server.ts';

const server = new S3Server(false);
const CONTENT = Buffer.from('who,age\np1,7\n');
let buckets: Buckets;

beforeAll(async () => {
  const place = await server.start();
  const client = new S3Client(place);
  for (const key of ['lake/2026/visits%20of%20may.csv', 'other/secret.csv']) await client.put(key, Uint8Array.from(CONTENT));
  buckets = openBuckets([{ ...place, prefix: 'lake/' }]);
});
afterAll(() => server.stop());

async function digestAt(address: string): Promise<string> {
  const read = await buckets.read(address);
  if (!read.ok) return read.refusal.code;
  const hash = createHash('sha256');
  for await (const piece of read.value) hash.update(piece);
  return hash.digest('hex');
}

describe('a bucket that the operator has named', () => {
  it('gives an object by its address, whatever its name is made of', async () => {
    expect(buckets.names).toEqual(['s3://vault/lake/']);
    expect(await digestAt('s3://vault/lake/2026/visits of may.csv')).toBe(createHash('sha256').update(CONTENT).digest('hex'));
  });

  it('gives nothing outside its prefix, of another bucket, or by a way around', async () => {
    for (const address of [
      's3://vault/other/secret.csv',
      's3://vault/lake/../other/secret.csv',
      's3://vault/lake/./x.csv',
      's3://another/lake/2026/x.csv',
      'https://vault/lake/x.csv',
      's3://vault/',
    ])
      expect(await digestAt(address), address).toBe('field-invalid');
    expect(await digestAt('s3://vault/lake/2026/not-there.csv')).toBe('not-found');
  });

  it('is said to be out of reach when its service refuses or is gone', async () => {
    server.faults.status = { of: () => true, code: 403 };
    expect(await digestAt('s3://vault/lake/2026/visits of may.csv')).toBe('source-unreachable');
    delete server.faults.status;
  });
});
