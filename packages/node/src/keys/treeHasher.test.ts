import { createHash } from 'node:crypto';
import { emptyEdge, formatEdge, type Growth, growTree, type TreeEdge, tilePath, treeHasher } from '@comity/prove';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from './crypto.ts';
import { nodeTreeHasher } from './treeHasher.ts';

const plainHasher = treeHasher((bytes) => createHash('sha256').update(bytes).digest());
const entries = Array.from({ length: 3000 }, (_, i) => Buffer.alloc((i * 37) % 300, i & 0xff));

/** RFC 6962 section 2.1, word for word. */
function plainRoot(some: readonly Uint8Array[]): Buffer {
  if (some.length === 0) return createHash('sha256').digest();
  const [only] = some;
  if (some.length === 1 && only !== undefined) return createHash('sha256').update(Buffer.of(0)).update(only).digest();
  let half = 1;
  while (half * 2 < some.length) half *= 2;
  const sides = [plainRoot(some.slice(0, half)), plainRoot(some.slice(half))];
  return createHash('sha256')
    .update(Buffer.concat([Buffer.of(1), ...sides]))
    .digest();
}

function grow(edge: TreeEdge, some: readonly Uint8Array[]): Growth {
  return growTree(edge, nodeTreeHasher.hashLeaves(some), nodeTreeHasher);
}

describe('the tree hasher of the machine', () => {
  it('gives the root of the plain recursion at every size from 0 to 600', () => {
    let edge = emptyEdge();
    for (let size = 0; size <= 600; size++) {
      const grown = grow(edge, entries.slice(edge.size === 0n ? 0 : size - 1, size));
      edge = grown.edge;
      expect(Buffer.from(grown.root).toString('hex')).toBe(plainRoot(entries.slice(0, size)).toString('hex'));
    }
  });

  it('gives the same tiles, edge and root as the plain hasher, whatever the batches', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.array(fc.nat(3000), { maxLength: 8 }), (size, cuts) => {
        const places = [0, ...cuts.filter((cut) => cut < size).sort((a, b) => a - b), size];
        let [fast, plain] = [grow(emptyEdge(), []), growTree(emptyEdge(), new Uint8Array(0), plainHasher)];
        for (const [i, until] of places.entries()) {
          const batch = entries.slice(places[i - 1] ?? 0, until);
          fast = grow(fast.edge, batch);
          plain = growTree(plain.edge, plainHasher.hashLeaves(batch), plainHasher);
          const named = ({ tiles }: Growth): string[] =>
            tiles.map((tile) => `${tilePath(tile)} ${Buffer.from(tile.bytes).toString('hex')}`);
          expect(named(fast)).toEqual(named(plain));
        }
        expect(formatEdge(fast.edge)).toBe(formatEdge(plain.edge));
        expect(Buffer.from(fast.root).equals(plain.root)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('hashes entries of every length, views on larger buffers among them, and leaves them as they were', () => {
    const large = Buffer.alloc(70_000, 7);
    const some = [0, 1, 255, 4095, 4096, 4097, 65_535].map((length) => large.subarray(3, 3 + length));
    const expected = some.map((entry) => createHash('sha256').update(Buffer.of(0)).update(entry).digest());
    for (let again = 0; again < 2; again++)
      expect(Buffer.from(nodeTreeHasher.hashLeaves(some)).equals(Buffer.concat(expected))).toBe(true);
    expect(large.equals(Buffer.alloc(70_000, 7))).toBe(true);
  });

  it('folds in place, and nothing beyond the pairs that it was told', () => {
    const hashes = Buffer.concat(Array.from({ length: 5 }, (_, i) => sha256(Buffer.of(i))));
    const inner = new Uint8Array([9, ...hashes, 9]).subarray(1, 161);
    nodeTreeHasher.foldPairs(inner, 1);
    const node = sha256(Buffer.concat([Buffer.of(1), hashes.subarray(0, 64)]));
    expect(Buffer.from(inner).equals(Buffer.concat([node, hashes.subarray(32)]))).toBe(true);
    expect([new Uint8Array(inner.buffer)[0], new Uint8Array(inner.buffer)[161]]).toEqual([9, 9]);
  });
});
