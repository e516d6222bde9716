import type { Binder } from './bind.ts';
import type { RedactKind } from './catalogue.ts';
import type { SourceColumn } from './check-source.ts';
import { columnSql, type KeyOf } from './column-sql.ts';
import { csvField } from './csv.ts';
import { quoteName } from './engine.ts';
import type { PlanColumn } from './plan.ts';
import { redact } from './redact.ts';

/** What of one column was redacted. */
export interface RedactedColumn {
  readonly column: string;
  readonly cells: number;
  readonly pieces: number;
}

/** A part of a record: a piece of CSV as it is written, or a free text that is redacted first. */
type Part = { readonly text: true } | { readonly text: false; readonly column: string; readonly kinds: readonly RedactKind[] };

/** A record as the engine gives it: a select list of values from the source, the SQL expressions over those values, and how their texts become one record of CSV. */
export interface RecordShape {
  /** `expression AS name` each; without them the expressions have nothing to stand on. */
  readonly values: readonly string[];
  readonly expressions: readonly string[];
  readonly parts: readonly Part[];
}

export interface RecordSource {
  readonly columns: readonly PlanColumn[];
  readonly types: readonly SourceColumn[];
  readonly binder: Binder;
  readonly keyOf: KeyOf | undefined;
  /** What names of values begin with; no column's name does. */
  readonly prefix: string;
}

const LINE_END = `chr(13) || chr(10)`;

/**
 * The record of a row, RFC 4180 with its line end, made by the engine: one text for a row is some five times faster than a cell for each
 * column. Only columns of free text are given apart, since what is redacted there is found and counted here.
 */
export function recordShape(source: RecordSource): RecordShape {
  const { columns, prefix } = source;
  const shape: { values: string[]; expressions: string[]; parts: Part[] } = { values: [], expressions: [], parts: [] };
  let fields: string[] = [];
  const flush = (): void => {
    if (fields.length === 0) return;
    shape.expressions.push(fields.join(' || '));
    shape.parts.push({ text: true });
    fields = [];
  };
  for (const [i, column] of columns.entries()) {
    const value = quoteName(`${prefix}c${i}`);
    shape.values.push(`${valueSql(column, source)} AS ${value}`);
    if (i > 0) fields.push(`','`);
    if (column.transform.op === 'redact') {
      flush();
      shape.expressions.push(value);
      shape.parts.push({ text: false, column: column.name, kinds: column.transform.kinds });
    } else fields.push(fieldSql(value, columns.length === 1));
  }
  fields.push(LINE_END);
  flush();
  return shape;
}

function valueSql(column: PlanColumn, { types, binder, keyOf }: RecordSource): string {
  if (column.transform.op === 'redact') return `CAST(${quoteName(column.name)} AS VARCHAR)`;
  const type = types.find(({ name }) => name === column.name)?.type ?? '';
  return columnSql({ column, type, binder, keyOf });
}

/** A field of a record; as csvRecord of csv.ts writes it. */
function fieldSql(value: string, alone: boolean): string {
  const special = [`','`, `'"'`, 'chr(10)', 'chr(13)'].map((character) => `contains(${value}, ${character})`).join(' OR ');
  const empty = alone ? `WHEN ${value} = '' THEN '""' ` : '';
  const quoted = `CASE ${empty}WHEN ${special} THEN '"' || replace(${value}, '"', '""') || '"' ELSE ${value} END`;
  return `coalesce(${quoted}, '${alone ? '""' : ''}')`;
}

/** What the names of our own values begin with: no column of the source begins so. */
export function freePrefix(columns: readonly SourceColumn[]): string {
  let prefix = 'comity_';
  while (columns.some(({ name }) => name.toLowerCase().startsWith(prefix))) prefix += '_';
  return prefix;
}

/** Puts records together and counts what was redacted in them. */
export interface Recorder {
  /** The record of a row, from its texts in the order of the expressions. */
  readonly record: (texts: readonly (string | null)[]) => string;
  readonly redacted: () => readonly RedactedColumn[];
}

export function recorderFor({ parts }: RecordShape): Recorder {
  const counts = new Map<string, { cells: number; pieces: number }>();
  for (const part of parts) if (!part.text) counts.set(part.column, { cells: 0, pieces: 0 });
  const alone = parts.length === 2 && parts[0]?.text === false;
  const field = (part: Part, text: string | null): string => {
    if (part.text) return text ?? '';
    const { text: left, pieces } = redact(text ?? '', part.kinds);
    const count = counts.get(part.column);
    if (count !== undefined && pieces > 0) {
      count.cells++;
      count.pieces += pieces;
    }
    return alone && left === '' ? '""' : csvField(left);
  };
  return {
    record: (texts) => parts.map((part, i) => field(part, texts[i] ?? null)).join(''),
    redacted: () => [...counts].map(([column, count]) => ({ column, ...count })),
  };
}
