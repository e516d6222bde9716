import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json, Opening, Party } from '@comity/core';
import { decodeEntry, type LogEntry, leafHash } from '@comity/prove';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../keys/crypto.ts';
import { type SubjectKeys, subjectKeys } from '../keys/subjects.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../postgres/embedded.ts';
import { actsOf, insertAct, type StoredAct } from '../store/acts.ts';
import { lockCase } from '../store/cases.ts';
import { type Connection, connect } from '../store/database.ts';
import type { Log } from '../store/log.ts';
import { entriesOf } from '../store/logRead.ts';
import { createDatabase, dropDatabase, migrateDatabase } from '../store/provision.ts';
import { openLog } from '../store/sequencer.ts';
import { settleSubjects } from '../store/settle.ts';
import { stageEntries } from '../store/stage.ts';
import { SubjectKeyLost } from '../store/subjects.ts';
import { testEntry, testWriter } from '../store/testing/log.ts';
import { type Erasing, eraseCase, eraseSections } from './erase.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-erase-'));
// mkdtemp makes a folder that others cannot enter; as root the data would then lie elsewhere.
chmodSync(dir, 0o755);
const NOW = '2026-11-22T10:00:00.000Z';
const CASE = 'case-1';
let postgres: EmbeddedPostgres;
let connection: Connection;
let log: Log;
let keys: SubjectKeys;
let folder: string;
let made = 0;

beforeAll(async () => {
  postgres = await startEmbeddedPostgres(dir);
  await createDatabase(postgres.url('postgres'), 'template_erase');
  await migrateDatabase(postgres.url('template_erase'));
});

beforeEach(async () => {
  made += 1;
  const name = `erase_${made}`;
  await createDatabase(postgres.url('postgres'), name, 'template_erase');
  connection = connect(postgres.url(name), 4);
  log = openLog(postgres.url(name), testWriter(join(dir, `heads-${made}`)));
  folder = join(dir, `subjects-${made}`);
  keys = subjectKeys(folder);
});

afterEach(async () => {
  await keys.close();
  await log.stop();
  await connection.close();
  await dropDatabase(postgres.url('postgres'), `erase_${made}`);
});

afterAll(async () => {
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
});

const opening = (value: Json): Opening => ({ salt: randomBytes(32).toString('base64url'), value });

/** An act with openings, kept and logged as the node does it. */
async function keepAct(n: number, openings: Record<string, Opening>, caseId = CASE): Promise<StoredAct> {
  const sections = Object.fromEntries(Object.keys(openings).map((name) => [name, 'c'.repeat(43)]));
  const act: StoredAct = {
    body: {
      ...{ v: 1, env: 'sandbox', id: `act-${n}`, case: caseId, procedure: { id: 'p', version: 1, sha256: '' }, type: 'ask' },
      ...{ by: { party: 'pt', person: 'x', role: 'r', seat: 's' }, at: NOW, prev: [], data: { n }, sections },
    },
    digest: createHash('sha256').update(`${n} ${caseId}`).digest('hex'),
    own: true,
    signatures: [],
    openings,
  };
  const entry = testEntry({ t: 'act.ask', case: caseId, act: act.digest });
  await connection.db.transaction().execute(async (tx) => {
    await lockCase(tx, caseId);
    await insertAct(tx, act, { arrived: NOW, subjects: keys });
    await stageEntries(tx, [{ entry }]);
  });
  await log.placeOf(entry.id);
  return act;
}

const house = (subjects = keys): Erasing => ({
  party: { id: 'pt', keys: [] as Party['keys'] } as Party, // of a party, an entry needs the id and the keys
  directory: { v: 1, env: 'sandbox', issued: NOW, until: NOW, parties: [{ id: 'pt' } as Party] },
  random: (count) => randomBytes(count),
  now: () => NOW,
  db: connection.db,
  log,
  subjects,
});

const warrant = {
  case: CASE,
  reason: 'retention-ended',
  authority: 'pt',
  person: { id: 'officer-1', name: 'N.N.', roles: ['privacy_officer'] },
} as const;

