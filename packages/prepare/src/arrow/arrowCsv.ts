import { type FileHandle, open } from 'node:fs/promises';
import * as zlib from 'node:zlib';
import type { Data, RecordBatch } from 'apache-arrow';
import { csvRecord } from '../csv.ts';
import { ExtractRefused } from '../extract.ts';
import { cellTexts } from './cellTexts.ts';
import { readLz4 } from './lz4.ts';

/** Bytes that the packed buffers of one batch may unpack to together: a few megabytes of LZ4 could fill any memory. */
const MOST = 2 ** 30;
const CHUNK = 1 << 18;
/** Arrow's number of the type of which eight lie in a byte. */
const BOOL = 6;

/**
 * An Arrow file or stream (IPC, also packed with LZ4 or ZSTD; Feather 2) as CSV: a header record, then a record for each row, batch by batch, so that memory is bounded by the largest batch, and that by `most` bytes unpacked.
 * CSV is what everything that prepares data reads; see cellTexts.ts for how values are written. Throws ExtractRefused `dataset-unreadable` for what is no sound Arrow, or
 * has two columns of one name; then what was given so far is nothing whole.
 */
export async function* arrowCsv(path: string, most: number = MOST): AsyncGenerator<string> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) throw new ExtractRefused({ code: 'dataset-unreadable' });
  try {
    yield* texts(file, most);
  } catch {
    // The reader's words may quote the data.
    throw new ExtractRefused({ code: 'dataset-unreadable' });
  } finally {
    await file.close().catch(() => {});
  }
}

async function* texts(file: FileHandle, most: number): AsyncGenerator<string> {
  const arrow = await import('apache-arrow');
  const room = { left: most };
  const within =
    (unpack: (bytes: Uint8Array, most: number) => Uint8Array) =>
    (bytes: Uint8Array): Uint8Array => {
      const unpacked = unpack(bytes, room.left);
      room.left -= unpacked.length;
      return unpacked;
    };
  arrow.compressionRegistry.set(arrow.CompressionType.LZ4_FRAME, { decode: within(readLz4) });
  arrow.compressionRegistry.set(arrow.CompressionType.ZSTD, {
    decode: within((bytes, maxOutputLength) => zlib.zstdDecompressSync(bytes, { maxOutputLength })),
  });
  const reader = await arrow.RecordBatchReader.from(file);
  await reader.open();
  const names = reader.schema.fields.map(({ name }) => name);
  if (names.length === 0 || new Set(names).size !== names.length) throw new Error('no columns, or two of one name');
  let text = csvRecord(names);
  for await (const batch of reader) {
    for (const record of recordsOf(batch)) {
      text += record;
      if (text.length < CHUNK) continue;
      yield text;
      text = '';
    }
    room.left = most;
  }
  yield text;
}

/** Rows that a batch may claim of which it holds nothing. */
const EMPTY_ROWS = 1_000_000;

function* recordsOf(batch: RecordBatch): Generator<string> {
  const held = Math.min(...batch.data.children.map(rowsHeld));
  if (batch.numRows > (held === Number.POSITIVE_INFINITY ? EMPTY_ROWS : held)) throw new Error('more rows than are there');
  const columns = batch.schema.fields.map((_, i) => {
    const vector = batch.getChildAt(i);
    return vector === null ? () => null : cellTexts(vector);
  });
  for (let row = 0; row < batch.numRows; row++) yield csvRecord(columns.map((text) => text(row)));
}

/** How many rows a column has bytes for, whatever it says: a damaged number must not become rows without end. */
function rowsHeld({ typeId, valueOffsets, values, stride, children }: Data): number {
  if (valueOffsets !== undefined && valueOffsets.length > 0) return valueOffsets.length - 1;
  if (typeId === BOOL) return (values?.length ?? 0) * 8;
  if (values !== undefined && values.length > 0) return Math.floor(values.length / stride);
  return Math.min(Number.POSITIVE_INFINITY, ...children.map(rowsHeld));
}
