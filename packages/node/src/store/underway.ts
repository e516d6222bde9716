import type { Batch } from './logBatch.ts';
import type { Place } from './logWriter.ts';

/** Entries that somebody waits for. */
export interface Queued {
  readonly entries: readonly Uint8Array[];
  readonly done: (place: Place) => void;
  readonly failed: (error: Error) => void;
}

/** A batch on its way into the database, and whom to tell. */
export interface Underway {
  readonly batch: Batch;
  readonly checkpoint: string;
  readonly redactions: number;
  readonly first: Uint8Array;
  readonly told: readonly Queued[];
}

/** Tells everybody who waits for a batch where their entries stand. */
export function tell({ batch, told }: Underway): void {
  let index = batch.before.edge.size;
  for (const { entries, done } of told) {
    done({ year: batch.before.year, index });
    index += BigInt(entries.length);
  }
}

/** The kind of an error, without a message that might quote what was written. */
export function kindOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? ` ${String(error.code)}` : '';
  return `${error instanceof Error ? error.name : 'error'}${code}`;
}
