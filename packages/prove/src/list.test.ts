import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyEdge, rootOf } from './edge.ts';
import { growTree } from './grow.ts';
import { leafHash } from './hash.ts';
import { merkleList } from './list.ts';
import { treeHasher } from './tree-hasher.ts';
import { verifyInclusion } from './verify.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());

test('every entry of a list is proved by the verifier of the log, and nothing else is', () => {
  // Each once: of two that are alike either proof fits the other.
  const selector = (entry: Uint8Array): string => Buffer.from(entry).toString('hex');
  const lists = fc.uniqueArray(fc.uint8Array({ maxLength: 20 }), { minLength: 1, maxLength: 70, selector });
  fc.assert(
    fc.property(lists, fc.nat(), fc.nat(), (entries, some, other) => {
      const list = merkleList(entries, sha256);
      const index = some % entries.length;
      const claim = {
        index: BigInt(index),
        size: BigInt(entries.length),
        leaf: leafHash(entries[index] ?? new Uint8Array(), sha256),
        root: list.root,
        proof: list.proof(index),
      };
      expect(verifyInclusion(claim, sha256)).toBe(true);
      const another = other % entries.length;
      if (another !== index) expect(verifyInclusion({ ...claim, index: BigInt(another) }, sha256)).toBe(false);
    }),
    { numRuns: 150 },
  );
});

test('its root is that of a log with the same entries', () => {
  for (const count of [1, 2, 3, 7, 8, 9, 255, 256, 257]) {
    const entries = Array.from({ length: count }, (_, i) => Uint8Array.of(i % 256, i >> 8));
    const hasher = treeHasher(sha256);
    const leaves = Buffer.concat(entries.map((entry) => leafHash(entry, sha256)));
    const grown = growTree(emptyEdge(), new Uint8Array(leaves), hasher);
    expect(merkleList(entries, sha256).root).toEqual(new Uint8Array(rootOf(grown.edge, hasher)));
  }
});

test('an empty list has no root, and an index beyond the list no proof', () => {
  expect(() => merkleList([], sha256)).toThrow('entries');
  const list = merkleList([Uint8Array.of(1)], sha256);
  for (const index of [1, -1, 0.5]) expect(() => list.proof(index)).toThrow('index');
  expect(list.proof(0)).toEqual([]);
});
