import {
  IDENTIFIER_TYPES,
  type IdentifierType,
  isJsonObject,
  ok,
  type Period,
  type Result,
  readIdentifier,
  readMoment,
  refuse,
} from '@comity/core';
import type { MinimiseItem, MinimisePlan } from './plan.ts';
import { readColumns } from './readColumns.ts';
import { checkFields, place, textOf } from './readField.ts';

const FIELDS = ['v', 'purpose', 'identifier', 'period', 'columns', 'items', 'nonce'];
const ITEM_FIELDS = ['id', 'value', 'type', 'column', 'from', 'until'];

type Json = Readonly<Record<string, unknown>>;
type Where = Pick<MinimisePlan, 'period'> & { readonly identifier: Partial<Pick<MinimiseItem, 'column' | 'type'>> };

/**
 * Reads what somebody wrote of what may leave a file: `{v: 1, purpose?, identifier?: {column, type}, period?: {column, zone?}, columns:
 * [{name, reason, transform?}], items?: [{id, value, type?, column?, from?, until?}]}`. `nonce` is 32 random bytes, base64url.
 * Every refusal names its field (`items.3.value`), and none says what stands there: `field-missing`, `field-unknown`, `field-invalid`,
 * `named-twice`, `nothing-selected`, `unknown-identifier-type`, `period-reversed`, `zone-missing`, and those of readIdentifier.
 */
export function readMinimisePlan(json: unknown, nonce: string): Result<MinimisePlan> {
  if (!isJsonObject(json)) return refuse('field-invalid', 'items', { kind: '{"v": 1, …}' });
  const known = checkFields(json, FIELDS, '');
  if (!known.ok) return known;
  if (json['v'] !== 1) return refuse('field-invalid', 'v', { kind: '1' });
  const purpose = json['purpose'] === undefined ? ok(null) : textOf(json['purpose'], 'purpose');
  if (!purpose.ok) return purpose;
  const where = readWhere(json);
  if (!where.ok) return where;
  const columns = readColumns(json['columns']);
  if (!columns.ok) return columns;
  const items = json['items'] === undefined ? withoutItems(json) : readItems(json['items'], where.value);
  if (!items.ok) return items;
  const { period } = where.value;
  return ok({ v: 1, purpose: purpose.value, period, columns: columns.value, items: items.value, nonce });
}

/** An identifier or a period that nothing uses was meant to hold something back: then everything must not leave. */
function withoutItems(json: Json): Result<null> {
  if (json['identifier'] !== undefined || json['period'] !== undefined) return refuse('field-missing', 'items');
  return ok(null);
}

function readWhere(json: Json): Result<Where> {
  const identifier = readIdentifierColumn(json['identifier']);
  if (!identifier.ok) return identifier;
  const period = readPeriodColumn(json['period']);
  return period.ok ? ok({ identifier: identifier.value, period: period.value }) : period;
}

function readIdentifierColumn(json: unknown): Result<Where['identifier']> {
  if (json === undefined) return ok({});
  if (!isJsonObject(json)) return refuse('field-invalid', 'identifier', { kind: '{"column": …, "type": …}' });
  const known = checkFields(json, ['column', 'type'], 'identifier.');
  if (!known.ok) return known;
  const column = textOf(json['column'], 'identifier.column');
  if (!column.ok) return column;
  const type = readType(json['type'], 'identifier.type');
  return type.ok ? ok({ column: column.value, type: type.value }) : type;
}

function readPeriodColumn(json: unknown): Result<MinimisePlan['period']> {
  if (json === undefined) return ok(null);
  if (!isJsonObject(json)) return refuse('field-invalid', 'period', { kind: '{"column": …, "zone": …}' });
  const known = checkFields(json, ['column', 'zone'], 'period.');
  if (!known.ok) return known;
  const column = textOf(json['column'], 'period.column');
  if (!column.ok) return column;
  if (json['zone'] === undefined) return ok({ column: column.value, zone: null });
  const zone = textOf(json['zone'], 'period.zone');
  if (!zone.ok) return zone;
  if (!isZone(zone.value)) return refuse('field-invalid', 'period.zone', { kind: 'Europe/Paris' });
  return ok({ column: column.value, zone: zone.value });
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '' && !/^[+-]/u.test(name);
  } catch {
    return false;
  }
}

/** `dataset` names no person: a whole file is projected without items. */
function readType(json: unknown, field: string): Result<IdentifierType> {
  if (json === undefined) return refuse('field-missing', field);
  const type = IDENTIFIER_TYPES.find((known) => known === json && known !== 'dataset');
  return type === undefined ? refuse('unknown-identifier-type', field) : ok(type);
}

function readItems(json: unknown, where: Where): Result<readonly MinimiseItem[]> {
  if (!Array.isArray(json)) return refuse('field-invalid', 'items', { kind: '[{"id": …, "value": …}]' });
  if (json.length === 0) return refuse('nothing-selected', 'items');
  const items: MinimiseItem[] = [];
  const ids = new Set<string>();
  for (const [i, one] of json.entries()) {
    const at = `items.${i}`;
    const item = isJsonObject(one) ? readItem(one, at, where) : refuse('field-invalid', at, { kind: '{"id": …, "value": …}' });
    if (!item.ok) return item;
    if (ids.has(item.value.id)) return refuse('named-twice', `${at}.id`);
    ids.add(item.value.id);
    items.push(item.value);
  }
  return ok(items);
}

function readItem(json: Json, at: string, { identifier, period }: Where): Result<MinimiseItem> {
  const known = checkFields(json, ITEM_FIELDS, `${at}.`);
  if (!known.ok) return known;
  const id = textOf(json['id'], `${at}.id`);
  if (!id.ok) return id;
  const type = json['type'] === undefined ? ok(identifier.type) : readType(json['type'], `${at}.type`);
  if (!type.ok) return type;
  const column = json['column'] === undefined ? ok(identifier.column) : textOf(json['column'], `${at}.column`);
  if (!column.ok) return column;
  if (type.value === undefined) return refuse('field-missing', `${at}.type`);
  if (column.value === undefined) return refuse('field-missing', `${at}.column`);
  const text = textOf(json['value'], `${at}.value`);
  if (!text.ok) return text;
  const read = readIdentifier({ type: type.value, value: text.value });
  if (!read.ok) return place(read, `${at}.value`);
  // No column is known to hold ports, and without its port a shared address names other people too.
  if (read.value.port !== undefined) return refuse('field-invalid', `${at}.value`);
  const span = readPeriod(json, at, period !== null);
  if (!span.ok) return span;
  return ok({ id: id.value, type: type.value, value: read.value.value, column: column.value, period: span.value });
}

/** With a column of times every item says from when until when; without one no item may. */
function readPeriod(json: Json, at: string, owed: boolean): Result<Period | null> {
  const { from, until } = json;
  if (!owed) return from === undefined && until === undefined ? ok(null) : refuse('field-missing', 'period');
  const begins = readTime(from, `${at}.from`);
  if (!begins.ok) return begins;
  const ends = readTime(until, `${at}.until`);
  if (!ends.ok) return ends;
  if (begins.value >= ends.value) return refuse('period-reversed', `${at}.until`);
  return ok({ from: begins.value, until: ends.value });
}

function readTime(json: unknown, field: string): Result<string> {
  const text = textOf(json, field);
  return text.ok ? place(readMoment(text.value), field) : text;
}
