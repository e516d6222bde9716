import { type Identifier, ok, type Result, refuse } from '@comity/core';
import { addressForms, addressSql } from './address.ts';
import type { Binder } from './bind.ts';
import type { SourceColumn } from './check-source.ts';
import { quoteName } from './engine.ts';
import type { Plan } from './plan.ts';

const WHOLE = /^U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?$/;
const INEXACT = /^(?:FLOAT|DOUBLE|DECIMAL)/;

/**
 * SQL condition that is true for the rows of the plan's identifier, never null.
 * Refuses `field-invalid` when the value is none of its type, `dataset-unreadable` when the column holds floating-point numbers, which
 * do not tell neighbouring identifiers apart.
 */
export function matchSql(match: Plan['match'], columns: readonly SourceColumn[], binder: Binder): Result<string> {
  if (match === null) return ok('true');
  const column = identifierColumn(match, columns);
  if (!column.ok) return column;
  const values = column.value.formsOf(match.value);
  if (values === undefined) return refuse('field-invalid', 'identifier.value', { identifierType: match.type });
  const wanted = values.map((value) => column.value.sameForm(binder.bind(value)));
  return ok(`coalesce(${column.value.sameForm(column.value.cell)} IN (${wanted.join(', ')}), false)`);
}

/** How identifiers of one type are compared with one column. */
export interface IdentifierColumn {
  /** SQL of the cell as text. */
  readonly cell: string;
  /** SQL of a text in the form in which both sides are compared. */
  readonly sameForm: (text: string) => string;
  /** The texts that mean the same identifier; undefined when a value is none of the type. */
  readonly formsOf: (value: string) => readonly string[] | undefined;
}

/** Refuses `column-missing`, and `dataset-unreadable` as matchSql does. */
export function identifierColumn(
  { column, type }: Pick<NonNullable<Plan['match']>, 'column' | 'type'>,
  columns: readonly SourceColumn[],
): Result<IdentifierColumn> {
  const stored = columns.find(({ name }) => name === column)?.type;
  if (stored === undefined) return refuse('column-missing', column, { column });
  if (INEXACT.test(stored)) return refuse('dataset-unreadable', column, { column });
  return ok({
    cell: `CAST(${quoteName(column)} AS VARCHAR)`,
    sameForm: FORM_SQL[type] ?? ((text) => text),
    formsOf: (value) => formsOf({ type, value }, WHOLE.test(stored)),
  });
}

const digits = (text: string): string => `regexp_replace(regexp_replace(${text}, '[^0-9]', '', 'g'), '^00', '')`;

/** What is done to the cell and to the value asked for before they are compared; the same for both. Others compare exactly. */
const FORM_SQL: Readonly<Partial<Record<NonNullable<Plan['match']>['type'], (text: string) => string>>> = {
  // RFC 5321 section 2.4 lets the local part be case-sensitive, but says that relying on it should not be; no large provider does.
  // Trimming costs most of it, so a text of plain characters without a space, as nearly all are, is spared it.
  email: (text) =>
    `CASE WHEN contains(${text}, ' ') OR strlen(${text}) <> length(${text}) THEN lower(nfc_normalize(trim(${text}))) ELSE lower(${text}) END`,
  ip_address: addressSql,
  phone: digits,
  imei: (text) => `regexp_replace(${text}, '[^0-9]', '', 'g')`,
  mac_address: (text) => `regexp_replace(lower(${text}), '[^0-9a-f]', '', 'g')`,
};

/** The texts that mean the same identifier. A column of whole numbers has lost leading zeros, so they are taken off there. */
function formsOf(match: Identifier, wholeNumbers: boolean): readonly string[] | undefined {
  const value = match.value.trim();
  if (match.type === 'ip_address') return addressForms(value);
  if (match.type === 'email' && !/^[^\s@]+@[^\s@]+$/.test(value)) return undefined;
  if (match.type === 'phone' && !/^[+\d][\d\s().\-/]{2,}$/.test(value)) return undefined;
  if (match.type === 'imei' && !/^[\d\s\-/]{14,24}$/.test(value)) return undefined;
  if (match.type === 'mac_address' && !/^[\da-f]{2}(?:[:\-.]?[\da-f]{2}){5}$/i.test(value)) return undefined;
  if (!wholeNumbers) return [value];
  const plain = match.type === 'user_id' ? value : value.replace(/\D/g, '').replace(/^00/, '');
  return /^\d+$/.test(plain) ? [plain.replace(/^0+(?=\d)/, '')] : undefined;
}
