import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Spent } from '../measure.ts';
import { type Age, findAge } from '../seal/age.ts';
import { opensslRate, opensslVersion } from '../seal/openssl.ts';
import { loopRate, nodeSpent } from '../seal/ours.ts';
import { prepare, type Round, roundsOf, type Sides, type Work } from '../seal/rounds.ts';
import { type Bench, comparison, type Figure } from '../sheet.ts';
import { machine } from '../versions.ts';

const GIB = 1024;
const SMALL = 256;
const LARGE = 4 * GIB;
const RUNS = { small: 7, large: 3 } as const;
/** Bytes on the disk that the large file needs: it, and six others as large. */
const NEEDED = 7.5 * LARGE * 1024 * 1024;

/** Files are sealed to an office and opened again, beside `age` doing the same. */
export const sealBench: Bench = {
  about: `files of ${SMALL} MiB and ${LARGE / GIB} GiB sealed to an office and opened again, beside age; the cipher beside openssl`,
  run: async () => {
    const dir = mkdtempSync(join(tmpdir(), 'comity-bench-'));
    try {
      const age = findAge();
      const loops = await loopsOf();
      const small = await sized(dir, { age, mebibytes: SMALL });
      const { bavail, bsize } = statfsSync(dir);
      const large = bavail * bsize > NEEDED ? await sized(dir, { age, mebibytes: LARGE }) : undefined;
      return {
        input: `random bytes, file to file, one hybrid recipient (mlkem768x25519), every run a fresh process; best of ${RUNS.small} and ${RUNS.large}, sides in turn: what else the machine does only adds`,
        versions: { ...machine(), age: age?.version ?? 'not here', openssl: opensslVersion() ?? 'not here' },
        figures: [...small, ...(large ?? []), ...loops],
        notes: notesOf(age, large === undefined),
      };
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

async function sized(
  dir: string,
  { age, mebibytes }: { readonly age: Age | undefined; readonly mebibytes: number },
): Promise<readonly Figure[]> {
  const work = await prepare(dir, mebibytes, 'hybrid');
  const rounds = roundsOf(work, age, mebibytes === SMALL ? RUNS.small : RUNS.large);
  const noded = mebibytes === SMALL ? [await asNode(work, rounds)] : [];
  rmSync(work.plain);
  return [...figuresOf(rounds, mebibytes === SMALL ? '' : ` ${mebibytes / GIB} GiB`), ...noded];
}

function figuresOf(rounds: readonly Round[], size: string): readonly Figure[] {
  return (['seal', 'unseal'] as const).flatMap((what) => {
    const sides = rounds.map((round) => round[what]);
    return [
      figure(`${what}${size}`, sides, { of: ({ ours }) => ours.work.cpu, part: 'cpu' }),
      figure(`comity ${what}${size}, the whole command`, sides, { of: ({ command }) => command.cpu, part: 'cpu' }),
      figure(`comity ${what}${size}, wall`, sides, { of: ({ command }) => command.wall, part: 'wall' }),
      comparison(`${what}${size}, memory at its peak`, 'MiB', {
        ours: Math.max(...sides.map(({ ours }) => ours.rss)),
        peer: { name: 'none', value: null },
      }),
    ];
  });
}

function figure(
  name: string,
  sides: readonly Sides[],
  { of, part }: { readonly of: (sides: Sides) => number; readonly part: keyof Spent },
): Figure {
  const ages = sides.flatMap(({ age }) => age ?? []);
  return comparison(name, part === 'cpu' ? 'CPU s' : 's', {
    ours: least(sides.map(of)),
    peer: { name: 'age', value: ages.length === 0 ? null : least(ages.map((age) => age[part])) },
  });
}

async function asNode({ dir, plain, recipient }: Work, rounds: readonly Round[]): Promise<Figure> {
  const spent: number[] = [];
  for (let i = 0; i < RUNS.large; i++) {
    const to = join(dir, 'noded');
    spent.push((await nodeSpent({ from: plain, to, recipient })).cpu);
    rmSync(to);
  }
  const ages = rounds.flatMap(({ seal }) => seal.age ?? []);
  return comparison('seal as a node does, with two SHA-256', 'CPU s', {
    ours: least(spent),
    peer: { name: 'age', value: ages.length === 0 ? null : least(ages.map(({ cpu }) => cpu)) },
  });
}

/** The loop and openssl in turn, for both change with what else the machine does. */
async function loopsOf(): Promise<readonly Figure[]> {
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let i = 0; i < RUNS.small; i++) {
    ours.push(await loopRate(GIB));
    theirs.push(opensslRate() ?? Number.NaN);
  }
  const value = theirs.some(Number.isNaN) ? null : Math.max(...theirs);
  return [
    comparison('the cipher alone, chunks of 64 KiB', 'MiB per CPU s', {
      ours: Math.max(...ours),
      peer: { name: 'openssl speed', value },
    }),
  ];
}

function least(values: readonly number[]): number {
  return Math.min(...values);
}

function notesOf(age: Age | undefined, tight: boolean): readonly string[] {
  return [
    '`seal` and `unseal` are counted from the open files to their last byte; the whole command is counted from its start to its end, as age always is: the difference is the start of Node.',
    'A ratio of the cipher above 1 means that ours is faster: it is a rate.',
    ...(age === undefined
      ? ['age is not here: install Go, or apt-get install age (Debian, Ubuntu) or brew install age.']
      : [`age is ${age.from}. What ours sealed age opened, and the other way round, to the same bytes.`]),
    ...(tight ? [`The file of ${LARGE / GIB} GiB was left out: the disk under ${tmpdir()} has not enough room for it.`] : []),
  ];
}
