import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateOfficeIdentity, type SealKind } from '@comity/seal';
import type { Spent } from '../measure.ts';
import { type Age, ageSpent, proveSame } from './age.ts';
import { type OursSpent, oursSpent } from './ours.ts';

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
  const round = (): Round => {
    fresh(ours, theirs, `${ours}.plain`, `${theirs}.plain`);
    const sealed = { ours: oursSpent(['seal', work.plain, ours, work.to]), age: ageSeals(age, work, theirs) };
    const opened = {
      ours: oursSpent(['unseal', ours, `${ours}.plain`, work.key]),
      age: age === undefined ? undefined : ageSpent(age, ['-d', '-i', work.key, '-o', `${theirs}.plain`, theirs]),
    };
    return { seal: sealed, unseal: opened };
  };
  const rounds = Array.from({ length: count }, round);
  crossOpen(work, age);
  fresh(ours, theirs, `${ours}.plain`, `${theirs}.plain`);
  return rounds;
}

function ageSeals(age: Age | undefined, { recipient, plain }: Work, to: string): Spent | undefined {
  return age === undefined ? undefined : ageSpent(age, ['-r', recipient, '-o', to, plain]);
}

/** Throws when one does not open what the other sealed. */
function crossOpen({ dir, key, plain }: Work, age: Age | undefined): void {
  const [ours, theirs] = [join(dir, 'ours'), join(dir, 'theirs')];
  proveSame([[`${ours}.plain`, plain]]);
  if (age === undefined) return;
  fresh(`${ours}.plain`, `${theirs}.plain`);
  ageSpent(age, ['-d', '-i', key, '-o', `${theirs}.plain`, ours]);
  oursSpent(['unseal', theirs, `${ours}.plain`, key]);
  proveSame([
    [`${ours}.plain`, plain],
    [`${theirs}.plain`, plain],
  ]);
}

function fresh(...files: readonly string[]): void {
  for (const file of files) rmSync(file, { force: true });
}
