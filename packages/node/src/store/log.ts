import type { Place, Standing } from './logWriter.ts';

/** The log of a node, as one of perhaps several processes on its database sees it. */
export interface Log {
  /** Puts entries into this year's tree; the place of the first, once all are durable and the head outside the database knows of them. */
  readonly append: (entries: readonly Uint8Array[]) => Promise<Place>;
  /** Where an entry that was staged stands, once it stands in the tree and can be found; undefined when that takes longer than `within` milliseconds. */
  readonly placeOf: (id: string, within?: number) => Promise<Place | undefined>;
  readonly standing: () => Standing;
  /** A signed head was shown to us that is newer than the database: nothing is signed any more. */
  readonly fallBehind: () => void;
  /**
   * Takes up what the database has lost: entries that follow it, and the signed note of ours that they lead to, from whoever kept a copy. True when the tree is
   * that of the note afterwards, and sequencing goes on; false when they do not fit, and nothing was changed. Only while the log is behind.
   */
  readonly adopt: (lost: Lost) => Promise<boolean>;
  readonly stop: () => Promise<void>;
}

/** What a database has lost of the log of a year. */
export interface Lost {
  readonly year: number;
  readonly entries: readonly Uint8Array[];
  readonly note: string;
}
