import type { Generated } from 'kysely';
import type { ComplaintRow, PayloadRow, PreviewRow, QueryRow, UploadRow } from './tablesOfData.ts';
import type { Hi1DeliveryRow, Hi1ObjectRow, Hi1PartRow, Hi1TakenRow, ImportDecisionRow, ImportRow } from './tablesOfImports.ts';
import type { DatasetRow, PreparationRow, PrivacyBudgetRow, PrivacyDebitRow } from './tablesOfPreparation.ts';

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

/** An entry that its act has staged and the sequencer has not yet put into the tree. */
export interface StagedRow {
  seq: Generated<string>;
  id: string;
  at: string;
  type: string;
  case_id: string;
  act: string | null;
  bytes: Buffer;
}

/** The head of the log of a year. */
export interface HeadRow {
  year: number;
  size: string;
  root: Buffer;
  /** Signed note. */
  checkpoint: string;
  at: string;
  /** Entries below this index stand in log_index. */
  indexed: Generated<string>;
  /** How often bytes were blanked by order: whoever holds the tail in memory reads it again. */
  redactions: Generated<number>;
  /** Whether its head has been kept outside the database too. */
  outside: Generated<boolean>;
  /** The largest checkpoint that met the quorum of witnesses, with their cosignatures. */
  witnessed: string | null;
  witnessed_size: Generated<string>;
  witnessed_at: string | null;
}

/** In log_bundles a full bundle by its number; in log_tail one entry, by its index, of the bundle that is not full yet. */
export interface BundleRow {
  year: number;
  index: string;
  bytes: Buffer;
}

export interface TileRow {
  year: number;
  level: number;
  index: string;
  /** The widest that is stored; narrower ones are its beginning. */
  bytes: Buffer;
}

/** Where an entry is found again: rebuilt from the bundles when lost. */
export interface IndexRow {
  year: number;
  index: string;
  id: string;
  at: string;
  type: string;
  case_id: string;
  act: string | null;
  /** Place of its bytes in its bundle. */
  from_byte: number;
  byte_count: number;
}

export interface BlindedRow {
  id: string;
  salt: string;
  inner_bytes: Buffer;
  until: string;
}

/** The head of another's log as this node last cosigned it. */
export interface WitnessedLogRow {
  origin: string;
  size: string;
  root: Buffer;
  /** The log's own signed note; empty before the first one. */
  note: string;
  /** The same with our cosignature. */
  cosigned: string;
  at: string;
}

/** Two signed notes that cannot both be true. */
export interface EvidenceRow {
  id: Generated<string>;
  origin: string;
  kind: string;
  first: string;
  second: string;
  at: string;
}

/** The copy of another's log as far as it goes. */
export interface MirrorRow {
  origin: string;
  size: string;
  /** Right edge of its tree. */
  edge: string;
  /** Signed note of this size. */
  note: string;
  at: string;
}

export interface MirrorBundleRow {
  origin: string;
  index: string;
  /** Bundle of up to 256 entries; the last one grows. */
  bytes: Buffer;
}

/** What is asked of a mirrored entry; of a blanked one only its leaf is known. */
export interface MirrorEntryRow {
  origin: string;
  index: string;
  leaf: string;
  at: string | null;
  type: string | null;
  case_id: string | null;
  role: string | null;
  act: string | null;
  decision: string | null;
  /** First of the leaves that it refers to. */
  ref: string | null;
  seen_origin: string | null;
  seen_index: string | null;
  object: string | null;
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
