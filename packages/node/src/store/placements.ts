import type { Database } from './database.ts';
import type { Place } from './logWriter.ts';

/** Places that are remembered, so that whoever asks right after its entry was placed need not ask the database. */
const REMEMBERED = 10_000;

/** Who waits for which entry to stand in the tree. */
export class Placements {
  /** Several may wait for one entry: whoever made the act, and whoever sends it on. */
  readonly #waiting = new Map<string, Set<(place: Place) => void>>();
  readonly #recent = new Map<string, Place>();

  /** Entries stand in the tree and can be found. */
  found(year: number, entries: readonly { readonly id: string; readonly index: bigint }[]): void {
    for (const { id, index } of entries) {
      const place = { year, index };
      this.#recent.set(id, place);
      for (const tell of this.#waiting.get(id) ?? []) tell(place);
    }
    for (const id of this.#recent.keys()) {
      if (this.#recent.size <= REMEMBERED) break;
      this.#recent.delete(id);
    }
  }

  /** The place of an entry as soon as it is known, or undefined after `within` milliseconds. */
  wait(id: string, within: number): Promise<Place | undefined> {
    const known = this.#recent.get(id);
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve) => {
      const end = (place: Place | undefined): void => {
        clearTimeout(timer);
        this.#leave(id, end);
        resolve(place);
      };
      const timer = setTimeout(() => end(undefined), within);
      const others = this.#waiting.get(id) ?? new Set();
      this.#waiting.set(id, others.add(end));
    });
  }

  #leave(id: string, who: (place: Place) => void): void {
    const left = this.#waiting.get(id);
    left?.delete(who);
    if (left?.size === 0) this.#waiting.delete(id);
  }

  /** Looks into the database for what is waited for: another process is the sequencer. */
  async look(db: Database): Promise<void> {
    const ids = [...this.#waiting.keys()];
    if (ids.length === 0) return;
    const rows = await db.selectFrom('log_index').select(['id', 'year', 'index']).where('id', 'in', ids).execute();
    for (const { id, year, index } of rows) this.found(year, [{ id, index: BigInt(index) }]);
  }
}
