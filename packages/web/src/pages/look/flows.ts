import { columnsOf, type Evidence, minorUnits, type RowAt } from './evidence.ts';

/** What went from one account to another, in one currency. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly currency: string;
  /** In ten-thousandths. */
  readonly sum: bigint;
  readonly rows: readonly RowAt[];
}

/** Sums of money by who paid whom, in each currency apart, the largest first. Only tables that have an amount, a payer and a payee; an amount that is no number is counted in `unread`. */
export function flows(tables: readonly Evidence[]): { readonly flows: readonly Flow[]; readonly unread: number } {
  const found = new Map<string, { from: string; to: string; currency: string; sum: bigint; rows: RowAt[] }>();
  let unread = 0;
  for (const [table, evidence] of tables.entries()) {
    const [[amount], [from], [to], [currency]] = (['amount', 'from', 'to', 'currency'] as const).map((role) =>
      columnsOf(evidence, role),
    ) as [readonly number[], readonly number[], readonly number[], readonly number[]];
    if (amount === undefined || from === undefined || to === undefined) continue;
    for (const [row, cells] of evidence.rows.entries()) {
      const units = minorUnits(cells[amount] ?? '');
      if (units === undefined) {
        unread += 1;
        continue;
      }
      const of = {
        from: cells[from] ?? '',
        to: cells[to] ?? '',
        currency: currency === undefined ? '' : (cells[currency] ?? ''),
      };
      const key = `${of.from}\n${of.to}\n${of.currency}`;
      const flow = found.get(key) ?? { ...of, sum: 0n, rows: [] };
      flow.sum += units;
      flow.rows.push({ table, row });
      found.set(key, flow);
    }
  }
  const ranked = [...found.values()].sort((a, b) => (a.sum === b.sum ? 0 : a.sum > b.sum ? -1 : 1));
  return { flows: ranked, unread };
}
