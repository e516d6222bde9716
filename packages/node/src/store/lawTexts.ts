import type { Database } from './database.ts';

/** A text of law as it was applied: a procedure, or a pack or vocabulary. */
export interface LawText {
  readonly sha256: string;
  readonly kind: 'procedure' | 'law';
  readonly text: string;
}

/** Keeps texts; what is there already stays as it is. */
export async function keepTexts(db: Database, texts: readonly LawText[]): Promise<void> {
  if (texts.length === 0) return;
  await db
    .insertInto('law_texts')
    .values([...texts])
    .onConflict((c) => c.column('sha256').doNothing())
    .execute();
}

/** Every text that was ever applied here. */
export async function allTexts(db: Database): Promise<readonly LawText[]> {
  const rows = await db.selectFrom('law_texts').select(['sha256', 'kind', 'text']).execute();
  // The check constraint of the table keeps kind to these two words.
  return rows.map((row) => ({ ...row, kind: row.kind as LawText['kind'] }));
}
