import {
  checkSignedCheckpoint,
  consistencyProof,
  formatVerifierKey,
  inclusionProof,
  leafHash,
  MLDSA_COSIGNATURE,
  NOTE_SIGNATURE,
  verifyConsistency,
  verifyInclusion,
} from '@comity/prove';
import { describe, expect, it } from 'vitest';
import { TileStore } from '../../packages/prove/src/testing/plain-tree.ts';
import { checks, sha256, testSigner } from '../../packages/prove/src/testing/signer.ts';
import { goAbsence } from './go.ts';
import { growLog } from './growLog.ts';
import { type Claim, judgeByGo, proveByGo } from './peers/tlog.ts';
import { type Random, randomFrom } from './random.ts';

const absence = goAbsence('tlog');
const TREES = process.env['SLOW'] === undefined ? 40 : 500;
const signers = ([NOTE_SIGNATURE, MLDSA_COSIGNATURE] as const).map((kind) => testSigner('log.example/2026', kind, 'log'));

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

/** Up to 3,000 leaves, grown in a few batches. */
async function randomLog(random: Random): Promise<{ leaves: Uint8Array[]; store: TileStore; root: Uint8Array }> {
  const most = random() < 0.5 ? 20 : 1000;
  const batches = Array.from({ length: 1 + Math.floor(random() * 3) }, () => 1 + Math.floor(random() * most));
  const log = await growLog(batches, signers, String(random()));
  const store = new TileStore();
  store.keep(log.tiles);
  return { leaves: log.entries.map((entry) => leafHash(entry, sha256)), store, root: log.root };
}

/** A true claim of each kind, with proofs that ours made. */
async function claimsOf(random: Random): Promise<readonly Claim[]> {
  const { leaves, store, root } = await randomLog(random);
  const size = BigInt(leaves.length);
  const index = BigInt(Math.floor(random() * leaves.length));
  const oldSize = 1n + BigInt(Math.floor(random() * leaves.length));
  const [older] = proveByGo([{ leaves: leaves.map(base64), inclusion: [[`${oldSize}`, '0']], consistency: [] }]);
  const common = { size: `${size}`, root: base64(root) };
  return [
    {
      ...common,
      kind: 'inclusion',
      index: `${index}`,
      leaf: base64(leaves[Number(index)] ?? new Uint8Array(0)),
      proof: (await inclusionProof({ index, size }, store.read, sha256)).map(base64),
    },
    {
      ...common,
      kind: 'consistency',
      old: `${oldSize}`,
      older: older?.roots[0] ?? '',
      proof: (await consistencyProof({ oldSize, newSize: size }, store.read, sha256)).map(base64),
    },
  ];
}

/** Whether ours finds both keys' signatures under a note. */
function opensWithBoth(note: string): boolean {
  const logs = [{ origin: 'log.example/2026', keys: signers.map(({ key }) => key) }];
  return checkSignedCheckpoint(note, { logs, sha256, checks }).ok;
}

/** A note with the base64 of its signatures written anew. */
function canonical(note: string): string {
  return note.replaceAll(/[^ ]+(?=\n)/g, (last) => (last.length < 80 ? last : base64(bytesOf(last))));
}

/** What ours says of a claim about a tree. */
function judge(claim: Claim): boolean {
  if (claim.kind === 'checkpoint') throw new TypeError('not about a tree');
  const proof = claim.proof.map(bytesOf);
  const size = BigInt(claim.size);
  const root = bytesOf(claim.root);
  return claim.kind === 'inclusion'
    ? verifyInclusion({ index: BigInt(claim.index), size, leaf: bytesOf(claim.leaf), root, proof }, sha256)
    : verifyConsistency(
        { oldSize: BigInt(claim.old), newSize: size, oldRoot: bytesOf(claim.older), newRoot: root, proof },
        sha256,
      );
}

function flipped(text: string, random: Random): string {
  const bytes = bytesOf(text);
  const place = Math.floor(random() * bytes.length);
  bytes[place] = (bytes[place] ?? 0) ^ (1 << Math.floor(random() * 8));
  return base64(bytes);
}

/** One claim with one bit of one hash turned: never true. */
function broken(claim: Claim, random: Random): Claim {
  if (claim.kind === 'checkpoint') return claim;
  const place = Math.floor(random() * (claim.proof.length + 2));
  if (place < claim.proof.length)
    return { ...claim, proof: claim.proof.map((hash, i) => (i === place ? flipped(hash, random) : hash)) };
  if (place === claim.proof.length || claim.kind === 'consistency') return { ...claim, root: flipped(claim.root, random) };
  return { ...claim, leaf: flipped(claim.leaf, random) };
}

/** One claim with its numbers or the length of its proof changed: sometimes true, for the two to agree upon. */
function bent(claim: Claim, random: Random): Claim {
  if (claim.kind === 'checkpoint') return claim;
  const by = (text: string): string => `${BigInt(text) + BigInt(Math.floor(random() * 5) - 2)}`;
  const proofs = [
    claim.proof.slice(1),
    claim.proof.slice(0, -1),
    [...claim.proof, claim.root],
    [...claim.proof].reverse(),
    [...claim.proof, ...claim.proof],
  ];
  const choice = Math.floor(random() * 7);
  if (choice < 5) return { ...claim, proof: proofs[choice] ?? [] };
  if (choice === 5) return { ...claim, size: by(claim.size) };
  return claim.kind === 'inclusion' ? { ...claim, index: by(claim.index) } : { ...claim, old: by(claim.old) };
}

