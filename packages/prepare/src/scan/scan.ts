import { ok, type Result, refuse } from '@comity/core';
import type { DuckDBConnection } from '@duckdb/node-api';
import { isUnchanged, type SourceShape } from '../check-source.ts';
import { isOutOfMemory, quoteName, withFile } from '../engine.ts';
import { refusalOf } from '../engines/ask.ts';
import { isTable, type TableHead } from '../engines/trinoTable.ts';
import { fromSource } from '../source-sql.ts';
import { insideCells } from './cells.ts';
import { classify } from './classify.ts';
import type { Detector } from './detector.ts';
import { detectorsFor } from './detectors/all.ts';
import { isDatum, isHeader } from './header-record.ts';
import { batchesOf, type Counted, groupColumn, type Measured, measureColumns, readSample, sampleSql, stepOf } from './measure.ts';
import { readCluster, type ScanRead } from './readCluster.ts';
import type { ScanColumn, ScanFinding, ScanReport } from './report.ts';
import { shapesOf } from './shapes.ts';
import { needsSweep, readSweep, sweepSql, sweptFindings } from './sweep.ts';

export interface ScanOptions {
  /** Column whose different values are the people that the data are about. */
  readonly subject?: string;
  /** Countries that the data come from, ISO 3166-1: how telephone numbers without a country are read. */
  readonly countries?: readonly string[];
  /** Chooses the sample; the same seed gives the same report. */
  readonly seed?: number;
}

/**
 * Says what a checked file holds, column by column, and which rules that falls under. Reads it twice in the engine; values leave it only as a sample, and
 * the report only masked. Refuses `column-missing` for a subject that is not there and `dataset-unreadable` for a file that changed since it was checked
 * or does not fit in the engine's memory. A table on a cluster is read there; then it refuses what refusalOf makes of a failed statement.
 */
export async function scan(source: SourceShape | TableHead, options: ScanOptions = {}): Promise<Result<ScanReport>> {
  const { subject, seed = 1 } = options;
  if (subject !== undefined && !source.columns.some(({ name }) => name === subject))
    return refuse('column-missing', subject, { column: subject });
  if (isTable(source)) return scanTable(source, { ...options, seed });
  if (!(await isUnchanged(source))) return refuse('dataset-unreadable');
  const read = await readFrom(source, { ...options, seed });
  if (read === undefined || !(await isUnchanged(source))) return refuse('dataset-unreadable');
  return ok(reportOf(source, read, { ...options, seed }));
}

type Seeded = ScanOptions & { readonly seed: number };

async function scanTable(head: TableHead, options: Seeded): Promise<Result<ScanReport>> {
  try {
    const read = await readCluster(head, options);
    return ok(reportOf(head, { ...read, samples: read.samples.map(inOrder) }, options));
  } catch (error) {
    return refusalOf(error);
  }
}

async function readFrom(source: SourceShape, options: Seeded): Promise<ScanRead | undefined> {
  try {
    return await withFile(source.path, (connection) => readAll(connection, source, options));
  } catch (error) {
    // The engine throws plain errors, whose message may quote data; any other kind is a bug of ours.
    if (!(error instanceof Error) || error.constructor !== Error) throw error;
    return undefined;
  }
}

async function readAll(connection: DuckDBConnection, source: SourceShape, options: Seeded): Promise<ScanRead> {
  const measured = await measureColumns(connection, source);
  const looked: LookedAt[] = [];
  for (const batch of batchesOf(measured)) looked.push(...(await lookAt(connection, source, { batch, seed: options.seed })));
  return {
    measured,
    samples: looked.map(({ sample }) => inOrder(sample)),
    swept: looked.map(({ swept }) => swept),
    subjects: options.subject === undefined ? null : await countExactly(connection, source, options.subject),
  };
}

interface LookedAt {
  readonly sample: readonly Counted[];
  readonly swept: ReturnType<typeof readSweep>;
}

interface Batch {
  readonly batch: readonly Measured[];
  readonly seed: number;
}

/** The second pass over some of the columns. */
async function lookAt(connection: DuckDBConnection, source: SourceShape, { batch, seed }: Batch): Promise<readonly LookedAt[]> {
  // A Parquet file gives single columns away cheaply; a CSV must be parsed whole each time.
  const grouped = (column: Measured): boolean => source.format === 'parquet' && stepOf(column) === 1;
  const parts = batch.flatMap((column) => [
    grouped(column) ? 'NULL' : sampleSql(column, seed),
    ...(needsSweep(column) ? sweepSql(column, seed) : ['NULL', 'NULL']),
  ]);
  const reader = await connection.runAndReadAll(`SELECT ${parts.join(', ')} ${fromSource(source)}`, [source.path]);
  const answers = reader.getRowsJson()[0] ?? [];
  const looked: LookedAt[] = [];
  for (const [i, column] of batch.entries()) {
    const sample = grouped(column) ? await groupColumn(connection, source, column) : readSample(answers[3 * i]);
    looked.push({ sample, swept: readSweep(answers[3 * i + 1], answers[3 * i + 2]) });
  }
  return looked;
}

