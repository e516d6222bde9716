import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { loadLaw } from './law.ts';
import { withArchive } from './lawArchive.ts';
import { openPostgres } from './postgres/server.ts';
import { connect } from './store/database.ts';
import { createDatabase, migrateDatabase } from './store/provision.ts';

it('a case goes on under the procedure it began with, after the law has changed', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'comity-law-'));
  chmodSync(dir, 0o755);
  const server = await openPostgres(dir, undefined);
  await createDatabase(server.url('postgres'), 'law');
  await migrateDatabase(server.url('law'));
  const { db, close } = connect(server.url('law'));
  const today = loadLaw(resolve(import.meta.dirname, '..', '..', '..', 'law', 'packs'));
  const before = await withArchive(db, today);
  const old = today.procedures.get('eu.epoc')?.sha256 ?? '';
  expect(before.archive.get(old)?.procedure.id).toBe('eu.epoc');
  // Tomorrow's law knows another text of the procedure, and none of today's packs.
  const tomorrow = {
    ...today,
    procedures: new Map([...today.procedures].filter(([id]) => id !== 'eu.epoc')),
    texts: new Map([['f'.repeat(64), '{}']]),
  };
  const after = await withArchive(db, tomorrow);
  expect(after.procedures.has('eu.epoc')).toBe(false);
  expect(after.archive.get(old)?.procedure.id).toBe('eu.epoc');
  expect([...today.texts.keys()].every((digest) => after.texts.has(digest))).toBe(true);
  await close();
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
});
