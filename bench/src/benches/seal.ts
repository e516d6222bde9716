import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { encryptStream, generateOfficeIdentity, seal } from '@comity/seal';
import { ageSpent, ageVersion, proveSame } from '../age.ts';
import { median, type Spent, spend } from '../measure.ts';
import { type Bench, comparison, type Figure } from '../sheet.ts';
import { machine } from '../versions.ts';

const MIB = 1024 * 1024;
const SIZE = 256;
const RUNS = 3;

/** A file is sealed to one office, beside `age` doing the same. */
export const sealBench: Bench = {
  about: `a file of ${SIZE} MiB sealed to an office, beside age`,
  run: async () => {
    const dir = mkdtempSync(join(tmpdir(), 'comity-bench-'));
    try {
      const work = await prepare(dir);
      const version = ageVersion();
      const rounds: Round[] = [];
      for (let i = 0; i < RUNS; i++) rounds.push(await roundOf(work, version !== undefined));
      if (version !== undefined) proveSame(work);
      return {
        input: `${SIZE} MiB of random bytes, file to file, one X25519 recipient (which every age knows); median of ${RUNS}, sides in turn`,
        versions: { ...machine(), age: version ?? 'not here' },
        figures: figuresOf(rounds),
        notes: [
          'Ours also computes the SHA-256 of plaintext and sealed file, which the manifest needs; age does not.',
          ...(version === undefined
            ? ['age is not here: apt-get install age (Debian, Ubuntu) or brew install age.']
            : ['What ours sealed was opened by age and had the same bytes.']),
        ],
      };
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

interface Work {
  readonly plain: string;
  readonly ours: string;
  readonly theirs: string;
  readonly identity: string;
  readonly recipient: string;
}

interface Round {
  readonly ours: Spent;
  readonly core: Spent;
  readonly age: Spent | undefined;
}

async function prepare(dir: string): Promise<Work> {
  const plain = join(dir, 'plain');
  const output = createWriteStream(plain);
  for (let i = 0; i < SIZE; i++) if (!output.write(randomBytes(MIB))) await once(output, 'drain');
  output.end();
  await once(output, 'close');
  const { identity, recipient } = await generateOfficeIdentity('x25519');
  writeFileSync(join(dir, 'identity'), `${identity}\n`, { mode: 0o600 });
  return { plain, ours: join(dir, 'ours'), theirs: join(dir, 'theirs'), identity: join(dir, 'identity'), recipient };
}

async function roundOf(work: Work, withAge: boolean): Promise<Round> {
  const ours = await spend(async () => {
    const sealing = await seal(createReadStream(work.plain, { highWaterMark: MIB }), [work.recipient]);
    if (!sealing.ok) throw new Error(sealing.refusal.code);
    await pipeline(sealing.value.ciphertext, createWriteStream(work.ours));
  });
  const age = withAge ? ageSpent(['-r', work.recipient, '-o', work.theirs, work.plain]) : undefined;
  const core = await spend(async () => {
    for await (const _piece of encryptStream(inMemory(), randomBytes(32)));
  });
  return { ours, core, age };
}

async function* inMemory(): AsyncGenerator<Uint8Array> {
  const piece = randomBytes(MIB);
  for (let i = 0; i < SIZE; i++) yield piece;
}

function figuresOf(rounds: readonly Round[]): readonly Figure[] {
  const ages = rounds.flatMap(({ age }) => age ?? []);
  const peer = (part: keyof Spent): { readonly name: string; readonly value: number | null } => ({
    name: 'age',
    value: ages.length === 0 ? null : median(ages.map((age) => age[part])),
  });
  return [
    comparison('file to sealed file, CPU', 's', { ours: median(rounds.map(({ ours }) => ours.cpu)), peer: peer('cpu') }),
    comparison('file to sealed file, wall', 's', { ours: median(rounds.map(({ ours }) => ours.wall)), peer: peer('wall') }),
    comparison('encrypting alone, in memory', 'MiB per CPU s', {
      ours: SIZE / median(rounds.map(({ core }) => core.cpu)),
      peer: { name: 'none', value: null },
    }),
  ];
}
