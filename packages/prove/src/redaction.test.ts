import { expect, test } from 'vitest';
import {
  decodeBundle,
  emptyEdge,
  encodeBundle,
  growTree,
  inclusionProof,
  redactInBundle,
  redactionMessage,
  treeHasher,
  verifyInclusion,
} from './index.ts';
import { TileStore } from './testing/plain-tree.ts';
import { sha256 } from './testing/signer.ts';

const entries = Array.from({ length: 5 }, (_, i) => Buffer.from(`entry ${i}`));
const hasher = treeHasher(sha256);
const bundle = encodeBundle(entries);

test('a redacted entry is empty in its bundle, and the others are what they were', () => {
  const redacted = redactInBundle(bundle, 2);
  const read = redacted.ok ? decodeBundle(redacted.value) : redacted;
  expect(read.ok && read.value.map((entry) => Buffer.from(entry).toString())).toEqual([
    'entry 0',
    'entry 1',
    '',
    'entry 3',
    'entry 4',
  ]);
  expect(redacted.ok && redactInBundle(redacted.value, 2)).toEqual(redacted);
  expect(decodeBundle(bundle)).toMatchObject({ ok: true, value: { length: 5 } });
});

test('tree and proofs of all entries stay good, with the leaf hash of the level-0 tile', async () => {
  const store = new TileStore();
  const grown = growTree(emptyEdge(), hasher.hashLeaves(entries), hasher);
  store.keep(grown.tiles);
  const tile = await store.read({ level: 0, index: 0n, width: 5 });
  for (let i = 0; i < 5; i++) {
    const proof = await inclusionProof({ index: BigInt(i), size: 5n }, store.read, sha256);
    const leaf = tile.slice(i * 32, (i + 1) * 32);
    expect(verifyInclusion({ index: BigInt(i), size: 5n, leaf, root: grown.root, proof }, sha256)).toBe(true);
  }
});

test('no entry is redacted that is not there', () => {
  for (const position of [5, -1, 1.5]) expect(() => redactInBundle(bundle, position)).toThrow(RangeError);
  expect(redactInBundle(bundle.slice(0, -1), 0)).toMatchObject({ ok: false, code: 'malformed-bundle' });
});

const redaction = { origin: 'log.example/2026', index: '17', leaf: 'ab'.repeat(32), reason: 'personal-data' };

test('what overseers sign names the log, the entry and the reason', () => {
  const message = new TextDecoder().decode(redactionMessage(redaction));
  expect(message).toBe(`comity/redaction/v1\nlog.example/2026\n17\n${redaction.leaf}\npersonal-data\n`);
});

test.each([
  ['an origin of two lines', { origin: 'log.example\n18' }],
  ['no origin', { origin: '' }],
  ['an index with leading zero', { index: '017' }],
  ['an index of 2^63', { index: '9223372036854775808' }],
  ['a short leaf hash', { leaf: 'ab' }],
  ['a leaf hash in capitals', { leaf: 'AB'.repeat(32) }],
  ['a reason in words', { reason: 'it was a mistake' }],
])('an order with %s is never signed', (_, wrong) => {
  expect(() => redactionMessage({ ...redaction, ...wrong })).toThrow(TypeError);
});
