import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Day, isDay, isJsonObject, ok, type Result, refuse, toInstant } from '@comity/core';
import { type Hierarchies, readHierarchies, readVerify, type Verify } from '@comity/prepare';
import { readJson, readText } from '../output.ts';

/** The key of a recipient or holder: a file of 32 bytes or more, or of as many in hexadecimal. Undefined where none was named. */
export function readKeyFile(file: string | undefined): Result<Uint8Array | undefined> {
  if (file === undefined) return ok(undefined);
  try {
    const bytes = readFileSync(file);
    const text = bytes.toString('latin1').trim();
    const key = /^([0-9a-fA-F]{2}){32,}$/.test(text) ? Buffer.from(text, 'hex') : bytes;
    return key.length < 32 ? refuse('field-invalid', '--key') : ok(new Uint8Array(key));
  } catch {
    // Missing, a folder, or not ours to read: it cannot be had.
    return refuse('not-found', file);
  }
}

/** The day on which ages are counted; today unless it was said. */
export function readDay(stated: string | undefined): Result<Day> {
  if (stated === undefined) return ok(toInstant(Date.now()).slice(0, 10));
  return isDay(stated) ? ok(stated) : refuse('field-invalid', '--on');
}

/** Hierarchies of a JSON file; a member `{"file": "x.csv"}` is a table beside it, a line for each value: value, level 1, level 2, ... */
export function readHierarchyFile(file: string | undefined): Result<Hierarchies> {
  if (file === undefined) return ok({});
  const json = readJson(file);
  if (!json.ok) return json;
  if (!isJsonObject(json.value)) return readHierarchies(json.value);
  const whole: Record<string, unknown> = {};
  for (const [column, stated] of Object.entries(json.value)) {
    const table =
      isJsonObject(stated) && typeof stated['file'] === 'string' ? readText(join(dirname(file), stated['file'])) : undefined;
    if (table?.ok === false) return table;
    whole[column] = table === undefined ? stated : { rows: linesOf(table.value) };
  }
  return readHierarchies(whole);
}

/** Lines of fields between semicolons or commas; quotes are read where a field begins with one. */
function linesOf(text: string): readonly (readonly string[])[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const separator = lines[0]?.includes(';') === true ? ';' : ',';
  const field = new RegExp(`(?:^|${separator})(?:"((?:[^"]|"")*)"|([^${separator}]*))`, 'g');
  return lines.map((line) => [...line.matchAll(field)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? ''));
}

/** What is demanded of the result, as the options state it. */
export interface VerifyOptions {
  readonly quasi?: string;
  readonly sensitive?: string;
  readonly k?: string;
  readonly l?: string;
  readonly t?: string;
  readonly suppress?: string;
}

/** Null where no quasi-identifiers are named. Refuses `field-missing` / `field-invalid` naming the option. */
export function verifyFrom(
  options: VerifyOptions,
  defaults: { readonly k: number; readonly suppress: number },
): Result<Verify | null> {
  const { k, l, t, suppress } = options;
  if (options.quasi === undefined) {
    const [stray] = Object.entries({ k, l, t, sensitive: options.sensitive }).find(([, stated]) => stated !== undefined) ?? [];
    return stray === undefined ? ok(null) : refuse('field-missing', '--quasi');
  }
  const number = (stated: string | undefined): number | null => (stated === undefined ? null : Number(stated));
  const verify = readVerify({
    quasi: namesIn(options.quasi),
    sensitive: options.sensitive === undefined ? [] : namesIn(options.sensitive),
    k: number(k) ?? defaults.k,
    l: number(l),
    t: number(t),
    suppress: number(suppress) ?? defaults.suppress,
  });
  return verify === undefined || verify === null
    ? refuse('field-invalid', '--quasi, --sensitive, --k, --l, --t, --suppress')
    : ok(verify);
}

function namesIn(list: string): readonly string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
