import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateOfficeIdentity, type SealKind } from '@comity/seal';
import type { Spent } from '../measure.ts';
import { type Age, proveSame } from './age.ts';
import { childSpent } from './child.ts';
import { commandSpent, type OursSpent, oursSpent } from './ours.ts';

const MIB = 1024 * 1024;

/** A file, and the office that it is sealed to. */
export interface Work {
  readonly dir: string;
  readonly plain: string;
  /** File of its identity. */
  readonly key: string;
  /** File of its recipient. */
  readonly to: string;
  readonly recipient: string;
}

/** One way and back, by both. */
export interface Round {
  readonly seal: Sides;
  readonly unseal: Sides;
}

/** What both sides took for the same. */
export interface Sides {
  readonly ours: OursSpent;
  /** The `comity` command. */
  readonly command: Spent;
  readonly age: Spent | undefined;
}

/** Writes random bytes to a file, and a key file of an office. */
export async function prepare(dir: string, mebibytes: number, kind: SealKind): Promise<Work> {
  const plain = join(dir, `plain-${mebibytes}`);
  const output = createWriteStream(plain);
  for (let i = 0; i < mebibytes; i++) if (!output.write(randomBytes(MIB))) await once(output, 'drain');
  output.end();
  await once(output, 'close');
  const { identity, recipient } = await generateOfficeIdentity(kind);
  const key = join(dir, `key-${mebibytes}`);
  writeFileSync(key, `${identity}\n`, { mode: 0o600 });
  const to = join(dir, `to-${mebibytes}`);
  writeFileSync(to, `${recipient}\n`);
  return { dir, plain, key, to, recipient };
}

/** Rounds in which the two take turns, and both write fresh files, so that neither pays for what the other left. What one sealed, the other opens in the end. */
export function roundsOf(work: Work, age: Age | undefined, count: number): readonly Round[] {
  const [ours, theirs] = [join(work.dir, 'ours'), join(work.dir, 'theirs')];
  const all = [ours, `${ours}.age`, `${ours}.plain`, `${ours}.again`, theirs, `${theirs}.plain`];
  const round = (_: unknown, turn: number): Round => {
    fresh(...all);
    const sealed = inTurn(turn, {
      ours: () => oursSpent(['seal', work.plain, ours, work.to]),
      command: () => commandSpent(['seal', work.plain, '-R', work.to, '-o', `${ours}.age`]),
      age: () => (age === undefined ? undefined : childSpent(age.program, ['-R', work.to, '-o', theirs, work.plain])),
    });
    const opened = inTurn(turn, {
      ours: () => oursSpent(['unseal', ours, `${ours}.plain`, work.key]),
      command: () => commandSpent(['unseal', `${ours}.age`, '-i', work.key, '-o', `${ours}.again`]),
      age: () => (age === undefined ? undefined : ageOpens(age, work, [theirs, `${theirs}.plain`])),
    });
    return { seal: sealed, unseal: opened };
  };
  const rounds = Array.from({ length: count }, round);
  crossOpen(work, age);
  fresh(...all);
  return rounds;
}

/** Each side is the first in one round of three, and finds the disk at rest: what is still to be written slows down whoever comes later. */
function inTurn(turn: number, sides: { readonly [Side in keyof Sides]: () => Sides[Side] }): Sides {
  const rested = <T>(work: () => T): T => {
    spawnSync('sync');
    return work();
  };
  if (turn % 3 === 0) return { ours: rested(sides.ours), command: rested(sides.command), age: rested(sides.age) };
  if (turn % 3 === 1) return { age: rested(sides.age), ours: rested(sides.ours), command: rested(sides.command) };
  return { command: rested(sides.command), age: rested(sides.age), ours: rested(sides.ours) };
}

function ageOpens({ program }: Age, { key }: Work, [from, to]: readonly [string, string]): Spent {
  return childSpent(program, ['-d', '-i', key, '-o', to, from]);
}

/** Throws when one does not open what the other sealed. */
function crossOpen(work: Work, age: Age | undefined): void {
  const [ours, theirs] = [join(work.dir, 'ours'), join(work.dir, 'theirs')];
  proveSame([
    [`${ours}.plain`, work.plain],
    [`${ours}.again`, work.plain],
  ]);
  if (age === undefined) return;
  fresh(`${ours}.plain`, `${ours}.again`, `${theirs}.plain`);
  ageOpens(age, work, [ours, `${theirs}.plain`]);
  oursSpent(['unseal', theirs, `${ours}.plain`, work.key]);
  proveSame([
    [`${ours}.plain`, work.plain],
    [`${theirs}.plain`, work.plain],
  ]);
}

function fresh(...files: readonly string[]): void {
  for (const file of files) rmSync(file, { force: true });
}
