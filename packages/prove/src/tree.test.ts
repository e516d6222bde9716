import { hash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  consistencyProof,
  edgeFrom,
  emptyEdge,
  formatEdge,
  growTree,
  inclusionProof,
  leafHash,
  parseEdge,
  rootOf,
  tilePath,
  treeHasher,
  verifyConsistency,
  verifyInclusion,
} from './index.ts';
import { PlainTree, TileStore } from './testing/plain-tree.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');

const hasher = treeHasher(sha256);

function leavesOf(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => leafHash(Buffer.from(`entry ${i}`), sha256));
}

/** Cuts 0..total into batches at the given places. */
function batches<T>(all: readonly T[], cuts: readonly number[]): T[][] {
  const places = [0, ...[...new Set(cuts)].filter((cut) => cut > 0 && cut < all.length).sort((a, b) => a - b), all.length];
  return places.slice(1).map((until, i) => all.slice(places[i], until));
}

test('every size from 0 to 600 has the root, the proofs and the edge that the plain recursion gives', async () => {
  const leaves = leavesOf(600);
  const plain = new PlainTree(leaves, sha256);
  const store = new TileStore();
  let edge = emptyEdge();
  expect(rootOf(edge, hasher)).toEqual(plain.root(0, 0));
  for (let size = 1; size <= 600; size++) {
    const grown = growTree(edge, Buffer.concat(leaves.slice(size - 1, size)), hasher);
    store.keep(grown.tiles);
    edge = grown.edge;
    expect(Buffer.from(grown.root).equals(plain.root(0, size))).toBe(true);
    expect(formatEdge(await edgeFrom(BigInt(size), store.read))).toBe(formatEdge(edge));
    for (const other of [0, 1, 255, 256, 257, (size * 7) >> 3, size - 1].filter((n) => n < size)) {
      const index = BigInt(other);
      const inclusion = await inclusionProof({ index, size: BigInt(size) }, store.read, sha256);
      expect(Buffer.concat(inclusion).equals(Buffer.concat(plain.path(other, 0, size)))).toBe(true);
      const leaf = leaves[other] ?? new Uint8Array(0);
      expect(verifyInclusion({ index, size: BigInt(size), leaf, root: grown.root, proof: inclusion }, sha256)).toBe(true);
      const consistency = await consistencyProof({ oldSize: index, newSize: BigInt(size) }, store.read, sha256);
      const expected = other === 0 ? [] : plain.subproof(other, [0, size], true);
      expect(Buffer.concat(consistency).equals(Buffer.concat(expected))).toBe(true);
      const claim = {
        oldSize: index,
        newSize: BigInt(size),
        oldRoot: plain.root(0, other),
        newRoot: grown.root,
        proof: consistency,
      };
      expect(verifyConsistency(claim, sha256)).toBe(true);
    }
  }
});

test('leaves are hashed side by side as one by one, and the entries stay what they are', () => {
  const entries = [0, 1, 31, 64, 256, 4096, 65_535].map((length) => Buffer.alloc(length, length & 0xff));
  const before = Buffer.concat(entries).toString('hex');
  const single = entries.map((entry) => leafHash(entry, sha256));
  expect(Buffer.concat(single).equals(hasher.hashLeaves(entries))).toBe(true);
  expect(Buffer.concat(entries).toString('hex')).toBe(before);
  expect(hasher.hashLeaves([])).toHaveLength(0);
});

test('growing in any batches gives the same root, edge and full tiles', () => {
  const leaves = leavesOf(3000);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3000 }), fc.array(fc.nat(3000), { maxLength: 12 }), (size, cuts) => {
      const some = leaves.slice(0, size);
      const whole = growTree(emptyEdge(), Buffer.concat(some), hasher);
      const store = new TileStore();
      let edge = emptyEdge();
      for (const batch of batches(some, cuts)) {
        const grown = growTree(edge, Buffer.concat(batch), hasher);
        store.keep(grown.tiles);
        edge = grown.edge;
      }
      expect(formatEdge(edge)).toBe(formatEdge(whole.edge));
      for (const tile of whole.tiles) expect(store.tiles.get(tilePath(tile))).toEqual(tile.bytes);
    }),
    { numRuns: 30 },
  );
});

test('a level that did not change gives no tile', () => {
  const { edge } = growTree(emptyEdge(), Buffer.concat(leavesOf(300)), hasher);
  expect(growTree(edge, Buffer.concat(leavesOf(1)), hasher).tiles.map(tilePath)).toEqual(['tile/0/001.p/45']);
  expect(growTree(edge, new Uint8Array(0), hasher).tiles).toEqual([]);
});

