import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject, Party } from '@comity/core';
import { decodeEntry, encodeEntry, type LogEntry, unblind } from '@comity/prove';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../keys/crypto.ts';
import { subjectKeys } from '../keys/subjects.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../postgres/embedded.ts';
import { insertAct, type StoredAct } from '../store/acts.ts';
import { lockCase } from '../store/cases.ts';
import { type Connection, connect } from '../store/database.ts';
import type { Log } from '../store/log.ts';
import { disclosuresOf, entriesBetween, entriesOf, placeOfAct } from '../store/logRead.ts';
import { createDatabase, dropDatabase, migrateDatabase } from '../store/provision.ts';
import { openLog } from '../store/sequencer.ts';
import { testEntry, testWriter } from '../store/testing/log.ts';
import { type Logging, logEntries } from './entry.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-secret-'));
// mkdtemp makes a folder that others cannot enter; as root the data would then lie elsewhere.
chmodSync(dir, 0o755);
const BEFORE = '2026-11-22T10:00:00.000Z';
const DAY = '2026-12-01T00:00:00.000Z';
const LATER = '2026-12-24T00:00:00.000Z';
let postgres: EmbeddedPostgres;
let connection: Connection;
let log: Log;
let made = 0;

beforeAll(async () => {
  postgres = await startEmbeddedPostgres(dir);
  await createDatabase(postgres.url('postgres'), 'template_secret');
  await migrateDatabase(postgres.url('template_secret'));
});

beforeEach(async () => {
  made += 1;
  await createDatabase(postgres.url('postgres'), `secret_${made}`, 'template_secret');
  connection = connect(postgres.url(`secret_${made}`), 4);
  log = openLog(postgres.url(`secret_${made}`), testWriter(join(dir, `heads-${made}`)));
});

afterEach(async () => {
  await log.stop();
  await connection.close();
  await dropDatabase(postgres.url('postgres'), `secret_${made}`);
});

afterAll(async () => {
  await subjects.close();
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
});

const subjects = subjectKeys(join(dir, 'subjects'));
const house = (): Logging => ({ party: { id: 'pt' } as Party, random: (count) => randomBytes(count), log }); // of a party, an entry needs the id alone

/** Keeps an act and logs it, as a node does. */
async function keep(
  caseId: string,
  data: JsonObject,
  more: { readonly at?: string; readonly prev?: readonly string[] } = {},
): Promise<LogEntry> {
  const { at = BEFORE, prev = [] } = more;
  const digest = createHash('sha256').update(randomBytes(8)).digest('hex');
  const act: StoredAct = {
    body: {
      ...{ v: 1, env: 'sandbox', id: digest, case: caseId, procedure: { id: 'p', version: 1, sha256: '' }, type: 'draft' },
      ...{ by: { party: 'pt', person: 'x', role: 'r', seat: 's' }, at, prev, data, sections: {} },
    },
    ...{ digest, own: true, signatures: [], openings: {} },
  };
  return append(testEntry({ t: 'act.draft', case: caseId, at, act: digest }), act);
}

async function append(entry: LogEntry, act?: StoredAct): Promise<LogEntry> {
  await connection.db.transaction().execute(async (tx) => {
    await lockCase(tx, entry.case);
    if (act !== undefined) await insertAct(tx, act, { arrived: entry.at, subjects });
    await logEntries(house(), tx, [entry]);
  });
  await log.placeOf(entry.id);
  return entry;
}

const inTree = async (): Promise<readonly LogEntry[]> =>
  (await entriesBetween(connection.db, 2026, { from: 0n, until: 100n })).flatMap((bytes) => {
    const entry = decodeEntry(bytes);
    return entry.ok ? [entry.value] : [];
  });

const published = (now: string): ReturnType<typeof disclosuresOf> =>
  disclosuresOf(connection.db, 2026, { from: 0n, now, limit: 100 });

describe('a secret case', () => {
  it('stands in the log as commitments that name neither case, act nor kind; whoever holds it finds it all the same', async () => {
    const opened = await keep('case-1', { secretUntil: DAY });
    const read = await append(testEntry({ case: 'case-1', role: 'judge', decision: 'work' }));
    const tree = await inTree();
    expect(tree.map(({ t, case: caseId, role, until }) => [t, caseId, role, until])).toEqual([
      ['blinded', 'blinded', 'blinded', DAY],
      ['blinded', 'blinded', 'blinded', DAY],
    ]);
    const text = JSON.stringify(tree);
    for (const word of ['case-1', opened.act ?? '', opened.nonce, read.nonce, 'judge', 'work']) expect(text).not.toContain(word);
    const found = await entriesOf(connection.db, 'case-1');
    expect(found.map(({ hidden }) => Buffer.from(hidden?.inner ?? []).toString())).toEqual(
      [opened, read].map((entry) => Buffer.from(encodeEntry(entry)).toString()),
    );
    expect(await placeOfAct(connection.db, opened.act ?? '')).toEqual({ year: 2026, index: 0n });
  });

  it('is published from its day on, and everybody can check that it is what was logged', async () => {
    const opened = await keep('case-1', { secretUntil: DAY });
    await keep('case-2', { secretUntil: LATER });
    await keep('case-3', {});
    expect(await published('2026-11-30T23:59:59.999Z')).toEqual([]);
    const [first, ...more] = await published(DAY);
    expect(more).toEqual([]);
    const [blinded] = await inTree();
    if (first === undefined || blinded === undefined) throw new Error('nothing was published');
    expect(unblind(blinded, { salt: first.salt, inner: first.inner }, sha256)).toEqual({ ok: true, value: opened });
    expect((await published(LATER)).map(({ index }) => index)).toEqual(['0', '1']);
    expect((await disclosuresOf(connection.db, 2026, { from: 1n, now: LATER, limit: 100 })).length).toBe(1);
  });

  it('is secret no longer after its day: what happens then is logged as it is', async () => {
    await keep('case-1', { secretUntil: DAY });
    await append(testEntry({ case: 'case-1', at: DAY }));
    expect((await inTree()).map(({ t }) => t)).toEqual(['blinded', 'case.read']);
  });

  it('is made one by its first act alone, and by no other form of a time', async () => {
    const opened = await keep('case-1', {});
    await keep('case-1', { secretUntil: LATER }, { prev: [opened.act ?? ''] });
    await keep('case-2', { secretUntil: 'tomorrow' });
    expect((await inTree()).map(({ t }) => t)).toEqual(['act.draft', 'act.draft', 'act.draft']);
  });
});
