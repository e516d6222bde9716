import { expect, test } from 'vitest';
import {
  COSIGNATURE,
  checkExtends,
  checkProofOf,
  consistencyProof,
  cosign,
  emptyEdge,
  formatCheckpoint,
  formatNote,
  growTree,
  inclusionProof,
  leafHash,
  logsOf,
  NOTE_SIGNATURE,
  type NoteSignature,
  type Policy,
  type ProofTrust,
  signNote,
  type TlogProof,
  treeHasher,
} from './index.ts';
import { TileStore } from './testing/plain-tree.ts';
import { checks, sha256, type TestSigner, testSigner } from './testing/signer.ts';

const origin = 'log.example/2026';
const log = testSigner(origin, NOTE_SIGNATURE, 'log');
const witnesses = ['w1', 'w2', 'w3'].map((name) => testSigner(`witness.example/${name}`, COSIGNATURE, name));
const entries = Array.from({ length: 300 }, (_, i) => Buffer.from(`entry ${i}`));
const store = new TileStore();
const hasher = treeHasher(sha256);
const { edge, root, tiles } = growTree(emptyEdge(), hasher.hashLeaves(entries), hasher);
store.keep(tiles);
const text = formatCheckpoint({ origin, size: edge.size, root });

async function proofOf(index: number, cosigners: readonly TestSigner[] = [], time = 100n): Promise<TlogProof> {
  const signatures: NoteSignature[] = [await signNote(text, log.key, log.sign)];
  for (const { key, sign } of cosigners) signatures.push(await cosign({ text, time }, key, sign));
  const hashes = await inclusionProof({ index: BigInt(index), size: edge.size }, store.read, sha256);
  return { index: BigInt(index), hashes, checkpoint: formatNote({ text, signatures }) };
}

const trust: ProofTrust = { logs: [{ origin, keys: [log.key] }], sha256, checks };
const known = witnesses.map(({ key }, i) => ({ name: `W${i + 1}`, key }));
const atLeastTwo = (some: Policy['witnesses']): Policy => ({
  logs: [{ key: log.key }],
  witnesses: some,
  groups: [{ name: 'two', atLeast: 2, members: some.map(({ name }) => name) }],
  quorum: 'two',
});
const withQuorum: ProofTrust = { ...trust, quorum: atLeastTwo(known) };
const entry17 = entries[17] ?? Buffer.alloc(0);

test('a good proof gives the checkpoint, the index and the leaf', async () => {
  const checked = checkProofOf(entry17, await proofOf(17), trust);
  expect(checked).toMatchObject({ ok: true, value: { checkpoint: { origin, size: 300n }, index: 17n, witnessed: [] } });
  expect(checked.ok && Buffer.from(checked.value.leaf)).toEqual(Buffer.from(leafHash(entry17, sha256)));
});

test('an entry that differs in one bit is not in the log', async () => {
  const changed = Buffer.from(entry17);
  changed[0] = (changed[0] ?? 0) ^ 1;
  expect(checkProofOf(changed, await proofOf(17), trust)).toMatchObject({ ok: false, code: 'inclusion' });
  expect(checkProofOf(entry17, await proofOf(18), trust)).toMatchObject({ ok: false, code: 'inclusion' });
});

test('a log that is not known is refused before anything it signed is looked at', async () => {
  const elsewhere = { ...trust, logs: [{ origin: 'other.example', keys: [log.key] }] };
  expect(checkProofOf(entry17, await proofOf(17), elsewhere)).toMatchObject({ ok: false, code: 'log-unknown' });
});

test('a checkpoint that the known key did not sign is refused', async () => {
  const impostor = testSigner(origin, NOTE_SIGNATURE, 'impostor');
  const other = { ...trust, logs: [{ origin, keys: [impostor.key] }] };
  expect(checkProofOf(entry17, await proofOf(17), other)).toMatchObject({ ok: false, code: 'checkpoint-signature' });
  const proof = await proofOf(17);
  const edited = { ...proof, checkpoint: proof.checkpoint.replace('\n300\n', '\n301\n') };
  expect(checkProofOf(entry17, edited, trust)).toMatchObject({ ok: false, code: 'checkpoint-signature' });
});

