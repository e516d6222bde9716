import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyRoot, leafHash, parseSize, verifyConsistency, verifyInclusion } from './index.ts';
import { PlainTree } from './testing/plain-tree.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const vectors = resolve(import.meta.dirname, '../../../../shared/vectors/merkle');
const bytesOf = (base64: string): Uint8Array => Buffer.from(base64, 'base64');

interface Vector {
  readonly leafIdx: string;
  readonly treeSize: string;
  readonly size1: string;
  readonly size2: string;
  readonly root: string;
  readonly root1: string;
  readonly root2: string;
  readonly leafHash: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

/** Sizes as the decimal texts that stand in the file: JSON numbers would be rounded. */
function readVector(file: string): Vector {
  const text = readFileSync(resolve(vectors, file), 'utf8').replaceAll(/"(leafIdx|treeSize|size1|size2)": (\d+)/g, '"$1": "$2"');
  return JSON.parse(text) as Vector; // parser of a test vector
}

function holds(vector: Vector, kind: 'inclusion' | 'consistency'): boolean {
  const texts = kind === 'inclusion' ? [vector.leafIdx, vector.treeSize] : [vector.size1, vector.size2];
  const [first, second] = texts.map(parseSize);
  if (!first?.ok || !second?.ok) return false;
  const proof = (vector.proof ?? []).map(bytesOf);
  if (kind === 'inclusion') {
    const claim = { index: first.value, size: second.value, leaf: bytesOf(vector.leafHash), root: bytesOf(vector.root), proof };
    return verifyInclusion(claim, sha256);
  }
  const claim = {
    oldSize: first.value,
    newSize: second.value,
    oldRoot: bytesOf(vector.root1),
    newRoot: bytesOf(vector.root2),
    proof,
  };
  return verifyConsistency(claim, sha256);
}

const title = existsSync(vectors) ? 'is judged as its authors say' : 'is skipped: vectors not present';

test.skipIf(!existsSync(vectors)).each(['inclusion', 'consistency'] as const)(`every published %s vector ${title}`, (kind) => {
  const files = globSync(`${kind}/**/*.json`, { cwd: vectors });
  const wrong = files.filter((file) => {
    const vector = readVector(file);
    return holds(vector, kind) === vector.wantErr;
  });
  expect(wrong).toEqual([]);
  expect(files.length).toBeGreaterThan(80);
});

const leaves = Array.from({ length: 300 }, (_, i) => leafHash(Buffer.from(String(i)), sha256));
const tree = new PlainTree(leaves, sha256);

/** The same bytes with one bit turned. */
function flip(bytes: Uint8Array, bit: number): Uint8Array {
  const changed = new Uint8Array(bytes);
  const at = (bit >> 3) % bytes.length;
  changed[at] = (changed[at] ?? 0) ^ (1 << (bit & 7));
  return changed;
}

test('an inclusion proof with one bit changed anywhere fails', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(), fc.nat(), (size, seed, place, bit) => {
      const index = seed % size;
      const parts = [tree.root(0, size), leaves[index] ?? new Uint8Array(0), ...tree.path(index, 0, size)];
      const claimOf = ([root, leaf, ...proof]: readonly Uint8Array[]): boolean =>
        root !== undefined &&
        leaf !== undefined &&
        verifyInclusion({ index: BigInt(index), size: BigInt(size), leaf, root, proof }, sha256);
      expect(claimOf(parts)).toBe(true);
      expect(claimOf(parts.map((part, i) => (i === place % parts.length ? flip(part, bit) : part)))).toBe(false);
      expect(claimOf([...parts, new Uint8Array(32)])).toBe(false);
      if (parts.length > 2) expect(claimOf(parts.slice(0, -1))).toBe(false);
    }),
  );
});

test('a consistency proof with one bit changed anywhere fails', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(), fc.nat(), (newSize, seed, place, bit) => {
      const oldSize = 1 + (seed % newSize);
      const parts = [tree.root(0, oldSize), tree.root(0, newSize), ...tree.subproof(oldSize, [0, newSize], true)];
      const claimOf = ([oldRoot, newRoot, ...proof]: readonly Uint8Array[]): boolean =>
        oldRoot !== undefined &&
        newRoot !== undefined &&
        verifyConsistency({ oldSize: BigInt(oldSize), newSize: BigInt(newSize), oldRoot, newRoot, proof }, sha256);
      expect(claimOf(parts)).toBe(true);
      expect(claimOf(parts.map((part, i) => (i === place % parts.length ? flip(part, bit) : part)))).toBe(false);
      expect(claimOf([...parts, new Uint8Array(32)])).toBe(false);
    }),
  );
});

test('from size 0 only the empty root with an empty proof is consistent', () => {
  const empty = emptyRoot(sha256);
  const claim = { oldSize: 0n, newSize: 8n, oldRoot: empty, newRoot: tree.root(0, 8), proof: [] };
  expect(verifyConsistency(claim, sha256)).toBe(true);
  expect(verifyConsistency({ ...claim, oldRoot: tree.root(0, 1) }, sha256)).toBe(false);
  expect(verifyConsistency({ ...claim, proof: [empty] }, sha256)).toBe(false);
  expect(verifyConsistency({ ...claim, newSize: 0n }, sha256)).toBe(false);
  expect(verifyConsistency({ ...claim, newSize: 0n, newRoot: empty }, sha256)).toBe(true);
  expect(verifyInclusion({ index: 0n, size: 0n, leaf: empty, root: empty, proof: [] }, sha256)).toBe(false);
});

test('sizes beyond 2^63 - 1 and below 0 are never verified', () => {
  const leaf = tree.root(0, 1);
  for (const size of [2n ** 63n, 2n ** 64n, 2n ** 64n + 1n, -1n]) {
    expect(verifyInclusion({ index: 0n, size, leaf, root: leaf, proof: [] }, sha256)).toBe(false);
    expect(verifyInclusion({ index: size, size: 1n, leaf, root: leaf, proof: [] }, sha256)).toBe(false);
    expect(verifyConsistency({ oldSize: 1n, newSize: size, oldRoot: leaf, newRoot: leaf, proof: [] }, sha256)).toBe(false);
  }
});

test.each(['18446744073709551615', '9223372036854775808', '-1', '+1', '01', '', ' 1', '1.0', '1e3', '0x1', '1\n'])(
  '%j is not a size',
  (text) => {
    expect(parseSize(text)).toMatchObject({ ok: false, code: 'malformed-size' });
  },
);

test('the largest size is read exactly', () => {
  expect(parseSize('9223372036854775807')).toEqual({ ok: true, value: 2n ** 63n - 1n });
});
