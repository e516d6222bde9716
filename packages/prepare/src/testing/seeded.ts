import { createCipheriv } from 'node:crypto';
import { type Dice, diceFrom, type RandomBytes } from '../synthesise/dice.ts';

/** Bytes that anybody can foresee, so that a test shows the same each time. Only tests reach this. */
export function seededBytes(seed: number): RandomBytes {
  const key = Buffer.alloc(32);
  key.writeUInt32LE(seed);
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  return (length) => new Uint8Array(cipher.update(Buffer.alloc(length)));
}

export function seededDice(seed: number): Dice {
  return diceFrom(seededBytes(seed));
}
