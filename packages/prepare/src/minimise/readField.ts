import { ok, type Result, refuse } from '@comity/core';

/** A text that is not empty. Refuses `field-missing`, `field-invalid`. */
export function textOf(json: unknown, field: string): Result<string> {
  if (json === undefined || json === null || json === '') return refuse('field-missing', field);
  return typeof json === 'string' ? ok(json) : refuse('field-invalid', field, { kind: '"…"' });
}

/** Refuses `field-unknown` for a member that nothing here reads: a misspelt limit must not pass for none. */
export function checkFields(json: Readonly<Record<string, unknown>>, known: readonly string[], before: string): Result<null> {
  const other = Object.keys(json).find((name) => !known.includes(name));
  return other === undefined ? ok(null) : refuse('field-unknown', `${before}${other}`);
}

/** The same answer; a refusal names the given field. */
export function place<T>(result: Result<T>, field: string): Result<T> {
  if (result.ok) return result;
  const { code, values } = result.refusal;
  return refuse(code, field, values === undefined ? undefined : { ...values });
}
