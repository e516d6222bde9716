import type { Figures } from '../../api/figures.ts';

/** A cell of a figure: a word, a number, a flag; null is what nobody can tell, and no zero. */
export type Cell = string | number | boolean | null;
export type FigureRow = Readonly<Record<string, Cell>>;

/** Columns in the order in which tables have them. */
export const COLUMNS = [
  'instrument',
  'type',
  'addressee',
  'emergency',
  'outcome',
  'ground',
  'by',
  'remedies',
  'annulled',
  'orders',
  'items',
  'hours',
] as const;
const NUMBERS: readonly string[] = ['remedies', 'annulled', 'orders', 'items', 'hours'];

export function isNumberColumn(column: string): boolean {
  return NUMBERS.includes(column);
}

/** One table under a letter of article 28(2): its rows, a single count, or null where no act tells. */
export interface FigureTable {
  readonly letter: Letter;
  /** Where a letter has several. */
  readonly part?: Part;
  readonly says: readonly FigureRow[] | number | null;
}

export const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'] as const;
export type Letter = (typeof LETTERS)[number];
export type Part =
  | 'notifications'
  | 'refusals'
  | 'transmitted'
  | 'received'
  | 'fulfilled'
  | 'issuing'
  | 'enforcing'
  | 'refused'
  | 'lapsed'
  | 'claims'
  | 'decided';

/** Every table of the figures, in the order of the article. Costs are not among them: their amounts stand claim by claim. */
export function tablesOf(figures: Figures): readonly FigureTable[] {
  // Parser: the rows are flat objects of words, numbers and flags (Statistics).
  const rows = (given: readonly object[]): readonly FigureRow[] => given as readonly FigureRow[];
  return [
    { letter: 'a', says: rows(figures.a) },
    { letter: 'b', says: figures.b },
    { letter: 'c', says: rows(figures.c) },
    { letter: 'd', part: 'notifications', says: rows(figures.d.notifications) },
    { letter: 'd', part: 'refusals', says: rows(figures.d.refusals) },
    { letter: 'e', says: rows(figures.e) },
    { letter: 'f', says: rows(figures.f) },
    { letter: 'g', part: 'transmitted', says: rows(figures.g.transmitted) },
    { letter: 'g', part: 'received', says: rows(figures.g.received) },
    { letter: 'g', part: 'fulfilled', says: rows(figures.g.fulfilled) },
    { letter: 'h', part: 'issuing', says: rows(figures.h.issuing) },
    { letter: 'h', part: 'enforcing', says: figures.h.enforcing },
    { letter: 'i', part: 'refused', says: figures.i.refused },
    { letter: 'i', part: 'lapsed', says: figures.i.lapsed },
    { letter: 'j', part: 'claims', says: figures.j.claims },
    { letter: 'j', part: 'decided', says: figures.j.decided },
  ];
}

/** The five units, each with what it counts. */
export function unitsOf({
  units,
}: Figures): readonly { readonly unit: string; readonly of?: string; readonly n: number | null }[] {
  return [
    { unit: 'request', n: units.requests },
    ...Object.entries(units.instruments).map(([of, n]) => ({ unit: 'instrument', of, n })),
    { unit: 'item', n: units.items },
    { unit: 'identifier', n: units.identifiers },
    { unit: 'person', n: units.persons },
  ];
}

const HEAD = ['year', 'zone', 'figure', 'part', ...COLUMNS, 'value', 'definition'] as const;

/**
 * The figures as one file (RFC 4180): one line for each row of each table, with the definition of its figure on it, so that no number travels without. Words are those of the data, not of a
 * language; what nobody can tell is `null`, not empty and not zero.
 */
export function csvOf(figures: Figures): string {
  const { year, zone, definitions } = figures;
  const line = (said: Readonly<Record<string, Cell>>): string => HEAD.map((name) => quoted(said[name])).join(',');
  const units = unitsOf(figures).map(({ unit, of, n }) => ({
    figure: `unit.${unit}`,
    ...(of === undefined ? {} : { instrument: of }),
    value: n,
    definition: definitions[`unit.${unit}`] ?? '',
  }));
  const told = tablesOf(figures).flatMap(({ letter, part = '', says }): readonly FigureRow[] => {
    const about = { figure: letter, part, definition: definitions[letter] ?? '' };
    if (says === null || typeof says === 'number') return [{ ...about, value: says }];
    return says.map((row) => ({ ...row, ...about, ...(part === 'refusals' ? { by: row['by'] ?? null } : {}) }));
  });
  const costs = figures.j.amounts.map((amount) => ({
    figure: 'j',
    part: 'amount',
    value: JSON.stringify(amount),
    definition: '',
  }));
  const lines = [...units, ...told, ...costs].map((said) => line({ year, zone, ...said }));
  return `${[HEAD.map(quoted).join(','), ...lines].join('\r\n')}\r\n`;
}

/** A cell in quotation marks. A text that a spreadsheet would run as a formula stays a text. */
function quoted(cell: Cell | undefined): string {
  if (cell === undefined) return '""';
  const text = String(cell);
  const safe = typeof cell === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
