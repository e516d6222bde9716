import { type Dice, diceFrom } from '../synthesise/dice.ts';

/**
 * Dice that anybody can foresee, so that the same rows are judged the same way twice (xorshift32, Marsaglia 2003).
 * INVARIANT: for judging alone, never for noise or for what leaves: it protects nobody.
 */
export function repeatableDice(seed: number): Dice {
  // Zero would stay zero.
  let state = (Math.imul(seed, 0x9e37_79b1) | 1) >>> 0;
  return diceFrom((length) => {
    const words = new Uint32Array(Math.ceil(length / 4));
    for (let i = 0; i < words.length; i++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      words[i] = state;
    }
    return new Uint8Array(words.buffer).subarray(0, length);
  });
}
