const SPECIAL = /[",\r\n]/;

/** One CSV record with its line end, RFC 4180. Null is an empty field; a record of one empty field is written as `""`, else it would vanish. */
export function csvRecord(values: readonly (string | null)[]): string {
  if (values.length === 1 && (values[0] === null || values[0] === '')) return '""\r\n';
  return `${values.map(csvField).join(',')}\r\n`;
}

/** One field of a record. */
export function csvField(value: string | null): string {
  if (value === null) return '';
  return SPECIAL.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
