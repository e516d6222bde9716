/** Where bytes are read from, a piece at a time into memory of the reader's. */
export interface Source {
  /** Fills a beginning of `into` and says how many bytes of it; 0 only when the source has ended. */
  readonly read: (into: Uint8Array) => number | Promise<number>;
  /** Lets go of the source; called once, also when it was not read to its end. */
  readonly close?: () => void | Promise<void>;
}

/** Where bytes are written to. */
export interface Sink {
  /** Writes all parts in their order. The parts are the writer's own memory: they are used no more once this has returned or resolved. */
  readonly write: (parts: readonly Uint8Array[]) => void | Promise<void>;
}

/** Reads a stream as a source. Closing it ends the stream. */
export function sourceOf(pieces: AsyncIterable<Uint8Array>): Source {
  const iterator = pieces[Symbol.asyncIterator]();
  let left: Uint8Array = new Uint8Array(0);
  const hand = (into: Uint8Array): number => {
    const count = Math.min(into.length, left.length);
    into.set(left.subarray(0, count));
    left = left.subarray(count);
    return count;
  };
  const read = async (into: Uint8Array): Promise<number> => {
    while (left.length === 0) {
      const step = await iterator.next();
      if (step.done === true) return 0;
      left = step.value;
    }
    return hand(into);
  };
  return {
    read: (into) => (left.length > 0 ? hand(into) : read(into)),
    close: async () => void (await iterator.return?.()),
  };
}

/** A source with bytes put before it. */
export function prepend(first: Uint8Array, rest: Source): Source {
  let left = first;
  const read = (into: Uint8Array): number | Promise<number> => {
    if (left.length === 0) return rest.read(into);
    const count = Math.min(into.length, left.length);
    into.set(left.subarray(0, count));
    left = left.subarray(count);
    return count;
  };
  return { ...rest, read };
}

/** Reads until `into` is full or the source has ended; the count of bytes read. */
export async function fill(source: Source, into: Uint8Array): Promise<number> {
  let used = 0;
  while (used < into.length) {
    const count = await source.read(into.subarray(used));
    if (count === 0) break;
    used += count;
  }
  return used;
}

/** A source as a stream of pieces, each in memory of its own. */
export async function* piecesOf(source: Source, size: number): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      const piece = new Uint8Array(size);
      const used = await fill(source, piece);
      if (used > 0) yield piece.subarray(0, used);
      if (used < size) return;
    }
  } finally {
    await source.close?.();
  }
}
