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

export interface Hi1DeliveryRow {
  side: string;
  counterpart: string;
  id: string;
  import_id: string;
  case_id: string | null;
  item: string;
  ldid: string;
  encryption: string | null;
  state: string;
  exists: boolean | null;
  size: string;
  /** Of the sealed file; null for an answer without data, or while parts are missing. */
  sha256: string | null;
  /** Who handed it in. */
  person: string | null;
  /** Number of the error with which the other system refused it. */
  error: number | null;
  changed: string;
}

export interface Hi1PartRow {
  side: string;
  counterpart: string;
  delivery_id: string;
  sequence: number;
  object_id: string;
  last: boolean;
  acknowledged: boolean;
  /** Of the message that carries it, for a part that is pushed: written again only when the message has grown too old. */
  transaction_id: string | null;
  written: string | null;
  /** Sealed under the key of the import; null for an answer without data, and once it was acknowledged. */
  content: Buffer | null;
}
