import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { startEmbeddedPostgres } from './embedded.ts';
import { serverOf } from './lock.ts';
import { placesFor } from './places.ts';

const dirs: string[] = [];

function freshDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'comity-pg-'));
  // mkdtemp makes a folder that others cannot enter; as root the data would then lie elsewhere.
  chmodSync(dir, 0o755);
  dirs.push(dir);
  return dir;
}

afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
});

const PROGRAM = `
import { startEmbeddedPostgres } from ${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))};
await startEmbeddedPostgres(process.argv[1]);
process.stdout.write('ready');
setInterval(() => {}, 1000);
`;

/** Another process that owns a server. */
async function owner(dir: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  return child;
}

async function gone(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}

async function stopped(data: string): Promise<boolean> {
  for (let waited = 0; waited < 10_000; waited += 50) {
    if (serverOf(data) === undefined) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

describe('the private PostgreSQL', () => {
  it('keeps what was written, with fsync on, from one start to the next', async () => {
    const dir = freshDir();
    for (const expected of [0, 1]) {
      const server = await startEmbeddedPostgres(dir);
      const client = new pg.Client({ connectionString: server.url('postgres') });
      await client.connect();
      await client.query('create table if not exists kept (n int)');
      expect((await client.query('select n from kept')).rowCount).toBe(expected);
      await client.query('insert into kept values (1)');
      expect((await client.query("select current_setting('fsync') as fsync")).rows[0]).toEqual({ fsync: 'on' });
      await client.end();
      await server.stop();
    }
    expect(serverOf(placesFor(dir).data)).toBeUndefined();
  });

  it('runs twice on one machine, in two folders', async () => {
    const [a, b] = await Promise.all([startEmbeddedPostgres(freshDir()), startEmbeddedPostgres(freshDir())]);
    expect(a.pid).not.toBe(b.pid);
    await Promise.all([a.stop(), b.stop()]);
  });

  it('works under a folder that other users cannot enter', async () => {
    const closed = freshDir();
    chmodSync(closed, 0o700);
    const inside = join(closed, 'project');
    const server = await startEmbeddedPostgres(inside);
    const client = new pg.Client({ connectionString: server.url('postgres') });
    await client.connect();
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await client.end();
    await server.stop();
    dirs.push(dirname(placesFor(inside).data));
  });

  it('refuses a folder that another living process uses, in a sentence that says which', async () => {
    const dir = freshDir();
    const child = await owner(dir);
    await expect(startEmbeddedPostgres(dir)).rejects.toThrow(`Another Comity (process ${child.pid})`);
    await gone(child, 'SIGKILL');
    expect(await stopped(placesFor(dir).data)).toBe(true);
  });

  it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('leaves no orphan when its parent ends by %s', async (signal) => {
    const dir = freshDir();
    const child = await owner(dir);
    expect(serverOf(placesFor(dir).data)).toBeGreaterThan(0);
    await gone(child, signal);
    expect(await stopped(placesFor(dir).data)).toBe(true);
  });

  it('starts over the lock that a killed predecessor left, even when its number now belongs to another program', async () => {
    const dir = freshDir();
    const { data } = placesFor(dir);
    await (await startEmbeddedPostgres(dir)).stop();
    const { socket, uid } = placesFor(dir);
    // PostgreSQL asks whether a process of its own user has that number, and lets its parent's pass: so neither ours nor root's will do.
    const other = spawn('sleep', ['60'], uid === undefined ? {} : { uid });
    writeFileSync(join(data, 'postmaster.pid'), `${other.pid}\n${data}\n`);
    writeFileSync(join(socket, '.s.PGSQL.5432.lock'), `${other.pid}\n${data}\n`);
    writeFileSync(join(data, '..', 'comity-owner'), '999999');
    const server = await startEmbeddedPostgres(dir);
    expect(Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])).toBe(server.pid);
    await server.stop();
    other.kill();
    expect(existsSync(join(data, 'postmaster.pid'))).toBe(false);
  });
});
