import { canonicalJson, type Instant, type Json, type Refusal } from '@comity/core';
import type { SignedPlan } from '@comity/prepare';
import { sql } from 'kysely';
import type { Database, Tx } from './database.ts';
import type { Findings } from './scanned.ts';

export type PreparationState = 'waiting' | 'running' | 'done' | 'refused' | 'cancelled';

/** The file that was made, readable by this office alone. */
export interface Output {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/** One plan on one dataset: what was asked, how far it is, what came of it. */
export interface Preparation {
  readonly id: string;
  readonly dataset: string;
  readonly population: string;
  readonly kind: string;
  readonly plan: Json;
  readonly planDigest: string;
  /** What the person and the party signed; null for a plan from before plans were signed. */
  readonly signed: SignedPlan | null;
  readonly person: string;
  readonly asked: Instant;
  readonly state: PreparationState;
  /** 0 to 1. */
  readonly share: number;
  readonly started: Instant | null;
  readonly ended: Instant | null;
  readonly refusal: Refusal | null;
  readonly report: Json;
  readonly output: Output | null;
  readonly entry: string | null;
  /** Opens what the entry commits to. */
  readonly salt: string | null;
  /** The name under which cases may ask for what was made. */
  readonly offered: string | null;
  readonly offeredUntil: Instant | null;
  readonly withdrawn: Instant | null;
  /** Until then the file stays for cases that were decided on it; null when it was never offered. */
  readonly keptUntil: Instant | null;
  /** What a scan found in it, as far as it left as it was; null when it was not offered, or nobody looked. */
  readonly findings: Findings | null;
}

export type Asked = Pick<
  Preparation,
  'id' | 'dataset' | 'population' | 'kind' | 'plan' | 'planDigest' | 'signed' | 'person' | 'asked'
>;

export async function insertPreparation(db: Database | Tx, asked: Asked): Promise<void> {
  const { dataset, plan, planDigest, signed, ...rest } = asked;
  await db
    .insertInto('preparations')
    .values({
      ...{ ...rest, dataset_id: dataset, plan: canonicalJson(plan), plan_digest: planDigest, state: 'waiting' },
      signed: signed === null ? null : JSON.stringify(signed),
    })
    .execute();
}

export async function findPreparation(db: Database | Tx, id: string): Promise<Preparation | undefined> {
  const row = await db.selectFrom('preparations').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : preparationIn(row);
}

export async function preparationsOf(db: Database | Tx, dataset: string): Promise<readonly Preparation[]> {
  const rows = db.selectFrom('preparations').selectAll().where('dataset_id', '=', dataset);
  return (await rows.orderBy('asked', 'desc').limit(100).execute()).map(preparationIn);
}

/** What is not ended, to be taken up when a node starts. */
export async function openPreparations(db: Database | Tx): Promise<readonly string[]> {
  const rows = db.selectFrom('preparations').select('id').where('state', 'in', ['waiting', 'running']);
  return (await rows.orderBy('asked').execute()).map(({ id }) => id);
}

/** One run of a preparation: another is told apart by its runner. */
export interface RunOf {
  readonly id: string;
  readonly runner: string;
}

/** Whoever runs one says so this often, in seconds; one that has been silent for `SILENT` is taken over. */
const SILENT = 30;

/**
 * Takes one to run it: it waits, or whoever ran it has fallen silent; and no other is being run, for each takes all that a machine has.
 * Undefined when it is not to be run now, or has ended.
 */
export async function claimPreparation(
  db: Database,
  { id, runner }: RunOf,
): Promise<(Preparation & { readonly tries: number }) | undefined> {
  const silent = sql`now() - make_interval(secs => ${sql.lit(SILENT)})`;
  const row = await db
    .updateTable('preparations')
    .set({ state: 'running', started: sql`coalesce(started, now())`, beat: sql`now()`, runner, tries: sql`tries + 1` })
    .where('id', '=', id)
    .where(sql<boolean>`(state = 'waiting' or (state = 'running' and beat < ${silent}))`)
    .where(
      sql<boolean>`not exists (select from preparations other where other.id <> ${id} and other.state = 'running' and other.beat >= ${silent})`,
    )
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? undefined : { ...preparationIn(row), tries: row.tries };
}

/** Says that it is being run, and how far it is. True when it is to stop: somebody wants that, or another has taken it over. */
export async function beatPreparation(db: Database, { id, runner }: RunOf, share: number): Promise<boolean> {
  const row = await db
    .updateTable('preparations')
    .set({ share, beat: sql`now()` })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .where('runner', '=', runner)
    .returning('stop')
    .executeTakeFirst();
  return row?.stop ?? true;
}

/** Asks for a stop; one that waits is cancelled at once. False when it has ended already. */
export async function stopPreparation(db: Database, id: string, now: Instant): Promise<boolean> {
  const waiting = db.updateTable('preparations').set({ state: 'cancelled', ended: now }).where('id', '=', id);
  if ((await waiting.where('state', '=', 'waiting').executeTakeFirst()).numUpdatedRows > 0n) return true;
  const running = db.updateTable('preparations').set({ stop: true }).where('id', '=', id).where('state', '=', 'running');
  return (await running.executeTakeFirst()).numUpdatedRows > 0n;
}

export type Ended =
  | { readonly state: 'done'; readonly report: Json; readonly output: Output; readonly entry: string; readonly salt: string }
  | { readonly state: 'refused'; readonly refusal: Refusal }
  | { readonly state: 'cancelled' };

/** Keeps how a run has ended. False when another has taken it over: then nothing is kept. */
export async function endPreparation(
  db: Database | Tx,
  { id, runner }: RunOf,
  ended: Ended & { readonly at: Instant },
): Promise<boolean> {
  const { at, state } = ended;
  const kept =
    ended.state === 'done'
      ? {
          report: JSON.stringify(ended.report),
          output: JSON.stringify(ended.output),
          entry: ended.entry,
          salt: ended.salt,
          share: 1,
        }
      : ended.state === 'refused'
        ? { refusal: JSON.stringify(ended.refusal) }
        : {};
  const updated = await db
    .updateTable('preparations')
    .set({ state, ended: at, ...kept })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .where('runner', '=', runner)
    .executeTakeFirst();
  return updated.numUpdatedRows > 0n;
}

/** Forgets what was made of a dataset: files, plans, which may name identifiers, and reports, which tell of real rows. Of what was offered stays what cases need that were decided on it. */
export async function forgetOutputs(tx: Tx, dataset: string): Promise<void> {
  const made = tx.updateTable('preparations').set({ plan: 'null' }).where('dataset_id', '=', dataset);
  await made.set({ output: null, report: null }).where('offered', 'is', null).execute();
  const columns = sql<string>`json_build_object('columns', report::json -> 'columns', 'rows', report::json -> 'rows')::text`;
  await made.set({ report: columns }).where('offered', 'is not', null).execute();
}

/** Where the files stand that something was made into and nobody has forgotten. */
export async function outputPaths(db: Database): Promise<readonly string[]> {
  const rows = await db.selectFrom('preparations').select('output').where('output', 'is not', null).execute();
  // Parser: endPreparation wrote these.
  return rows.map(({ output }) => (JSON.parse(output ?? '{}') as Output).path);
}

type Row = Awaited<ReturnType<typeof rowOf>>;
function rowOf(db: Database) {
  return db.selectFrom('preparations').selectAll().executeTakeFirstOrThrow();
}

/** A row as it is meant. */
export function preparationIn(row: Row): Preparation {
  const {
    dataset_id,
    plan,
    plan_digest,
    signed,
    state,
    report,
    output,
    refusal,
    beat: _beat,
    stop: _stop,
    runner: _runner,
    tries: _tries,
    offered_until,
    kept_until,
    findings,
    ...rest
  } = row;
  // Parser: this file wrote these; the check constraint keeps the state to its words.
  return {
    ...rest,
    dataset: dataset_id,
    offeredUntil: offered_until,
    keptUntil: kept_until,
    findings: findings === null ? null : JSON.parse(findings),
    planDigest: plan_digest,
    plan: JSON.parse(plan),
    signed: signed === null ? null : JSON.parse(signed),
    state: state as PreparationState,
    report: report === null ? null : JSON.parse(report),
    output: output === null ? null : JSON.parse(output),
    refusal: refusal === null ? null : JSON.parse(refusal),
  };
}
