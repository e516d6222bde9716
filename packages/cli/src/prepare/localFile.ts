import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ok, type Result, refuse } from '@comity/core';
import { formatOf, type SourceFormat } from '@comity/prepare/minimise';
import { isEndpoint } from '../node/vaultConfig.ts';
import { onSignal } from '../seal/ends.ts';

/**
 * A file that this machine can read rows from: the file itself, or what it becomes. An object of an S3 service (`s3://bucket/key`, with the variables that its own tools know) is fetched, an Arrow file
 * is written as CSV; both into a folder that nobody else may read and that goes when the program ends.
 * Refuses `field-missing` naming a variable, `field-invalid`, `not-found`, `source-unreachable`, `storage-full`, `dataset-unreadable`.
 */
export async function localFile(file: string): Promise<Result<LocalFile>> {
  const fetched = file.startsWith('s3://') ? await fetchObject(file) : ok(file);
  if (!fetched.ok) return fetched;
  const [path, format] = [fetched.value, formatOf(fetched.value)];
  if (format !== 'arrow') return ok({ path, format });
  const output = join(ownFolder(), `${basename(path).replace(/\.[^.]+$/, '')}.csv`);
  const { unfoldArrow } = await import('@comity/prepare/arrow');
  const unfolded = await unfoldArrow({ path, output });
  return unfolded.ok ? ok({ path: output, format: 'csv' }) : unfolded;
}

interface LocalFile {
  readonly path: string;
  readonly format: SourceFormat;
}

/** A folder for one file: two may have the same name. */
function ownFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'comity-source-'));
  const clear = (): void => rmSync(made, { recursive: true, force: true });
  process.once('exit', clear);
  onSignal(clear);
  return made;
}

const NEEDED = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;

async function fetchObject(address: string): Promise<Result<string>> {
  const bucket = /^s3:\/\/([^/]+)\/./.exec(address)?.[1];
  if (bucket === undefined) return refuse('field-invalid', 'file', { kind: 's3://bucket/key' });
  const missing = NEEDED.find((name) => process.env[name] === undefined);
  if (missing !== undefined) return refuse('field-missing', missing);
  const { AWS_REGION, AWS_DEFAULT_REGION, AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, AWS_SESSION_TOKEN: sessionToken } = process.env;
  const region = AWS_REGION ?? AWS_DEFAULT_REGION ?? 'us-east-1';
  const endpoint = AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL ?? `https://s3.${region}.amazonaws.com`;
  if (!isEndpoint(endpoint, 'production')) return refuse('field-invalid', 'AWS_ENDPOINT_URL_S3', { kind: 'https://' });
  const [accessKeyId = '', secretAccessKey = ''] = NEEDED.map((name) => process.env[name]);
  const { openBuckets } = await import('@comity/node/buckets');
  const place = { endpoint, bucket, region, accessKeyId, secretAccessKey, prefix: '' };
  const read = await openBuckets([{ ...place, ...(sessionToken === undefined ? {} : { sessionToken }) }]).read(address);
  return read.ok ? keep(address, read.value) : refuse(read.refusal.code, address);
}

async function keep(address: string, bytes: AsyncIterable<Uint8Array>): Promise<Result<string>> {
  const path = join(ownFolder(), basename(address));
  try {
    await pipeline(bytes, createWriteStream(path, { mode: 0o600, flags: 'wx' }));
    return ok(path);
  } catch (error) {
    rmSync(path, { force: true });
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') return refuse('storage-full', tmpdir());
    return refuse('source-unreachable', address);
  }
}
