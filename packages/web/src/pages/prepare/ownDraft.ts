import type { DatasetWork } from '@comity/node/api';

/** What may happen to a column; `search`: as coarse as it takes, and no coarser. */
export const OWN_CHANGES = ['drop', 'keep', 'token', 'search', 'dateShift', 'ageTop90'] as const;
export type OwnChange = (typeof OWN_CHANGES)[number];

/** In which way a column becomes coarser. */
export const COARSER = ['all', 'number', 'date', 'prefix'] as const;
export type Coarser = (typeof COARSER)[number];

export const DATE_ORDERS = ['iso', 'dmy', 'mdy'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

export interface OwnColumn {
  readonly change: OwnChange;
  readonly coarser: Coarser;
  /** Widths of steps, or how many first characters, as somebody types them. */
  readonly steps: string;
  readonly order: DateOrder;
}

/** What a person has said of a plan of their own. */
export interface OwnDraft {
  readonly columns: Readonly<Record<string, OwnColumn>>;
  /** Whose dates move together. */
  readonly subject: string;
  readonly days: number | '';
  readonly k: number | '';
  /** Percent of the rows that may stay behind. */
  readonly suppress: number | '';
  readonly sensitive: string;
  /** Different values of it among those who look alike; empty: nothing is asked. */
  readonly l: number | '';
  /** Empty: nothing is asked. */
  readonly t: number | '';
}

/** Steps that are proposed for each way; each is a multiple of the one before, or shorter than it. */
export const STEPS: Readonly<Record<Coarser, string>> = { all: '', number: '5, 10, 20, 40', date: '', prefix: '3, 2, 1' };

/** What the scan says a column is, as a way to make it coarser. */
const WAYS: Readonly<Record<string, Coarser>> = {
  age: 'number',
  quantity: 'number',
  'birth-date': 'date',
  date: 'date',
  'postal-code': 'prefix',
};

/** Deny by default: no column leaves before somebody says how. */
export function startOwn({ dataset, safeHarbor }: Pick<DatasetWork, 'dataset' | 'safeHarbor'>): OwnDraft {
  const columns = dataset.columns.map(({ name }): [string, OwnColumn] => {
    const found = safeHarbor?.[name];
    const coarser = WAYS[found?.class ?? ''] ?? 'all';
    return [name, { change: 'drop', coarser, steps: STEPS[coarser], order: found?.order ?? 'iso' }];
  });
  return {
    ...{ subject: '', days: 30, k: 5, suppress: 5, sensitive: '', l: '', t: '' },
    columns: Object.fromEntries(columns),
  };
}

/** Columns over which k is counted. */
export function searchedIn({ columns }: Pick<OwnDraft, 'columns'>): readonly string[] {
  return Object.entries(columns).flatMap(([name, { change }]) => (change === 'search' ? [name] : []));
}

/** The plan as the node reads it; undefined while something is missing. */
export function ownPlan(draft: OwnDraft): object | undefined {
  const columns = Object.entries(draft.columns);
  if (columns.every(([, { change }]) => change === 'drop')) return undefined;
  const operations = columns.map(([name, column]) => ({ name, operation: operationOf(column, draft) }));
  if (operations.some(({ operation }) => operation === undefined)) return undefined;
  const quasi = searchedIn(draft);
  const hierarchies = Object.fromEntries(quasi.map((name) => [name, hierarchyOf(draft.columns[name])]));
  if (Object.values(hierarchies).includes(undefined)) return undefined;
  const verify = quasi.length === 0 ? null : verifyOf(draft, quasi);
  return verify === undefined ? undefined : { columns: operations, hierarchies, verify };
}

function operationOf({ change, order }: OwnColumn, { subject, days }: OwnDraft): object | undefined {
  if (change !== 'dateShift') return { op: change };
  return subject === '' || !isWhole(days, 1) ? undefined : { op: 'dateShift', order, subject, maxDays: days };
}

function hierarchyOf(column: OwnColumn | undefined): unknown {
  if (column === undefined) return undefined;
  switch (column.coarser) {
    case 'all':
      return '*';
    case 'date':
      return { dates: column.order };
    case 'number': {
      const widths = stepsIn(column.steps);
      const nested = widths?.every((width, i) => i === 0 || (width > (widths[i - 1] ?? 0) && width % (widths[i - 1] ?? 1) === 0));
      return nested === true ? { widths, from: 0 } : undefined;
    }
    default: {
      const lengths = stepsIn(column.steps);
      return lengths?.every((length, i) => i === 0 || length < (lengths[i - 1] ?? 0)) === true ? { prefix: lengths } : undefined;
    }
  }
}

/** Whether what was typed as steps can be used. */
export function isStepped(column: OwnColumn): boolean {
  return hierarchyOf(column) !== undefined;
}

function stepsIn(text: string): readonly number[] | undefined {
  const numbers = text.split(/[\s,;،、]+/u).filter((part) => part !== '');
  return numbers.length > 0 && numbers.every((part) => /^[1-9]\d{0,8}$/.test(part)) ? numbers.map(Number) : undefined;
}

function verifyOf({ k, suppress, sensitive, l, t }: OwnDraft, quasi: readonly string[]): object | undefined {
  if (!isWhole(k, 2) || suppress === '' || suppress < 0 || suppress > 100) return undefined;
  if (sensitive === '') return { quasi, sensitive: [], k, suppress: suppress / 100 };
  if ((l !== '' && !isWhole(l, 2)) || (t !== '' && !(t > 0 && t <= 1))) return undefined;
  return { quasi, sensitive: [sensitive], k, suppress: suppress / 100, ...(l === '' ? {} : { l }), ...(t === '' ? {} : { t }) };
}

function isWhole(value: number | '', least: number): value is number {
  return Number.isInteger(value) && Number(value) >= least;
}
