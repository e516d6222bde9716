export interface ImportRow {
  id: string;
  kind: string;
  state: string;
  arrived: string;
  /** Id of the foreign authority whose key signed it; null: nobody known. */
  sender: string | null;
  sha256: string;
  size: string;
  /** Sealed under the key of the import. */
  original: Buffer;
  draft: Buffer;
  /** Opens what the entry of its arrival commits to. */
  salt: string;
  case_id: string | null;
  entry: string;
}

export interface ImportDecisionRow {
  import_id: string;
  step: number;
  person: string;
  at: string;
  decision: string;
  reason: string | null;
  authority: string | null;
  /** Sealed: who was spoken to, when, at which number, and the words of the person. */
  said: Buffer;
  entry: string;
}

export interface Hi1ObjectRow {
  id: string;
  sender: string;
  import_id: string;
  type: string;
  item: string | null;
  generation: number;
  changed: string;
}

export interface Hi1TakenRow {
  sender: string;
  transaction_id: string;
  digest: string;
  answers: string;
  arrived: string;
}
