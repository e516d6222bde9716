import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import {
  emptyEdge,
  formatCheckpoint,
  formatPolicy,
  formatProof,
  growTree,
  MLDSA_COSIGNATURE,
  NOTE_SIGNATURE,
  signCheckpoint,
  treeHasher,
} from './index.ts';
import { sha256, testSigner } from './testing/signer.ts';

test('the example of the README checks a proof, and notices another entry', async () => {
  const origin = 'log.example/2026';
  const signers = [testSigner(origin, NOTE_SIGNATURE, 'log'), testSigner(origin, MLDSA_COSIGNATURE, 'log')];
  const witness = testSigner('witness.example/w1', MLDSA_COSIGNATURE, 'w1');
  const hasher = treeHasher(sha256);
  const { edge, root } = growTree(emptyEdge(), hasher.hashLeaves([Buffer.from('{}')]), hasher);
  const text = formatCheckpoint({ origin, size: edge.size, root });
  const checkpoint = await signCheckpoint({ text, time: 1n }, [...signers, witness]);
  const logs = signers.map(({ key }) => ({ key }));
  const policy = { logs, witnesses: [{ name: 'W1', key: witness.key }], groups: [], quorum: 'W1' };

  const readme = readFileSync(resolve(import.meta.dirname, '../README.md'), 'utf8');
  const [, example = ''] = /```js\n(.*?)```/s.exec(readme) ?? [];
  const here = pathToFileURL(resolve(import.meta.dirname, 'index.ts')).href;
  const dir = mkdtempSync(join(tmpdir(), 'comity-prove-'));
  try {
    writeFileSync(join(dir, 'trust.policy'), formatPolicy(policy, sha256));
    writeFileSync(join(dir, 'entry.tlog-proof'), formatProof({ index: 0n, hashes: [], checkpoint }));
    writeFileSync(join(dir, 'verify.mjs'), example.replace('@comity/prove', here));
    const run = (entry: string): string => {
      writeFileSync(join(dir, 'entry.json'), entry);
      return execFileSync(process.execPath, ['verify.mjs'], { cwd: dir, encoding: 'utf8' });
    };
    expect(run('{}')).toBe('entry 0 of log.example/2026\n');
    expect(run('{} ')).toBe('inclusion\n');
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
