import { sha256, signatureChecks } from '@comity/node/keys';
import {
  checkProofOf,
  formatVerifierKey,
  inclusionProof,
  leafHash,
  MLDSA_COSIGNATURE,
  NOTE_SIGNATURE,
  type ProofTrust,
  tilePath,
  verifyInclusion,
} from '@comity/prove';
import { testSigner } from '../../../packages/prove/src/testing/signer.ts';
import { goAbsence } from '../go.ts';
import { growLog } from '../growLog.ts';
import { median } from '../measure.ts';
import { paceOf } from '../peer.ts';
import { type Claim, paceByGo } from '../peers/tlog.ts';
import { randomFrom } from '../random.ts';
import { comparison } from '../sheet.ts';
import type { Compared } from './compareAppends.ts';

const LEAVES = [70_000, 30_000];
const PROOFS = 500;
const ROUNDS = 3;
const SECONDS = 1;
const ORIGIN = 'bench.example/log';

/** Proofs of one log, as ours and as Go takes them. */
interface Sample {
  readonly proofs: readonly {
    readonly index: bigint;
    readonly entry: Uint8Array;
    readonly leaf: Uint8Array;
    readonly hashes: readonly Uint8Array[];
  }[];
  readonly size: bigint;
  readonly root: Uint8Array;
  readonly checkpoint: string;
  readonly trust: ProofTrust;
  readonly claims: readonly Claim[];
}

/** Checking proofs on one thread, beside the Go project's own packages on the same proofs: the middle of the rounds, sides in turn. */
export async function compareVerifying(): Promise<Compared> {
  const sample = await makeSample();
  const absence = goAbsence('tlog');
  const found = { whole: [] as number[], included: [] as number[], goWhole: [] as number[], goIncluded: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    found.whole.push((await paceOf(sample.proofs, SECONDS, (proof) => checkWhole(sample, proof))).wall);
    if (absence === undefined) found.goWhole.push(paceByGo(sample.claims, 'checkpoint', SECONDS).wall);
    found.included.push((await paceOf(sample.proofs, SECONDS, (proof) => checkIncluded(sample, proof))).wall);
    if (absence === undefined) found.goIncluded.push(paceByGo(sample.claims, 'inclusion', SECONDS).wall);
  }
  const perSecond = (walls: readonly number[]): number | null => (walls.length === 0 ? null : 1 / median(walls));
  const peer = (walls: readonly number[]): { name: string; value: number | null } => ({
    name: 'Go, x/mod/sumdb',
    value: perSecond(walls),
  });
  return {
    figures: [
      comparison('verify', 'proofs/s', { ours: perSecond(found.whole) ?? 0, peer: peer(found.goWhole) }),
      comparison('verify, one checked checkpoint', 'proofs/s', {
        ours: perSecond(found.included) ?? 0,
        peer: peer(found.goIncluded),
      }),
    ],
    notes: [
      `verify: ${PROOFS} proofs of one log of ${sample.size} entries, in turn, on one thread. Each time the note is opened, both signatures (Ed25519, ML-DSA-44) are checked and the leaf is proved; ours hashes the entry as well. Go: note.Open with a verifier for ML-DSA-44 (filippo.io/mldsa), then tlog.CheckRecord.`,
      'verify, one checked checkpoint: inclusion alone, as when many entries are proved to one head.',
      ...(absence === undefined ? [] : [`Go is not here: ${absence}`]),
    ],
  };
}

async function makeSample(): Promise<Sample> {
  const signers = ([NOTE_SIGNATURE, MLDSA_COSIGNATURE] as const).map((kind) => testSigner(ORIGIN, kind, 'bench'));
  const log = await growLog(LEAVES, signers);
  const tiles = new Map(log.tiles.map((tile) => [tilePath(tile), tile.bytes]));
  const size = BigInt(log.entries.length);
  const random = randomFrom(256);
  const proofs = [];
  for (let i = 0; i < PROOFS; i++) {
    const index = BigInt(Math.floor(random() * log.entries.length));
    const entry = log.entries[Number(index)] ?? new Uint8Array(0);
    const read = (address: Parameters<typeof tilePath>[0]): Promise<Uint8Array> =>
      Promise.resolve(tiles.get(tilePath(address)) ?? new Uint8Array(0));
    proofs.push({ index, entry, leaf: leafHash(entry, sha256), hashes: await inclusionProof({ index, size }, read, sha256) });
  }
  const keys = signers.map(({ key }) => key);
  const common = { size: `${size}`, root: base64(log.root), note: log.checkpoint, keys: keys.map(formatVerifierKey) };
  return {
    proofs,
    size,
    root: log.root,
    checkpoint: log.checkpoint,
    trust: { logs: [{ origin: ORIGIN, keys }], sha256, checks: signatureChecks },
    claims: proofs.map(({ index, leaf, hashes }) => ({
      ...common,
      kind: 'inclusion',
      index: `${index}`,
      leaf: base64(leaf),
      proof: hashes.map(base64),
    })),
  };
}

type Proof = Sample['proofs'][number];

function checkWhole({ checkpoint, trust }: Sample, { index, entry, hashes }: Proof): void {
  if (!checkProofOf(entry, { index, hashes, checkpoint }, trust).ok) throw new Error('a true proof was refused');
}

function checkIncluded({ size, root }: Sample, { index, leaf, hashes }: Proof): void {
  if (!verifyInclusion({ index, size, leaf, root, proof: hashes }, sha256)) throw new Error('a true proof was refused');
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
