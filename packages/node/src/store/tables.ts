import type { Generated } from 'kysely';
import type { ComplaintRow, PayloadRow, PreviewRow, QueryRow, UploadRow } from './tablesOfData.ts';
import type { Hi1DeliveryRow, Hi1ObjectRow, Hi1PartRow, Hi1TakenRow, ImportDecisionRow, ImportRow } from './tablesOfImports.ts';
import type {
  BlindedRow,
  BundleRow,
  EvidenceRow,
  HeadRow,
  IndexRow,
  MirrorBundleRow,
  MirrorEntryRow,
  MirrorRow,
  StagedRow,
  TileRow,
  WitnessedLogRow,
} from './tablesOfLog.ts';
import type { DatasetRow, PreparationRow, PrivacyBudgetRow, PrivacyDebitRow, ScannedRow } from './tablesOfPreparation.ts';

/** The tables of one organisation's node. Everything but acts, openings, entries and the vault's list can be rebuilt from those. */
export interface Tables {
  acts: ActRow;
  openings: OpeningRow;
  subjects: SubjectRow;
  retired_keys: RetiredKeyRow;
  erasures: ErasureRow;
  cases: CaseRow;
  log_staged: StagedRow;
  log_heads: HeadRow;
  log_bundles: BundleRow;
  log_tail: BundleRow;
  log_tiles: TileRow;
  log_index: IndexRow;
  log_blinded: BlindedRow;
  witnessed_logs: WitnessedLogRow;
  log_evidence: EvidenceRow;
  mirrors: MirrorRow;
  mirror_bundles: MirrorBundleRow;
  mirror_entries: MirrorEntryRow;
  outbox: OutboxRow;
  inbox: InboxRow;
  quarantine: QuarantineRow;
  sessions: SessionRow;
  sign_in_codes: SignInCodeRow;
  reads: ReadRow;
  queries: QueryRow;
  complaints: ComplaintRow;
  payloads: PayloadRow;
  previews: PreviewRow;
  uploads: UploadRow;
  four_eyes: FourEyesRow;
  law_texts: LawTextRow;
  imports: ImportRow;
  import_decisions: ImportDecisionRow;
  hi1_objects: Hi1ObjectRow;
  hi1_taken: Hi1TakenRow;
  hi1_deliveries: Hi1DeliveryRow;
  hi1_parts: Hi1PartRow;
  datasets: DatasetRow;
  preparations: PreparationRow;
  privacy_debits: PrivacyDebitRow;
  privacy_budgets: PrivacyBudgetRow;
  scanned: ScannedRow;
}

export interface ActRow {
  digest: string;
  case_id: string;
  type: string;
  party: string;
  at: string;
  /** Canonical JSON of the signed body: the very bytes, so that nothing is re-serialised. */
  body: string;
  signatures: string;
  own: boolean;
  arrived: string;
}

export interface OpeningRow {
  act: string;
  name: string;
  /** In clear in rows of an earlier version, until the next start. */
  salt: string | null;
  value: string | null;
  /** Salt and value under the key of the case. */
  sealed: Buffer | null;
}

export interface SubjectRow {
  case_id: string;
  /** The key in force; null: the case was erased. */
  key_id: string | null;
}

export interface RetiredKeyRow {
  key_id: string;
}

export interface ErasureRow {
  act: string;
  name: string;
  /** Id of the log entry. */
  entry: string;
  person: string;
}

export interface CaseRow {
  id: string;
  procedure: string;
  procedure_sha256: string;
  /** Canonical JSON of the folded state. */
  state: string;
  judged: string;
  heads: string;
  /** Null: it is not secret. */
  secret_until: string | null;
  /** Whose turn it is: `1-ours`, `2-theirs`, `3-closed`, or `none` where the procedure is not held; null: to be worked out. */
  desk_side: string | null;
  /** By when, as text that sorts; `8` without a clock. */
  desk_due: string | null;
  /** The seats that this office has in it. */
  desk_seats: string[] | null;
  /** From when on the three above may be out of date by the passing of time alone. */
  look_again: string | null;
  opened: string;
  updated: string;
}

export interface OutboxRow {
  seq: Generated<string>;
  party: string;
  act: string;
  case_id: string;
  queued: string;
  delivered: string | null;
  receipt: string | null;
}

export interface InboxRow {
  id: string;
  sender: string;
  digest: string;
  arrived: string;
  receipt: string;
}

export interface QuarantineRow {
  id: Generated<string>;
  arrived: string;
  reason: string;
  digest: string;
  size: number;
}

export interface SessionRow {
  token_sha256: string;
  person: string;
  opened: string;
  expires: string;
}

export interface SignInCodeRow {
  code_sha256: string;
  person: string;
  expires: string;
}

export interface ReadRow {
  id: string;
  case_id: string;
  person: string;
  purpose: string;
  at: string;
  until: string;
  /** Id of its log entry. */
  entry: string | null;
  /** The payload that was opened; null: the case. */
  item: string | null;
  /** Opens what the entry commits to; null: of an earlier version. */
  salt: string | null;
}

export interface FourEyesRow {
  case_id: string;
  pair: string;
  party: string;
  person: string;
  act_type: string;
}

export interface LawTextRow {
  sha256: string;
  kind: string;
  text: string;
}
