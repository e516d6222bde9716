import { DATA_CATEGORIES, IDENTIFIER_TYPES, isJsonObject, ok, type Result, refuse } from '@comity/core';
import {
  type Catalogue,
  type CatalogueTransform,
  type ColumnRule,
  type DatasetEntry,
  DROP_REASONS,
  KEEP_REASONS,
} from './catalogue.ts';
import { readCoarser } from './check-coarser.ts';
import { checkFields, place, textOf } from './minimise/readField.ts';

type Json = Readonly<Record<string, unknown>>;

const MEMBERS = ['dataset', 'path', 'format', 'category', 'identifiers', 'period', 'zone', 'columns'];
const FORMATS = ['csv', 'parquet', 'json'] as const;
/** A name stands in orders and in addresses. */
const NAME = /^[a-z0-9][a-z0-9-]{0,39}$/;

/**
 * A holder's catalogue as its operator writes it: a list of `{dataset, path, format, category, identifiers, period, zone, columns}`, each column with `keep` and a reason. `locate`
 * says where a path of the file leads. Refuses `field-missing`, `field-invalid`, `field-unknown`, `named-twice`, each with the place; columns that are not named never leave.
 */
export function readCatalogue(json: unknown, locate: (path: string) => string): Result<Catalogue> {
  if (!Array.isArray(json)) return refuse('field-invalid', 'catalogue', { kind: '[{dataset, path, format, category, columns}]' });
  const entries: DatasetEntry[] = [];
  for (const [i, one] of json.entries()) {
    const at = `catalogue.${i}`;
    const entry = isJsonObject(one)
      ? readEntry(one, at)
      : refuse('field-invalid', at, { kind: '{dataset, path, format, category, columns}' });
    if (!entry.ok) return entry;
    const { dataset, category } = entry.value;
    if (entries.some((other) => other.dataset === dataset && other.category === category))
      return refuse('named-twice', `${at}.dataset`);
    entries.push({ ...entry.value, path: locate(entry.value.path) });
  }
  return ok(entries);
}

function readEntry(json: Json, at: string): Result<DatasetEntry> {
  const known = checkFields(json, MEMBERS, `${at}.`);
  if (!known.ok) return known;
  const dataset = textOf(json['dataset'], `${at}.dataset`);
  if (!dataset.ok) return dataset;
  if (!NAME.test(dataset.value)) return refuse('field-invalid', `${at}.dataset`, { kind: 'a-z 0-9 -' });
  const path = textOf(json['path'], `${at}.path`);
  if (!path.ok) return path;
  const format = oneOf(json['format'], FORMATS, `${at}.format`);
  if (!format.ok) return format;
  const category = oneOf(json['category'], DATA_CATEGORIES, `${at}.category`);
  if (!category.ok) return category;
  const columns = readRules(json['columns'], `${at}.columns`);
  if (!columns.ok) return columns;
  const selectors = readSelectors(json, at);
  if (!selectors.ok) return selectors;
  const entry = { dataset: dataset.value, path: path.value, format: format.value, category: category.value };
  return ok({ ...entry, ...selectors.value, columns: columns.value });
}

