import { createHash } from 'node:crypto';
import { ok, type Result, utf8 } from '@comity/core';
import type { SourceHead } from '../check-source.ts';
import { csvRecord } from '../csv.ts';
import { isTable, type TableHead } from '../engines/trinoTable.ts';
import { ExtractRefused, type Keys } from '../extract.ts';
import { type MaskedCell, maskCell } from '../mask.ts';
import type { MinimisePlan } from './plan.ts';
import { type Read, type Reading, type Row, readRows } from './readRows.ts';
import { readTable } from './readTable.ts';
import { type MinimiseReport, reportOf } from './report.ts';

const CHUNK = 64 * 1024;
const SAMPLE_ROWS = 5;

/** A stream of CSV bytes, to be read once, with its report when it has ended. */
export interface Minimisation extends AsyncIterable<Uint8Array> {
  /** Throws when the stream has not been read to its end: that would be a bug of the caller. */
  readonly report: () => MinimiseReport;
}

/** What a plan would let leave: counts and a few masked rows. */
export interface MinimisePreview extends MinimiseReport {
  /** Up to five rows, cells in the order of columnsKept. */
  readonly sample: readonly (readonly MaskedCell[])[];
}

/**
 * The rows and columns of a file that a plan names, as CSV: RFC 4180, UTF-8, a header record, rows in source order, each once. The file is
 * read once however many items there are, hashed at the same time, and must be the same file at the end. Memory does not grow with the rows.
 * Throws ExtractRefused while being read: `preview-stale` when the file changes meanwhile, `zone-missing` when times of asked rows have no
 * offset and the plan no zone, `field-missing` or `field-invalid` for keys, `dataset-unreadable`. A stream that throws has delivered nothing whole: discard it.
 * A table on a cluster is read as readTable says; it has no digest and no order of its own.
 */
export function minimise(plan: MinimisePlan, source: SourceHead | TableHead, keys: Keys): Minimisation {
  const state: { report?: MinimiseReport } = {};
  return {
    [Symbol.asyncIterator]: () => write(plan, source, { keys, done: (report) => Object.assign(state, { report }) }),
    report: () => {
      if (state.report === undefined) throw new Error('the minimised stream has not been read to its end');
      return state.report;
    },
  };
}

function rowsFrom(plan: MinimisePlan, source: SourceHead | TableHead, reading: Reading): AsyncGenerator<undefined> {
  return isTable(source) ? readTable(plan, source, reading) : readRows(plan, source, reading);
}

/** The same reading as minimise, of which nothing leaves but counts and five masked rows. Needs no key. Refuses what minimise throws. */
export async function previewMinimise(plan: MinimisePlan, source: SourceHead | TableHead): Promise<Result<MinimisePreview>> {
  const sample: (readonly MaskedCell[])[] = [];
  const take = (row: Row): void => {
    // Made and thrown away: what is redacted is counted while a record is made.
    row.record();
    if (sample.length < SAMPLE_ROWS) sample.push(masked(plan, source, row.cells()));
  };
  try {
    const state: { read?: Read } = {};
    for await (const _ of rowsFrom(plan, source, { keys: undefined, take, done: (read) => Object.assign(state, { read }) }));
    if (state.read === undefined) throw new Error('a reading ended without its end');
    return ok({ ...reportOf(plan, source, { ...state.read, outputDigest: null }), sample });
  } catch (error) {
    if (error instanceof ExtractRefused) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

interface Run {
  readonly keys: Keys;
  readonly done: (report: MinimiseReport) => void;
}

async function* write(plan: MinimisePlan, source: SourceHead | TableHead, { keys, done }: Run): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  const state: { text: string; read?: Read } = { text: csvRecord(plan.columns.map(({ name }) => name)) };
  const flush = (): Uint8Array => {
    const bytes = utf8(state.text);
    hash.update(bytes);
    state.text = '';
    return bytes;
  };
  const take = (row: Row): void => {
    state.text += row.record();
  };
  for await (const _ of rowsFrom(plan, source, { keys, take, done: (read) => Object.assign(state, { read }) })) {
    if (state.text.length >= CHUNK) yield flush();
  }
  if (state.text !== '') yield flush();
  if (state.read === undefined) throw new Error('a reading ended without its end');
  done(reportOf(plan, source, { ...state.read, outputDigest: hash.digest('hex') }));
}

function masked(plan: MinimisePlan, source: SourceHead | TableHead, cells: readonly (string | null)[]): readonly MaskedCell[] {
  const typeOf = (name: string): string => source.columns.find((column) => column.name === name)?.type ?? '';
  return plan.columns.map((column, i) => maskCell(cells[i], column, typeOf(column.name)));
}
