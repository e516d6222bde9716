import { type Act, type Env, type Instant, isJsonObject, ok, type Result, refuse, type SignedDirectory } from '@comity/core';
import { act, directory } from './casefile.ts';
import { digest, exactly, type Form, instant, is, isModestJson, listOf, mapOf, name, objectOf, text } from './form.ts';

/**
 * A certificate of destruction as data: the acts by which a holder destroyed copies and verified it, and by which the other side validated that, with the proofs that they
 * stand in logs. No section is opened in it: it holds no personal data, and can be shown to anybody.
 */
export interface DestructionCertificate {
  readonly format: 'comity-destruction';
  readonly v: 1;
  readonly env: Env;
  readonly case: string;
  readonly madeBy: string;
  readonly madeAt: Instant;
  readonly directory: SignedDirectory;
  /** The act of destruction first. */
  readonly acts: readonly Act[];
  /** Digest of an act -> proof (C2SP tlog-proof) that the log of the party that made the certificate holds it. */
  readonly proofs: Readonly<Record<string, string>>;
}

const MAX_ACTS = 100;

const FORM: Form = objectOf({
  format: exactly('comity-destruction'),
  v: exactly(1),
  env: is((value) => value === 'sandbox' || value === 'production'),
  case: name,
  madeBy: name,
  madeAt: instant,
  directory,
  acts: listOf(act, MAX_ACTS),
  proofs: mapOf(text(20_000), MAX_ACTS),
});

/** Whether something begins as a certificate does. */
export function claimsToBeCertificate(json: unknown): boolean {
  return isJsonObject(json) && json['format'] === 'comity-destruction';
}

/** Reads a certificate from parsed JSON. Refuses `case-file-invalid` with the field that is missing, unknown or of another form. */
export function parseCertificate(json: unknown): Result<DestructionCertificate> {
  if (!isModestJson(json)) return refuse('case-file-invalid');
  const wrong = FORM(json);
  if (wrong !== undefined) return refuse('case-file-invalid', wrong);
  const certificate = json as unknown as DestructionCertificate; // parser: every member has been checked
  const odd = Object.keys(certificate.proofs).find((key) => digest(key) !== undefined);
  return odd === undefined && certificate.acts.length > 0
    ? ok(certificate)
    : refuse('case-file-invalid', odd === undefined ? 'acts' : 'proofs');
}
