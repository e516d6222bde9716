import { digestJson, type Instant, ok, type Result, refuse, type Sha256 } from '@comity/core';
import type { SourceShape } from '../check-source.ts';
import { csvRecord } from '../csv.ts';
import { buyDomain } from '../domain/buyDomain.ts';
import { type Domain, isOrdered, sizeOf } from '../domain/domain.ts';
import { textOf } from '../domain/textOf.ts';
import { masksOf, type Zeros } from '../domain/zeros.ts';
import type { CodedData, CodeOptions } from '../engines/codes.ts';
import { codeFile } from '../engines/duckdb.ts';
import { codeTrino } from '../engines/trino.ts';
import type { TrinoTable } from '../engines/trinoTable.ts';
import type { Ledger } from '../ledger.ts';
import { diceFrom, type RandomBytes } from './dice.ts';
import { gather } from './gather.ts';
import type { Made, Method } from './mechanism.ts';
import { expandRows } from './pool.ts';
import { runInWorker, type Watching } from './runInWorker.ts';
import { greatestAdvantage, rhoOf } from './zcdp.ts';

/** What is to be made, hashed before it is run. */
export interface SynthesisPlan {
  readonly v: 1;
  readonly method: Method;
  readonly epsilon: number;
  readonly delta: number;
  /** Whose a row is, and how many rows of one subject count; null where every row is a subject of its own. */
  readonly subject: CodeOptions['subject'] | null;
  /** Declared; null to buy it with a part of the budget. */
  readonly domain: Domain | null;
  /** Values that cannot stand together, for a declared domain: no row of the twin has them. */
  readonly zeros: readonly Zeros[];
  /** How many rows to write; null for as many as the noisy counts tell of. */
  readonly rows: number | null;
  /** Share of subjects that is set aside to judge the result. */
  readonly judge: number;
}

export interface SynthesisOptions extends Watching {
  readonly ledger: Ledger;
  readonly random: RandomBytes;
  readonly sha256: Sha256;
  readonly at: Instant;
}

/** A synthetic data set before it is written: numbers of a domain, and what it cost. */
export interface Synthetic {
  readonly domain: Domain;
  readonly made: Made;
  readonly plan: string;
  readonly rho: number;
  /** The greatest advantage that anybody can have in telling whether one subject was in the data. */
  readonly advantage: number;
  /** The real data as numbers, for judging; to be closed by the caller. */
  readonly data: CodedData;
}

/** A checked file, or a table that a cluster counts where it lies. */
export type SynthesisSource = SourceShape | TrinoTable;

function isFile(source: SynthesisSource): source is SourceShape {
  return 'sha256' in source;
}

/** By what a ledger knows a source: the digest of a file, the address of a table. */
export function digestOf(source: SynthesisSource): string {
  if (isFile(source)) return source.sha256;
  return `${source.server}/${[source.catalog, source.schema, source.table].map(encodeURIComponent).join('/')}`;
}

/** Digest by which a plan is approved and charged. */
export function synthesisDigest(plan: SynthesisPlan, sha256: Sha256): string {
  return digestJson(plan, sha256);
}

/** Part of ρ, and of δ, that buying a domain takes. */
const DOMAIN_RHO = 0.1;
const DOMAIN_DELTA = 0.5;

/**
 * Makes a synthetic twin of a file with an (ε, δ) guarantee for every subject, add-or-remove. The ledger is debited before the data are asked; whatever happens then, it stays debited.
 * Refuses `field-invalid` for a plan that makes no sense, `rows-too-few`, `budget-spent`, and what coding refuses. Undefined as value: it was cancelled.
 */
export async function synthesise(
  source: SynthesisSource,
  plan: SynthesisPlan,
  options: SynthesisOptions,
): Promise<Result<Synthetic | undefined>> {
  const fault = faultIn(plan);
  if (fault !== undefined) return refuse('field-invalid', fault);
  const cost = costOf(plan);
  const secret = options.random(32);
  const coding: CodeOptions = { subject: plan.subject ?? undefined, judge: plan.judge, secret };
  const digest = synthesisDigest(plan, options.sha256);
  const debit = (): ReturnType<Ledger['debit']> =>
    options.ledger.debit({
      dataset: digestOf(source),
      plan: digest,
      rho: cost.rho,
      epsilon: plan.epsilon,
      delta: plan.delta,
      at: options.at,
    });
  const prepared = await prepare({ source, plan, options, coding, cost, debit });
  if (!prepared.ok) return prepared;
  const { domain, data } = prepared.value;
  const made = await learn({ domain, data, rho: cost.rho - cost.domain }, plan, options);
  if (made === undefined) {
    data.close();
    return ok(undefined);
  }
  const advantage = greatestAdvantage(cost.rho, plan.epsilon, plan.delta);
  return ok({ domain, made, plan: digest, rho: cost.rho, advantage, data });
}