/** By which columns rows are chosen. */
function readSelectors(json: Json, at: string): Result<Pick<DatasetEntry, 'identifiers' | 'period' | 'zone'>> {
  const identifiers = json['identifiers'] ?? {};
  if (!isJsonObject(identifiers)) return refuse('field-invalid', `${at}.identifiers`, { kind: '{"email": "column"}' });
  const known = checkFields(identifiers, IDENTIFIER_TYPES, `${at}.identifiers.`);
  if (!known.ok) return known;
  for (const [type, column] of Object.entries(identifiers)) {
    const named = textOf(column, `${at}.identifiers.${type}`);
    if (!named.ok) return named;
  }
  const chosen: Record<string, string> = {};
  for (const name of ['period', 'zone'] as const) {
    if (json[name] === undefined) continue;
    const text = textOf(json[name], `${at}.${name}`);
    if (!text.ok) return text;
    chosen[name] = text.value;
  }
  if (chosen['zone'] !== undefined && !isZone(chosen['zone']))
    return refuse('field-invalid', `${at}.zone`, { kind: 'Europe/Paris' });
  return ok({ identifiers, ...chosen });
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

function readRules(json: unknown, at: string): Result<readonly ColumnRule[]> {
  if (json === undefined) return refuse('field-missing', at);
  if (!Array.isArray(json) || json.length === 0) return refuse('field-invalid', at, { kind: '[{name, keep, reason}]' });
  const rules: ColumnRule[] = [];
  for (const [i, one] of json.entries()) {
    const rule = isJsonObject(one)
      ? readRule(one, `${at}.${i}`)
      : refuse('field-invalid', `${at}.${i}`, { kind: '{name, keep, reason}' });
    if (!rule.ok) return rule;
    if (rules.some(({ name }) => name === rule.value.name)) return refuse('named-twice', `${at}.${i}.name`);
    rules.push(rule.value);
  }
  return ok(rules);
}

function readRule(json: Json, at: string): Result<ColumnRule> {
  const keep = json['keep'];
  if (typeof keep !== 'boolean')
    return refuse(keep === undefined ? 'field-missing' : 'field-invalid', `${at}.keep`, { kind: 'true, false' });
  const known = checkFields(json, ['name', 'keep', 'reason', ...(keep ? ['transform'] : [])], `${at}.`);
  if (!known.ok) return known;
  const name = textOf(json['name'], `${at}.name`);
  if (!name.ok) return name;
  if (!keep) {
    const reason = oneOf(json['reason'], DROP_REASONS, `${at}.reason`);
    return reason.ok ? ok({ name: name.value, keep, reason: reason.value }) : reason;
  }
  const reason = oneOf(json['reason'], KEEP_REASONS, `${at}.reason`);
  if (!reason.ok) return reason;
  const rule = { name: name.value, keep, reason: reason.value };
  if (json['transform'] === undefined) return ok(rule);
  const transform = readTransform(json['transform'], at);
  return transform.ok ? ok({ ...rule, transform: transform.value }) : transform;
}

const SETTINGS: Readonly<Record<CatalogueTransform['op'], readonly string[]>> = {
  token: [],
  year: [],
  zip3: [],
  ageTop90: [],
  dateShift: ['subject', 'maxDays'],
  time: ['to'],
  round: ['decimals'],
  prefix: ['length'],
  redact: ['kinds'],
};
const OPS = Object.keys(SETTINGS) as readonly CatalogueTransform['op'][];

function readTransform(json: unknown, column: string): Result<CatalogueTransform> {
  const at = `${column}.transform`;
  if (!isJsonObject(json)) return refuse('field-invalid', at, { kind: '{"op": …}' });
  const op = oneOf(json['op'], OPS, `${at}.op`);
  if (!op.ok) return op;
  const known = checkFields(json, ['op', ...SETTINGS[op.value]], `${at}.`);
  if (!known.ok) return known;
  switch (op.value) {
    case 'token':
    case 'year':
    case 'zip3':
    case 'ageTop90':
      return ok({ op: op.value });
    case 'dateShift': {
      const { subject, maxDays } = json;
      if (typeof subject !== 'string' || subject === '') return refuse('field-missing', `${at}.subject`);
      if (typeof maxDays !== 'number' || !Number.isInteger(maxDays) || maxDays < 1 || maxDays > 3_660)
        return refuse('field-invalid', `${at}.maxDays`, { kind: '1 to 3660' });
      return ok({ op: op.value, subject, maxDays });
    }
    default: {
      const read = readCoarser(op.value, json);
      return read.ok ? read : place(read, `${column}.${read.refusal.field ?? 'transform'}`);
    }
  }
}

function oneOf<T extends string>(value: unknown, known: readonly T[], field: string): Result<T> {
  if (value === undefined || value === '') return refuse('field-missing', field);
  const found = known.find((one) => one === value);
  return found === undefined ? refuse('field-invalid', field, { kind: known.join(', ') }) : ok(found);
}
