export {
  type Catalogue,
  type CatalogueTransform,
  type CoarserTransform,
  type ColumnRule,
  type DatasetEntry,
  DROP_REASONS,
  type DropReason,
  KEEP_REASONS,
  type KeepReason,
  REDACT_KINDS,
  type RedactKind,
  type SourceFormat,
  TIME_UNITS,
  type TimeUnit,
} from './catalogue.ts';
export { checkSource, lookAtSource, type SourceColumn, type SourceHead, type SourceShape } from './check-source.ts';
export { tokenOf } from './column-sql.ts';
export { type ColumnDomain, type Domain, sizeOf } from './domain/domain.ts';
export { readDomain } from './domain/readDomain.ts';
export type { CodedData } from './engines/codes.ts';
export { codeFile } from './engines/duckdb.ts';
export { codeTrino, readTrinoTable, type TrinoTable } from './engines/trino.ts';
export { compareFiles } from './evaluate/compare.ts';
export { type Judgement, judge, labelOf } from './evaluate/judge.ts';
export { type Extraction, ExtractRefused, extract, type Keys } from './extract.ts';
export type { Debit, Ledger } from './ledger.ts';
export type { CellKind, MaskedCell } from './mask.ts';
export { type Minimisation, type MinimisePreview, minimise, previewMinimise } from './minimise/minimise.ts';
export { type MinimiseItem, type MinimisePlan, minimiseDigest, minimiseNeeds } from './minimise/plan.ts';
export { KEY_REF } from './minimise/readColumns.ts';
export { readMinimisePlan } from './minimise/readPlan.ts';
export type { MinimiseReport } from './minimise/report.ts';
export { columnsNeeded, type Plan, type PlanColumn, type PlanNote, type PlanTransform, planDigest } from './plan.ts';
export { type Asked, type PlanOptions, planFor } from './plan-for.ts';
export { type Preview, preview } from './preview.ts';
export type { RedactedColumn } from './record.ts';
export { ROW_REASONS, type RowCounts, type RowReason } from './select.ts';
export { diceFrom, type RandomBytes } from './synthesise/dice.ts';
export { METHODS, type Method } from './synthesise/mechanism.ts';
export { csvOf, type SynthesisPlan, type Synthetic, synthesisDigest, synthesise } from './synthesise/synthesise.ts';
export { epsilonOf, greatestAdvantage, rhoOf } from './synthesise/zcdp.ts';
