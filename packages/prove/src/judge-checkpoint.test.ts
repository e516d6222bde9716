import { expect, test } from 'vitest';
import {
  type Checkpoint,
  conflictAt,
  consistencyProof,
  cosign,
  emptyEdge,
  emptyRoot,
  formatAddCheckpoint,
  formatCheckpoint,
  formatCosignatures,
  growTree,
  judgeAddCheckpoint,
  type LatestTree,
  leafHash,
  MLDSA_COSIGNATURE,
  NOTE_SIGNATURE,
  parseAddCheckpoint,
  parseCosignatures,
  parseNote,
  signCheckpoint,
  treeHasher,
  type WitnessAnswer,
} from './index.ts';
import { PlainTree, TileStore } from './testing/plain-tree.ts';
import { checks, sha256, testSigner } from './testing/signer.ts';

const origin = 'log.example/2026';
const log = testSigner(origin, NOTE_SIGNATURE, 'log');
const logPq = testSigner(origin, MLDSA_COSIGNATURE, 'log');
const witness = testSigner('witness.example/w1', MLDSA_COSIGNATURE, 'w1');
const logs = [{ origin, keys: [log.key, logPq.key] }];
const hasher = treeHasher(sha256);
const leaves = Array.from({ length: 40 }, (_, i) => leafHash(Buffer.from(`entry ${i}`), sha256));
const plain = new PlainTree(leaves, sha256);
const store = new TileStore();
store.keep(growTree(emptyEdge(), Buffer.concat(leaves), hasher).tiles);

const treeOf = (size: number): LatestTree => ({ size: BigInt(size), root: plain.root(0, size) });
const proofOf = (oldSize: number, newSize: number): Promise<Uint8Array[]> => {
  const read: typeof store.read = (address) => store.read({ ...address, width: 40 });
  return consistencyProof({ oldSize: BigInt(oldSize), newSize: BigInt(newSize) }, read, sha256);
};

interface Ask {
  readonly old: number;
  readonly head: Partial<Checkpoint> & LatestTree;
  readonly proof?: readonly Uint8Array[];
  readonly signers?: readonly (typeof log)[];
  /** Changes the body after it was signed. */
  readonly edit?: (body: string) => string;
}

async function ask(
  { old, head, proof, signers = [log, logPq], edit }: Ask,
  latest: LatestTree | undefined,
): Promise<WitnessAnswer> {
  const text = formatCheckpoint({ origin, ...head });
  const checkpoint = await signCheckpoint({ text, time: 100n }, signers);
  const hashes = proof ?? (old <= Number(head.size) ? await proofOf(old, Number(head.size)) : []);
  const body = formatAddCheckpoint({ oldSize: BigInt(old), proof: hashes, checkpoint });
  const request = parseAddCheckpoint(edit === undefined ? body : edit(body));
  if (!request.ok) throw new Error(request.detail);
  return judgeAddCheckpoint({ request: request.value, logs, latest }, { sha256, checks });
}

test('a first checkpoint, a longer one and the same one again may be cosigned', async () => {
  const steps: readonly [number, number][] = [
    [0, 0],
    [0, 7],
    [7, 7],
    [7, 8],
    [8, 40],
  ];
  for (const [old, size] of steps) {
    const latest = old === 0 ? undefined : treeOf(old);
    const answer = await ask({ old, head: treeOf(size) }, latest);
    expect(answer).toMatchObject({ status: 200, checkpoint: { origin, size: BigInt(size) } });
  }
  expect(await ask({ old: 0, head: treeOf(3) }, treeOf(0))).toMatchObject({ status: 200 });
});

test('what a witness cosigns and serves is what the log can use', async () => {
  const checkpoint = await signCheckpoint({ text: formatCheckpoint({ origin, ...treeOf(7) }), time: 100n }, [log, logPq]);
  const request = parseAddCheckpoint(formatAddCheckpoint({ oldSize: 0n, proof: [], checkpoint }));
  if (!request.ok) throw new Error(request.detail);
  const answer = judgeAddCheckpoint({ request: request.value, logs, latest: undefined }, { sha256, checks });
  if (answer.status !== 200) throw new Error(String(answer.status));
  const body = formatCosignatures([await cosign({ text: answer.text, time: 101n }, witness.key, witness.sign)]);
  const cosigned = parseCosignatures(body, { checkpoint, keys: [witness.key] }, checks);
  expect(cosigned).toMatchObject({ ok: true, value: [{ time: 101n }] });
  expect(answer.note).toBe(checkpoint);
});

test('lines by unknown keys are neither looked at nor served', async () => {
  const stranger = testSigner('stranger.example', NOTE_SIGNATURE, 'stranger');
  const answer = await ask({ old: 0, head: treeOf(7), signers: [stranger, log, logPq] }, undefined);
  const note = answer.status === 200 ? parseNote(answer.note) : undefined;
  expect(note).toMatchObject({ ok: true, value: { signatures: [{ id: log.key.id }, { id: logPq.key.id }] } });
});

test('an unknown origin is 404', async () => {
  const head = { ...treeOf(7), origin: 'other.example' };
  expect(await ask({ old: 0, head }, undefined)).toMatchObject({ status: 404 });
});

