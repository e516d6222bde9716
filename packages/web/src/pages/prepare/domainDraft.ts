/** How somebody says what a column may hold; `out`: it does not leave. */
export const DOMAIN_KINDS = ['out', 'values', 'number', 'date'] as const;
export type DomainKind = (typeof DOMAIN_KINDS)[number];

export interface DomainColumn {
  readonly kind: DomainKind;
  /** Values, one a line; or edges, between commas or spaces. */
  readonly text: string;
  /** Whether values that are not listed count together as one more. */
  readonly other: boolean;
  /** Whether a cell may be empty. */
  readonly missing: boolean;
}

export type DomainDraft = Readonly<Record<string, DomainColumn>>;

/** Values of two columns that cannot stand together. An empty value is an empty cell. */
export interface Never {
  readonly key: number;
  readonly a: { readonly column: string; readonly value: string };
  readonly b: { readonly column: string; readonly value: string };
}

/** Nothing is read from the data: what a column may hold is said by a person. */
export function startDomain(names: readonly string[]): DomainDraft {
  return Object.fromEntries(names.map((name) => [name, { kind: 'out', text: '', other: false, missing: false }]));
}

/** The domain as the node reads it; undefined while something is missing. */
export function domainOf(draft: DomainDraft): object | undefined {
  const columns = Object.entries(draft).filter(([, { kind }]) => kind !== 'out');
  const read = columns.map(([name, column]) => [name, columnOf(column)] as const);
  return columns.length === 0 || read.some(([, column]) => column === undefined) ? undefined : Object.fromEntries(read);
}

/** One column as the node reads it; undefined while what was typed cannot be used. */
export function columnOf({ kind, text, other, missing }: DomainColumn): object | undefined {
  const may = missing ? { missing } : {};
  if (kind === 'values') {
    const values = linesOf(text);
    const whole = values.length > 0 && new Set(values).size === values.length;
    return whole ? { values, ...(other ? { other } : {}), ...may } : undefined;
  }
  const parts = text.split(/[\s,;،、]+/u).filter((part) => part !== '');
  const edges = kind === 'date' ? parts : parts.map(Number);
  const places = kind === 'date' ? parts.map(dayOf) : parts.map(Number);
  const rise = places.every((place, i) => Number.isFinite(place) && (i === 0 || place > (places[i - 1] ?? place)));
  return kind !== 'out' && parts.length > 1 && rise ? { edges, ...may } : undefined;
}

/** The places at which a day lies; what is no day has none. */
function dayOf(text: string): number {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** What cannot be, as the node reads it: pairs of the same two columns together. Undefined while one is not whole. */
export function zerosOf(never: readonly Never[]): readonly object[] | undefined {
  if (never.some(({ a, b }) => a.column === '' || b.column === '' || a.column === b.column)) return undefined;
  const groups = new Map<string, { readonly columns: readonly string[]; readonly never: (readonly (string | null)[])[] }>();
  for (const { a, b } of never) {
    const key = JSON.stringify([a.column, b.column]);
    const group = groups.get(key) ?? { columns: [a.column, b.column], never: [] };
    group.never.push([cellOf(a.value), cellOf(b.value)]);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function cellOf(value: string): string | null {
  return value.trim() === '' ? null : value.trim();
}
