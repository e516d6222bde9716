import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { subjectKeys } from '../keys/subjects.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../postgres/embedded.ts';
import { complaintsOf, insertComplaint, resealComplaints } from './complaints.ts';
import { type Connection, connect } from './database.ts';
import { createDatabase, migrateDatabase } from './provision.ts';
import { insertQuery, queriesOf, resealQueries } from './queries.ts';
import { replaceKey } from './subjects.ts';

let postgres: EmbeddedPostgres;
let connection: Connection;
const dir = mkdtempSync(join(tmpdir(), 'comity-said-'));
// mkdtemp makes a folder that others cannot enter; as root the data would then lie elsewhere.
chmodSync(dir, 0o755);
const subjects = subjectKeys(join(dir, 'subjects'));
const at = '2026-11-26T10:00:00.000Z';
const entry = '00000000-0000-7000-8000-000000000001';

beforeAll(async () => {
  postgres = await startEmbeddedPostgres(dir);
  await createDatabase(postgres.url('postgres'), 'said');
  await migrateDatabase(postgres.url('said'));
  connection = connect(postgres.url('said'));
  await connection.db.transaction().execute(async (tx) => {
    const opening = { salt: 's', value: { person: 'p', reason: 'CANARY-REASON' } };
    await insertQuery(
      tx,
      { id: 'q1', case: 'c', person: 'p', purpose: 'work', kind: 'search', items: ['i1'], at, entry, opening },
      subjects,
    );
    const said = { salt: 's', value: { text: 'CANARY-COMPLAINT', name: '', reach: '' } };
    await insertComplaint(
      tx,
      { number: 'AAAA-BBBB', case: 'c', act: 'a', about: 'other', want: 'answer', at, entry, opening: said },
      subjects,
    );
  });
});

afterAll(async () => {
  await subjects.close();
  await connection.close();
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
});

const read = async () => [
  (await queriesOf(connection.db, 'c', subjects))[0]?.reason,
  JSON.stringify((await complaintsOf(connection.db, 'c', subjects))[0]?.said),
];

it('reasons of looks and complaints lie sealed in the database, and read back', async () => {
  expect(await read()).toEqual(['CANARY-REASON', expect.stringContaining('CANARY-COMPLAINT')]);
  for (const table of ['queries', 'complaints'] as const) {
    const rows = await connection.db.selectFrom(table).selectAll().execute();
    expect(Buffer.concat(rows.map(({ sealed }) => sealed)).toString('latin1') + JSON.stringify(rows)).not.toContain('CANARY');
  }
});

it('when a section of the case is erased and the case gets another key, they stay; when the case is erased, they are gone', async () => {
  await connection.db.transaction().execute(async (tx) => {
    const next = await subjects.take();
    await resealQueries(tx, 'c', { subjects, next });
    await resealComplaints(tx, 'c', { subjects, next });
    await replaceKey(tx, 'c', next);
  });
  expect(await read()).toEqual(['CANARY-REASON', expect.stringContaining('CANARY-COMPLAINT')]);
  await connection.db.transaction().execute((tx) => replaceKey(tx, 'c', undefined));
  expect(await read()).toEqual([null, 'null']);
});
