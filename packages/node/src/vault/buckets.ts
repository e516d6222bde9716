import { ok, type Result, refuse } from '@comity/core';
import type { S3VaultPlace } from './s3.ts';
import { S3Client } from './s3Client.ts';

/** Buckets of S3 services from which this office takes its own data. */
export interface Buckets {
  /** What may be read, as `s3://bucket/prefix`. */
  readonly names: readonly string[];
  /**
   * An object by its address, `s3://bucket/key`. Errors: `field-invalid` for what is no address, or lies where this node may not read; `not-found`; `source-unreachable`.
   * The stream throws when it breaks off.
   */
  readonly read: (address: string) => Promise<Result<AsyncIterable<Uint8Array>>>;
}

/** Opens the buckets that an operator names; only below their prefixes is anything read. */
export function openBuckets(places: readonly S3VaultPlace[]): Buckets {
  const clients = places.map((place) => ({ place, client: new S3Client(place) }));
  const names = places.map(({ bucket, prefix = '' }) => `s3://${bucket}/${prefix}`);
  return {
    names,
    read: async (address) => {
      const match = /^s3:\/\/([^/]+)\/(.+)$/.exec(address);
      const [, bucket, key = ''] = match ?? [];
      const found = clients.find(({ place }) => place.bucket === bucket && key.startsWith(place.prefix ?? ''));
      if (found === undefined || !isPlain(key)) return refuse('field-invalid', 'address', { kind: names.join(', ') });
      try {
        const answer = await found.client.get(key.split('/').map(encodeURIComponent).join('/'));
        return answer?.body == null ? refuse('not-found', 'address') : ok(answer.body);
      } catch {
        // Why not, the service says to its operator; its words may quote the request.
        return refuse('source-unreachable', 'address');
      }
    },
  };
}

/** No part of a key leads elsewhere: a URL would take `..` for the folder above. */
function isPlain(key: string): boolean {
  return key.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
