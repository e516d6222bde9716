import { createHash, randomUUID } from 'node:crypto';
import { isJsonObject, ok, type Result, refuse } from '@comity/core';
import { S3Client, type S3Place, VaultFull, VaultUnreachable, type Version } from './s3Client.ts';
import { NAME, type Vault } from './vault.ts';

/** Where a vault on S3 keeps its objects. */
export interface S3VaultPlace extends S3Place {
  /** What its keys begin with, such as `de-example/`; empty when left out. */
  readonly prefix?: string;
  /** Bytes of the first parts of a big object; at least 5 MiB, as S3 demands. */
  readonly partBytes?: number;
}

const MIB = 1 << 20;
const PART_BYTES = 8 * MIB;
/** S3 takes 10,000 parts of an object: they grow, so that one of 400 GiB still fits. */
const GROW_EVERY = 1000;
/** What nobody refers to after this time was left by a crash: milliseconds. */
const ORPHANED = 86_400_000;

/** What a name refers to: the object that holds its bytes. They have no name before their last byte, and S3 renames nothing. */
interface Pointer {
  readonly data: string;
  readonly size: number;
}

/**
 * A vault in a bucket of any S3 service. Bytes stream into an object under a random name, in parts when they are many; once their digest is known, a small object under that
 * name of 64 hexadecimal digits refers to it. Their SHA-256 is checked on the way in and on every read to its end. What is removed is removed in every version, and looked for
 * again. INVARIANT: only ciphertext is handed to it; encryption by the service is no substitute.
 */
export async function openS3Vault(place: S3VaultPlace): Promise<Vault> {
  const vault = new S3Vault(place);
  await vault.sweep(Date.now() - ORPHANED);
  return vault;
}

class S3Vault implements Vault {
  readonly #s3: S3Client;
  readonly #names: string;
  readonly #data: string;
  readonly #partBytes: number;

  constructor(place: S3VaultPlace) {
    const { prefix = '', partBytes = PART_BYTES } = place;
    this.#s3 = new S3Client(place);
    this.#names = `${prefix}sealed/`;
    this.#data = `${prefix}data/`;
    this.#partBytes = Math.max(partBytes, 5 * MIB);
  }

  put(bytes: AsyncIterable<Uint8Array>): Promise<Result<{ readonly sha256: string; readonly size: number }>> {
    return this.#take(bytes);
  }

  putExactly(bytes: AsyncIterable<Uint8Array>, sha256: string): Promise<Result<{ readonly size: number }>> {
    return this.#take(bytes, sha256);
  }

  async read(sha256: string, from = 0): Promise<AsyncIterable<Uint8Array> | undefined> {
    const pointer = await this.#find(sha256);
    if (pointer === undefined || from > pointer.size) return undefined;
    if (from === pointer.size && from > 0) return nothing();
    const answer = await this.#s3.get(pointer.data, from);
    const body = answer?.body;
    if (body === null || body === undefined) return undefined;
    return from === 0 ? whole(body, { sha256, size: pointer.size }) : steady(body);
  }

  async has(sha256: string): Promise<boolean> {
    return NAME.test(sha256) && this.#s3.has(this.#names + sha256);
  }

