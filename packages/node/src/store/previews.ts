import type { Instant, Json } from '@comity/core';
import type { Database, Tx } from './database.ts';

/** What a minimisation plan would do, as it was shown before anything was sealed. */
export interface StoredPreview {
  readonly digest: string;
  readonly case: string;
  readonly item: string;
  readonly plan: Json;
  readonly preview: Json;
  readonly at: Instant;
}

export async function savePreview(tx: Tx | Database, preview: StoredPreview): Promise<void> {
  const row = {
    digest: preview.digest,
    case_id: preview.case,
    item: preview.item,
    plan: JSON.stringify(preview.plan),
    preview: JSON.stringify(preview.preview),
    at: preview.at,
  };
  await tx
    .insertInto('previews')
    .values(row)
    .onConflict((c) => c.column('digest').doNothing())
    .execute();
}

/** Forgets every preview of a case: plans hold the values that were asked for. */
export async function forgetPreviews(tx: Tx, caseId: string): Promise<void> {
  await tx.deleteFrom('previews').where('case_id', '=', caseId).execute();
}

/** Forgets the previews of one item. */
export async function forgetPreviewsOf(
  tx: Tx,
  { case: caseId, item }: { readonly case: string; readonly item: string },
): Promise<void> {
  await tx.deleteFrom('previews').where('case_id', '=', caseId).where('item', '=', item).execute();
}

export async function findPreview(db: Tx | Database, digest: string): Promise<StoredPreview | undefined> {
  const row = await db
    .selectFrom('previews')
    .select(['digest', 'case_id', 'item', 'plan', 'preview', 'at'])
    .where('digest', '=', digest)
    .executeTakeFirst();
  return row === undefined
    ? undefined
    : {
        digest: row.digest,
        case: row.case_id,
        item: row.item,
        plan: JSON.parse(row.plan),
        preview: JSON.parse(row.preview),
        at: row.at,
      };
}
