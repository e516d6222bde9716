import { quoteName, quoteText } from '../engine.ts';
import { type ColumnDomain, missingCode, plainSize } from './domain.ts';

/**
 * SQL for the number of a cell's value in its column's domain, in words that DuckDB and Trino both understand. Null where the domain has no place for the value:
 * the caller counts those and refuses, for nothing is left out in silence.
 */
export function codeSql(column: ColumnDomain): string {
  const text = `CAST(${quoteName(column.name)} AS VARCHAR)`;
  const empty = missingCode(column);
  const known = knownSql(column, text);
  return `CASE WHEN ${text} IS NULL OR ${text} = '' THEN ${empty ?? 'NULL'} ELSE ${known} END`;
}

function knownSql(column: ColumnDomain, text: string): string {
  switch (column.kind) {
    case 'code': {
      const number = `TRY_CAST(${text} AS DOUBLE)`;
      return `CASE WHEN ${number} >= 0 AND ${number} < ${column.size} AND ${number} = floor(${number}) THEN CAST(${number} AS INTEGER) END`;
    }
    case 'category': {
      const listed = column.values.map((value, code) => `WHEN ${quoteText(value)} THEN ${code}`).join(' ');
      return `CASE ${text} ${listed}${column.other ? ` ELSE ${plainSize(column)}` : ''} END`;
    }
    case 'number':
      return binned(`TRY_CAST(${text} AS DOUBLE)`, column.edges.map(String));
    default:
      return binned(
        `TRY_CAST(${text} AS DATE)`,
        column.edges.map((edge) => `DATE ${quoteText(edge)}`),
      );
  }
}

/** The bin of a value by halving: what lies below the first edge or above the last counts to the bin beside it. */
function binned(value: string, edges: readonly string[]): string {
  const within = (low: number, high: number): string => {
    if (high - low === 1) return String(low);
    const middle = (low + high) >> 1;
    return `CASE WHEN ${value} < ${edges[middle]} THEN ${within(low, middle)} ELSE ${within(middle, high)} END`;
  };
  return `CASE WHEN ${value} IS NULL THEN NULL ELSE ${within(0, edges.length - 1)} END`;
}
