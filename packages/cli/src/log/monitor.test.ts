import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileIn, runIn } from '../testing/run.ts';
import { ServedLog } from '../testing/servedLog.ts';

const log = new ServedLog();
let url = '';
let dir = '';

beforeAll(async () => {
  url = await log.listen();
  dir = mkdtempSync(join(tmpdir(), 'comity-monitor-'));
});
afterAll(() => {
  log.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Runs the program beside this process, which serves the log. */
async function monitor(...more: readonly string[]): Promise<{ readonly code: number | null; readonly lines: readonly string[] }> {
  const bin = join(import.meta.dirname, '..', '..', 'bin', 'comity.js');
  const args = ['log', 'monitor', url, '--state', join(dir, 'state'), '--vkey', ...log.vkeys, ...more];
  const child = spawn(process.execPath, [bin, ...args], { cwd: dir, stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, lines: out.trim().split('\n') };
}

describe('comity log monitor', () => {
  it('follows a log from look to look, until it is caught', async () => {
    await log.grow(['a', 'b'], Date.now());
    expect(await monitor('--once')).toMatchObject({
      code: 0,
      lines: [expect.stringContaining('2 entries, followed from now on')],
    });
    const watching = monitor('--every', '1', '--json');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    log.rewrite();
    await log.grow(['a', 'c', 'd'], Date.now());
    const { code, lines } = await watching;
    expect(code).toBe(2);
    const looks = lines.map((line) => JSON.parse(line));
    expect(looks[0]).toMatchObject({ found: 'same' });
    expect(looks.at(-1)).toMatchObject({ found: 'forked', kept: '2', size: '3', evidence: expect.stringContaining('evidence') });
  });

  it('says in its exit code that it could not ask', async () => {
    log.failing = 500;
    expect((await monitor('--once')).code).toBe(3);
    log.failing = 0;
  });

  it.each([
    ['--vkey', ['--vkey', 'nonsense', '--state', 'x']],
    ['--every', ['--vkey', 'nonsense', '--state', 'x', '--every', '0']],
    ['--stale', ['--vkey', 'nonsense', '--state', 'x', '--stale', 'never']],
    ['URL', []],
  ])('refuses what it cannot use before it asks anybody: %s', (field, args) => {
    const target = field === 'URL' ? 'file:///etc' : url;
    const done = runIn(dir, 'log', 'monitor', target, '--json', ...(args.length === 0 ? ['--vkey', 'x', '--state', 'x'] : args));
    expect(done.code).toBe(64);
    expect(JSON.parse(done.out).refusal.field).toBe(field);
  });

  it('refuses a policy that is none', () => {
    const policy = fileIn(dir, 'policy', 'quorum everybody\n');
    const done = runIn(dir, 'log', 'monitor', url, '--state', 'x', '--policy', policy, '--json', '--vkey', ...log.vkeys);
    expect([done.code, done.out]).toEqual([64, expect.stringContaining('--policy: line 1')]);
  });
});
