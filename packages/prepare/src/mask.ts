import type { PlanColumn } from './plan.ts';

export type CellKind = 'empty' | 'text' | 'number' | 'time' | 'boolean' | 'token' | 'year' | 'zip3' | 'age' | 'date';

/** A cell of a sample: what kind of value stands there and, for a text, its first character. `shown` is empty for other kinds. */
export interface MaskedCell {
  readonly kind: CellKind;
  readonly shown: string;
}

const KIND_OF_OP = {
  token: 'token',
  year: 'year',
  zip3: 'zip3',
  ageTop90: 'age',
  dateShift: 'date',
  time: 'time',
  round: 'number',
  prefix: 'text',
  redact: 'text',
} as const;
const DOTS = '•••';

/**
 * Masks one value so that nobody can be identified by it: the first character and dots, whatever the length; dots alone for texts of
 * fewer than four characters, where the first would give away too much; for everything but texts only the kind.
 */
export function maskCell(value: string | null | undefined, column: PlanColumn, type: string): MaskedCell {
  if (value === null || value === undefined || value === '') return { kind: 'empty', shown: '' };
  const { op } = column.transform;
  if (op !== 'keep') return { kind: KIND_OF_OP[op], shown: '' };
  const kind = kindOf(value, type);
  if (kind !== 'text') return { kind, shown: '' };
  const characters = [...value];
  return { kind, shown: characters.length < 4 ? DOTS : `${characters[0]}${DOTS}` };
}

function kindOf(value: string, type: string): CellKind {
  if (type === 'BOOLEAN') return 'boolean';
  if (type.startsWith('TIMESTAMP') || type === 'TIME') return 'time';
  if (type === 'DATE') return 'date';
  // A text that starts with a digit is a number, a date or an address: its first digit says nothing that helps.
  return type !== 'VARCHAR' || /^[+-]?\d/.test(value) ? 'number' : 'text';
}
