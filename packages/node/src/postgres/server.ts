import { startEmbeddedPostgres } from './embedded.ts';

/** A PostgreSQL server, whoever runs it. */
export interface PostgresServer {
  /** Connection address of a database on it. */
  readonly url: (database: string) => string;
  readonly stop: () => Promise<void>;
}

/** The server that an operator names in DATABASE_URL, or, with none named, a private one in `dir`. The same code runs on both. */
export async function openPostgres(dir: string, databaseUrl: string | undefined): Promise<PostgresServer> {
  if (databaseUrl === undefined || databaseUrl === '') return startEmbeddedPostgres(dir);
  return { url: (database) => withDatabase(databaseUrl, database), stop: async () => undefined };
}

/** The same server and user, another database. Throws when the address is none. */
function withDatabase(databaseUrl: string, database: string): string {
  const [, head, query] = /^(postgres(?:ql)?:\/\/[^/]*)\/[^?]*(\?.*)?$/.exec(`${databaseUrl}`) ?? [];
  if (head === undefined)
    throw new Error('DATABASE_URL is not an address of the form postgres://user:password@host:port/database.');
  return `${head}/${database}${query ?? ''}`;
}
