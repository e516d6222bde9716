import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { equalBytes } from '@comity/core';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { nodeHashes } from '../container-hashes.ts';
import { sha256Of } from './hashes.ts';
import { inclusionPath, isIncluded, leafHash, treeRoot } from './tree.ts';

const folder = resolve(import.meta.dirname, '../../../../../shared/vectors/merkle/inclusion');
const present = existsSync(folder);

interface Vector {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string | null;
  readonly leafHash: string | null;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

const bytes = (text: string | null): Uint8Array => Buffer.from(text ?? '', 'base64');

test.skipIf(!present)(
  present ? 'the proofs of the published vectors are taken and refused as they say' : 'skipped: vectors not present',
  () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
    expect(files.length).toBeGreaterThan(50);
    for (const name of files) {
      const {
        leafIdx,
        treeSize,
        root,
        leafHash: hash,
        proof,
        wantErr,
      } = JSON.parse(readFileSync(resolve(folder, name), 'utf8')) as Vector; // parser of a test vector
      const inclusion = { leafHash: bytes(hash), index: leafIdx, size: treeSize, path: (proof ?? []).map(bytes) };
      expect([name, isIncluded(nodeHashes, inclusion, bytes(root))]).toEqual([name, !wantErr]);
    }
  },
);

/** The definition of RFC 6962 section 2.1, word for word. */
function definedRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256Of(nodeHashes, new Uint8Array());
  if (leaves.length === 1) return sha256Of(nodeHashes, Buffer.concat([Buffer.of(0), only]));
  const k = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return sha256Of(nodeHashes, Buffer.concat([Buffer.of(1), definedRoot(leaves.slice(0, k)), definedRoot(leaves.slice(k))]));
}

describe('the tree of items', () => {
  it('is that of the definition, and proves every leaf in its place and in no other', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 8 }), { maxLength: 40 }), (leaves) => {
        const root = treeRoot(nodeHashes, leaves);
        expect(equalBytes(root, definedRoot(leaves))).toBe(true);
        for (const [index, leaf] of leaves.entries()) {
          const proof = {
            leafHash: leafHash(nodeHashes, leaf),
            index,
            size: leaves.length,
            path: inclusionPath(nodeHashes, leaves, index),
          };
          expect(isIncluded(nodeHashes, proof, root)).toBe(true);
          expect(isIncluded(nodeHashes, { ...proof, path: [...proof.path, root] }, root)).toBe(false);
          expect(isIncluded(nodeHashes, { ...proof, size: leaves.length + 1, path: proof.path.slice(1) }, root)).toBe(false);
        }
      }),
      { numRuns: 40 },
    );
  });
});
