/** Longest pause between two tries to reach a peer, in seconds: a peer that was down for an hour has everything half a minute after it is back. */
export const LONGEST_PAUSE = 30;

const FIRST_PAUSE = 0.5;

/** How long to wait before the next try, in seconds: it doubles, up to the longest, and it never gives up. */
export class Pauses {
  readonly #last = new Map<string, number>();

  next(what: string): number {
    const last = this.#last.get(what);
    const pause = last === undefined ? FIRST_PAUSE : Math.min(last * 2, LONGEST_PAUSE);
    this.#last.set(what, pause);
    return pause;
  }

  /** It worked: the next failure starts with the shortest pause again. */
  forget(what: string): void {
    this.#last.delete(what);
  }
}
