/** A table of what was opened, as it lies in the page: an item's file, its columns and rows. Nothing of it leaves the page. */
export interface Evidence {
  readonly item: string;
  readonly file: string;
  /** SHA-256 of salt and content, as the sender signed it. */
  readonly digest: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Whether the file is here to its end. */
  readonly whole: boolean;
}

/** One row, by its place: the table, and the row's number in it from 0 on. */
export interface RowAt {
  readonly table: number;
  readonly row: number;
}

/** What a column holds, as far as its name and its values tell. */
export type ColumnRole = 'time' | 'amount' | 'currency' | 'from' | 'to' | 'identifier' | 'other';

const NAMES: readonly (readonly [ColumnRole, RegExp])[] = [
  ['time', /^(at|time|date|timestamp|sent|created|booked|when)$|_(at|time|date)$/i],
  ['amount', /^(amount|sum|value|betrag|montant)$|_amount$/i],
  ['currency', /^(currency|ccy)$/i],
  ['from', /^(from|sender|payer|debtor|origin)(_|$)/i],
  ['to', /^(to|recipient|receiver|payee|creditor|beneficiary)(_|$)/i],
  ['identifier', /(email|e-mail|phone|msisdn|imei|imsi|(^|_)ip$|client_ip|ip_address|device|account|user_id|mac|iban|wallet)/i],
];
/** Values that are looked at to tell what a column is. */
const LOOKED_AT = 50;

/** The role of each column: its name proposes, most of its first values have to agree. Amounts are numbers, times are times. */
export function rolesOf({ columns, rows }: Pick<Evidence, 'columns' | 'rows'>): readonly ColumnRole[] {
  return columns.map((name, column) => {
    const role = NAMES.find(([, form]) => form.test(name))?.[0] ?? 'other';
    const values = rows
      .slice(0, LOOKED_AT)
      .flatMap((row) => (row[column] === undefined || row[column] === '' ? [] : [row[column]]));
    if (values.length === 0) return role;
    if (role === 'time') return mostly(values, (value) => timeOf(value) !== undefined) ? role : 'other';
    if (role === 'amount') return mostly(values, (value) => minorUnits(value) !== undefined) ? role : 'other';
    return role;
  });
}

function mostly(values: readonly string[], fits: (value: string) => boolean): boolean {
  return values.filter(fits).length * 2 > values.length;
}

/** Columns of a role, by their places. */
export function columnsOf(table: Pick<Evidence, 'columns' | 'rows'>, ...wanted: readonly ColumnRole[]): readonly number[] {
  return rolesOf(table).flatMap((role, column) => (wanted.includes(role) ? [column] : []));
}

const TIME = /^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}(:?\d{2})?)?)?$/;

/** A time as ISO 8601 or SQL write it, in milliseconds; without a zone it is taken for UTC, as files of this node have it. */
export function timeOf(text: string): number | undefined {
  if (!TIME.test(text)) return undefined;
  const [day = '', clock] = text.split(/[ T]/);
  const zoned =
    clock === undefined
      ? `${day}T00:00:00Z`
      : `${day}T${/(Z|[+-]\d{2}(:?\d{2})?)$/.test(clock) ? withMinutes(clock) : `${clock}Z`}`;
  const at = Date.parse(zoned);
  return Number.isNaN(at) ? undefined : at;
}

/** `+00` is how some databases write a zone; the language asks for minutes. */
function withMinutes(clock: string): string {
  return clock.replace(/([+-]\d{2})$/, '$1:00').replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
}

/** Decimal places in which sums are kept: enough for every currency that people pay in. */
export const PLACES = 4;

/** An amount in ten-thousandths, exactly; undefined when it is no plain decimal number. Sums of money are never floating. */
export function minorUnits(text: string): bigint | undefined {
  const found = /^([+-]?)(\d+)(?:\.(\d{1,4}))?$/.exec(text.trim());
  if (found === null) return undefined;
  const [, sign = '', whole = '0', part = ''] = found;
  const units = BigInt(whole) * 10n ** BigInt(PLACES) + BigInt(part.padEnd(PLACES, '0') || '0');
  return sign === '-' ? -units : units;
}

/** A sum as people read it, with two places at least. */
export function amountText(units: bigint, locale: string): string {
  const negative = units < 0n;
  const absolute = negative ? -units : units;
  const scale = 10n ** BigInt(PLACES);
  const part = (absolute % scale)
    .toString()
    .padStart(PLACES, '0')
    .replace(/0{1,2}$/, '');
  const whole = new Intl.NumberFormat(locale).format(absolute / scale);
  const mark = new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.';
  return `${negative ? '−' : ''}${whole}${mark}${part}`;
}

/** Text folded for comparison: no accents, small letters. */
export function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
