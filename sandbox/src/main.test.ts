import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeskView } from '@comity/node/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ORGANISATIONS } from './organisations.ts';
import { Actor } from './stories/actor.ts';
import { copyDatasets, freePorts } from './testing.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-start-'));
// mkdtemp makes a folder that others cannot enter; as root the data would then lie elsewhere.
chmodSync(dir, 0o755);

beforeAll(() => copyDatasets(join(dir, 'data')));

afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** `npm start`, as a person types it. */
async function start(port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), '--dir', dir, '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk;
      if (said.includes(`http://127.0.0.1:${port}`)) resolve();
    });
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk));
    child.once('exit', () => reject(new Error(said)));
  });
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return ended;
}

/** Process id of the sandbox's PostgreSQL, while it has one. */
function postgres(): number | undefined {
  const file = join(dir, 'postgres', 'postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
}

async function noPostgres(pid: number): Promise<boolean> {
  for (let waited = 0; waited < 10_000; waited += 50) {
    if (postgres() !== pid) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}

describe('the sandbox as a program', () => {
  it('loses no acknowledged act to kill -9, leaves no orphan, starts again, and ends cleanly on Ctrl-C', async () => {
    const port = await freePorts(ORGANISATIONS.length + 1);
    const orgs = ORGANISATIONS.map(({ id }, index) => ({ id, url: `http://127.0.0.1:${port + 1 + index}` }));
    const first = await start(port);
    const owner = await Actor.signIn({ orgs }, 'us-hospital', 'owner-1');
    const ask = {
      procedure: 'outsourcing.engagement',
      type: 'ask',
      data: {
        seats: { client: 'us-hospital' },
        items: [{ id: 'd1', identifierType: 'dataset', category: 'records' }],
        purpose: 'p',
        retentionUntil: '2027-03-31T00:00:00.000Z',
      },
      sections: { datasets: { d1: { type: 'dataset', value: 'claims' } }, need: { text: 'n' } },
    };
    const acknowledged: string[] = [];
    const busy = (async (): Promise<void> => {
      for (;;) acknowledged.push(await owner.open(ask));
    })().catch(() => undefined);
    await new Promise((done) => setTimeout(done, 700));
    const server = postgres() ?? 0;
    await end(first, 'SIGKILL');
    await busy;
    expect(await noPostgres(server)).toBe(true);

    const second = await start(port);
    const again = await Actor.signIn({ orgs }, 'us-hospital', 'owner-1');
    const kept = (await again.get<DeskView>('/api/desk')).rows.map((row) => row.id);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.filter((id) => !kept.includes(id))).toEqual([]);
    const page = await fetch(`${orgs[0]?.url}/`);
    expect(page.headers.get('content-type')).toContain('text/html');
    // A file of another build is not there: it must not answer as a page.
    expect((await fetch(`${orgs[0]?.url}/assets/of-another-build.js`)).status).toBe(404);
    expect(await end(second, 'SIGINT')).toBe(0);
    expect(postgres()).toBeUndefined();
  }, 120_000);

  it('says in a sentence that its port is taken', async () => {
    const port = await freePorts(ORGANISATIONS.length + 1);
    const blocker = await import('node:net').then(({ createServer }) => createServer().listen(port + 2, '127.0.0.1'));
    await expect(start(port)).rejects.toThrow(`Port ${port + 2} is taken by another program.`);
    blocker.close();
    expect(postgres()).toBeUndefined();
  }, 60_000);
});
