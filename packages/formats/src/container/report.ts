import type { Instant } from '@comity/core';
import type { CertificateNames } from './cms/certificate.ts';
import type { SignatureFault } from './cms/check-cms.ts';
import type { Trust } from './cms/trust.ts';

/** What checking a container can find, and how grave it is: `altered` is not what was signed; `open` leaves a question to whoever relies on it. */
export const FINDINGS = {
  'file-altered': 'altered',
  'signature-broken': 'altered',
  'signature-missing': 'altered',
  'stamp-broken': 'altered',
  'items-broken': 'altered',
  'item-differs': 'altered',
  'file-uncovered': 'open',
  'file-missing': 'open',
  'items-absent': 'open',
  'certificate-self-signed': 'open',
  'certificate-unknown-issuer': 'open',
  'certificate-not-valid-then': 'open',
  'stamp-pending': 'open',
  'stamp-untrusted': 'open',
  'xades-unchecked': 'open',
  'type-departs': 'open',
  'manifest-unread': 'open',
} as const;

export type ContainerFindingCode = keyof typeof FINDINGS;

export interface ContainerFinding {
  readonly code: ContainerFindingCode;
  /** The entry it is about. */
  readonly about: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Whose certificate, and how far it is to be trusted. */
export interface Signatory extends CertificateNames {
  /** SHA-256 of the certificate, hexadecimal. */
  readonly fingerprint: string;
  readonly trust: Trust;
}

/** One signature with what it covers. */
export interface SignatureReport {
  /** Name of its entry. */
  readonly name: string;
  readonly manifest: string;
  readonly holds: boolean;
  readonly fault?: SignatureFault;
  readonly by?: Signatory;
  /** When the signer says to have signed. */
  readonly at?: Instant;
  /** Time stamp inside the signature. */
  readonly stamp?: StampReport;
  /** Names of the files that its manifest covers. */
  readonly covers: readonly string[];
}

/** One time stamp. */
export interface StampReport {
  readonly holds: boolean;
  readonly at?: Instant;
  readonly by?: Signatory;
}

/** One time stamp that was added to the container later. */
export interface AddedStampReport extends StampReport {
  readonly name: string;
  readonly manifest: string;
  readonly covers: readonly string[];
}

/** One file of the container. */
export interface FileReport {
  readonly name: string;
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Whether it is as every signature that holds says, is not, or is covered by none. */
  readonly state: 'as-signed' | 'altered' | 'uncovered' | 'signature';
  /** Item of the case, for evidence. */
  readonly item?: string;
  readonly mediaType?: string;
}

export const VERDICTS = ['sound', 'open', 'altered', 'unchecked'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Everything that checking a container has found. */
export interface ContainerReport {
  /**
   * `sound`: all is as somebody trusted signed it; `open`: as it was signed, but see the findings; `altered`: it is not; `unchecked`: there is
   * no signature of a kind that is checked here.
   */
  readonly verdict: Verdict;
  readonly files: readonly FileReport[];
  readonly signatures: readonly SignatureReport[];
  readonly stamps: readonly AddedStampReport[];
  readonly items?: { readonly case: string; readonly root: string; readonly count: number; readonly holds: boolean };
  readonly findings: readonly ContainerFinding[];
}

/** The verdict that some findings make together, on a container with so many signatures of a kind that is checked. */
export function verdictOf(findings: readonly ContainerFinding[], signatures: number): Verdict {
  if (findings.some(({ code }) => FINDINGS[code] === 'altered')) return 'altered';
  if (signatures === 0) return 'unchecked';
  return findings.length === 0 ? 'sound' : 'open';
}
