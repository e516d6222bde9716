/** The closed list of what this package answers "no" with. */
export type ProveCode =
  // what was read does not have the form its specification prescribes
  | 'malformed-size'
  | 'malformed-path'
  | 'malformed-bundle'
  | 'malformed-edge'
  | 'malformed-note'
  | 'malformed-key'
  | 'malformed-checkpoint'
  | 'malformed-proof'
  | 'malformed-entry'
  | 'malformed-policy'
  | 'malformed-request'
  | 'entry-too-large'
  // signatures on a note
  | 'note-signature'
  | 'note-unsigned'
  // steps of checking a proof, in their order
  | 'log-unknown'
  | 'checkpoint-signature'
  | 'witness-quorum'
  | 'inclusion'
  // what a commitment hides
  | 'opening-differs'
  // two checkpoints of one log
  | 'origin-differs'
  | 'size-shrank'
  | 'log-forked'
  | 'consistency';

/** An expected "no". `detail` is for the operator's log, in English; it never holds the bytes that were refused. */
export interface Refused {
  readonly ok: false;
  readonly code: ProveCode;
  readonly detail: string;
}

/** Expected refusals are values; bugs throw. This package has a type of its own because it depends on nothing. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | Refused;

/** Wraps a success. */
export function found<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

/** Wraps a refusal. */
export function refused(code: ProveCode, detail: string): Refused {
  return { ok: false, code, detail };
}
