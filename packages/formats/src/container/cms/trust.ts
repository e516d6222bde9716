import { equalBytes, type Instant, toHex } from '@comity/core';
import { BasicConstraints, type Certificate, ExtKeyUsage } from 'pkijs';
import { certificateNames, issuedBy } from './certificate.ts';
import { derOf, parsedAs } from './der.ts';
import { OID } from './oids.ts';

/** Whom a verifier trusts beforehand: certificates (DER) of signers or of their issuers, or bare keys (SubjectPublicKeyInfo, DER). */
export interface Anchors {
  readonly certificates: readonly Uint8Array[];
  readonly keys?: readonly Uint8Array[];
}

/** How far a signer's certificate reaches: to an anchor, only to itself, or to nobody that is known; or it was not valid at the time. */
export type Trust = 'trusted' | 'self-signed' | 'unknown-issuer' | 'not-valid-then';

export interface TrustQuestion {
  /** Other certificates that came with the signature. */
  readonly others: readonly Certificate[];
  readonly anchors: readonly Certificate[];
  readonly keys: readonly Uint8Array[];
  /** When the signature is known to have existed. */
  readonly at: Instant;
}

const MAX_CHAIN = 8;

/**
 * Follows a certificate to an anchor (RFC 5280 section 6, the part of it that containers need: names, signatures, validity, the right to
 * issue). Revocation is not asked for: that needs a network, and the report says so.
 */
export async function judgeCertificate(certificate: Certificate, question: TrustQuestion): Promise<Trust> {
  const { from, until } = certificateNames(certificate);
  if (question.at < from || question.at > until) return 'not-valid-then';
  if (isAnchor(certificate, question)) return 'trusted';
  if (await leadsToAnchor(certificate, question, MAX_CHAIN)) return 'trusted';
  return (await issuedBy(certificate, certificate)) ? 'self-signed' : 'unknown-issuer';
}

function isAnchor(certificate: Certificate, { anchors, keys }: TrustQuestion): boolean {
  const der = derOf(certificate.toSchema());
  const spki = derOf(certificate.subjectPublicKeyInfo.toSchema());
  return anchors.some((anchor) => equalBytes(derOf(anchor.toSchema()), der)) || keys.some((key) => equalBytes(key, spki));
}

async function leadsToAnchor(certificate: Certificate, question: TrustQuestion, left: number): Promise<boolean> {
  if (left === 0) return false;
  for (const issuer of [...question.anchors, ...question.others]) {
    if (!mayIssue(issuer, question.at) || !(await issuedBy(certificate, issuer))) continue;
    if (isAnchor(issuer, question) || (await leadsToAnchor(issuer, question, left - 1))) return true;
  }
  return false;
}

function mayIssue(issuer: Certificate, at: Instant): boolean {
  const { from, until } = certificateNames(issuer);
  const constraints = extensionOf(issuer, OID.basicConstraints);
  const parsed = constraints === undefined ? undefined : parsedAs(constraints, (schema) => new BasicConstraints({ schema }));
  return parsed?.cA === true && at >= from && at <= until;
}

/** Whether a certificate is for time stamps, and for nothing else (RFC 3161 section 2.3). */
export function isForStamps(certificate: Certificate): boolean {
  const extension = certificate.extensions?.find((one) => one.extnID === OID.extendedKeyUsage);
  if (extension?.critical !== true) return false;
  const usage = parsedAs(extension.extnValue.valueBlock.valueHexView, (schema) => new ExtKeyUsage({ schema }));
  return usage?.keyPurposes.join() === OID.timeStamping;
}

function extensionOf(certificate: Certificate, id: string): Uint8Array | undefined {
  return certificate.extensions?.find((one) => one.extnID === id)?.extnValue.valueBlock.valueHexView;
}

/** SHA-256 of a certificate, hexadecimal: what two people compare over the telephone. */
export async function fingerprintOf(certificate: Certificate): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', certificate.toSchema().toBER())));
}