test('a witness key never stands in for the key of the log', async () => {
  const [witness] = witnesses;
  const asLog = { ...trust, logs: [{ origin, keys: witness === undefined ? [] : [witness.key] }] };
  expect(checkProofOf(entry17, await proofOf(17, witnesses), asLog)).toMatchObject({ ok: false, code: 'checkpoint-signature' });
});

test('the quorum counts named witnesses and tells who and when', async () => {
  const one = await proofOf(17, witnesses.slice(0, 1));
  expect(checkProofOf(entry17, one, withQuorum)).toMatchObject({ ok: false, code: 'witness-quorum' });
  const none = await proofOf(17);
  expect(checkProofOf(entry17, none, withQuorum)).toMatchObject({ ok: false, code: 'witness-quorum' });
  const two = await proofOf(17, [...witnesses.slice(1), testSigner('stranger.example', COSIGNATURE, 'stranger')]);
  const witnessed = [
    { name: 'W2', time: 100n },
    { name: 'W3', time: 100n },
  ];
  expect(checkProofOf(entry17, two, withQuorum)).toMatchObject({ ok: true, value: { witnessed } });
});

test('a policy names its logs, and may ask for no witness at all', async () => {
  const nobody = { ...atLeastTwo(known), quorum: 'none' };
  const checked = checkProofOf(entry17, await proofOf(17), { ...trust, logs: logsOf(nobody), quorum: nobody });
  expect(checked).toMatchObject({ ok: true, value: { witnessed: [] } });
  const unmet = { ...nobody, quorum: 'not defined' };
  const judged = checkProofOf(entry17, await proofOf(17, witnesses), { ...trust, quorum: unmet });
  expect(judged).toMatchObject({ ok: false, code: 'witness-quorum' });
});

test('one key under two names, and the log itself, are not two witnesses', async () => {
  const twin = testSigner('twin.example', COSIGNATURE, 'w1');
  const self = testSigner('self.example', COSIGNATURE, 'log');
  const proof = await proofOf(17, [...witnesses.slice(0, 1), twin, self]);
  const doubled = [...known.slice(0, 1), { name: 'Twin', key: twin.key }, { name: 'Self', key: self.key }];
  const judged = checkProofOf(entry17, proof, { ...trust, quorum: atLeastTwo(doubled) });
  expect(judged).toMatchObject({ ok: false, code: 'witness-quorum' });
});

test('a cosignature from the future does not count', async () => {
  const proof = await proofOf(17, witnesses, 101n);
  expect(checkProofOf(entry17, proof, { ...withQuorum, notAfter: 100n })).toMatchObject({ ok: false, code: 'witness-quorum' });
  expect(checkProofOf(entry17, proof, { ...withQuorum, notAfter: 101n }).ok).toBe(true);
});

test('a checkpoint extends an older one only with a proof', async () => {
  const older = growTree(emptyEdge(), hasher.hashLeaves(entries.slice(0, 100)), hasher);
  const proof = await consistencyProof({ oldSize: 100n, newSize: 300n }, store.read, sha256);
  const extension = { older: { origin, size: 100n, root: older.root }, newer: { origin, size: 300n, root }, proof };
  expect(checkExtends(extension, sha256)).toEqual({ ok: true, value: extension.newer });
  expect(checkExtends({ ...extension, proof: proof.slice(1) }, sha256)).toMatchObject({ code: 'consistency' });
  const elsewhere = { ...extension.older, origin: 'other.example' };
  expect(checkExtends({ ...extension, older: elsewhere }, sha256)).toMatchObject({ code: 'origin-differs' });
  const turned = { older: extension.newer, newer: extension.older, proof };
  expect(checkExtends(turned, sha256)).toMatchObject({ code: 'size-shrank' });
  const fork = { older: { ...extension.newer, root: older.root }, newer: extension.newer, proof: [] };
  expect(checkExtends(fork, sha256)).toMatchObject({ code: 'log-forked' });
  expect(checkExtends({ ...fork, older: extension.newer }, sha256).ok).toBe(true);
});
