import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Every text of law that this node ever applied, by digest: a case runs to its end under the procedure it began with. */
async function up(db: Kysely<unknown>): Promise<void> {
  const kinds = "kind text not null check (kind in ('procedure', 'law'))";
  await sql.raw(`create table law_texts (sha256 text primary key, ${kinds}, text text not null)`).execute(db);
}

/** The archive of law, as the migrator takes it. */
export const lawTexts: Migration = { up };
