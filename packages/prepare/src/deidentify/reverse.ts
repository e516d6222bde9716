import { ok, type Result, refuse } from '@comity/core';
import { checkSource, type SourceShape } from '../check-source.ts';
import { csvRecord } from '../csv.ts';
import { openFile, quoteName } from '../engine.ts';
import { fromSource } from '../source-sql.ts';
import { type OnPartial, openPartial, type Partial } from './files.ts';
import { cipherOf, KEY_BYTES, remembering } from './keys.ts';
import type { Operation } from './plan.ts';

/** A column that its holder turns back, and how it was ciphered. */
export interface Reversal {
  readonly name: string;
  readonly operation: Extract<Operation, { op: 'siv' | 'ff1' }>;
}

const DIGITS = '0123456789';

/** Reads `column=siv`, `column=ff1` (digits) or `column=ff1:ALPHABET`. Undefined for anything else. */
export function readReversal(text: string): Reversal | undefined {
  const at = text.lastIndexOf('=');
  const [name, how] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1) return undefined;
  if (how === 'siv') return { name, operation: { op: 'siv' } };
  if (how !== 'ff1' && !how.startsWith('ff1:')) return undefined;
  const alphabet = how === 'ff1' ? DIGITS : how.slice(4);
  const radix = new Set(alphabet).size;
  return radix === alphabet.length && radix >= 2 && radix <= 36 ? { name, operation: { op: 'ff1', alphabet } } : undefined;
}

interface ReverseOptions {
  readonly output: string;
  /** The holder's key under which the columns were ciphered. */
  readonly key: Uint8Array;
  readonly onPartial?: OnPartial;
}

/**
 * Writes a released file with some columns as they were before: for the holder of the key alone, and a re-identification where it is of
 * persons. Gives how many rows. Refuses `column-missing`, `field-invalid` for the key, `dataset-unreadable`, and `value-unreadable` with how
 * many rows hold a text that was not made under this key for this column (of `siv`; `ff1` carries no proof of its own).
 */
export async function reverse(
  path: string,
  columns: readonly Reversal[],
  { output, key, onPartial }: ReverseOptions,
): Promise<Result<{ readonly rows: number }>> {
  if (key.length < KEY_BYTES) return refuse('field-invalid', 'key');
  const source = await checkSource(
    path,
    path.toLowerCase().endsWith('.parquet') ? 'parquet' : 'csv',
    columns.map(({ name }) => name),
  );
  if (!source.ok) return source;
  const partial = await openPartial(output, onPartial);
  try {
    const written = await turnBack(source.value, columns, { key, partial });
    if (!written.ok) return written;
    await partial.keep();
    return written;
  } finally {
    await partial.discard();
  }
}

interface Turning {
  readonly key: Uint8Array;
  readonly partial: Partial;
}

async function turnBack(
  source: SourceShape,
  columns: readonly Reversal[],
  { key, partial }: Turning,
): Promise<Result<{ readonly rows: number }>> {
  const works = source.columns.map(({ name }) => {
    const cipher = columns.filter((column) => column.name === name).map((column) => cipherOf(column, key))[0];
    return cipher && remembering(cipher.decrypt);
  });
  const unreadable = new Map<string, number>();
  let rows = 0;
  await partial.write(csvRecord(source.columns.map(({ name }) => name)));
  for await (const row of rowsOf(source)) {
    rows++;
    const made = row.map((cell, i) => (cell === null ? null : (works[i] ?? ((text: string) => text))(cell)));
    made.forEach((cell, i) => {
      const name = source.columns[i]?.name ?? '';
      if (cell === undefined) unreadable.set(name, (unreadable.get(name) ?? 0) + 1);
    });
    await partial.write(csvRecord(made.map((cell) => cell ?? null)));
  }
  const [bad] = unreadable;
  if (bad === undefined) return ok({ rows });
  const [column, count] = bad;
  const op = columns.find(({ name }) => name === column)?.operation.op ?? '';
  return refuse('value-unreadable', column, { column, rows: count, op });
}

async function* rowsOf(source: SourceShape): AsyncGenerator<readonly (string | null)[]> {
  const file = await openFile(source.path);
  try {
    const texts = source.columns.map(({ name }) => `nullif(CAST(${quoteName(name)} AS VARCHAR), '')`);
    const result = await file.connection.stream(`SELECT ${texts.join(', ')} ${fromSource(source)}`, [source.path]);
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) return;
      for (const row of chunk.getRows()) yield row.map((value) => (value === null ? null : String(value)));
    }
  } finally {
    file.close();
  }
}
