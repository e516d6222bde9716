export interface PayloadRow {
  ciphertext: string;
  case_id: string;
  item: string;
  size: string;
  side: string;
  holder: string;
  state: string;
  manifest: string;
  noted: string | null;
  /** SHA-256 and size of the file as it is read now, where its header was made anew for another office key; null: as it was announced. */
  stored: string | null;
  stored_size: string | null;
  office_key: string | null;
}

export interface PreviewRow {
  digest: string;
  case_id: string;
  item: string;
  plan: string;
  preview: string;
  at: string;
}

export interface UploadRow {
  id: string;
  case_id: string;
  item: string;
  person: string;
  size: string;
  sha256: string;
  state: string;
  begun: string;
  expires: string;
}

/** A look into what somebody had opened. */
export interface QueryRow {
  id: string;
  case_id: string;
  person: string;
  purpose: string;
  kind: string;
  items: string[];
  at: string;
  /** Id of its log entry. */
  entry: string;
  /** Salt and reason under the key of the case. */
  sealed: Buffer;
}

/** A complaint of a person who was told. */
export interface ComplaintRow {
  number: string;
  case_id: string;
  /** Digest of the act that told them. */
  act: string;
  about: string;
  want: string;
  at: string;
  /** Id of its log entry. */
  entry: string;
  /** What they wrote, under the key of the case. */
  sealed: Buffer;
}
