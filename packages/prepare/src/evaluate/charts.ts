import { type ColumnDomain, type Domain, missingCode, plainSize, sizeOf } from '../domain/domain.ts';
import type { Rows } from '../synthesise/sample.ts';
import { sharesOf, tableDistance } from './fidelity.ts';

/** What a bar stands for: a value, a span `[from, until)`, what is not listed, empty cells, or values that are too rare to be shown. */
export type Bar = (
  | { readonly value: string }
  | { readonly from: string; readonly until: string }
  | { readonly only: 'other' | 'missing' | 'rare' }
) & {
  /** Shares of all rows, 0 to 1. */
  readonly real: number;
  readonly synthetic: number;
};

/** One column, real beside synthetic. */
export interface Chart {
  readonly column: string;
  readonly bars: readonly Bar[];
  /** Total variation distance, 0 (alike) to 1. */
  readonly distance: number;
}

/** Bars that a picture can hold. */
const MOST_BARS = 24;
/** A value that fewer real rows hold is not shown by itself. */
const FEWEST = 10;

/** The single columns of two data sets as bars. INVARIANT: computed from real rows; stays where the judgement stays. */
export function chartsOf(domain: Domain, rows: { readonly real: Rows; readonly synthetic: Rows }): readonly Chart[] {
  const sizes = domain.map(sizeOf);
  return domain.map((column, at) => ({
    column: column.name,
    bars: barsOf(column, { ...rows, at, sizes }),
    distance: tableDistance([at], sizes, [rows.real, rows.synthetic]),
  }));
}

interface At {
  readonly real: Rows;
  readonly synthetic: Rows;
  readonly at: number;
  readonly sizes: readonly number[];
}

function barsOf(column: ColumnDomain, { real, synthetic, at, sizes }: At): readonly Bar[] {
  const count = real[at]?.length ?? 0;
  const [a, b] = [sharesOf(real, [at], sizes), sharesOf(synthetic, [at], sizes)];
  const bars = [...a.keys()].map((code) => ({ ...nameOf(column, code), real: a[code] ?? 0, synthetic: b[code] ?? 0 }));
  const spans = column.kind === 'category' ? bars : joined(bars);
  const shown = spans.filter((bar) => bar.real * count >= FEWEST);
  const most = column.kind === 'category' ? [...shown].sort((x, y) => y.real - x.real).slice(0, MOST_BARS) : shown;
  const kept = spans.filter((bar) => most.includes(bar));
  const rest = spans.filter((bar) => !most.includes(bar));
  const sum = (of: (bar: Bar) => number): number => rest.reduce((total, bar) => total + of(bar), 0);
  const rare = { only: 'rare', real: sum(({ real: share }) => share), synthetic: sum(({ synthetic: share }) => share) } as const;
  return rare.real + rare.synthetic === 0 ? kept : [...kept, rare];
}

/** Neighbouring spans come together until there are few enough; empty cells stay by themselves. */
function joined(bars: readonly Bar[]): readonly Bar[] {
  const spans = bars.filter((bar) => !('only' in bar));
  const width = Math.ceil(spans.length / MOST_BARS);
  if (width <= 1) return bars;
  const together: Bar[] = [];
  for (let i = 0; i < spans.length; i += width) {
    const group = spans.slice(i, i + width);
    const [first, last] = [group[0], group.at(-1)];
    if (first === undefined || last === undefined) continue;
    const sum = (of: (bar: Bar) => number): number => group.reduce((total, bar) => total + of(bar), 0);
    const span = { from: startOf(first), until: 'until' in last ? last.until : startOf(last) };
    together.push({ ...span, real: sum(({ real }) => real), synthetic: sum(({ synthetic }) => synthetic) });
  }
  return [...together, ...bars.filter((bar) => 'only' in bar)];
}

function startOf(bar: Bar): string {
  if ('from' in bar) return bar.from;
  return 'value' in bar ? bar.value : '';
}

/** What a number of a column stands for. */
export type Named =
  | { readonly value: string }
  | { readonly from: string; readonly until: string }
  | { readonly only: 'other' | 'missing' };

/** What a number of a column stands for. */
export function nameOf(column: ColumnDomain, code: number): Named {
  if (code === missingCode(column)) return { only: 'missing' };
  if (column.kind === 'code') return { value: String(code) };
  if (column.kind === 'category') return code < plainSize(column) ? { value: column.values[code] ?? '' } : { only: 'other' };
  return { from: edgeOf(column, code), until: edgeOf(column, code + 1) };
}

/** The first value from an edge on, as the column writes values: an edge that was bought need not be one. */
function edgeOf(column: Extract<ColumnDomain, { readonly kind: 'number' | 'date' }>, at: number): string {
  const edge = column.edges[at] ?? '';
  if (column.kind === 'date' || typeof edge === 'string') return String(edge);
  const unit = 10 ** -column.digits;
  return String(Number((Math.ceil(edge / unit - 1e-9) * unit).toFixed(column.digits)));
}
