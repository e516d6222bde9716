/**
 * The closed list of refusals, each with its HTTP status. What each says, and what to do next, stands in the message catalogues
 * under `error.<code>` and `error.<code>.next`; a test counts them in every language.
 */
export const CODES = {
  // people and sessions
  'not-signed-in': 401,
  'sign-in-refused': 401,
  'role-not-allowed': 403,
  'seat-not-held': 403,
  'reason-required': 403,
  'section-not-addressed': 403,
  // input
  'field-missing': 422,
  'field-invalid': 422,
  'field-unknown': 422,
  'unknown-identifier-type': 422,
  'unknown-category': 422,
  'period-missing': 422,
  'period-reversed': 422,
  'period-in-future': 422,
  'zone-missing': 422,
  'body-not-json': 400,
  'body-too-large': 413,
  'too-many-requests': 429,
  'not-found': 404,
  // procedure
  'act-unknown': 422,
  'act-not-allowed': 409,
  'act-too-early': 409,
  'act-too-late': 409,
  'act-by-asker': 403,
  'act-unready': 409,
  'item-unknown': 422,
  'item-not-open': 409,
  'items-undecided': 409,
  'ground-unknown': 422,
  'case-unknown': 404,
  'case-exists': 409,
  'basis-expired': 409,
  'procedure-unknown': 422,
  // law
  'pack-invalid': 422,
  'fact-unknown': 422,
  'fact-invalid': 422,
  'fact-contradictory': 422,
  'before-first-law': 422,
  'pack-too-large': 413,
  'signer-unknown': 403,
  'transfer-prohibited': 409,
  'transfer-undecided': 409,
  'duties-open': 409,
  'assessment-of-another': 409,
  // peers
  'sender-unknown': 403,
  'sender-revoked': 403,
  'message-signature-invalid': 403,
  'message-not-for-us': 403,
  'message-expired': 403,
  'message-conflict': 409,
  'environment-mismatch': 403,
  'peer-unreachable': 502,
  // data
  'dataset-unknown': 404,
  'dataset-unreadable': 422,
  'column-missing': 422,
  'column-unknown': 422,
  'nothing-selected': 422,
  'plan-unknown': 409,
  'preview-stale': 409,
  // custody
  'delivery-unknown': 404,
  'payload-missing': 409,
  'payload-altered': 422,
  'manifest-invalid': 422,
  'recipient-unknown': 422,
  'unseal-refused': 403,
  'already-destroyed': 410,
  'already-erased': 410,
  'key-lost': 503,
  'key-not-valid': 503,
  'key-in-use': 409,
  'statement-invalid': 422,
  'directory-expired': 503,
  // proof
  'proof-invalid': 422,
  'checkpoint-invalid': 422,
  'log-forked': 409,
  'log-behind': 503,
  'log-unwitnessed': 503,
  'log-slow': 503,
  'order-invalid': 403,
  'orders-too-few': 409,
  'already-redacted': 410,
  'entry-unknown': 404,
  'case-file-invalid': 422,
  'trust-file-invalid': 422,
  // machine
  'storage-full': 507,
  busy: 503,
  internal: 500,
} as const;

export type Code = keyof typeof CODES;

/** HTTP status of a code. */
export function statusOf(code: Code): number {
  return CODES[code];
}
