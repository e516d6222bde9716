import { createCipheriv, createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CodedData,
  checkSource,
  codeFile,
  type Domain,
  diceFrom,
  type Judgement,
  judge,
  type RandomBytes,
  readDomain,
  type SourceShape,
  synthesise,
} from '@comity/prepare';
import { comparison, type Figure } from '../sheet.ts';
import type { Part } from './part.ts';
import { inPython } from './pythons.ts';

const SEEDS = [1, 2, 3];
const MISSING =
  'Synthesise: the table is not here. It is Adult (UCI, CC BY 4.0) in the coding of private-pgm; say where: ADULT=…/adult_pgm.csv, with adult_pgm-domain.json beside it.';
const PEERS = ['private-pgm', 'dpmm', 'smartnoise-aim', 'smartnoise-mst', 'sdv-copula'] as const;

type Rows = Awaited<ReturnType<CodedData['read']>>;

interface Table {
  readonly source: SourceShape;
  readonly domain: Domain;
  readonly data: CodedData;
  /** Files of the rows that may be learned from, and of the domain. */
  readonly train: SourceShape;
  readonly sizes: string;
}

/** How good one synthetic table is, and how long it took. */
interface Made {
  readonly distance: number;
  readonly ratio: number;
  readonly seconds: number;
}

/** Adult at ε = 1, δ = 1e-9: every side learns from the same four fifths, and is judged by the same judge on the fifth that nobody saw. */
export const adultPart: Part = async (dir) => {
  const file = process.env['ADULT'];
  if (file === undefined || !existsSync(file))
    return { input: 'synthesise: nothing', versions: {}, figures: [], notes: [MISSING] };
  const table = await readTable(file, dir);
  try {
    const ours: Made[] = [];
    for (const seed of SEEDS) ours.push(await oursOn(table, seed));
    const mean = (of: (made: Made) => number): number => ours.reduce((sum, made) => sum + of(made), 0) / ours.length;
    const middle = {
      distance: mean(({ distance }) => distance),
      ratio: mean(({ ratio }) => ratio),
      seconds: mean(({ seconds }) => seconds),
    };
    const [figures, notes, versions]: [Figure[], string[], Record<string, string>] = [[], [], {}];
    for (const peer of PEERS) {
      const theirs = await peerOn(table, peer, dir);
      if (typeof theirs === 'string') notes.push(`Synthesise: ${peer} is not here (${theirs}).`);
      else versions[peer] = theirs.version;
      figures.push(...beside(middle, peer, typeof theirs === 'string' ? undefined : theirs));
    }
    const each = ours.map(({ distance, ratio }, i) => `seed ${SEEDS[i]}: ${distance.toFixed(4)}, ${ratio.toFixed(3)}`);
    return {
      input: `synthesise: Adult, ${table.data.rows.learn} rows to learn from, ${table.data.rows.judge} to judge by, ε = 1, δ = 1e-9`,
      versions,
      figures,
      notes: [
        `Synthesise: ours is the mean of ${SEEDS.length} (${each.join('; ')}); a peer runs once, with seed 1 where it takes one. smartnoise gets 0.1 of its ε for its own preprocessing. SDV gives no guarantee.`,
        ...notes,
      ],
    };
  } finally {
    table.data.close();
  }
};

function beside(ours: Made, peer: string, theirs: Made | undefined): readonly Figure[] {
  const of = (value: number | undefined): { readonly name: string; readonly value: number | null } => ({
    name: peer,
    value: value ?? null,
  });
  return [
    comparison('synthesise: distance of pairs', 'TVD', { ours: ours.distance, peer: of(theirs?.distance) }),
    comparison('synthesise: accuracy kept', 'share', { ours: ours.ratio, peer: of(theirs?.ratio) }),
    comparison('synthesise: time', 's', { ours: ours.seconds, peer: of(theirs?.seconds) }),
  ];
}

async function readTable(file: string, dir: string): Promise<Table> {
  const sizes = file.replace(/\.csv$/u, '-domain.json');
  const { default: declared } = await import(sizes, { with: { type: 'json' } });
  const domain = readDomain(declared);
  if (!domain.ok) throw new Error(domain.refusal.code);
  const source = await sourceOf(file);
  const coded = await codeFile(source, domain.value, { subject: undefined, judge: 0.2, secret: new Uint8Array(32) });
  if (!coded.ok) throw new Error(coded.refusal.code);
  const train = join(dir, 'train.csv');
  const rows = await coded.value.read('learn', coded.value.rows.learn);
  writeFileSync(train, csvOf(domain.value, rows));
  return { source, domain: domain.value, data: coded.value, train: await sourceOf(train), sizes };
}

function csvOf(domain: Domain, rows: Rows): string {
  const count = rows[0]?.length ?? 0;
  const lines = Array.from({ length: count }, (_, row) => rows.map((column) => column[row]).join(','));
  return `${domain.map(({ name }) => name).join(',')}\n${lines.join('\n')}\n`;
}

async function sourceOf(path: string): Promise<SourceShape> {
  const source = await checkSource(path, 'csv', []);
  if (!source.ok) throw new Error(source.refusal.code);
  return source.value;
}

/** Bytes that anybody can foresee, so that a figure can be had again. No release is made of them. */
function seeded(seed: number): RandomBytes {
  const key = Buffer.alloc(32);
  key.writeUInt32LE(seed);
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  return (length) => new Uint8Array(cipher.update(Buffer.alloc(length)));
}

async function oursOn(table: Table, seed: number): Promise<Made> {
  const plan = {
    v: 1,
    method: 'aim',
    epsilon: 1,
    delta: 1e-9,
    subject: null,
    domain: table.domain,
    zeros: [],
    rows: null,
    judge: 0,
  } as const;
  const start = performance.now();
  const made = await synthesise(table.train, plan, {
    ledger: { debit: async () => ({ ok: true, value: null }) },
    random: seeded(seed),
    sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
    at: '2026-11-26T00:00:00.000Z',
  });
  const seconds = (performance.now() - start) / 1000;
  if (!made.ok || made.value === undefined) throw new Error(made.ok ? 'stopped' : made.refusal.code);
  made.value.data.close();
  return { ...(await judged(table, made.value.made.rows)), seconds };
}

async function peerOn(table: Table, peer: string, dir: string): Promise<(Made & { readonly version: string }) | string> {
  const out = join(dir, `${peer}.csv`);
  const said = inPython<{ readonly version: string; readonly seconds: number }>('adult.py', [
    peer,
    table.train.path,
    table.sizes,
    out,
    '1',
  ]);
  if (!said.ok) return said.why;
  const coded = await codeFile(await sourceOf(out), table.domain, { subject: undefined, judge: 0, secret: new Uint8Array(32) });
  if (!coded.ok) return coded.refusal.code;
  const rows = await coded.value.read('learn', coded.value.rows.learn);
  coded.value.close();
  return { ...said.value, ...(await judged(table, rows)) };
}

async function judged({ data, domain }: Table, rows: Rows): Promise<Pick<Made, 'distance' | 'ratio'>> {
  const { fidelity, usefulness }: Judgement = await judge(data, rows, { label: domain.length - 1, dice: diceFrom(seeded(1)) });
  const logistic = usefulness.find(({ learner }) => learner === 'logistic');
  if (logistic === undefined) throw new Error('nothing was judged');
  return { distance: fidelity.two.mean, ratio: logistic.ratio };
}
