export type { CaseFile, FiledReceipt, LogExtract } from './casefile.ts';
export {
  type About,
  type CaseVerdict,
  exitCodeOf,
  FINDINGS,
  type Finding,
  type FindingCode,
  type FindingKind,
  type Report,
  type TimelineAct,
} from './report.ts';
export type { Functions } from './scene.ts';
export { parseTrust, type Trust } from './trust.ts';
export { verifyCase } from './verify.ts';
