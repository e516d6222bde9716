import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject, ok, type Result, refuse } from '@comity/core';
import { splitHeader } from '@comity/seal';
import { isMissing, shred, syncFolder, writeDurably } from '../disk.ts';
import type { Vault } from './vault.ts';

/** What is left of a sealed file after its destruction, as far as this node can look. */
export interface Remains {
  /** Its header, which alone opens it. */
  readonly header: boolean;
  /** Its payload, in the vault. */
  readonly payload: boolean;
}

/**
 * A vault that keeps the header of each sealed file apart from its payload. INVARIANT: only sealed files are taken, and a payload without its header
 * opens nowhere: so destroying the header, a file of some kilobytes, destroys every copy of the payload that a backup of the vault may hold.
 */
export interface SealedVault extends Vault {
  /** Destroys a file: the header's bytes are overwritten and removed, the payload is deleted; then both are looked for. A payload that stands under another header too stays. */
  readonly destroy: (sha256: string) => Promise<Remains>;
  /** Gives a file another header, for other recipients of the same file key; its name stays. Refuses `payload-missing` when it is not here. */
  readonly rewrap: (sha256: string, header: Uint8Array) => Promise<Result<'rewrapped'>>;
  /** Its header; undefined when it is not here. */
  readonly header: (sha256: string) => Uint8Array | undefined;
}

const NAME = /^[0-9a-f]{64}$/;
/** What follows the name of a header that is to take another one's place. */
const NEXT = '-next';

/** A vault over a store of payloads and a folder of headers. The folder must not be backed up together with the store, or destroying a header destroys less. */
export function keepApart(objects: Vault, dir: string): SealedVault {
  const wraps = new WrapFolder(dir);
  const take = async (
    source: AsyncIterable<Uint8Array>,
    expected?: string,
  ): Promise<Result<{ sha256: string; size: number }>> => {
    const split = await splitHeader(source);
    if (!split.ok) return split;
    const { header, rest } = split.value;
    const whole = createHash('sha256').update(header);
    const put = await objects.put(counting(rest, (piece) => whole.update(piece)));
    if (!put.ok) return put;
    const sha256 = whole.digest('hex');
    if (expected !== undefined && expected !== sha256) {
      await removePayload(objects, wraps, put.value.sha256);
      return refuse('payload-altered');
    }
    await wraps.keep(sha256, { payload: put.value.sha256, header });
    return ok({ sha256, size: header.length + put.value.size });
  };
  return {
    put: (bytes) => take(bytes),
    putExactly: (bytes, sha256) => take(bytes, sha256),
    read: (sha256, from = 0) => readWhole(objects, wraps.find(sha256), { sha256, from }),
    has: async (sha256) => wraps.find(sha256) !== undefined || objects.has(sha256),
    remove: async (sha256) => {
      const there = wraps.find(sha256) !== undefined || (await objects.has(sha256));
      await destroy(objects, wraps, sha256);
      return there;
    },
    list: async () => [...wraps.names()],
    destroy: (sha256) => destroy(objects, wraps, sha256),
    rewrap: async (sha256, header) => {
      const found = wraps.find(sha256);
      if (found === undefined) return refuse('payload-missing');
      await wraps.replace(sha256, { ...found, header });
      return ok('rewrapped');
    },
    header: (sha256) => wraps.find(sha256)?.header,
  };
}

async function destroy(objects: Vault, wraps: WrapFolder, sha256: string): Promise<Remains> {
  const found = wraps.find(sha256);
  await wraps.destroy(sha256);
  // A file of an earlier version lies whole, under its own name.
  const payload = found?.payload ?? sha256;
  const shared = await removePayload(objects, wraps, payload);
  return { header: wraps.isThere(sha256), payload: !shared && (await objects.has(payload)) };
}

/** Deletes a payload unless a header still refers to it; true when one does. */
async function removePayload(objects: Vault, wraps: WrapFolder, payload: string): Promise<boolean> {
  const shared = [...wraps.names()].some((name) => wraps.find(name)?.payload === payload);
  if (!shared) await objects.remove(payload);
  return shared;
}

async function readWhole(
  objects: Vault,
  found: Wrap | undefined,
  { sha256, from }: { readonly sha256: string; readonly from: number },
): Promise<AsyncIterable<Uint8Array> | undefined> {
  if (found === undefined) return objects.read(sha256, from);
  const payload = await objects.read(found.payload, Math.max(0, from - found.header.length));
  return payload === undefined ? undefined : joined(found.header.subarray(from), payload);
}

async function* joined(header: Uint8Array, payload: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (header.length > 0) yield header;
  yield* payload;
}

async function* counting(source: AsyncIterable<Uint8Array>, seen: (piece: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  for await (const piece of source) {
    seen(piece);
    yield piece;
  }
}

interface Wrap {
  /** SHA-256 of the payload, hexadecimal: its name in the vault. */
  readonly payload: string;
  readonly header: Uint8Array;
}

/** Headers in a folder, one file each, named by the SHA-256 of the sealed file they belong to. */
class WrapFolder {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  names(): ReadonlySet<string> {
    const files = existsSync(this.#dir) ? readdirSync(this.#dir) : [];
    return new Set(files.map((name) => name.replace(NEXT, '')).filter((name) => NAME.test(name)));
  }

  find(sha256: string): Wrap | undefined {
    const path = this.#path(sha256);
    // A crash while a header is replaced leaves the next one beside it.
    return readWrap(path) ?? readWrap(`${path}${NEXT}`);
  }

  /** Whether any byte of a header is left, readable or not. */
  isThere(sha256: string): boolean {
    const path = this.#path(sha256);
    return existsSync(path) || existsSync(`${path}${NEXT}`);
  }

  async keep(sha256: string, wrap: Wrap): Promise<void> {
    await writeDurably(this.#path(sha256), writeWrap(wrap));
  }

  /** The bytes of the header before are overwritten, not only given up. */
  async replace(sha256: string, wrap: Wrap): Promise<void> {
    const path = this.#path(sha256);
    await writeDurably(`${path}${NEXT}`, writeWrap(wrap));
    await shred(path);
    await rename(`${path}${NEXT}`, path);
    await syncFolder(this.#dir);
  }

  async destroy(sha256: string): Promise<void> {
    await shred(`${this.#path(sha256)}${NEXT}`);
    await shred(this.#path(sha256));
  }

  #path(sha256: string): string {
    return join(this.#dir, NAME.test(sha256) ? sha256 : 'not-a-digest');
  }
}

/** A line of JSON, then the header as it is. */
function writeWrap({ payload, header }: Wrap): Uint8Array {
  return Buffer.concat([Buffer.from(`${JSON.stringify({ v: 1, payload })}\n`), header]);
}

/** Undefined for a file that is not there or, after a crash, half overwritten: its header is lost then, and what is left of it counts as there until it is removed. */
function readWrap(path: string): Wrap | undefined {
  const bytes = readIfThere(path);
  const end = bytes?.indexOf('\n') ?? -1;
  if (bytes === undefined || end < 0) return undefined;
  const head = parse(bytes.subarray(0, end).toString('utf8'));
  const payload = isJsonObject(head) ? head['payload'] : undefined;
  return typeof payload === 'string' && NAME.test(payload)
    ? { payload, header: new Uint8Array(bytes.subarray(end + 1)) }
    : undefined;
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
