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

/** Why something failed: our own words, which quote nothing, or the kind and code of an error of the machine, whose message might. */
export function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'error';
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.message;
}
