import type { Instant } from '@comity/core';
import type { Database, Tx } from './database.ts';

/** Keeps the checkpoint that met the quorum, with its cosignatures. A smaller one never replaces a larger one. */
export async function keepQuorum(
  db: Database,
  met: { readonly year: number; readonly size: bigint; readonly checkpoint: string; readonly at: Instant },
): Promise<void> {
  await db
    .updateTable('log_heads')
    .set({ witnessed: met.checkpoint, witnessed_size: String(met.size), witnessed_at: met.at })
    .where('year', '=', met.year)
    .where('witnessed_size', '<=', String(met.size))
    .execute();
}

/** When the oldest entry was made that no quorum of witnesses has confirmed yet; undefined when all are confirmed. */
export async function unconfirmedSince(db: Database | Tx): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('log_heads')
    .innerJoin('log_index', (join) =>
      join.onRef('log_index.year', '=', 'log_heads.year').onRef('log_index.index', '=', 'log_heads.witnessed_size'),
    )
    .select('log_index.at')
    .orderBy('log_index.at')
    .executeTakeFirst();
  return row?.at;
}