const read = async (subjects = keys, caseId = CASE, db = connection.db): Promise<readonly Record<string, unknown>[]> => {
  const acts = await db.transaction().execute((tx) => actsOf(tx, caseId, subjects));
  return acts.map(({ openings }) => Object.fromEntries(Object.entries(openings).map(([name, { value }]) => [name, value])));
};

const openedIn = async (act: StoredAct, subjects = keys): Promise<readonly string[]> => {
  const acts = await connection.db.transaction().execute((tx) => actsOf(tx, act.body.case, subjects));
  return Object.keys(acts.find(({ digest }) => digest === act.digest)?.openings ?? {}).sort();
};

async function erasedEntries(entries: readonly string[]): Promise<readonly LogEntry[]> {
  for (const id of entries) await log.placeOf(id);
  const stored = await entriesOf(connection.db, CASE);
  return stored.flatMap(({ bytes }) => {
    const entry = decodeEntry(bytes);
    return entry.ok && entry.value.t === 'erased' ? [entry.value] : [];
  });
}

describe('erasing sections of an act', () => {
  it('takes their openings and says so in the log, without a name; everything else can still be read', async () => {
    const act = await keepAct(1, { reason: opening('why'), offence: opening({ statute: 'x' }) });
    const other = await keepAct(2, { reason: opening('another') });
    const done = await eraseSections(house(), { ...warrant, act: act.digest, sections: ['reason'] });
    expect(done.ok).toBe(true);
    expect(await openedIn(act)).toEqual(['offence']);
    expect(await openedIn(other)).toEqual(['reason']);
    const [stored] = await entriesOf(connection.db, CASE);
    const [entry, ...more] = await erasedEntries(done.ok ? done.value.entries : []);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ decision: 'retention-ended', basis: ['pt'], role: 'privacy_officer' });
    expect(entry?.refs).toEqual([Buffer.from(leafHash(stored?.bytes ?? new Uint8Array(), sha256)).toString('hex')]);
    expect(JSON.stringify(entry)).not.toContain('officer-1');
    expect(entry?.act).toBeUndefined();
  });

  it('is not undone by the same act coming again', async () => {
    const act = await keepAct(1, { reason: opening('why') });
    await eraseSections(house(), { ...warrant, act: act.digest, sections: ['reason'] });
    await connection.db.transaction().execute((tx) => insertAct(tx, act, { arrived: NOW, subjects: keys }));
    expect(await openedIn(act)).toEqual([]);
  });

  it('refuses what is not there, was erased before, or nobody in the directory ordered', async () => {
    const act = await keepAct(1, { reason: opening('why') });
    const erase = async (change: object): Promise<string> => {
      const done = await eraseSections(house(), { ...warrant, act: act.digest, sections: ['reason'], ...change });
      return done.ok ? 'erased' : done.refusal.code;
    };
    expect(await erase({ act: 'f'.repeat(64) })).toBe('act-unknown');
    expect(await erase({ case: 'case-9' })).toBe('act-unknown');
    expect(await erase({ sections: ['offence'] })).toBe('section-not-addressed');
    expect(await erase({ sections: [] })).toBe('section-not-addressed');
    expect(await erase({ authority: 'nobody' })).toBe('field-invalid');
    expect(await openedIn(act)).toEqual(['reason']);
    expect(await erase({})).toBe('erased');
    expect(await erase({})).toBe('already-erased');
  });

  it('reaches a backup: a database that was copied before opens nothing of the case any more', async () => {
    const act = await keepAct(1, { reason: opening('why'), offence: opening('x') });
    await keepAct(2, { reason: opening('of another case') }, 'case-2');
    await log.stop();
    await connection.close();
    const name = `erase_${made}`;
    await createDatabase(postgres.url('postgres'), 'backup', name);
    connection = connect(postgres.url(name), 4);
    log = openLog(postgres.url(name), testWriter(join(dir, `heads-${made}`)));
    await eraseSections(house(), { ...warrant, act: act.digest, sections: ['reason'] });
    const backup = connect(postgres.url('backup'), 2);
    const fresh = subjectKeys(folder);
    expect(await read(fresh, CASE, backup.db)).toEqual([{}]);
    expect(await read(fresh, 'case-2', backup.db)).toEqual([{ reason: 'of another case' }]);
    // A start on the backup destroys no key that the database of today needs.
    expect(await settleSubjects(backup.db, fresh)).toBe(1);
    expect(await read(fresh)).toEqual([{ offence: 'x' }]);
    await backup.close();
    await dropDatabase(postgres.url('postgres'), 'backup');
  });

  it('waits its turn while acts of the case are made and other sections are erased', async () => {
    const acts = [await keepAct(1, { a: opening(1), b: opening(1) }), await keepAct(2, { a: opening(2), b: opening(2) })];
    await Promise.all([
      ...acts.map(({ digest }) => eraseSections(house(), { ...warrant, act: digest, sections: ['a'] })),
      ...[3, 4, 5].map((n) => keepAct(n, { b: opening(n) })),
    ]);
    const opened = (await read(subjectKeys(folder))).map((openings) => JSON.stringify(openings)).sort();
    expect(opened).toEqual([1, 2, 3, 4, 5].map((n) => JSON.stringify({ b: n })));
    await keys.close();
    expect(readdirSync(folder).length).toBe(1);
  });
});

