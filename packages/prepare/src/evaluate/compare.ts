import { ok, type Result, refuse } from '@comity/core';
import type { SourceShape } from '../check-source.ts';
import { buyDomain } from '../domain/buyDomain.ts';
import { type Domain, sizeOf } from '../domain/domain.ts';
import { codeFile } from '../engines/duckdb.ts';
import type { Dice, RandomBytes } from '../synthesise/dice.ts';
import { diceFrom } from '../synthesise/dice.ts';
import type { Rows } from '../synthesise/sample.ts';
import { type Judgement, judgeRows } from './judge.ts';
import { type Pictures, picturesOf } from './pictures.ts';

export interface Compared {
  readonly real: SourceShape;
  readonly synthetic: SourceShape;
  /** Real rows that the synthetic data were not made from: without them no attack has a control. */
  readonly holdout: SourceShape | undefined;
  /** Column that learners are to tell; the last one when it is not said. */
  readonly label: string | undefined;
}

/** A judgement with pictures, without a guarantee: nobody has stated one. */
export interface Comparison extends Judgement, Pictures {
  readonly label: string;
  readonly columns: readonly string[];
  /** Synthetic rows that were judged. */
  readonly rows: number;
}

const MOST_ROWS = 50_000;
/** So much that the noise is none: the real data are looked at here, and nothing of it leaves. */
const FREE = 1e12;

/**
 * Judges any synthetic file against the real one, whoever made it. What the columns hold is read from the real data.
 * INVARIANT: the result was computed from real data without a budget; it stays with whoever holds these.
 * Only columns that both have are judged. Refuses `column-missing` when there are none.
 */
export async function compareFiles(
  { real, synthetic, holdout, label }: Compared,
  random: RandomBytes,
): Promise<Result<Comparison>> {
  const dice = diceFrom(random);
  const domain = await lookedAt({ real, synthetic, random, dice });
  if (domain.length === 0) return refuse('column-missing', 'synthetic', { column: real.columns[0]?.name ?? '' });
  const rows = [];
  for (const source of [real, synthetic, ...(holdout === undefined ? [] : [holdout])]) {
    const coded = await codedRows(source, domain, random);
    if (!coded.ok) return coded;
    rows.push(coded.value);
  }
  const [inside = [], made = [], outside = domain.map(() => new Uint16Array(0))] = rows;
  const sizes = domain.map(sizeOf);
  const named = domain.findIndex(({ name }) => name === label);
  const at = named >= 0 ? named : domain.length - 1;
  const judgement = judgeRows({ inside, outside, synthetic: made, sizes, label: at, dice });
  return ok({
    ...judgement,
    ...picturesOf(domain, judgement, { real: inside, synthetic: made }),
    rows: made[0]?.length ?? 0,
    label: domain[at]?.name ?? '',
    columns: domain.map(({ name }) => name),
  });
}

async function lookedAt({
  real,
  synthetic,
  random,
  dice,
}: {
  readonly real: SourceShape;
  readonly synthetic: SourceShape;
  readonly random: RandomBytes;
  readonly dice: Dice;
}): Promise<Domain> {
  const common = real.columns.filter(({ name }) => synthetic.columns.some((column) => column.name === name));
  return buyDomain(
    { ...real, columns: real.columns },
    { rho: FREE, delta: 1e-9, subject: undefined, secret: random(32), dice },
  ).then((domain) => domain.filter(({ name }) => common.some((column) => column.name === name)));
}

async function codedRows(source: SourceShape, domain: Domain, random: RandomBytes): Promise<Result<Rows>> {
  // What only one file holds counts as other: every column takes it.
  const coded = await codeFile(source, domain, { subject: undefined, judge: 0, secret: random(32) });
  if (!coded.ok) return coded;
  const rows = await coded.value.read('learn', MOST_ROWS);
  coded.value.close();
  return ok(rows);
}