/** Counts, learns beside the node, and draws. */
async function learn(
  { domain, data, rho }: { readonly domain: Domain; readonly data: CodedData; readonly rho: number },
  plan: SynthesisPlan,
  options: SynthesisOptions,
): Promise<Made | undefined> {
  const dice = diceFrom(options.random);
  const given = { rowsPerSubject: plan.subject?.rows ?? 1, ordered: domain.map(isOrdered) };
  const { counts, pools, spent } = await gather(data, { ...given, rho, dice });
  const task = { ...given, method: plan.method, counts, rho: rho - spent, masks: masksOf(plan.zeros, domain), rows: plan.rows };
  const made = await runInWorker(task, options);
  return made === undefined ? undefined : { ...made, spent: made.spent + spent, rows: expandRows(made.rows, pools, dice) };
}

/** Name of the first member of a plan that makes no sense. */
function faultIn({ epsilon, delta, subject, domain, zeros, rows, judge }: SynthesisPlan): string | undefined {
  if (domain === null && zeros.length > 0) return 'zeros';
  if (!(epsilon > 0 && epsilon <= 100)) return 'epsilon';
  if (!(delta > 0 && delta <= 1e-3)) return 'delta';
  if (subject !== null && subject !== undefined && !(Number.isInteger(subject.rows) && subject.rows >= 1)) return 'subject.rows';
  if (rows !== null && !(Number.isInteger(rows) && rows >= 1 && rows <= 100_000_000)) return 'rows';
  return judge >= 0 && judge <= 0.5 ? undefined : 'judge';
}

interface Cost {
  readonly rho: number;
  readonly domain: number;
  readonly domainDelta: number;
}

function costOf({ epsilon, delta, domain }: SynthesisPlan): Cost {
  if (domain !== null) return { rho: rhoOf(epsilon, delta), domain: 0, domainDelta: 0 };
  const rho = rhoOf(epsilon, delta * (1 - DOMAIN_DELTA));
  return { rho, domain: rho * DOMAIN_RHO, domainDelta: delta * DOMAIN_DELTA };
}

interface Preparing {
  readonly source: SynthesisSource;
  readonly plan: SynthesisPlan;
  readonly options: SynthesisOptions;
  readonly coding: CodeOptions;
  readonly cost: Cost;
  readonly debit: () => ReturnType<Ledger['debit']>;
}

/** The domain and the coded data, debited. With a declared domain what cannot be coded is refused before anything is charged. */
async function prepare(preparing: Preparing): Promise<Result<{ readonly domain: Domain; readonly data: CodedData }>> {
  const { source, plan, options, coding, cost, debit } = preparing;
  if (plan.domain === null) {
    // Buying a domain looks at values one by one: that is done where a file is.
    if (!isFile(source)) return refuse('field-missing', 'domain');
    const charged = await debit();
    if (!charged.ok) return charged;
    const domain = await buyDomain(source, {
      rho: cost.domain,
      delta: cost.domainDelta,
      subject: coding.subject,
      secret: coding.secret,
      dice: diceFrom(options.random),
    });
    if (domain.length === 0) return refuse('rows-too-few', 'epsilon', { rows: 0 });
    const data = await codeFile(source, domain, coding);
    return data.ok ? ok({ domain, data: data.value }) : data;
  }
  const data = await (isFile(source) ? codeFile(source, plan.domain, coding) : codeTrino(source, plan.domain, coding));
  if (!data.ok) return data;
  const tooFew = drowns(data.value, plan.domain, { rho: cost.rho, rowsPerSubject: plan.subject?.rows ?? 1 });
  const charged = tooFew ? refuse('rows-too-few', 'epsilon', { rows: data.value.rows.learn }) : await debit();
  if (charged.ok) return ok({ domain: plan.domain, data: data.value });
  data.value.close();
  return charged;
}

/** Rare values of wide columns come together: about so many are told at most. */
const TOLD = 64;

/** Share of a typical column's rows that the noise on its values may reach. */
const DROWNED = 0.5;

/** Whether the noise on the single columns would be greater than what they hold. Said to the controller alone, before anything leaves. */
function drowns(
  { rows }: CodedData,
  domain: Domain,
  { rho, rowsPerSubject }: { readonly rho: number; readonly rowsPerSubject: number },
): boolean {
  const sigma = rowsPerSubject * Math.sqrt(domain.length / (2 * 0.25 * rho));
  const noise = domain
    .map((column) => (sigma * Math.sqrt(2 / Math.PI) * Math.min(sizeOf(column), TOLD)) / 2)
    .sort((a, b) => a - b);
  return (noise[noise.length >> 1] ?? 0) > DROWNED * rows.learn;
}

/** The rows as CSV (RFC 4180), a chunk at a time. Which value of a bin a row gets is drawn anew: it tells nothing of the real ones. */
export function* csvOf({ domain, made }: Pick<Synthetic, 'domain' | 'made'>, random: RandomBytes): Generator<string> {
  const dice = diceFrom(random);
  yield csvRecord(domain.map(({ name }) => name));
  const rows = made.rows[0]?.length ?? 0;
  let text = '';
  for (let row = 0; row < rows; row++) {
    text += csvRecord(domain.map((column, i) => textOf(column, made.rows[i]?.[row] ?? 0, dice)));
    if (text.length < 1 << 16) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}
