import { holdsAt, type Json, type JsonObject, type Party, toHex, uuid7 } from '@comity/core';
import type { Preview } from '@comity/prepare';
import type { CaseState } from '@comity/procedure';
import { merkleList } from '@comity/prove';
import type { SealSummary } from '@comity/seal';
import {
  currentSuite,
  listEntry,
  type Manifest,
  type ManifestSignature,
  type ManifestTrust,
  manifestDigest,
  type SignedManifest,
  signManifest,
} from '@comity/seal/manifest';
import { ed25519Verify, mlDsa44Verify, sha256 } from '../keys/crypto.ts';
import type { House } from './house.ts';

/** Acts that allow a delivery; the manifest names them as its basis. */
const APPROVALS = [
  'issue',
  'issue-unvalidated',
  'validate',
  'validate-afterwards',
  'clear',
  'approve',
  'agree',
  'forward',
  'admit',
  'certify',
  'confirm',
  'pass-back',
  'rule-conflict',
  'approve-sharing',
];

/** One item that lies sealed in the vault, and what is known of it. */
export interface SealedItem {
  readonly item: string;
  readonly minimisation: Manifest['minimisation'];
  readonly addressed: Pick<Manifest, 'to' | 'joint'>;
  readonly summary: Pick<SealSummary, 'ciphertextSha256' | 'ciphertextSize' | 'plaintextDigest' | 'plaintextSalt'>;
}

/** A signed manifest, its digest, and the package that goes to the receiver: with the salt, which nobody else may have. */
export interface Packed {
  readonly manifest: Manifest;
  readonly digest: string;
  readonly package: JsonObject;
}

/** Signs a manifest for each item that is delivered in one act: all of them stand in one list, in this order. */
export async function packItems(
  house: House,
  { state, procedure, items }: { readonly state: CaseState; readonly procedure: string; readonly items: readonly SealedItem[] },
): Promise<readonly Packed[]> {
  const delivery = uuid7(Date.parse(house.now()), house.random(10));
  const drafts = items.map((one) => draftOf(house, { state, procedure, one, delivery }));
  const list = merkleList(drafts.map(listEntry), sha256);
  const packed = drafts.map(async (draft, index): Promise<Packed> => {
    const place = { root: toHex(list.root), size: drafts.length, index, proof: list.proof(index).map(toHex) };
    const signed = await signAs(house, { ...draft, list: place });
    const salt = items[index]?.summary.plaintextSalt ?? '';
    return { manifest: signed.manifest, digest: manifestDigest(signed.manifest, sha256), package: packageFor(signed, salt) };
  });
  return Promise.all(packed);
}

/** A package as it stands in a section: manifest, signatures, salt of the plaintext digest. */
function packageFor({ manifest, signatures }: SignedManifest, plaintextSalt: string): JsonObject {
  // Parser: both are made of JSON values alone.
  return { manifest: manifest as unknown as Json, signatures: signatures as unknown as Json, plaintextSalt };
}

function signAs(house: House, manifest: Manifest): Promise<SignedManifest> {
  const [first, second] = [house.signers.party(manifest.at), house.signers.partyPostQuantum(manifest.at)];
  return signManifest(manifest, [
    { key: first.id, alg: 'Ed25519', sign: first.sign },
    { key: second.id, alg: 'ML-DSA-44', sign: second.sign },
  ]);
}

interface Draft {
  readonly state: CaseState;
  readonly procedure: string;
  readonly one: SealedItem;
  readonly delivery: string;
}

function draftOf(house: House, { state, procedure, one, delivery }: Draft): Omit<Manifest, 'list'> {
  const { item, minimisation, addressed, summary } = one;
  const opening = state.done[0];
  return {
    v: 2,
    suite: house.suite ?? currentSuite(),
    env: house.env,
    case: state.case,
    delivery,
    item,
    from: house.party.id,
    ...addressed,
    ciphertext: { sha256: summary.ciphertextSha256, size: summary.ciphertextSize },
    plaintext: { digest: summary.plaintextDigest },
    basis: {
      procedure,
      order: opening?.digest ?? '',
      approvals: state.done.filter((trace) => APPROVALS.includes(trace.type)).map((trace) => trace.digest),
    },
    minimisation,
    retention: { until: retainedUntil(house, state), action: 'destroy' },
    at: house.now(),
  };
}

/** Until when the receiver may keep what it is given, as the order says. */
export function retainedUntil(house: House, state: CaseState): string {
  return String(state.done[0]?.data['retentionUntil'] ?? house.now());
}

/** What a manifest says of what was left out. */
export function minimisationOf(shown: Preview): Manifest['minimisation'] {
  return {
    planDigest: shown.planDigest,
    rowsTotal: shown.rowsTotal,
    rowsKept: shown.rowsKept,
    columnsKept: shown.columnsKept.map((c) => c.name),
    columnsDropped: shown.columnsDropped.map((c) => c.name),
  };
}

/** How this node judges a manifest of a party: by its keys as the directory lists them for that time. */
export function trustIn(sender: Party | undefined, at: string): ManifestTrust {
  const keyOf = (id: string, alg: ManifestSignature['alg']): string | undefined => {
    const use = alg === 'Ed25519' ? 'sign' : 'sign-pq';
    const key = sender?.keys.find((candidate) => candidate.id === id && candidate.use === use);
    return key !== undefined && holdsAt(key, at) ? key.public : undefined;
  };
  return { keyOf, ed25519: ed25519Verify, mlDsa44: mlDsa44Verify };
}
