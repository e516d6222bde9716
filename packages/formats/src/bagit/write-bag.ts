import { createHash, type Hash } from 'node:crypto';
import { type Day, utf8 } from '@comity/core';
import { escapedPath } from './tags.ts';

/** A file on its way into a bag. */
export interface BagFile {
  readonly path: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** What goes into a bag, and what is said of it (RFC 8493 section 2.2.2). */
export interface BagRequest {
  /** Paths below `data/`. */
  readonly payload: Iterable<BagFile> | AsyncIterable<BagFile>;
  readonly on: Day;
  /** Labels and values, e.g. `External-Identifier`. */
  readonly info: readonly (readonly [label: string, value: string])[];
}

const ALGORITHMS = ['sha256', 'sha512'] as const;

/**
 * A bag of version 1.0 (RFC 8493), file by file: the payload as it comes, in constant memory; then its manifests, the tag files and their
 * manifests. Read each file to its end before the next. Throws TypeError for a label or value that would break its line.
 */
export async function* writeBag({ payload, on, info }: BagRequest): AsyncGenerator<BagFile> {
  const sums: Sums = new Map(ALGORITHMS.map((algorithm) => [algorithm, []]));
  const measured = { bytes: 0, files: 0 };
  for await (const file of payload) {
    const path = `data/${file.path}`;
    yield { path, bytes: summed(file.bytes, { path, sums, measured }) };
    measured.files++;
  }
  const tags: Sums = new Map(ALGORITHMS.map((algorithm) => [algorithm, []]));
  const lines = [...info, ['Bagging-Date', on], ['Payload-Oxum', `${measured.bytes}.${measured.files}`]];
  if (lines.flat().some((text) => /[\r\n]/.test(text ?? ''))) throw new TypeError('a label or value of a bag holds a line end');
  const files = [
    ['bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'],
    ['bag-info.txt', lines.map(([label, value]) => `${label}: ${value}\n`).join('')],
    ...ALGORITHMS.map((algorithm) => [`manifest-${algorithm}.txt`, manifestOf(sums, algorithm)]),
  ] as const;
  for (const [path = '', text = ''] of files)
    yield { path, bytes: summed(once(text), { path, sums: tags, measured: { bytes: 0, files: 0 } }) };
  for (const algorithm of ALGORITHMS) yield { path: `tagmanifest-${algorithm}.txt`, bytes: once(manifestOf(tags, algorithm)) };
}

type Sums = ReadonlyMap<string, string[]>;

interface Summing {
  readonly path: string;
  readonly sums: Sums;
  readonly measured: { bytes: number; files: number };
}

async function* summed(bytes: AsyncIterable<Uint8Array>, { path, sums, measured }: Summing): AsyncGenerator<Uint8Array> {
  const hashes = new Map<string, Hash>(ALGORITHMS.map((algorithm) => [algorithm, createHash(algorithm)]));
  for await (const piece of bytes) {
    for (const hash of hashes.values()) hash.update(piece);
    measured.bytes += piece.length;
    yield piece;
  }
  for (const [algorithm, hash] of hashes) sums.get(algorithm)?.push(`${hash.digest('hex')}  ${escapedPath(path)}\n`);
}

function manifestOf(sums: Sums, algorithm: string): string {
  return (sums.get(algorithm) ?? []).join('');
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield utf8(text);
}
