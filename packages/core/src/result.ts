import type { Code } from './codes.ts';

/** An expected "no": a code of the closed list, and where it helps, the field and the values its sentence needs. */
export interface Refusal {
  readonly code: Code;
  /** Path of the field that must change, e.g. `items.0.from`. */
  readonly field?: string;
  /** Values for the placeholders of the code's sentence. Never personal data. */
  readonly values?: Readonly<Record<string, string | number>>;
}

/** Expected refusals are values; bugs throw. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

/** Wraps a success. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** Wraps a refusal: `refuse('unknown-identifier-type', 'items.0.identifier.type', { given: 'fax' })`. */
export function refuse(code: Code, field?: string, values?: Record<string, string | number>): Result<never> {
  return {
    ok: false,
    refusal: { code, ...(field === undefined ? {} : { field }), ...(values === undefined ? {} : { values }) },
  };
}

/** Fails type checking when a case of a closed union is not handled; throws if it is reached all the same. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${String(value)}`);
}