describe('a crash while a case is sealed again', () => {
  const sections = { sections: ['reason'] };
  const halt = (): never => {
    throw new Error('the power went');
  };

  /** The node comes up again: with the keys as they lie on the disk. */
  async function restart(): Promise<SubjectKeys> {
    keys = subjectKeys(folder);
    await settleSubjects(connection.db, keys);
    return keys;
  }

  const keyOf = async (): Promise<string> =>
    (await connection.db.selectFrom('subjects').select('key_id').where('case_id', '=', CASE).executeTakeFirst())?.key_id ?? '';

  it('before the transaction ends leaves everything as it was, under its key', async () => {
    const act = await keepAct(1, { reason: opening('why'), offence: opening('x') });
    const before = await keyOf();
    const dying: SubjectKeys = { ...methodsOf(keys), take: async () => keys.take().then(halt) };
    await expect(eraseSections(house(dying), { ...warrant, act: act.digest, ...sections })).rejects.toThrow('the power went');
    expect(await openedIn(act, await restart())).toEqual(['offence', 'reason']);
    expect(await keyOf()).toBe(before);
    expect(readdirSync(folder)).toContain(before);
  });

  it('after the transaction and before the old key is gone: the next start destroys it', async () => {
    const act = await keepAct(1, { reason: opening('why'), offence: opening('x') });
    const before = await keyOf();
    const dying: SubjectKeys = { ...methodsOf(keys), destroy: async () => halt() };
    await expect(eraseSections(house(dying), { ...warrant, act: act.digest, ...sections })).rejects.toThrow('the power went');
    expect(readdirSync(folder)).toContain(before);
    const fresh = await restart();
    expect(readdirSync(folder)).not.toContain(before);
    expect(await openedIn(act, fresh)).toEqual(['offence']);
    expect(await connection.db.selectFrom('retired_keys').select('key_id').execute()).toEqual([]);
  });

  it('after the old key is gone and before that is noted loses nothing more', async () => {
    const act = await keepAct(1, { reason: opening('why'), offence: opening('x') });
    const before = await keyOf();
    const dying: SubjectKeys = { ...methodsOf(keys), destroy: async (id) => keys.destroy(id).then(halt) };
    await expect(eraseSections(house(dying), { ...warrant, act: act.digest, ...sections })).rejects.toThrow('the power went');
    expect(await openedIn(act, await restart())).toEqual(['offence']);
    expect(readdirSync(folder)).not.toContain(before);
    const again = await eraseSections(house(), { ...warrant, act: act.digest, ...sections });
    expect(again.ok ? '' : again.refusal.code).toBe('already-erased');
  });

  it('after a whole case was erased and before its key is gone: no later act takes it up, and the next start destroys it', async () => {
    await keepAct(1, { reason: opening('why') });
    const before = await keyOf();
    await expect(eraseCase(house({ ...methodsOf(keys), destroy: async () => halt() }), warrant)).rejects.toThrow(
      'the power went',
    );
    const later = await keepAct(2, { reason: opening('later') });
    expect(await keyOf()).not.toBe(before);
    expect(await openedIn(later, await restart())).toEqual(['reason']);
    expect(readdirSync(folder)).not.toContain(before);
  });
});

