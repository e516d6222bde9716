import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What the person and the party have signed when a plan was begun, as JSON. A plan from before has nothing, and is not run any more. */
async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table preparations add column signed text`.execute(db);
}

/** Signatures of plans, as the migrator takes them. */
export const signedPlans: Migration = { up };
