import type { DatasetView } from '@comity/node/api';
import { instantOf } from '../../words/when.ts';

/** What may happen to a column that is needed; `drop`: it stays here. */
export const CHANGES = [
  'drop',
  'keep',
  'token',
  'redact',
  'year',
  'month',
  'day',
  'hour',
  'prefix3',
  'round0',
  'round1',
  'ageTop90',
] as const;
export type Change = (typeof CHANGES)[number];

const REDACTED = ['email', 'phone', 'ip-address', 'url', 'iban', 'card', 'national-id', 'long-number'] as const;

/** Kinds of identifier by which rows can be asked for. */
export const ASKED_BY = ['user_id', 'email', 'phone', 'ip_address', 'imei', 'mac_address'] as const;
export type AskedBy = (typeof ASKED_BY)[number];

/** What a person has said of what may leave. */
export interface MinimiseDraft {
  readonly purpose: string;
  readonly columns: Readonly<Record<string, Change>>;
  /** Column of the identifiers; empty: rows are not chosen by identifiers. */
  readonly column: string;
  readonly type: AskedBy;
  /** One a line. */
  readonly values: string;
  /** Column of the times; empty: no period. */
  readonly time: string;
  readonly zone: string;
  readonly from: string;
  readonly until: string;
}

/** Deny by default: no column leaves before somebody says that it is needed. */
export function startDraft({ columns }: DatasetView, zone: string): MinimiseDraft {
  return {
    ...{ purpose: '', column: '', type: 'user_id', values: '', time: '', zone, from: '', until: '' },
    columns: Object.fromEntries(columns.map(({ name }) => [name, 'drop' as const])),
  };
}

/** The plan as the node reads it; undefined while something is missing. */
export function minimisePlan(draft: MinimiseDraft, today: string): object | undefined {
  const columns = Object.entries(draft.columns).flatMap(([name, change]) =>
    change === 'drop' ? [] : [{ name, reason: 'needed-for-purpose', transform: transformOf(change, today) }],
  );
  if (columns.length === 0) return undefined;
  const said = { v: 1, columns, ...(draft.purpose.trim() === '' ? {} : { purpose: draft.purpose.trim() }) };
  if (draft.column === '') return said;
  const values = [
    ...new Set(
      draft.values
        .split('\n')
        .map((value) => value.trim())
        .filter((value) => value !== ''),
    ),
  ];
  if (values.length === 0) return undefined;
  const period = periodOf(draft);
  if (period === undefined) return undefined;
  return {
    ...said,
    identifier: { column: draft.column, type: draft.type },
    ...(period === null ? {} : { period: { column: draft.time, zone: draft.zone } }),
    items: values.map((value, i) => ({ id: `i${i + 1}`, value, ...period })),
  };
}

function periodOf({
  time,
  zone,
  from,
  until,
}: MinimiseDraft): { readonly from: string; readonly until: string } | null | undefined {
  if (time === '') return null;
  const [start, end] = [instantOf(from, zone), instantOf(until, zone)];
  return start === undefined || end === undefined || start >= end ? undefined : { from: start, until: end };
}

function transformOf(change: Exclude<Change, 'drop'>, on: string): object {
  switch (change) {
    case 'keep':
    case 'token':
      return { op: change };
    case 'redact':
      return { op: 'redact', kinds: REDACTED };
    case 'prefix3':
      return { op: 'prefix', length: 3 };
    case 'round0':
      return { op: 'round', decimals: 0 };
    case 'round1':
      return { op: 'round', decimals: 1 };
    case 'ageTop90':
      return { op: 'ageTop90', on };
    default:
      return { op: 'time', to: change };
  }
}
