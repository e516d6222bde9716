import { canonicalJson, isJsonObject, type Json } from '@comity/core';
import type { Pack } from './pack.ts';

/** One thing that differs between two versions of a pack. */
export interface Difference {
  readonly what: 'head' | 'source' | 'region' | 'definition' | 'rule' | 'exception' | 'example';
  readonly name: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** For a change: the fields that differ, before and after as text. */
  readonly fields: readonly { readonly field: string; readonly before: string; readonly after: string }[];
}

const LISTS = { sources: 'source', regions: 'region', define: 'definition', exceptions: 'exception' } as const;

/** What differs between two versions of a pack, part by part, in the order of a pack. Examples count under their rule. */
export function diffPacks(before: Pack, after: Pack): readonly Difference[] {
  const old = objectOf(before.json);
  const fresh = objectOf(after.json);
  const heads = ['title', 'version', 'reviewed', 'derived'].flatMap((key) =>
    compare('head', key, { old: old[key], fresh: fresh[key] }),
  );
  const maps = Object.entries(LISTS).flatMap(([key, what]) => compareMaps(what, objectOf(old[key]), objectOf(fresh[key])));
  return [...heads, ...maps, ...compareMaps('rule', rulesOf(old['rules']), rulesOf(fresh['rules']))];
}

function objectOf(value: unknown): Readonly<Record<string, Json>> {
  return isJsonObject(value) ? value : {};
}

/** Rules by id, each with its exceptions by id, so that a changed exception is named and not a whole rule. */
function rulesOf(value: unknown): Readonly<Record<string, Json>> {
  const rules = Array.isArray(value) ? value : [];
  return Object.fromEntries(rules.flatMap((rule: Json) => (isJsonObject(rule) ? [[String(rule['id']), rule]] : [])));
}

function compareMaps(
  what: Difference['what'],
  old: Readonly<Record<string, Json>>,
  fresh: Readonly<Record<string, Json>>,
): readonly Difference[] {
  const names = [...new Set([...Object.keys(old), ...Object.keys(fresh)])];
  return names.flatMap((name) => compare(what, name, { old: old[name], fresh: fresh[name] }));
}

function compare(
  what: Difference['what'],
  name: string,
  { old, fresh }: { old: Json | undefined; fresh: Json | undefined },
): readonly Difference[] {
  if (old === undefined && fresh === undefined) return [];
  if (old === undefined) return [{ what, name, change: 'added', fields: [] }];
  if (fresh === undefined) return [{ what, name, change: 'removed', fields: [] }];
  const fields = fieldsOf(old, fresh);
  return fields.length === 0 ? [] : [{ what, name, change: 'changed', fields }];
}

function fieldsOf(old: Json, fresh: Json): Difference['fields'] {
  if (!isJsonObject(old) || !isJsonObject(fresh))
    return canonicalJson(old) === canonicalJson(fresh) ? [] : [{ field: '', before: text(old), after: text(fresh) }];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(fresh)])];
  return keys.flatMap((field) => {
    const [before, after] = [text(old[field]), text(fresh[field])];
    return before === after ? [] : [{ field, before, after }];
  });
}

function text(value: Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : canonicalJson(value);
}
