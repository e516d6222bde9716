import {
  type Day,
  fromBase64Url,
  type Identifier,
  type Item,
  isInstant,
  ok,
  type Period,
  type Result,
  refuse,
} from '@comity/core';
import type { Catalogue, CatalogueTransform, ColumnRule, DatasetEntry } from './catalogue.ts';
import { readCoarser } from './check-coarser.ts';
import type { Plan, PlanColumn, PlanNote, PlanTransform } from './plan.ts';

export interface Asked {
  readonly item: Item;
  readonly identifier: Identifier;
}

export interface PlanOptions {
  /** 32 random bytes, base64url; see Plan.nonce. */
  readonly nonce: string;
  /** Name of the recipient's key for `token` and `dateShift`. */
  readonly keyRef?: string;
  /** Three-digit ZIP areas of 20,000 people or fewer by current census data, from the law packs. */
  readonly restrictedZip3?: readonly string[];
  /** The day on which ages are reckoned for `ageTop90`. */
  readonly on?: Day;
}

/**
 * Plans for approved items: one for each item and dataset of the holder that answers it. Decides nothing: what the catalogue does not
 * name is refused, never widened.
 * Refuses `dataset-unknown` when no dataset holds this category for this identifier, `period-missing`, `period-reversed`,
 * `column-missing` when a period is owed but the dataset has no time column, `nothing-selected`, `field-missing` for options that a
 * transform needs.
 */
export function planFor(asked: readonly Asked[], catalogue: Catalogue, options: PlanOptions): Result<readonly Plan[]> {
  if (!isNonce(options.nonce)) return refuse('field-invalid', 'options.nonce');
  if (asked.length === 0) return refuse('nothing-selected', 'items');
  const plans: Plan[] = [];
  for (const [index, one] of asked.entries()) {
    const made = plansForItem(one, catalogue, options);
    if (!made.ok) return atItem(made, index);
    plans.push(...made.value);
  }
  return ok(plans);
}

function plansForItem(asked: Asked, catalogue: Catalogue, options: PlanOptions): Result<readonly Plan[]> {
  const { item, identifier } = asked;
  if (item.identifierType !== identifier.type) return refuse('field-invalid', 'identifier.type');
  if (identifier.value.trim() === '') return refuse('field-missing', 'identifier.value');
  const period = checkedPeriod(item);
  if (!period.ok) return period;
  const entries = catalogue.filter((entry) => answers(entry, asked));
  if (entries.length === 0) {
    return refuse('dataset-unknown', 'item', { category: item.category, identifierType: item.identifierType });
  }
  const plans: Plan[] = [];
  for (const entry of entries) {
    const plan = planOf(asked, entry, options);
    if (!plan.ok) return plan;
    plans.push(plan.value);
  }
  return ok(plans);
}

/** Whole datasets are answered from `records` only: a projection must never become a way to ask for everybody's traffic. */
function answers(entry: DatasetEntry, { item, identifier }: Asked): boolean {
  if (entry.category !== item.category) return false;
  if (identifier.type === 'dataset') return entry.category === 'records' && entry.dataset === identifier.value;
  return entry.identifiers[identifier.type] !== undefined;
}

function planOf({ item, identifier }: Asked, entry: DatasetEntry, options: PlanOptions): Result<Plan> {
  const period = periodOf(item, entry);
  if (!period.ok) return period;
  const columns = columnsOf(entry.columns, options);
  if (!columns.ok) return columns;
  if (columns.value.length === 0) return refuse('nothing-selected', 'columns', { dataset: entry.dataset });
  const column = entry.identifiers[identifier.type];
  const notes: PlanNote[] = item.period !== undefined && period.value === null ? ['period-not-applicable'] : [];
  return ok({
    v: 1,
    item: item.id,
    dataset: entry.dataset,
    format: entry.format,
    category: item.category,
    match: column === undefined ? null : { type: identifier.type, value: identifier.value, column },
    period: period.value,
    columns: columns.value,
    dropped: entry.columns.flatMap((rule) => (rule.keep ? [] : [{ name: rule.name, reason: rule.reason }])),
    notes,
    nonce: options.nonce,
  });
}

function checkedPeriod({ period, category }: Item): Result<Period | undefined> {
  const owed = category !== 'subscriber' && category !== 'records';
  if (period === undefined) return owed ? refuse('period-missing', 'item.period') : ok(undefined);
  if (!isInstant(period.from) || !isInstant(period.until)) return refuse('field-invalid', 'item.period');
  return period.from < period.until ? ok(period) : refuse('period-reversed', 'item.period');
}

function periodOf(item: Item, entry: DatasetEntry): Result<Plan['period']> {
  if (item.period === undefined) return ok(null);
  if (entry.period === undefined) {
    return item.category === 'subscriber' ? ok(null) : refuse('column-missing', 'period', { dataset: entry.dataset });
  }
  const { from, until } = item.period;
  return ok({ column: entry.period, from, until, zone: entry.zone ?? null });
}

function columnsOf(rules: readonly ColumnRule[], options: PlanOptions): Result<readonly PlanColumn[]> {
  const columns: PlanColumn[] = [];
  for (const rule of rules) {
    if (!rule.keep) continue;
    const transform = transformOf(rule.transform, options);
    if (!transform.ok) return transform;
    columns.push({ name: rule.name, reason: rule.reason, transform: transform.value });
  }
  return ok(columns);
}

function transformOf(transform: CatalogueTransform | undefined, options: PlanOptions): Result<PlanTransform> {
  const { keyRef, restrictedZip3, on } = options;
  if (transform === undefined) return ok({ op: 'keep' });
  switch (transform.op) {
    case 'year':
      return ok({ op: 'year' });
    case 'token':
      return keyRef === undefined ? refuse('field-missing', 'options.keyRef') : ok({ op: 'token', keyRef });
    case 'zip3':
      if (restrictedZip3 === undefined) return refuse('field-missing', 'options.restrictedZip3');
      return ok({ op: 'zip3', restricted: [...restrictedZip3].sort() });
    case 'ageTop90':
      return on === undefined ? refuse('field-missing', 'options.on') : ok({ op: 'ageTop90', on });
    case 'dateShift':
      if (keyRef === undefined) return refuse('field-missing', 'options.keyRef');
      if (!Number.isInteger(transform.maxDays) || transform.maxDays < 1) return refuse('field-invalid', 'transform.maxDays');
      return ok({ op: 'dateShift', keyRef, subject: transform.subject, maxDays: transform.maxDays });
    default:
      return readCoarser(transform.op, { ...transform });
  }
}

function isNonce(text: string): boolean {
  try {
    return fromBase64Url(text).length >= 32;
  } catch {
    return false;
  }
}

function atItem(result: Result<never>, index: number): Result<never> {
  if (result.ok) return result;
  const { code, field, values } = result.refusal;
  return refuse(
    code,
    `items.${index}${field === undefined ? '' : `.${field}`}`,
    values === undefined ? undefined : { ...values },
  );
}