  /** Removes every version of the bytes, then of their name. Throws when one is still there afterwards, as it is under an object lock. */
  async remove(sha256: string): Promise<boolean> {
    if (!NAME.test(sha256)) return false;
    const names = await this.#s3.versionsOf(this.#names + sha256);
    const data = new Set<string>();
    for (const version of names) data.add((await this.#pointerIn(version))?.data ?? '');
    data.delete('');
    for (const key of data) await this.#removeAll(key);
    await this.#removeAll(this.#names + sha256);
    return names.length > 0;
  }

  async list(): Promise<readonly string[]> {
    const found = await this.#s3.list(this.#names);
    return found.map(({ key }) => key.slice(this.#names.length)).filter((name) => NAME.test(name));
  }

  /** Clears what a crash left before a time (milliseconds since 1970): uploads that were not ended, bytes that no name refers to. */
  async sweep(before: number): Promise<void> {
    for (const { key, upload, at } of await this.#s3.openUploads(this.#data))
      if (at < before) await this.#s3.dropUpload(key, upload);
    const old = (await this.#s3.list(this.#data)).filter(({ at }) => at < before);
    if (old.length === 0) return;
    const used = new Set<string>();
    for (const name of await this.list()) used.add((await this.#find(name))?.data ?? '');
    for (const { key } of old) if (!used.has(key)) await this.#removeAll(key);
  }

  async #take(bytes: AsyncIterable<Uint8Array>, expected?: string): Promise<Result<{ sha256: string; size: number }>> {
    const key = this.#data + randomUUID();
    try {
      const { sha256, size, keep, drop } = await this.#upload(key, bytes);
      if (expected !== undefined && expected !== sha256) {
        await drop();
        return refuse('payload-altered');
      }
      // The same bytes again: those that are here stay, and what refers to them.
      if (await this.has(sha256)) await drop();
      else {
        await keep();
        await this.#s3.put(this.#names + sha256, new Uint8Array(Buffer.from(JSON.stringify({ v: 1, data: key, size }))));
      }
      return ok({ sha256, size });
    } catch (error) {
      if (error instanceof VaultFull) return refuse('storage-full');
      if (error instanceof VaultUnreachable) return refuse('vault-unreachable');
      throw error;
    }
  }

  /** Hands in the bytes; they become an object only with `keep`, once they are known to be the right ones. */
  async #upload(key: string, bytes: AsyncIterable<Uint8Array>): Promise<Uploaded> {
    const digest = createHash('sha256');
    const tags: string[] = [];
    let [size, upload, last] = [0, '', new Uint8Array()];
    const drop = async (): Promise<void> => (upload === '' ? undefined : this.#s3.dropUpload(key, upload));
    try {
      for await (const { body, isLast } of partsOf(bytes, (n) => this.#sizeOf(n))) {
        digest.update(body);
        size += body.length;
        if (isLast && upload === '') last = body;
        else {
          upload ||= await this.#s3.beginUpload(key);
          tags.push(await this.#s3.putPart(key, { upload, number: tags.length + 1, body }));
        }
      }
    } catch (error) {
      // What the service keeps of it is swept at the next start at the latest.
      await drop().catch(() => undefined);
      throw error;
    }
    const keep = (): Promise<void> => (upload === '' ? this.#s3.put(key, last) : this.#s3.endUpload(key, upload, tags));
    return { sha256: digest.digest('hex'), size, keep, drop };
  }

  #sizeOf(part: number): number {
    return this.#partBytes * (1 + Math.floor(part / GROW_EVERY));
  }

  async #find(sha256: string): Promise<Pointer | undefined> {
    if (!NAME.test(sha256)) return undefined;
    return this.#pointerOf(await this.#s3.get(this.#names + sha256));
  }

  /** Of a delete marker there is nothing to get. */
  async #pointerIn({ key, id }: Version): Promise<Pointer | undefined> {
    return this.#pointerOf(await this.#s3.get(key, 0, id).catch(() => undefined));
  }

  async #pointerOf(answer: Response | undefined): Promise<Pointer | undefined> {
    const pointer = answer === undefined ? undefined : pointerIn(await answer.text());
    // Whoever may write the bucket must not have us read, or remove, another object.
    return pointer?.data.startsWith(this.#data) === true ? pointer : undefined;
  }

  async #removeAll(key: string): Promise<void> {
    for (const version of await this.#s3.versionsOf(key)) await this.#s3.remove(version);
    if ((await this.#s3.versionsOf(key)).length > 0 || (await this.#s3.has(key)))
      throw new Error('an object is still in the bucket after its removal');
  }
}

interface Uploaded {
  readonly sha256: string;
  readonly size: number;
  readonly keep: () => Promise<void>;
  readonly drop: () => Promise<void>;
}

/** The bytes in parts: each as large as asked for, the last one as large as it comes, and empty when there are no bytes at all. */
async function* partsOf(
  bytes: AsyncIterable<Uint8Array>,
  sizeOf: (part: number) => number,
): AsyncGenerator<{ readonly body: Uint8Array<ArrayBuffer>; readonly isLast: boolean }> {
  let [part, used, buffer] = [0, 0, new Uint8Array(sizeOf(0))];
  for await (let piece of bytes) {
    while (piece.length > 0) {
      if (used === buffer.length) {
        yield { body: buffer, isLast: false };
        part += 1;
        [used, buffer] = [0, new Uint8Array(sizeOf(part))];
      }
      const taken = piece.subarray(0, buffer.length - used);
      buffer.set(taken, used);
      used += taken.length;
      piece = piece.subarray(taken.length);
    }
  }
  yield { body: buffer.subarray(0, used), isLast: true };
}

/** The bytes of an object, checked at their end against its name: the last of them is held back until then. */
async function* whole(
  body: AsyncIterable<Uint8Array>,
  expected: { readonly sha256: string; readonly size: number },
): AsyncGenerator<Uint8Array> {
  const digest = createHash('sha256');
  let held: Uint8Array | undefined;
  for await (const piece of steady(body)) {
    digest.update(piece);
    if (held !== undefined) yield held;
    held = piece;
  }
  if (digest.digest('hex') !== expected.sha256) throw new Error('the bytes of an object are not those of its name');
  if (held !== undefined) yield held;
}

/** A connection that breaks off is the service's failing, and said so. */
async function* steady(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = body[Symbol.asyncIterator]();
  try {
    for (let step = await next(source); step.done !== true; step = await next(source)) yield step.value;
  } finally {
    await source.return?.();
  }
}

async function next(source: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array>> {
  try {
    return await source.next();
  } catch {
    throw new VaultUnreachable('it broke off');
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function pointerIn(text: string): Pointer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isJsonObject(value) || typeof value['data'] !== 'string' || typeof value['size'] !== 'number') return undefined;
    return { data: value['data'], size: value['size'] };
  } catch {
    return undefined;
  }
}