describe.skipIf(absence !== undefined)(`ours and Go's${absence === undefined ? '' : `: ${absence}`}`, () => {
  it('believe the same true claims, disbelieve the same broken ones, and agree on every claim with other numbers or lengths', async () => {
    const random = randomFrom(6962);
    const claims: Claim[] = [];
    for (let i = 0; i < TREES; i++) claims.push(...(await claimsOf(random)));
    const lies = claims.flatMap((claim) => [broken(claim, random), broken(claim, random)]);
    // An old tree of size 0 is another matter, below.
    const others = claims
      .flatMap((claim) => [bent(claim, random), bent(claim, random), bent(claim, random)])
      .filter((claim) => claim.kind !== 'consistency' || claim.old !== '0');
    expect(judgeByGo(claims).map(({ holds }) => holds)).toEqual(claims.map(() => true));
    expect(claims.map(judge)).toEqual(claims.map(() => true));
    expect(judgeByGo(lies).map(({ holds }) => holds)).toEqual(lies.map(() => false));
    expect(lies.map(judge)).toEqual(lies.map(() => false));
    const said = others.map(judge);
    expect(judgeByGo(others).map(({ holds }) => holds)).toEqual(said);
    expect(new Set(said)).toEqual(new Set([true, false]));
  }, 120_000);

  it('make the same proofs, so that ours believes what Go proves', async () => {
    const random = randomFrom(9162);
    for (let i = 0; i < TREES; i++) {
      const { leaves, store, root } = await randomLog(random);
      const size = BigInt(leaves.length);
      const index = BigInt(Math.floor(random() * leaves.length));
      const oldSize = 1n + BigInt(Math.floor(random() * leaves.length));
      const wish = {
        leaves: leaves.map(base64),
        inclusion: [[`${size}`, `${index}`]],
        consistency: [[`${size}`, `${oldSize}`]],
      } as const;
      const [made] = proveByGo([wish]);
      expect(made?.roots).toEqual([base64(root), base64(root)]);
      expect(made?.proofs[0]).toEqual((await inclusionProof({ index, size }, store.read, sha256)).map(base64));
      const proof = made?.proofs[1] ?? [];
      expect(proof).toEqual((await consistencyProof({ oldSize, newSize: size }, store.read, sha256)).map(base64));
      const older = made?.olds[1] ?? '';
      expect(judge({ kind: 'consistency', old: `${oldSize}`, older, size: `${size}`, root: base64(root), proof })).toBe(true);
    }
  }, 120_000);

  it('differ in one thing, on purpose: of an old tree without leaves Go says nothing, and ours says that every tree extends it', () => {
    const empty = {
      kind: 'consistency',
      old: '0',
      older: base64(sha256(new Uint8Array(0))),
      size: '1',
      root: base64(sha256(new Uint8Array(1))),
      proof: [],
    } as const;
    expect(judge(empty)).toBe(true);
    expect(judgeByGo([empty])).toMatchObject([{ holds: false }]);
  }, 120_000);

  it('open the same signed checkpoints, and refuse the same ones with a byte changed, put in or taken out, but for stray bits in base64, which ours alone refuses', async () => {
    const { checkpoint } = await growLog([5], signers);
    const random = randomFrom(1);
    const keys = signers.map(({ key }) => formatVerifierKey(key));
    const bytes = Buffer.from(checkpoint);
    const notes = Array.from({ length: TREES * 5 }, () => {
      const place = Math.floor(random() * (random() < 0.5 ? 200 : bytes.length));
      const kept = [bytes.subarray(0, place), bytes.subarray(place + (random() < 0.5 ? 0 : 1))];
      return Buffer.concat([
        kept[0] ?? bytes,
        Buffer.from([32 + Math.floor(random() * 95)]).subarray(random() < 0.3 ? 1 : 0),
        kept[1] ?? bytes,
      ]);
    }).map((note) => note.toString());
    const ours = [checkpoint, ...notes].map((note) => opensWithBoth(note));
    const theirs = judgeByGo([checkpoint, ...notes].map((note) => ({ kind: 'checkpoint', note, keys })));
    const differing = [checkpoint, ...notes].filter((_, i) => theirs[i]?.holds !== ours[i]);
    expect(differing.map(canonical)).toEqual(differing.map(() => checkpoint));
    const stray = checkpoint.replace(/(?<=\u2014.*).=\n/, (end) => `${String.fromCharCode(end.charCodeAt(0) + 1)}=\n`);
    expect([stray === checkpoint, canonical(stray) === checkpoint, opensWithBoth(stray)]).toEqual([false, true, false]);
    expect(judgeByGo([{ kind: 'checkpoint', note: stray, keys }])).toMatchObject([{ holds: true }]);
    expect(ours[0]).toBe(true);
    expect(ours.filter((opened) => opened).length).toBeLessThan(notes.length / 4);
  }, 120_000);
});
