import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subjectKeys } from '../keys/subjects.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../postgres/embedded.ts';
import { actsOf, insertAct, type StoredAct } from './acts.ts';
import { type Connection, connect, type Tx } from './database.ts';
import { takeSides } from './fourEyes.ts';
import { findTaken, noteTaken } from './inbox.ts';
import { actsOnTheirWay } from './logRead.ts';
import { eraseOpenings } from './openings.ts';
import { markDelivered, nextWaiting, queueActs, waitingParties } from './outbox.ts';
import { createDatabase, migrateDatabase } from './provision.ts';
import { addSignInCode, closeSession, findSession, openSession, takeSignInCode } from './sessions.ts';

let postgres: EmbeddedPostgres;
let connection: Connection;
const dir = mkdtempSync(join(tmpdir(), 'comity-store-'));
// mkdtemp makes a folder that others cannot enter; as root the data would then lie elsewhere.
chmodSync(dir, 0o755);
const subjects = subjectKeys(join(dir, 'subjects'));
const now = '2026-11-22T10:00:00.000Z';

beforeAll(async () => {
  postgres = await startEmbeddedPostgres(dir);
  await createDatabase(postgres.url('postgres'), 'store');
  await migrateDatabase(postgres.url('store'));
  connection = connect(postgres.url('store'));
});

afterAll(async () => {
  await subjects.close();
  await connection.close();
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
});

function act(n: number): StoredAct {
  const digest = createHash('sha256').update(String(n)).digest('hex');
  const body = {
    v: 1,
    env: 'sandbox',
    id: `act-${n}`,
    case: 'case-2',
    procedure: { id: 'p', version: 1, sha256: '' },
    type: 'ask',
    by: { party: 'pt', person: 'x', role: 'r', seat: 's' },
    at: now,
    prev: [],
    data: { n },
    sections: {},
  } as const;
  return {
    body,
    digest,
    own: true,
    signatures: [{ key: 'k', signature: 's' }],
    openings: { reason: { salt: 'salt', value: { text: `why ${n}` } } },
  };
}

const keep = (tx: Tx, one: StoredAct): Promise<boolean> => insertAct(tx, one, { arrived: now, subjects });

describe('acts and their openings', () => {
  it('are kept once, however often they arrive, and give back the very body that was signed', async () => {
    const inserted = await connection.db.transaction().execute(async (tx) => [await keep(tx, act(1)), await keep(tx, act(1))]);
    expect(inserted).toEqual([true, false]);
    const [kept] = await connection.db.transaction().execute((tx) => actsOf(tx, 'case-2', subjects));
    expect(kept).toEqual(act(1));
  });

  it('can lose an opening, and only the commitment remains, also when the act comes again', async () => {
    const erasure = { act: act(1).digest, name: 'reason', entry: 'e', person: 'p' };
    await connection.db.transaction().execute((tx) => eraseOpenings(tx, [erasure]));
    await connection.db.transaction().execute((tx) => keep(tx, act(1)));
    const [kept] = await connection.db.transaction().execute((tx) => actsOf(tx, 'case-2', subjects));
    expect(kept?.openings).toEqual({});
  });
});

describe('four eyes in the database', () => {
  it('let one person make one side of a pair as often as they like, and never the other', async () => {
    const hand = { case: 'case-3', pairs: ['draft|issue'], party: 'pt', person: 'ana', act: 'draft' };
    const take = (change: Partial<typeof hand>): Promise<void> =>
      connection.db.transaction().execute((tx) => takeSides(tx, { ...hand, ...change }));
    await take({});
    await take({});
    await take({ person: 'rui', act: 'issue' });
    await expect(take({ act: 'issue' })).rejects.toThrow('one person stands on both sides');
    await take({ case: 'case-4', act: 'issue' });
  });
});

