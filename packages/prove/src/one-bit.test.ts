import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  checkProofOf,
  emptyEdge,
  formatCheckpoint,
  formatProof,
  growTree,
  inclusionProof,
  MLDSA_COSIGNATURE,
  NOTE_SIGNATURE,
  type ProofTrust,
  parseProof,
  signCheckpoint,
  treeHasher,
} from './index.ts';
import { TileStore } from './testing/plain-tree.ts';
import { checks, sha256, testSigner } from './testing/signer.ts';

const origin = 'log.example/2026';
const log = testSigner(origin, NOTE_SIGNATURE, 'log');
const logPq = testSigner(origin, MLDSA_COSIGNATURE, 'log');
const witness = testSigner('witness.example/w1', MLDSA_COSIGNATURE, 'w1');
const hasher = treeHasher(sha256);
const entries = Array.from({ length: 300 }, (_, i) => Buffer.from(`entry ${i}`));
const store = new TileStore();
const { edge, root, tiles } = growTree(emptyEdge(), hasher.hashLeaves(entries), hasher);
store.keep(tiles);
const cosigned = { text: formatCheckpoint({ origin, size: edge.size, root }), time: 1_700_000_000n };
const hashes = await inclusionProof({ index: 17n, size: edge.size }, store.read, sha256);
const entry = entries[17] ?? Buffer.alloc(0);

const trust = (signers: readonly (typeof log)[]): ProofTrust => ({
  logs: [{ origin, keys: signers.map(({ key }) => key) }],
  quorum: { logs: [], witnesses: [{ name: 'W1', key: witness.key }], groups: [], quorum: 'W1' },
  sha256,
  checks,
});

function flip(bytes: Uint8Array, bit: number): Uint8Array {
  return new Uint8Array(bytes).with(bit >> 3, (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7)));
}

function holds(proof: Uint8Array, believed: ProofTrust): boolean {
  const parsed = parseProof(proof);
  return parsed.ok && checkProofOf(entry, parsed.value, believed).ok;
}

test('a proof with one changed bit never verifies, wherever it is: in text, signatures of both kinds or cosignature', async () => {
  const checkpoint = await signCheckpoint(cosigned, [log, logPq, witness]);
  const proof = Buffer.from(formatProof({ index: 17n, hashes, checkpoint }));
  const believed = trust([log, logPq]);
  expect(holds(proof, believed)).toBe(true);
  fc.assert(
    fc.property(fc.nat(proof.length * 8 - 1), (bit) => {
      expect(holds(flip(proof, bit), believed)).toBe(false);
    }),
    { numRuns: 200 },
  );
});

test('every single bit of index, hashes and checkpoint text counts', async () => {
  const checkpoint = await signCheckpoint(cosigned, [log]);
  const proof = Buffer.from(formatProof({ index: 17n, hashes, checkpoint }));
  const believed = { logs: [{ origin, keys: [log.key] }], sha256, checks };
  expect(holds(proof, believed)).toBe(true);
  for (let bit = 0; bit < proof.indexOf('\u2014') * 8; bit++)
    if (holds(flip(proof, bit), believed)) expect.fail(`bit ${bit} was not noticed`);
});

test('an entry with one changed bit is not the one that was proved', async () => {
  const proof = { index: 17n, hashes, checkpoint: await signCheckpoint(cosigned, [logPq]) };
  const believed = { logs: [{ origin, keys: [logPq.key] }], sha256, checks };
  expect(checkProofOf(entry, proof, believed).ok).toBe(true);
  for (let bit = 0; bit < entry.length * 8; bit++)
    expect(checkProofOf(flip(entry, bit), proof, believed)).toMatchObject({ ok: false, code: 'inclusion' });
});
