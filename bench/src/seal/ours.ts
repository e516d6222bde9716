import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { seal } from '@comity/seal';
import { chunkSealer, release } from '../../../packages/seal/src/chunks.ts';
import { type Spent, spend } from '../measure.ts';
import { childSpent } from './child.ts';

/** What one run of ours took in a fresh process. */
export interface OursSpent {
  /** From the open files to their last byte. */
  readonly work: Spent;
  /** MiB of memory at its peak. */
  readonly rss: number;
}

const MIB = 1024 * 1024;

/** Seals or unseals a file in a fresh process. Throws what it says when that fails. */
export function oursSpent(args: readonly string[]): OursSpent {
  const done = spawnSync(process.execPath, [fileURLToPath(import.meta.resolve('./once.ts')), ...args], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`sealing failed: ${done.stderr}`);
  return JSON.parse(done.stdout);
}

/** What the command takes from its start to its end, as age is counted: `seal` or `unseal` and what follows. */
export function commandSpent(args: readonly string[]): Spent {
  const main = fileURLToPath(new URL('../../../packages/cli/src/main.ts', import.meta.url));
  return childSpent(process.execPath, [main, ...args]);
}

/** Seals as a node does, which also needs the SHA-256 of plaintext and sealed file. */
export async function nodeSpent({ from, to, recipient }: Readonly<Record<'from' | 'to' | 'recipient', string>>): Promise<Spent> {
  return await spend(async () => {
    const sealing = await seal(createReadStream(from, { highWaterMark: MIB }), [recipient]);
    if (!sealing.ok) throw new Error(sealing.refusal.code);
    await pipeline(sealing.value.ciphertext, createWriteStream(to));
  });
}

/** MiB a second of CPU that the sealing loop makes of random bytes in memory. */
export async function loopRate(mebibytes: number): Promise<number> {
  const plain = randomBytes(MIB / 4);
  const sealChunks = chunkSealer(randomBytes(32));
  const work = (count: number): void => {
    for (let i = 0; i < count; i++) release(sealChunks(plain, false));
  };
  work(400);
  const spent = await spend(async () => work(4 * mebibytes));
  return mebibytes / spent.cpu;
}
