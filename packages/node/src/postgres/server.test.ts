import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { connect } from '../store/database.ts';
import { createDatabase, dropDatabase, migrateDatabase } from '../store/provision.ts';
import { openPostgres } from './server.ts';

it('an operator’s DATABASE_URL is used as it stands, with a database for each organisation', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'comity-url-'));
  // mkdtemp makes a folder that others cannot enter; as root the data would then lie elsewhere.
  chmodSync(dir, 0o755);
  const real = await openPostgres(dir, undefined);
  const named = await openPostgres('/nowhere', real.url('postgres'));
  await createDatabase(named.url('postgres'), 'comity_a');
  await migrateDatabase(named.url('comity_a'));
  const connection = connect(named.url('comity_a'));
  expect(await connection.db.selectFrom('cases').select('id').execute()).toEqual([]);
  await connection.close();
  await dropDatabase(named.url('postgres'), 'comity_a');
  await named.stop();
  await real.stop();
  rmSync(dir, { recursive: true, force: true });
});

it('an address that is none is refused in a sentence', async () => {
  const server = await openPostgres('/nowhere', 'mysql://x');
  expect(() => server.url('a')).toThrow('postgres://user:password@host:port/database');
});
