export * from './blind.ts';
export * from './bundle.ts';
export * from './check-extends.ts';
export {
  checkProofOf,
  checkSignedCheckpoint,
  type ProofTrust,
  type ProvenEntry,
} from './check-proof.ts';
export * from './checkpoint.ts';
export * from './cosign.ts';
export { edgeFrom, emptyEdge, formatEdge, parseEdge, rootOf, type TreeEdge } from './edge.ts';
export * from './entry.ts';
export { ENTRY_MARKS } from './entry-members.ts';
export * from './grow.ts';
export { emptyRoot, leafHash, nodeHash, type Sha256 } from './hash.ts';
export * from './judge-checkpoint.ts';
export * from './key.ts';
export { type MerkleList, merkleList } from './list.ts';
export { formatNote, type Note, type NoteSignature, parseNote } from './note.ts';
export * from './open-note.ts';
export * from './policy.ts';
export { formatPolicy, parsePolicy } from './policy-text.ts';
export * from './proof.ts';
export * from './prove.ts';
export * from './redaction.ts';
export * from './refusal.ts';
export * from './sign.ts';
export type { SignatureChecks } from './signature.ts';
export * from './size.ts';
export * from './tile.ts';
export { type TreeHasher, treeHasher } from './tree-hasher.ts';
export * from './verify.ts';
export * from './witness.ts';