describe('the outbox', () => {
  it('holds an act for a party once, in order, until its receipt', async () => {
    await connection.db.transaction().execute(async (tx) => {
      for (const n of [2, 3]) await keep(tx, act(n));
      const acts = [act(2), act(3)].map(({ digest }) => ({ digest, case: 'case-2' }));
      expect(await queueActs(tx, 'ie', acts, now)).toBe(true);
      expect(await queueActs(tx, 'ie', acts, now)).toBe(false);
    });
    expect(await waitingParties(connection.db)).toEqual(['ie']);
    expect(await nextWaiting(connection.db, 'ie', 4)).toEqual([{ case: 'case-2', acts: [act(2).digest, act(3).digest] }]);
    await markDelivered(connection.db, { party: 'ie', acts: [act(2).digest], at: now, receipt: 'r' });
    expect((await nextWaiting(connection.db, 'ie', 4))[0]?.acts).toEqual([act(3).digest]);
  });
});

describe('the inbox', () => {
  it('remembers a message with its receipt and takes an id once', async () => {
    const message = { id: 'm1', sender: 'pt', digest: 'd', arrived: now, receipt: 'r' };
    await connection.db.transaction().execute((tx) => noteTaken(tx, message));
    expect(await findTaken(connection.db, 'm1')).toEqual({ digest: 'd', receipt: 'r' });
    await expect(connection.db.transaction().execute((tx) => noteTaken(tx, message))).rejects.toThrow('inbox_pkey');
  });
});

describe('sessions', () => {
  it('last until their time or until they are closed', async () => {
    await openSession(connection.db, { tokenSha256: 't', person: 'judge-1', opened: now, expires: '2026-11-22T20:00:00.000Z' });
    expect(await findSession(connection.db, 't', '2026-11-22T19:59:59.999Z')).toBe('judge-1');
    expect(await findSession(connection.db, 't', '2026-11-22T20:00:00.000Z')).toBeUndefined();
    await closeSession(connection.db, 't');
    expect(await findSession(connection.db, 't', now)).toBeUndefined();
  });

  it('begin with a code that works once and not too late', async () => {
    await addSignInCode(connection.db, { codeSha256: 'c1', person: 'judge-1', expires: '2026-11-22T11:00:00.000Z' });
    expect(await takeSignInCode(connection.db, 'c1', now)).toBe('judge-1');
    expect(await takeSignInCode(connection.db, 'c1', now)).toBeUndefined();
    await addSignInCode(connection.db, { codeSha256: 'c2', person: 'judge-1', expires: now });
    expect(await takeSignInCode(connection.db, 'c2', now)).toBeUndefined();
  });
});

describe('an act’s entry', () => {
  it('is on its way while it is staged, or the index has not caught up with the tree; then it stands, or was never made', async () => {
    const [{ digest }, id] = [act(900), 'case-2'];
    const onTheirWay = (): Promise<number> => connection.db.transaction().execute((tx) => actsOnTheirWay(tx, id));
    const before = await onTheirWay();
    await connection.db.transaction().execute((tx) => keep(tx, act(900)));
    expect(await onTheirWay()).toBe(before);
    const staged = { id: 'e900', at: now, type: 'act.ask', case_id: id, act: digest, bytes: Buffer.from('{}') };
    await connection.db.insertInto('log_staged').values(staged).execute();
    expect(await onTheirWay()).toBe(before + 1);
    await connection.db.deleteFrom('log_staged').where('id', '=', 'e900').execute();
    const head = {
      year: 2026,
      size: '5',
      root: Buffer.alloc(32),
      checkpoint: '',
      at: now,
      indexed: '4',
      witnessed: null,
      witnessed_at: null,
    };
    await connection.db.insertInto('log_heads').values(head).execute();
    expect(await onTheirWay()).toBeGreaterThan(before);
    const entry = {
      year: 2026,
      index: '4',
      id: 'e900',
      at: now,
      type: 'act.ask',
      case_id: id,
      act: digest,
      from_byte: 0,
      byte_count: 2,
    };
    await connection.db.insertInto('log_index').values(entry).execute();
    await connection.db.updateTable('log_heads').set({ indexed: '5' }).where('year', '=', 2026).execute();
    expect(await onTheirWay()).toBe(before);
  });
});
