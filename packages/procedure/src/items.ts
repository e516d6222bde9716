import { type Item, isInstant, isJsonObject, isZone, type Json, type JsonObject, type Refusal } from '@comity/core';
import type { Move } from './move.ts';
import type { Procedure } from './procedure.ts';

const MEMBERS = ['id', 'identifierType', 'category', 'period', 'zone'];
const MAX_ITEMS = 500;

/** The items that an opening act asks for, checked one by one; the first fault names its field. */
export function checkItems({ setting, body }: Move): Refusal | undefined {
  const items = body.data['items'];
  // A procedure that names no kind of data asks for none: an agreement, say.
  if (setting.procedure.categories.length === 0)
    return items === undefined ? undefined : { code: 'field-unknown', field: 'data.items' };
  if (!Array.isArray(items) || items.length === 0) return { code: 'field-missing', field: 'data.items' };
  if (items.length > MAX_ITEMS) return { code: 'field-invalid', field: 'data.items', values: { kind: `at most ${MAX_ITEMS}` } };
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    const fault = isJsonObject(item) ? checkItem(item, setting.procedure) : ({ code: 'field-invalid' } as const);
    if (fault !== undefined) return { ...fault, field: joinPath(`data.items.${index}`, fault.field) };
    const id = String(itemOf(item)?.id);
    if (seen.has(id)) return { code: 'field-invalid', field: `data.items.${index}.id`, values: { kind: 'unique' } };
    seen.add(id);
  }
  return checkPeriods(
    items.flatMap((item) => itemOf(item) ?? []),
    body.at,
  );
}

/** The item in an act's data, or undefined when it is none. Call only on what checkItems has passed. */
export function itemOf(value: Json | undefined): Item | undefined {
  // Parser: checkItem has verified every member before an item is used.
  return isJsonObject(value) && typeof value['id'] === 'string' ? (value as unknown as Item) : undefined;
}

function checkItem(item: JsonObject, procedure: Procedure): Refusal | undefined {
  const unknown = Object.keys(item).find((member) => !MEMBERS.includes(member));
  if (unknown !== undefined) return { code: 'field-unknown', field: unknown };
  if (typeof item['id'] !== 'string' || !/^[a-z0-9-]{1,40}$/.test(item['id']))
    return { code: 'field-invalid', field: 'id', values: { kind: 'word' } };
  const type = String(item['identifierType']);
  if (!procedure.identifierTypes.some((known) => known === type)) {
    return {
      code: 'unknown-identifier-type',
      field: 'identifierType',
      values: { given: type.slice(0, 40), known: procedure.identifierTypes.join(', ') },
    };
  }
  const category = String(item['category']);
  if (!procedure.categories.some((known) => known === category)) {
    return {
      code: 'unknown-category',
      field: 'category',
      values: { given: category.slice(0, 40), known: procedure.categories.join(', ') },
    };
  }
  return checkPeriod(item, category);
}

function checkPeriod(item: JsonObject, category: string): Refusal | undefined {
  const period = item['period'];
  if (period === undefined)
    return category === 'subscriber' || category === 'records' ? undefined : { code: 'period-missing', field: 'period' };
  if (!isJsonObject(period) || !isInstant(period['from']) || !isInstant(period['until']))
    return { code: 'field-invalid', field: 'period', values: { kind: 'period' } };
  if (period['from'] >= period['until']) return { code: 'period-reversed', field: 'period' };
  // Times without their zone are the commonest cause of wrong answers: the zone that was keyed travels with the period.
  return isZone(item['zone']) ? undefined : { code: 'zone-missing', field: 'zone' };
}

function checkPeriods(items: readonly Item[], at: string): Refusal | undefined {
  // Reg. (EU) 2023/1543 reaches only data stored when the order is received; no procedure here asks for the future.
  const index = items.findIndex((item) => item.period !== undefined && item.period.until > at);
  return index === -1 ? undefined : { code: 'period-in-future', field: `data.items.${index}.period.until` };
}

function joinPath(base: string, field: string | undefined): string {
  return field === undefined ? base : `${base}.${field}`;
}
