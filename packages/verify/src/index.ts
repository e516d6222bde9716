export type { CaseFile, FiledReceipt, LogExtract } from './casefile.ts';
export { claimsToBeCertificate, type DestructionCertificate } from './certificate.ts';
export { type OpenCase, openCaseFile, sectionOf } from './open-case.ts';
export { readPolicy } from './policy.ts';
export { formatExtra, type ProofExtra } from './proof-extra.ts';
export {
  type About,
  type CaseVerdict,
  exitCodeOf,
  FINDINGS,
  type Finding,
  type FindingCode,
  type FindingKind,
  type ProofReport,
  type Reading,
  type Report,
  type TimelineAct,
} from './report.ts';
export type { Functions } from './scene.ts';
export { type CaseTold, tellCase } from './tell-case.ts';
export { parseTrust, type Trust } from './trust.ts';
export { verifyCase } from './verify.ts';
export { type DestroyedCopy, type DestructionReport, type Said, verifyDestruction } from './verify-destruction.ts';
export { claimsToBeProof, verifyProof } from './verify-proof.ts';
