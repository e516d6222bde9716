import type { Dice } from '../synthesise/dice.ts';
import { type ColumnDomain, missingCode, plainSize } from './domain.ts';

const GRAIN = 2 ** 32;
const DAY = 86_400_000;

/** A text for a number of a column's domain. Inside a bin every value is as likely as any other: where in it the real ones lay was not looked at. */
export function textOf(column: ColumnDomain, code: number, dice: Dice): string | null {
  if (code === missingCode(column)) return null;
  switch (column.kind) {
    case 'code':
      return String(code);
    case 'category':
      return code < plainSize(column) ? (column.values[code] ?? null) : 'other';
    case 'number':
      return numberIn([column.edges[code] ?? 0, column.edges[code + 1] ?? 0], column.digits, dice);
    default:
      return dayIn([Date.parse(column.edges[code] ?? ''), Date.parse(column.edges[code + 1] ?? '')], dice);
  }
}

function numberIn([from, until]: readonly [number, number], digits: number, dice: Dice): string {
  const unit = 10 ** -digits;
  const first = Math.ceil(from / unit - 1e-9);
  const steps = Math.max(1, Math.ceil(until / unit - 1e-9) - first);
  const at = steps > GRAIN ? Math.floor((dice.below(GRAIN) / GRAIN) * steps) : dice.below(steps);
  return ((first + at) * unit).toFixed(digits);
}

function dayIn([from, until]: readonly [number, number], dice: Dice): string {
  const days = Math.max(1, Math.round((until - from) / DAY));
  return new Date(from + dice.below(days) * DAY).toISOString().slice(0, 10);
}