test('random trees up to 100,000 leaves agree with the plain recursion', async () => {
  const leaves = leavesOf(100_000);
  const plain = new PlainTree(leaves, sha256);
  const size = fc.integer({ min: 1, max: 100_000 });
  await fc.assert(
    fc.asyncProperty(size, fc.array(fc.nat(100_000), { maxLength: 4 }), fc.nat(), async (until, cuts, seed) => {
      const store = new TileStore();
      let edge = emptyEdge();
      for (const batch of batches(leaves.slice(0, until), cuts)) {
        const grown = growTree(edge, Buffer.concat(batch), hasher);
        store.keep(grown.tiles);
        edge = grown.edge;
      }
      const root = rootOf(edge, hasher);
      expect(Buffer.from(root).equals(plain.root(0, until))).toBe(true);
      const index = seed % until;
      const proof = await inclusionProof({ index: BigInt(index), size: BigInt(until) }, store.read, sha256);
      expect(Buffer.concat(proof).equals(Buffer.concat(plain.path(index, 0, until)))).toBe(true);
      const consistency = await consistencyProof({ oldSize: BigInt(index), newSize: BigInt(until) }, store.read, sha256);
      const claim = {
        oldSize: BigInt(index),
        newSize: BigInt(until),
        oldRoot: plain.root(0, index),
        newRoot: root,
        proof: consistency,
      };
      expect(verifyConsistency(claim, sha256)).toBe(true);
    }),
    { numRuns: 8 },
  );
});

test('consistency composes: what leads from a to b and from b to c leads from a to c', async () => {
  const store = new TileStore();
  const leaves = leavesOf(1200);
  const plain = new PlainTree(leaves, sha256);
  store.keep(growTree(emptyEdge(), Buffer.concat(leaves), hasher).tiles);
  const readAll = async (address: Parameters<typeof store.read>[0]): Promise<Uint8Array> => {
    const last = address.level === 0 && address.index === 4n ? 1200 - 1024 : 256;
    return store.read({ ...address, width: address.level === 0 ? last : 4 });
  };
  await fc.assert(
    fc.asyncProperty(fc.nat(1200), fc.nat(1200), fc.nat(1200), async (...sizes) => {
      const [a = 0, b = 0, c = 0] = sizes.sort((x, y) => x - y);
      for (const [from, to] of [
        [a, b],
        [b, c],
        [a, c],
      ] as const) {
        const proof = await consistencyProof({ oldSize: BigInt(from), newSize: BigInt(to) }, readAll, sha256);
        const claim = {
          oldSize: BigInt(from),
          newSize: BigInt(to),
          oldRoot: plain.root(0, from),
          newRoot: plain.root(0, to),
          proof,
        };
        expect(verifyConsistency(claim, sha256)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

test('an edge survives being written down, and one that does not fit its size is refused', () => {
  const { edge } = growTree(emptyEdge(), Buffer.concat(leavesOf(777)), hasher);
  const text = formatEdge(edge);
  const read = parseEdge(text);
  expect(read.ok && formatEdge(read.value)).toBe(text);
  expect(parseEdge(formatEdge(emptyEdge()))).toEqual({ ok: true, value: emptyEdge() });
  for (const wrong of ['', '777', text.replace('777', '778'), text.slice(0, -1), `${text}\n`, text.replace('777', '0777')]) {
    expect(parseEdge(wrong)).toMatchObject({ ok: false, code: 'malformed-edge' });
  }
});

test('impossible questions and cut-off tiles are bugs and throw', async () => {
  const short = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array(31));
  await expect(inclusionProof({ index: 5n, size: 5n }, short, sha256)).rejects.toThrow(RangeError);
  await expect(inclusionProof({ index: 0n, size: 5n }, short, sha256)).rejects.toThrow(RangeError);
  await expect(consistencyProof({ oldSize: 6n, newSize: 5n }, short, sha256)).rejects.toThrow(RangeError);
  await expect(edgeFrom(5n, short)).rejects.toThrow(RangeError);
  expect(() => growTree(emptyEdge(), new Uint8Array(31), hasher)).toThrow(RangeError);
});

test('tiles handed over as Buffers are left as they were', async () => {
  const { tiles } = growTree(emptyEdge(), Buffer.concat(leavesOf(200)), hasher);
  const stored = Buffer.from(tiles[0]?.bytes ?? []);
  const before = stored.toString('hex');
  const read = (): Promise<Uint8Array> => Promise.resolve(stored);
  await inclusionProof({ index: 3n, size: 200n }, read, sha256);
  const edge = await edgeFrom(200n, read);
  rootOf(edge, hasher);
  growTree(edge, Buffer.concat(leavesOf(100)), hasher);
  expect(stored.toString('hex')).toBe(before);
});
