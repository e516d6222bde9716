/** The eighteen kinds of identifiers of 45 CFR 164.514(b)(2)(i), by their letter; read on 2026-11-26. */
export const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R'] as const;
export type Letter = (typeof LETTERS)[number];

/** What Safe Harbor does with a class of columns. */
export interface ClassRule {
  /** The identifier that the class is; null for free text, which may hold any, and for what is no identifier. */
  readonly letter: Letter | null;
  readonly does: 'drop' | 'zip3' | 'year' | 'birthYear' | 'ageTop90' | 'keep';
}

/** Class of a column -> what it is under 45 CFR 164.514(b)(2)(i). A class that does not stand here is dropped. */
export const CLASS_RULES: Readonly<Record<string, ClassRule>> = {
  name: { letter: 'A', does: 'drop' },
  address: { letter: 'B', does: 'drop' },
  'postal-code': { letter: 'B', does: 'zip3' },
  city: { letter: 'B', does: 'drop' },
  date: { letter: 'C', does: 'year' },
  'birth-date': { letter: 'C', does: 'birthYear' },
  age: { letter: 'C', does: 'ageTop90' },
  phone: { letter: 'D', does: 'drop' },
  fax: { letter: 'E', does: 'drop' },
  email: { letter: 'F', does: 'drop' },
  ssn: { letter: 'G', does: 'drop' },
  'medical-record-number': { letter: 'H', does: 'drop' },
  'health-plan-number': { letter: 'I', does: 'drop' },
  'account-number': { letter: 'J', does: 'drop' },
  'licence-number': { letter: 'K', does: 'drop' },
  'vehicle-id': { letter: 'L', does: 'drop' },
  'device-id': { letter: 'M', does: 'drop' },
  url: { letter: 'N', does: 'drop' },
  'ip-address': { letter: 'O', does: 'drop' },
  biometric: { letter: 'P', does: 'drop' },
  photo: { letter: 'Q', does: 'drop' },
  'other-unique-id': { letter: 'R', does: 'drop' },
  'free-text': { letter: null, does: 'drop' },
  gender: { letter: null, does: 'keep' },
  diagnosis: { letter: null, does: 'keep' },
  quantity: { letter: null, does: 'keep' },
  category: { letter: null, does: 'keep' },
};
