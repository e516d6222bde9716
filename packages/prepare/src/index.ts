export { unfoldArrow } from './arrow/unfoldArrow.ts';
export {
  type Catalogue,
  type CatalogueTransform,
  type CoarserTransform,
  type ColumnRule,
  type DatasetEntry,
  DROP_REASONS,
  type DropReason,
  formatOf,
  KEEP_REASONS,
  type KeepReason,
  REDACT_KINDS,
  type RedactKind,
  type SourceFormat,
  TIME_UNITS,
  type TimeUnit,
} from './catalogue.ts';
export { checkSource, type SourceColumn, type SourceShape } from './check-source.ts';
export { tokenOf } from './column-sql.ts';
export { type Deidentified, type DeidentifyOptions, deidentify } from './deidentify/deidentify.ts';
export { type Hierarchies, type Hierarchy, heightOf, readHierarchies } from './deidentify/hierarchy.ts';
export { CLASS_RULES, type ClassRule, LETTERS, type Letter } from './deidentify/identifiers.ts';
export { kAnonymityPlan } from './deidentify/kAnonymity.ts';
export { type OwnPlan, readOwnPlan, type Settled, settlePlan } from './deidentify/ownPlan.ts';
export {
  type ColumnPlan,
  type DeidentifyMethod,
  type DeidentifyPlan,
  deidentifyDigest,
  METHODS as DEIDENTIFY_METHODS,
  type Operation,
  released,
  type Verify,
} from './deidentify/plan.ts';
export { type Proposal, proposeLevels } from './deidentify/propose.ts';
export { readDeidentifyPlan, readVerify } from './deidentify/readPlan.ts';
export { type Reversal, readReversal, reverse } from './deidentify/reverse.ts';
export { measureRisk, type Risk } from './deidentify/risk.ts';
export { type Checklist, type Classes, checklistOf, readClasses, safeHarborPlan } from './deidentify/safeHarbor.ts';
export { scannedClasses } from './deidentify/scannedClasses.ts';
export { type ColumnDomain, type Domain, sizeOf } from './domain/domain.ts';
export { readDomain } from './domain/readDomain.ts';
export { readZeros, type Zeros } from './domain/zeros.ts';
export type { CodedData } from './engines/codes.ts';
export { codeFile } from './engines/duckdb.ts';
export { codeTrino } from './engines/trino.ts';
export type { Bar, Chart } from './evaluate/charts.ts';
export { type Comparison, compareFiles } from './evaluate/compare.ts';
export { type Judgement, judge, labelOf } from './evaluate/judge.ts';
export { type Judged, judgeBeside } from './evaluate/judgeBeside.ts';
export type { Pictures } from './evaluate/pictures.ts';
export { type Extraction, extract } from './extract.ts';
export type { Debit, Ledger } from './ledger.ts';
export type { CellKind, MaskedCell } from './mask.ts';
export * from './minimise/index.ts';
export { columnsNeeded, type Plan, type PlanColumn, type PlanNote, type PlanTransform, planDigest } from './plan.ts';
export { type Asked, type PlanOptions, planFor } from './plan-for.ts';
export { type Preview, preview } from './preview.ts';
export { readCatalogue } from './readCatalogue.ts';
export type { RedactedColumn } from './record.ts';
export { type ClassFacts, factsOfClass, isScanClass, SCAN_CLASSES, type ScanClass } from './scan/classes.ts';
export {
  BULK_CATEGORIES,
  type BulkBound,
  type BulkCategory,
  type BulkThresholds,
  type FactEvidence,
  type FactOptions,
  factsOfScan,
  type ScanFacts,
  seenByScan,
} from './scan/facts.ts';
export { type RegimeCite, SCAN_REGIMES, type ScanRegime } from './scan/regimes.ts';
export {
  type FoundBy,
  SCAN_REASONS,
  type ScanColumn,
  type ScanFinding,
  type ScanReason,
  type ScanReport,
} from './scan/report.ts';
export type { ScanOptions } from './scan/scan.ts';
export { scanBeside } from './scan/scanBeside.ts';
export { ROW_REASONS, type RowCounts, type RowReason } from './select.ts';
export { isPlanSigned, type PlanBody, planBytes, type SignedPlan } from './signed-plan.ts';
export { diceFrom, type RandomBytes } from './synthesise/dice.ts';
export { METHODS, type Method } from './synthesise/mechanism.ts';
export {
  csvOf,
  digestOf,
  type SynthesisPlan,
  type SynthesisSource,
  type Synthetic,
  synthesisDigest,
  synthesise,
} from './synthesise/synthesise.ts';
export { epsilonOf, greatestAdvantage, rhoOf } from './synthesise/zcdp.ts';