/** Values in an order of their own, so that the same file gives the same report. */
function inOrder(values: readonly Counted[]): readonly Counted[] {
  return values.toSorted((a, b) => (a.text < b.text ? -1 : 1));
}

/** Different values of a column, or null where they do not fit in memory: a bound must not be a guess. */
async function countExactly(connection: DuckDBConnection, source: SourceShape, column: string): Promise<number | null> {
  try {
    const sql = `SELECT count(DISTINCT ${quoteName(column)}) ${fromSource(source)}`;
    const reader = await connection.runAndReadAll(sql, [source.path]);
    return Number(reader.getRowsJson()[0]?.[0]);
  } catch (error) {
    if (isOutOfMemory(error)) return null;
    throw error;
  }
}

function reportOf(source: SourceShape | TableHead, read: ScanRead, options: Seeded): ScanReport {
  const detectors = detectorsFor(options.countries ?? []);
  const names = source.columns.map(({ name }) => name);
  const below = read.samples.map((values) => new Set(values.map(({ text }) => text)));
  const header = isTable(source) || source.format !== 'csv' || isHeader(names, below, detectors);
  const columns = read.measured.flatMap((column, i) => {
    const values = header ? (read.samples[i] ?? []) : withFirst(read.samples[i] ?? [], column.name);
    const shown = header && !isDatum(column.name, detectors) ? column.name : `column ${i + 1}`;
    const swept = sweptFindings(read.swept[i] ?? { rows: 0, some: [] }, column, detectors);
    return columnsOf({ column, shown, header: header ? column.name : '', values, swept }, detectors);
  });
  const extra = header ? 0 : 1;
  const rows = (read.measured[0]?.rows ?? 0) + extra;
  const subjects =
    options.subject === undefined || read.subjects === null ? null : { column: options.subject, distinct: read.subjects };
  const named = isTable(source) ? { sha256: null, table: source.seen } : { sha256: source.sha256 };
  return { v: 1, ...named, rows, header, columns, subjects: header ? subjects : null, seed: options.seed };
}

/** What stood where names should: the first record's value is a value like the others. */
function withFirst(values: readonly Counted[], first: string): readonly Counted[] {
  if (values.some(({ text }) => text === first))
    return values.map((value) => (value.text === first ? { text: first, count: value.count + 1 } : value));
  return /^column \d+$/.test(first) ? values : [...values, { text: first, count: 1 }];
}

interface Looked {
  readonly column: Measured;
  /** The name as it may be shown. */
  readonly shown: string;
  /** The name as far as it says something. */
  readonly header: string;
  readonly values: readonly Counted[];
  readonly swept: readonly ScanFinding[];
}

/** A column, and the places inside its cells. */
function columnsOf(looked: Looked, detectors: readonly Detector[]): readonly ScanColumn[] {
  const inside = insideCells(looked.values);
  const outer = columnOf(looked, detectors);
  return [
    outer,
    ...inside.map(({ path, values }) => {
      const name = [looked.shown, ...path].join('.');
      const header = path
        .filter((part) => part !== '[]' && part !== '*')
        .slice(-2)
        .join(' ');
      const lengths = values.map(({ text }) => text.length);
      const { classes, identifying, reason } = classify(header, values, detectors);
      const rows = values.reduce((sum, { count }) => sum + count, 0);
      return {
        ...outer,
        name,
        nulls: Math.max(0, outer.sample.rows - rows),
        distinct: values.length,
        minLength: Math.min(...lengths),
        maxLength: Math.max(...lengths),
        shapes: shapesOf(values),
        sample: { distinct: values.length, rows, complete: outer.sample.complete },
        classes,
        identifying,
        reason,
      };
    }),
  ];
}

function columnOf({ column, shown, header, values, swept }: Looked, detectors: readonly Detector[]): ScanColumn {
  const { classes, identifying, reason } = classify(header, values, detectors);
  const rare = swept.filter((one) => !classes.some((other) => other.class === one.class));
  const complete = stepOf(column) === 1;
  return {
    name: shown,
    type: column.type,
    rows: column.rows,
    nulls: column.rows - column.filled,
    distinct: complete ? values.length : column.distinct,
    minLength: column.minLength,
    maxLength: column.maxLength,
    shapes: shapesOf(values),
    sample: { distinct: values.length, rows: values.reduce((sum, { count }) => sum + count, 0), complete },
    classes: [...classes, ...rare],
    identifying: identifying || rare.length > 0,
    reason: rare.length > 0 ? 'identifying-class' : reason,
  };
}
