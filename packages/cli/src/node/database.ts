import { createDatabase, migrateDatabase, openPostgres } from '@comity/node/beside';
import type { NodeSettings } from './config.ts';

const NAME = 'comity';

/** A database that is up to date, and how to let go of it. */
export interface OpenDatabase {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** The operator's own PostgreSQL where one is named, else a private one in the node's folder; migrated. */
export async function openDatabase(settings: NodeSettings): Promise<OpenDatabase> {
  if (settings.databaseUrl !== undefined) {
    await migrateDatabase(settings.databaseUrl);
    return { url: settings.databaseUrl, stop: async () => undefined };
  }
  const postgres = await openPostgres(settings.dir, undefined);
  try {
    await createDatabase(postgres.url('postgres'), NAME);
    await migrateDatabase(postgres.url(NAME));
    return { url: postgres.url(NAME), stop: postgres.stop };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}
