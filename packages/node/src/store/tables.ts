import type { Generated } from 'kysely';

/** The tables of one organisation's node. Everything but acts, openings, entries and the vault's list can be rebuilt from those. */
export interface Tables {
  acts: ActRow;
  openings: OpeningRow;
  cases: CaseRow;
  log_entries: EntryRow;
  log_tiles: TileRow;
  log_head: HeadRow;
  outbox: OutboxRow;
  inbox: InboxRow;
  quarantine: QuarantineRow;
  sessions: SessionRow;
  sign_in_codes: SignInCodeRow;
  reads: ReadRow;
  payloads: PayloadRow;
  previews: PreviewRow;
  four_eyes: FourEyesRow;
  law_texts: LawTextRow;
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
  salt: string;
  value: string;
}

export interface CaseRow {
  id: string;
  procedure: string;
  procedure_sha256: string;
  /** Canonical JSON of the folded state. */
  state: string;
  judged: string;
  heads: string;
  opened: string;
  updated: string;
}

export interface EntryRow {
  index: string;
  at: string;
  type: string;
  case_id: string;
  act: string | null;
  bytes: Buffer;
}

export interface TileRow {
  level: number;
  index: string;
  width: number;
  bytes: Buffer;
}

export interface HeadRow {
  id: number;
  size: string;
  /** Right edge of the tree, so that appending reads one row. */
  edge: string;
  checkpoint: string;
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
}

export interface PayloadRow {
  ciphertext: string;
  case_id: string;
  item: string;
  size: string;
  side: string;
  holder: string;
  state: string;
  manifest: string;
}

export interface PreviewRow {
  digest: string;
  case_id: string;
  item: string;
  plan: string;
  preview: string;
  at: string;
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
