import type { Instant } from '@comity/core';
import type { Database, Tx } from './database.ts';

/** The head of another's log as this node last cosigned it. */
export interface WitnessedLog {
  readonly origin: string;
  readonly size: bigint;
  readonly root: Uint8Array;
  /** The log's own signed note. */
  readonly note: string;
  /** The same with our cosignature. */
  readonly cosigned: string;
  readonly at: Instant;
}

const NOTHING = Buffer.alloc(32);

/** The head that was last cosigned for a log, undefined when none ever was; until the transaction ends nobody else can move it. */
export async function lockWitnessed(tx: Tx, origin: string, now: Instant): Promise<WitnessedLog | undefined> {
  const first = { origin, size: '0', root: NOTHING, note: '', cosigned: '', at: now };
  await tx
    .insertInto('witnessed_logs')
    .values(first)
    .onConflict((c) => c.column('origin').doNothing())
    .execute();
  const row = await tx
    .selectFrom('witnessed_logs')
    .selectAll()
    .where('origin', '=', origin)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return row.note === '' ? undefined : { ...row, size: BigInt(row.size), root: new Uint8Array(row.root) };
}

/** Replaces the head that was last cosigned. The caller holds it locked. */
export async function keepWitnessed(tx: Tx, { size, root, ...log }: WitnessedLog): Promise<void> {
  await tx
    .updateTable('witnessed_logs')
    .set({ ...log, size: String(size), root: Buffer.from(root) })
    .where('origin', '=', log.origin)
    .execute();
}

/** The heads that this node has cosigned, by origin. */
export async function witnessedLogs(db: Database | Tx): Promise<readonly WitnessedLog[]> {
  const rows = await db.selectFrom('witnessed_logs').selectAll().where('note', '!=', '').orderBy('origin').execute();
  return rows.map((row) => ({ ...row, size: BigInt(row.size), root: new Uint8Array(row.root) }));
}

/** Two signed notes of one log that cannot both be true. */
export interface Evidence {
  readonly origin: string;
  readonly kind: 'split-view' | 'inconsistent' | 'rollback';
  readonly first: string;
  readonly second: string;
  readonly at: Instant;
}

/** Keeps evidence, once. */
export async function keepEvidence(db: Database | Tx, evidence: Evidence): Promise<void> {
  await db
    .insertInto('log_evidence')
    .values(evidence)
    .onConflict((c) => c.doNothing())
    .execute();
}

/** The evidence that was kept, oldest first. */
export async function evidenceKept(db: Database | Tx): Promise<readonly Evidence[]> {
  const rows = await db.selectFrom('log_evidence').select(['origin', 'kind', 'first', 'second', 'at']).orderBy('id').execute();
  // Only keepEvidence writes here.
  return rows.map((row) => ({ ...row, kind: row.kind as Evidence['kind'] }));
}
