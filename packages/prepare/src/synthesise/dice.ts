/** Random bytes from a source that nobody can foresee: `crypto.randomBytes` of the node, never a generator with a seed, for noise that is to protect somebody. */
export type RandomBytes = (length: number) => Uint8Array;

/** Draws whole numbers, exactly uniform. */
export interface Dice {
  /** A whole number from 0 up to, not including, `bound`; 1 ≤ bound ≤ 2^53. */
  readonly below: (bound: number) => number;
}

const BATCH = 1 << 16;
const WORD = 2 ** 32;

/** Dice over a source of random bytes, which are asked for in batches. Rejection keeps every outcome equally likely. */
export function diceFrom(random: RandomBytes): Dice {
  let words: DataView = new DataView(new ArrayBuffer(0));
  let at = 0;
  const word = (): number => {
    if (at + 4 > words.byteLength) {
      const bytes = random(BATCH);
      words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      at = 0;
    }
    at += 4;
    return words.getUint32(at - 4, true);
  };
  const wide = (): number => (word() & 0x1f_ffff) * WORD + word();
  return {
    below: (bound) => {
      if (!(bound >= 1 && bound <= 2 ** 53)) throw new Error('a bound of dice lies between 1 and 2^53');
      const [space, draw] = bound <= WORD ? [WORD, word] : [2 ** 53, wide];
      const usable = space - (space % bound);
      for (;;) {
        const drawn = draw();
        if (drawn < usable) return drawn % bound;
      }
    },
  };
}

/** Puts a list into a random order, in place (Fisher and Yates). */
export function shuffle(list: Int32Array, dice: Dice): void {
  for (let last = list.length - 1; last > 0; last--) {
    const other = dice.below(last + 1);
    const kept = list[last] ?? 0;
    list[last] = list[other] ?? 0;
    list[other] = kept;
  }
}
