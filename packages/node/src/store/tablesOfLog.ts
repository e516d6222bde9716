import type { Generated } from 'kysely';

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
