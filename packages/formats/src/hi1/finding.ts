/**
 * What the linter finds. `fault`: the profile does not take it. `person`: a person must look, for a machine cannot tell; nothing of it is dropped. `note`: worth knowing. What each
 * says stands in the catalogue `hi1` under `hi1.<code>`; a test counts them.
 */
export const FINDINGS = {
  shape: 'fault',
  'member-unknown': 'person',
  missing: 'fault',
  'uuid-form': 'fault',
  'ldid-form': 'fault',
  'microseconds-form': 'fault',
  'time-form': 'fault',
  'version-form': 'fault',
  'version-other': 'note',
  'country-form': 'fault',
  'namespace-other': 'fault',
  'actions-none': 'fault',
  'action-twice': 'fault',
  'action-form': 'fault',
  'object-twice': 'fault',
  'object-type-unknown': 'fault',
  'object-type-refused': 'fault',
  'period-reversed': 'fault',
  'period-missing': 'fault',
  'dictionary-unknown': 'person',
  'format-unknown': 'person',
  'value-form': 'fault',
  'text-form': 'fault',
  'ipv6-form': 'fault',
  'values-several': 'person',
  'type-combined': 'person',
  'emergency-without-reason': 'fault',
  'authorisation-missing': 'fault',
  'authorisation-elsewhere': 'person',
  'encryption-missing': 'fault',
  'encryption-elsewhere': 'person',
  'approval-incomplete': 'fault',
  'checksum-missing': 'fault',
  'checksum-weak': 'fault',
  'existence-only': 'person',
  'ldid-unknown': 'fault',
  'checksum-wrong': 'fault',
  'sequence-gap': 'fault',
  'sequence-repeated': 'fault',
  'encryption-unknown': 'fault',
  'not-embedded': 'fault',
  'too-large': 'fault',
  'order-ended': 'fault',
  unsigned: 'note',
} as const;

export type FindingCode = keyof typeof FINDINGS;
export type FindingWeight = (typeof FINDINGS)[FindingCode];

/** One finding, and where in the message. Its values are names of members and codes, never what identifies a person. */
export interface Finding {
  readonly code: FindingCode;
  readonly weight: FindingWeight;
  readonly path: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** A finding of a code, with its weight. */
export function finding(code: FindingCode, path: string, values: Finding['values'] = {}): Finding {
  return { code, weight: FINDINGS[code], path, values };
}

/** Whether anything among the findings keeps a message from being taken. */
export function hasFault(findings: readonly Finding[]): boolean {
  return findings.some(({ weight }) => weight === 'fault');
}