test('a signature that is missing, wrong or of one kind only is 403', async () => {
  const stranger = testSigner(origin, NOTE_SIGNATURE, 'stranger');
  for (const signers of [[stranger], [stranger, logPq], [log], [logPq]]) {
    expect(await ask({ old: 0, head: treeOf(7), signers }, undefined)).toMatchObject({ status: 403 });
  }
  const swap = (body: string): string =>
    body.replace(Buffer.from(plain.root(0, 7)).toString('base64'), Buffer.from(plain.root(0, 8)).toString('base64'));
  expect(await ask({ old: 0, head: treeOf(7), edit: swap }, undefined)).toMatchObject({ status: 403 });
});

test('an old size above the checkpoint’s is 400', async () => {
  expect(await ask({ old: 8, head: treeOf(7) }, treeOf(8))).toMatchObject({ status: 400 });
});

test('an old size that is not the one last cosigned is 409, with that size', async () => {
  const conflict = { status: 409, body: '7\n', contentType: 'text/x.tlog.size' };
  expect(await ask({ old: 5, head: treeOf(9) }, treeOf(7))).toEqual(conflict);
  expect(await ask({ old: 0, head: treeOf(9) }, treeOf(7))).toEqual(conflict);
  expect(await ask({ old: 8, head: treeOf(9) }, treeOf(7))).toEqual(conflict);
  expect(await ask({ old: 5, head: treeOf(9) }, undefined)).toEqual({ ...conflict, body: '0\n' });
  expect(conflictAt(2n ** 63n - 1n).body).toBe('9223372036854775807\n');
});

test('a wrong proof is 422', async () => {
  const proof = await proofOf(7, 40);
  const wrong: readonly Uint8Array[][] = [[], proof.slice(1), [...proof, leaves[0] ?? new Uint8Array()], await proofOf(8, 40)];
  for (const hashes of wrong)
    expect(await ask({ old: 7, head: treeOf(40), proof: hashes }, treeOf(7))).toMatchObject({ status: 422 });
  expect(await ask({ old: 7, head: { size: 40n, root: plain.root(0, 39) }, proof }, treeOf(7))).toMatchObject({ status: 422 });
});

test('a proof from an empty tree, or between equal ones, is 422', async () => {
  const proof = [plain.root(0, 1)];
  expect(await ask({ old: 0, head: treeOf(7), proof }, undefined)).toMatchObject({ status: 422 });
  expect(await ask({ old: 7, head: treeOf(7), proof }, treeOf(7))).toMatchObject({ status: 422 });
});

test('an empty tree has the root of the empty tree, or is 422', async () => {
  expect(await ask({ old: 0, head: { size: 0n, root: emptyRoot(sha256) } }, undefined)).toMatchObject({ status: 200 });
  expect(await ask({ old: 0, head: { size: 0n, root: plain.root(0, 1) } }, undefined)).toMatchObject({ status: 422 });
});

test('another root at the size last cosigned is 422, with the evidence of a split view', async () => {
  const forked = { size: 7n, root: plain.root(0, 8) };
  const answer = await ask({ old: 7, head: forked }, treeOf(7));
  expect(answer).toMatchObject({ status: 422, splitView: { latest: treeOf(7) } });
  const note = answer.status === 422 ? (answer.splitView?.checkpoint ?? '') : '';
  expect(parseNote(note)).toMatchObject({ ok: true, value: { text: formatCheckpoint({ origin, ...forked }) } });
});

test('a split view is also seen behind a wrong old size, and never in what the log did not sign', async () => {
  const forked = { size: 7n, root: plain.root(0, 8) };
  const answer = await ask({ old: 5, head: forked, proof: [] }, treeOf(7));
  expect(answer).toMatchObject({ status: 409, body: '7\n', splitView: { latest: treeOf(7) } });
  expect(await ask({ old: 7, head: forked, signers: [log] }, treeOf(7))).not.toHaveProperty('splitView');
  expect(await ask({ old: 5, head: treeOf(7) }, treeOf(7))).not.toHaveProperty('splitView');
});

test('the checks apply in the order of the standard', async () => {
  const stranger = testSigner(origin, NOTE_SIGNATURE, 'stranger');
  const [forked, elsewhere] = [plain.root(0, 8), { origin: 'other.example' }];
  // Each case fails everything from its own check on; taking away the first fault uncovers the next.
  const all = { old: 9, head: { ...elsewhere, size: 0n, root: forked }, proof: [forked], signers: [stranger] };
  expect((await ask(all, treeOf(7))).status).toBe(404);
  expect((await ask({ ...all, head: { size: 0n, root: forked } }, treeOf(7))).status).toBe(403);
  const signed = { ...all, signers: [log, logPq], head: { size: 0n, root: forked } };
  expect((await ask(signed, treeOf(7))).status).toBe(400);
  expect((await ask({ ...signed, old: 0 }, treeOf(7))).status).toBe(409);
  expect(await ask({ ...signed, old: 0 }, undefined)).toMatchObject({
    status: 422,
    detail: expect.stringContaining('root of another'),
  });
  const empty = { ...signed, old: 0, head: treeOf(0) };
  expect(await ask(empty, undefined)).toMatchObject({ status: 422, detail: expect.stringContaining('none is needed') });
  const equal = { ...signed, old: 7, head: { size: 7n, root: forked } };
  expect(await ask(equal, treeOf(7))).toMatchObject({ status: 422, detail: expect.stringContaining('two roots') });
  expect(await ask({ ...equal, head: treeOf(7) }, treeOf(7))).toMatchObject({
    status: 422,
    detail: expect.stringContaining('does not lead'),
  });
});
