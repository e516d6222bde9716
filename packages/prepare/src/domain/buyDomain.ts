import type { DuckDBConnection } from '@duckdb/node-api';
import type { SourceShape } from '../check-source.ts';
import { quoteName, quoteText, withFile } from '../engine.ts';
import type { CodeOptions } from '../engines/codes.ts';
import { fromSource } from '../source-sql.ts';
import type { Dice } from '../synthesise/dice.ts';
import { addNoise, sigmaOf, type Variance, varianceOf } from '../synthesise/noise.ts';
import { dateEdges, numberEdges, YEARS } from './boughtEdges.ts';
import type { ColumnDomain, Domain } from './domain.ts';

export interface Price {
  /** ρ for all columns together. */
  readonly rho: number;
  /** Chance that a value of one subject alone is named. */
  readonly delta: number;
  readonly subject: CodeOptions['subject'];
  readonly secret: Uint8Array;
  readonly dice: Dice;
}

/**
 * A domain that nobody declared, bought from the data: what kind of values a column has, which texts are frequent, over which range numbers and dates run; all from counts with noise.
 * A text is named only when its noisy count passes a threshold that one subject's rows reach with a chance below δ (Korolova and others 2009, with the tail of the discrete Gaussian).
 * A column in which nothing is frequent enough does not leave.
 */
export async function buyDomain(source: SourceShape, price: Price): Promise<Domain> {
  const columns = source.columns.map(({ name }) => name).filter((name) => name !== price.subject?.column);
  const each = { ...price, rho: price.rho / columns.length, delta: price.delta / columns.length };
  return withFile(source.path, async (connection) => {
    const bought: ColumnDomain[] = [];
    for (const name of columns) {
      const column = await buyColumn({ connection, source, name, price: each });
      if (column !== undefined) bought.push(column);
    }
    return bought;
  });
}

interface Buying {
  readonly connection: DuckDBConnection;
  readonly source: SourceShape;
  readonly name: string;
  readonly price: Price;
}

async function buyColumn(buying: Buying): Promise<ColumnDomain | undefined> {
  const kind = await buyKind(buying);
  if (kind === 'category') return buyValues(buying);
  const variance = noiseFor(buying.price, 2 / 3, 1);
  const sql = kind === 'date' ? YEARS.sql(text(buying.name)) : BUCKET_SQL(text(buying.name));
  const counts = new Map((await ask(buying, sql)).map(([bucket, count]) => [Number(bucket), Number(count)]));
  const noisy = (bucket: number): number =>
    addNoise(Float64Array.of(counts.get(bucket) ?? 0), variance, buying.price.dice)[0] ?? 0;
  const { name } = buying;
  if (kind === 'date') {
    const edges = dateEdges(noisy, sigmaOf(variance));
    return edges === undefined ? undefined : { name, kind: 'date', edges, missing: true };
  }
  const edges = numberEdges(noisy, sigmaOf(variance), kind === 'whole');
  return edges === undefined ? undefined : { name, kind: 'number', edges, digits: kind === 'whole' ? 0 : 2, missing: true };
}

/** The power of two below a number: 0 for zero, else its exponent moved above one, with its sign. Fixed for all data, so that it tells nothing. */
const BUCKET_SQL = (value: string): string => {
  const number = `TRY_CAST(${value} AS DOUBLE)`;
  const power = `(least(greatest(floor(log2(abs(${number}))), -20), 40) + 21)`;
  return `SELECT CASE WHEN ${number} = 0 THEN 0 WHEN ${number} > 0 THEN ${power} ELSE -${power} END AS bucket, count(*) FROM held WHERE isfinite(${number}) GROUP BY 1`;
};

/** Shares that must read as a number or a day for the column to count as one. */
const MOST = 0.95;

async function buyKind(buying: Buying): Promise<'whole' | 'decimal' | 'date' | 'category'> {
  const value = text(buying.name);
  const number = `TRY_CAST(${value} AS DOUBLE)`;
  const tests = ['true', `${number} IS NOT NULL`, `${number} = floor(${number})`, `TRY_CAST(${value} AS DATE) IS NOT NULL`];
  const sql = `SELECT ${tests.map((test) => `count(*) FILTER (${test})`).join(', ')} FROM held WHERE ${value} <> ''`;
  const [row = []] = await ask(buying, sql);
  // One row adds to all of the counts: its L2 distance is the root of their number.
  const variance = noiseFor(buying.price, 1 / 3, Math.sqrt(tests.length));
  const [all = 0, numbers = 0, whole = 0, days = 0] = addNoise(Float64Array.from(row, Number), variance, buying.price.dice);
  if (all < 6 * sigmaOf(variance)) return 'category';
  if (days >= MOST * all) return 'date';
  if (numbers < MOST * all) return 'category';
  return whole >= MOST * numbers ? 'whole' : 'decimal';
}

const MOST_VALUES = 200;

async function buyValues(buying: Buying): Promise<ColumnDomain | undefined> {
  const { price, name } = buying;
  const variance = noiseFor(price, 2 / 3, 1);
  const rows = price.subject?.rows ?? 1;
  // P(X ≥ t) ≤ exp(-t²/2σ²); one subject brings at most `rows` new values, each with at most `rows` rows.
  const threshold = rows + sigmaOf(variance) * Math.sqrt(2 * Math.log(rows / price.delta));
  const value = text(name);
  const found = await ask(buying, `SELECT ${value}, count(*) FROM held WHERE ${value} <> '' GROUP BY 1 ORDER BY 1`);
  const noisy = addNoise(
    Float64Array.from(found, ([, count]) => Number(count)),
    variance,
    price.dice,
  );
  const frequent = [...noisy.keys()]
    .filter((at) => (noisy[at] ?? 0) > threshold)
    .sort((a, b) => (noisy[b] ?? 0) - (noisy[a] ?? 0));
  const values = frequent.slice(0, MOST_VALUES).map((at) => String(found[at]?.[0]));
  return values.length === 0 ? undefined : { name, kind: 'category', values, other: true, missing: true };
}

function noiseFor({ rho, subject }: Price, share: number, distance: number): Variance {
  return varianceOf(distance * (subject?.rows ?? 1) * Math.sqrt(1 / (2 * rho * share)));
}

function text(name: string): string {
  return `CAST(${quoteName(name)} AS VARCHAR)`;
}

/** Asks over the rows that count: of each subject no more than the cap. */
async function ask({ connection, source, price }: Buying, sql: string): Promise<readonly (readonly unknown[])[]> {
  const { subject } = price;
  const key = quoteText(Buffer.from(price.secret).toString('hex'));
  const capped =
    subject === undefined
      ? ''
      : ` QUALIFY row_number() OVER (PARTITION BY ${quoteName(subject.column)} ORDER BY md5(concat(${key}, ':', place))) <= ${subject.rows}`;
  const place = subject === undefined ? '' : ', row_number() OVER () AS place';
  const held = `WITH held AS (SELECT * FROM (SELECT *${place} ${fromSource(source)})${capped})`;
  const reader = await connection.runAndReadAll(`${held} ${sql}`, [source.path]);
  return reader.getRows();
}
