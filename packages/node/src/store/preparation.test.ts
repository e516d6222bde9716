import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rhoOf } from '@comity/prepare';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../postgres/embedded.ts';
import { type Connection, connect } from './database.ts';
import {
  beatPreparation,
  claimPreparation,
  endPreparation,
  findPreparation,
  insertPreparation,
  openPreparations,
  stopPreparation,
} from './preparations.ts';
import { debitsOf, insertBudget, privacyLedger } from './privacyLedger.ts';
import { createDatabase, migrateDatabase } from './provision.ts';

let postgres: EmbeddedPostgres;
let connection: Connection;
const dir = mkdtempSync(join(tmpdir(), 'comity-preparation-'));
// mkdtemp makes a folder that others cannot enter; as root the data would then lie elsewhere.
chmodSync(dir, 0o755);
const at = '2026-11-26T10:00:00.000Z';

beforeAll(async () => {
  postgres = await startEmbeddedPostgres(dir);
  await createDatabase(postgres.url('postgres'), 'preparation');
  await migrateDatabase(postgres.url('preparation'));
  connection = connect(postgres.url('preparation'));
});

afterAll(async () => {
  await connection.close();
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
});

const debit = (epsilon: number) => ({ dataset: '', plan: 'p', rho: rhoOf(epsilon, 1e-6), epsilon, delta: 1e-6, at });
const ledger = (population: string, preparation: string) => privacyLedger(connection.db, { population, preparation });
const budget = (population: string, epsilon: number) =>
  insertBudget(connection.db, { population, epsilon, delta: 1e-6, person: 'counsel-1', at });

describe('the privacy ledger', () => {
  it('refuses while there is no budget, and what would pass it, and says how much is left', async () => {
    expect(await ledger('a', '1').debit(debit(1))).toMatchObject({ refusal: { code: 'budget-missing' } });
    await budget('a', 1.3);
    expect(await ledger('a', '1').debit(debit(1))).toEqual({ ok: true, value: null });
    const refused = await ledger('a', '2').debit(debit(1));
    expect(refused).toMatchObject({ refusal: { code: 'budget-spent', values: { asked: 1 } } });
    expect(await ledger('a', '2').debit(debit(0.5))).toEqual({ ok: true, value: null });
    expect(await debitsOf(connection.db, 'a')).toHaveLength(2);
  });

  it('charges a preparation once, however often it is run again', async () => {
    await budget('b', 1);
    for (let i = 0; i < 3; i++) expect(await ledger('b', 'once').debit(debit(1))).toEqual({ ok: true, value: null });
    expect(await debitsOf(connection.db, 'b')).toHaveLength(1);
  });

  it('gives the last of a budget to one of many who ask at once', async () => {
    await budget('c', 1);
    const asked = await Promise.all(Array.from({ length: 8 }, (_, i) => ledger('c', `c${i}`).debit(debit(1))));
    expect(asked.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('keeps every budget that was set; the last one holds', async () => {
    await budget('d', 0.1);
    await budget('d', 2);
    expect(await ledger('d', 'd1').debit(debit(2))).toEqual({ ok: true, value: null });
  });
});

describe('a preparation', () => {
  const run = (id: string, runner = 'first') => ({ id, runner });
  const claim = (id: string) => claimPreparation(connection.db, run(id));
  const insert = async (id: string): Promise<void> => {
    const about = {
      dataset: 'x',
      population: 'x',
      kind: 'synthesise',
      plan: {},
      planDigest: 'p',
      signed: null,
      person: 'engineer-1',
      asked: at,
    };
    await insertPreparation(connection.db, { id, ...about });
  };

  it('is run by one, the next when that has ended', async () => {
    await insert('p1');
    await insert('p2');
    expect((await claim('p1'))?.state).toBe('running');
    expect(await claim('p1')).toBeUndefined();
    expect(await claim('p2')).toBeUndefined();
    await endPreparation(connection.db, run('p1'), { state: 'cancelled', at });
    expect((await claim('p2'))?.state).toBe('running');
  });

  it('that its node has left, killed, is taken over by the next, and ends once', async () => {
    expect(await openPreparations(connection.db)).toEqual(['p2']);
    await sql`update preparations set beat = now() - interval '31 seconds' where id = 'p2'`.execute(connection.db);
    expect(await claimPreparation(connection.db, run('p2', 'second'))).toMatchObject({ id: 'p2', tries: 2 });
    // Who was taken over wakes again: it is told to stop, and keeps nothing.
    expect(await beatPreparation(connection.db, run('p2'), 0.9)).toBe(true);
    expect(await endPreparation(connection.db, run('p2'), { state: 'cancelled', at })).toBe(false);
    await endPreparation(connection.db, run('p2', 'second'), { state: 'refused', refusal: { code: 'rows-too-few' }, at });
    await endPreparation(connection.db, run('p2', 'second'), { state: 'cancelled', at });
    expect(await findPreparation(connection.db, 'p2')).toMatchObject({ state: 'refused', refusal: { code: 'rows-too-few' } });
  });

  it('stops when somebody wants it to: at once while it waits, with its next beat while it runs, not any more when it has ended', async () => {
    await insert('p3');
    expect(await stopPreparation(connection.db, 'p3', at)).toBe(true);
    expect(await claim('p3')).toBeUndefined();
    await insert('p4');
    await claim('p4');
    expect(await beatPreparation(connection.db, run('p4'), 0.25)).toBe(false);
    expect(await stopPreparation(connection.db, 'p4', at)).toBe(true);
    expect(await beatPreparation(connection.db, run('p4'), 0.5)).toBe(true);
    await endPreparation(connection.db, run('p4'), { state: 'cancelled', at });
    expect(await stopPreparation(connection.db, 'p4', at)).toBe(false);
  });
});
