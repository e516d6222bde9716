import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { ok, type Result, refuse } from '@comity/core';
import type { SourceFormat } from './catalogue.ts';
import { quoteName, withFile } from './engine.ts';
import { type Delimiter, readHeader } from './header.ts';
import { fromSource, JSON_COLUMNS, JSON_NAMES } from './source-sql.ts';

export interface SourceColumn {
  readonly name: string;
  /** DuckDB's name of the type; every column of a CSV is VARCHAR. */
  readonly type: string;
}

/** What a data file says of itself at its head, and when; its rows were not read. */
export interface SourceHead {
  readonly path: string;
  /** `table`: rows of a cluster's table that are in the engine's memory. */
  readonly format: SourceFormat | 'table';
  readonly delimiter: Delimiter | null;
  readonly columns: readonly SourceColumn[];
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** A data file that was found readable, as it was when it was checked. */
export interface SourceShape extends SourceHead {
  readonly format: SourceFormat;
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
}

const HEADER_LIMIT = 1_000_000;
/** DuckDB expands these in paths; a path that holds one could name more than one file. */
const GLOB = /[*?[\]{}]/;

/**
 * Reads a data file once and says what it holds. CSV must be UTF-8 with a header record and as many fields in every record (RFC 4180); JSON a list of objects, or one object a line.
 * Refuses `dataset-unreadable` (no such file, other format, other encoding, ragged records, two columns of one name) and
 * `column-missing` naming the column. Bad files never throw.
 */
export async function checkSource(path: string, format: SourceFormat, expected: readonly string[]): Promise<Result<SourceShape>> {
  const read = await readOnce(path, format);
  if (read === undefined) return refuse('dataset-unreadable');
  const head = await lookAtSource(path, format, expected);
  if (!head.ok) return head;
  const whole: SourceShape = { ...head.value, ...read };
  return (await parses(whole)) ? ok(whole) : refuse('dataset-unreadable');
}

/**
 * The columns of a data file, read from its head alone: for work that reads the rows once, and finds then whether they are sound.
 * Refuses `dataset-unreadable` and `column-missing` as checkSource does.
 */
export async function lookAtSource(
  path: string,
  format: SourceFormat,
  expected: readonly string[],
): Promise<Result<SourceHead & Pick<SourceShape, 'format'>>> {
  const now = await stat(path).catch(() => undefined);
  if (now === undefined || !now.isFile() || GLOB.test(path)) return refuse('dataset-unreadable');
  const shape = await shapeOf(path, format, expected);
  if (shape === undefined || hasTwins(shape.columns)) return refuse('dataset-unreadable');
  const missing = expected.find((name) => !shape.columns.some((column) => column.name === name));
  if (missing !== undefined) return refuse('column-missing', missing, { column: missing });
  return ok({ path, format, ...shape, bytes: now.size, modified: now.mtimeMs });
}

/** Whether the file still is the one that was checked (size and time of change). */
export async function isUnchanged(source: SourceHead): Promise<boolean> {
  const now = await stat(source.path).catch(() => undefined);
  return now?.size === source.bytes && now.mtimeMs === source.modified;
}

async function readOnce(
  path: string,
  format: SourceFormat,
): Promise<Pick<SourceShape, 'bytes' | 'modified' | 'sha256'> | undefined> {
  try {
    const { size, mtimeMs } = await stat(path);
    const hash = createHash('sha256');
    const decoder = new TextDecoder('utf-8', { fatal: true });
    for await (const chunk of createReadStream(path, { highWaterMark: roomFor(size, 1 << 20) })) {
      hash.update(chunk);
      if (format !== 'parquet') decoder.decode(chunk, { stream: true });
    }
    if (format !== 'parquet') decoder.decode();
    return { bytes: size, modified: mtimeMs, sha256: hash.digest('hex') };
  } catch {
    // Not there, not ours to read, or not UTF-8: the caller's answer is the same, and the reason may quote the file's content.
    return undefined;
  }
}

/** Bytes to read a file of a size with: what stands empty of a larger buffer is cleared and collected for nothing. */
function roomFor(size: number, most: number): number {
  return Math.min(most, Math.max(size, 1 << 12));
}

type Shape = Pick<SourceShape, 'columns' | 'delimiter'>;

async function shapeOf(path: string, format: SourceFormat, expected: readonly string[]): Promise<Shape | undefined> {
  if (format === 'csv') return csvColumns(path, expected);
  if (format === 'parquet') return describedColumns(path, 'DESCRIBE SELECT * FROM read_parquet($1)');
  return jsonColumns(path);
}

async function jsonColumns(path: string): Promise<Shape | undefined> {
  const [shape, written] = [await describedColumns(path, JSON_COLUMNS), await describedColumns(path, JSON_NAMES)];
  const names = new Set(written?.columns.map(({ name }) => name));
  if (shape === undefined || names.size !== shape.columns.length || shape.columns.some(({ name }) => !names.has(name)))
    return undefined;
  // Types are a guess from the values; what leaves is what stands there.
  return { ...shape, columns: shape.columns.map(({ name }) => ({ name, type: 'VARCHAR' })) };
}

async function csvColumns(path: string, expected: readonly string[]): Promise<Shape | undefined> {
  // Not ours to read is as good as not there.
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(roomFor(size, HEADER_LIMIT)) });
    const header = readHeader(buffer.toString('utf8', 0, bytesRead), expected);
    if (header === undefined) return undefined;
    return { delimiter: header.delimiter, columns: header.names.map((name) => ({ name, type: 'VARCHAR' })) };
  } finally {
    await file.close();
  }
}

async function describedColumns(path: string, sql: string): Promise<Shape | undefined> {
  try {
    const rows = await withFile(path, async (connection) => {
      const reader = await connection.runAndReadAll(sql, [path]);
      return reader.getRowsJson();
    });
    return { delimiter: null, columns: rows.map(([name, type]) => ({ name: String(name), type: String(type) })) };
  } catch {
    return undefined;
  }
}

/** SQL does not tell `Email` from `email`; a file with both cannot be selected from without doubt. */
function hasTwins(columns: readonly SourceColumn[]): boolean {
  return new Set(columns.map(({ name }) => name.toLowerCase())).size !== columns.length;
}

/** Makes the engine parse every value once: a ragged record or a damaged page shows now, not half-way through a delivery. */
async function parses(source: SourceShape): Promise<boolean> {
  const counts = source.columns.map(({ name }) => `count(${quoteName(name)})`);
  try {
    await withFile(source.path, (connection) =>
      connection.run(`SELECT ${counts.join(', ')} ${fromSource(source)}`, [source.path]),
    );
    return true;
  } catch {
    return false;
  }
}