/** The methods of an object of a class, to put others in their place. */
function methodsOf(subjects: SubjectKeys): SubjectKeys {
  return {
    find: (id) => subjects.find(id),
    take: () => subjects.take(),
    destroy: (id) => subjects.destroy(id),
    missing: (ids) => subjects.missing(ids),
    close: () => subjects.close(),
  };
}

describe('erasing a case', () => {
  it('takes every opening and the key, says so for every act, and the case can go on', async () => {
    const acts = [];
    for (let n = 0; n < 45; n++) acts.push(await keepAct(n, { reason: opening(n) }));
    const done = await eraseCase(house(), warrant);
    await keys.close();
    expect(readdirSync(folder)).toEqual([]);
    expect(await read()).toEqual(acts.map(() => ({})));
    const entries = await erasedEntries(done.ok ? done.value.entries : []);
    expect(entries.flatMap(({ refs = [] }) => refs).length).toBe(45);
    const later = await keepAct(50, { reason: opening('later') });
    expect(await openedIn(later)).toEqual(['reason']);
    expect((await eraseCase(house(), { ...warrant, case: 'case-9' })).ok).toBe(false);
  });

  it('works when its key is lost', async () => {
    await keepAct(1, { reason: opening('why') });
    await keys.close();
    renameSync(folder, `${folder}-away`);
    const fresh = subjectKeys(folder);
    expect((await eraseCase(house(fresh), warrant)).ok).toBe(true);
    expect(await connection.db.selectFrom('openings').select('act').execute()).toEqual([]);
  });
});

describe('a lost key', () => {
  it('withholds what it opens and stops what would need it, and nothing else; put back, all is there', async () => {
    const act = await keepAct(1, { reason: opening('why'), offence: opening('x') });
    await keys.close();
    renameSync(folder, `${folder}-away`);
    keys = subjectKeys(folder);
    expect(await settleSubjects(connection.db, keys)).toBe(1);
    expect(await openedIn(act)).toEqual([]);
    await expect(keepAct(2, { reason: opening('more') })).rejects.toThrow(SubjectKeyLost);
    await expect(eraseSections(house(), { ...warrant, act: act.digest, sections: ['reason'] })).rejects.toThrow(SubjectKeyLost);
    expect((await keepAct(3, {})).digest.length).toBe(64);
    expect(await openedIn(await keepAct(4, { reason: opening('y') }, 'case-2'))).toEqual(['reason']);
    await keys.close();
    rmSync(folder, { recursive: true });
    renameSync(`${folder}-away`, folder);
    expect(await openedIn(act, subjectKeys(folder))).toEqual(['offence', 'reason']);
  });

  it('of another section does not open this one: a row is bound to its act and its name', async () => {
    const act = await keepAct(1, { reason: opening('why'), offence: opening('x') });
    await connection.db
      .updateTable('openings')
      .set(({ selectFrom }) => ({
        sealed: selectFrom('openings as other').select('other.sealed').where('other.name', '=', 'reason'),
      }))
      .where('name', '=', 'offence')
      .execute();
    expect(await openedIn(act)).toEqual(['reason']);
  });
});

describe('openings of an earlier version', () => {
  it('are sealed at the first start, and nothing of them is left in clear', async () => {
    const act = await keepAct(1, {});
    const salt = randomBytes(32).toString('base64url');
    await connection.db
      .insertInto('openings')
      .values({ act: act.digest, name: 'reason', salt, value: '{"text":"in clear"}' })
      .execute();
    expect(await read()).toEqual([{ reason: { text: 'in clear' } }]);
    expect(await settleSubjects(connection.db, keys)).toBe(0);
    expect(await read(subjectKeys(folder))).toEqual([{ reason: { text: 'in clear' } }]);
    const row = await connection.db.selectFrom('openings').select(['salt', 'value']).executeTakeFirst();
    expect(row).toEqual({ salt: null, value: null });
  });
});
