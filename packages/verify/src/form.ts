import { isInstant, isJsonObject } from '@comity/core';

/** Gives the path of what is wrong with a value, `''` when it is the value itself, undefined when nothing is. */
export type Form = (value: unknown) => string | undefined;

const HEX64 = /^[0-9a-f]{64}$/;
/** Deeper JSON than any case file has; recursion over a file is safe below it. */
const MAX_DEPTH = 64;
const MAX_VALUES = 3_000_000;

/** A value that passes a test. */
export function is(test: (value: unknown) => boolean): Form {
  return (value) => (test(value) ? undefined : '');
}

/** A text of at most so many characters. */
export function text(max: number): Form {
  return is((value) => typeof value === 'string' && value.length <= max);
}

/** A name: not empty, at most 200 characters. */
export const name: Form = is((value) => typeof value === 'string' && value.length > 0 && value.length <= 200);

/** A SHA-256 in lower-case hexadecimal. */
export const digest: Form = is((value) => typeof value === 'string' && HEX64.test(value));

/** RFC 3339, UTC, milliseconds. */
export const instant: Form = is(isInstant);

/** Any JSON. */
export const anything: Form = () => undefined;

/** Exactly this value. */
export function exactly(wanted: string | number): Form {
  return is((value) => value === wanted);
}

/** A list of at most so many. */
export function listOf(form: Form, max: number): Form {
  return (value) => (Array.isArray(value) && value.length <= max ? firstWrong(value.entries(), form) : '');
}

/** An object whose members have names of their own. */
export function mapOf(form: Form, max: number): Form {
  return (value) => {
    if (!isJsonObject(value)) return '';
    const members = Object.entries(value);
    const unnamed = members.find(([key]) => name(key) !== undefined);
    return members.length > max || unnamed !== undefined ? '' : firstWrong(members, form);
  };
}

/** An object with these members and no others; those in `optional` may be missing. */
export function objectOf(forms: Readonly<Record<string, Form>>, optional: Readonly<Record<string, Form>> = {}): Form {
  return (value) => {
    if (!isJsonObject(value)) return '';
    const unknown = Object.keys(value).find((key) => !Object.hasOwn(forms, key) && !Object.hasOwn(optional, key));
    if (unknown !== undefined) return unknown;
    const missing = Object.keys(forms).find((key) => !Object.hasOwn(value, key));
    if (missing !== undefined) return missing;
    return firstWrong(Object.entries(value), (member, key) => (forms[key] ?? optional[key])?.(member));
  };
}

/** Whether a value is JSON that can be hashed: no deeper and no larger than the bounds, no lone surrogates, no other types. Walks without recursion. */
export function isModestJson(value: unknown): boolean {
  const left: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let seen = 0; left.length > 0; seen++) {
    const next = left.pop();
    if (next === undefined || next.depth > MAX_DEPTH || seen > MAX_VALUES) return false;
    if (!isLeaf(next.value) && !isBranch(next.value)) return false;
    for (const [key, member] of isBranch(next.value) ? Object.entries(next.value) : []) {
      if (!key.isWellFormed()) return false;
      left.push({ value: member, depth: next.depth + 1 });
    }
  }
  return true;
}

function isLeaf(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  return value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}

function isBranch(value: unknown): value is object {
  return Array.isArray(value) || isJsonObject(value);
}

function firstWrong<K extends string | number>(
  entries: Iterable<readonly [K, unknown]>,
  wrongIn: (entry: unknown, key: K) => string | undefined,
): string | undefined {
  for (const [key, entry] of entries) {
    const wrong = wrongIn(entry, key);
    if (wrong !== undefined) return wrong === '' ? String(key) : `${key}.${wrong}`;
  }
  return undefined;
}
