import type { ChildProcess } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SignedDirectory } from '@comity/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestNodes } from '../testing/node.ts';
import { fileIn } from '../testing/run.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-cli-keys-'));
// mkdtemp makes a folder that others cannot enter; as root the data would then lie elsewhere.
chmodSync(dir, 0o755);
const nodes = new TestNodes(dir);
let node: ChildProcess;
let said = '';

beforeAll(async () => {
  await nodes.open();
  node = await nodes.spawn();
  node.stderr?.on('data', (chunk) => {
    said += chunk;
  });
});

afterAll(async () => {
  const gone = new Promise((done) => node.once('exit', done));
  node.kill('SIGTERM');
  await gone;
  await nodes.stop();
  rmSync(dir, { recursive: true, force: true });
});

const run = async (...args: readonly string[]): Promise<Record<string, unknown>> => {
  const { out, err } = await nodes.run(...args, '--json');
  if (out === '') throw new Error(err);
  return JSON.parse(out);
};
const keys = (...args: readonly string[]): Promise<Record<string, unknown>> =>
  run('node', 'keys', ...args, '--config', 'pt-court.json');
const sign = (...args: readonly string[]): Promise<Record<string, unknown>> =>
  run('directory', 'sign', '--directory', 'directory.json', '--key', 'keeper.json', '-o', 'next.json', ...args);
const states = async (use: string): Promise<unknown> => {
  const { keys: rows } = await keys('list');
  return Array.isArray(rows) ? rows.filter((row) => row.use === use).map(({ id, state }) => `${id} ${state}`) : rows;
};
const until = async (isSo: () => Promise<boolean> | boolean): Promise<void> => {
  for (const end = Date.now() + 15_000; !(await isSo()); ) {
    if (Date.now() > end) throw new Error(`it did not come to that: ${said}`);
    await new Promise((done) => setTimeout(done, 50));
  }
};

describe('comity node start', () => {
  it.skipIf(!existsSync('/proc/self/coredump_filter'))('leaves no memory to a core dump, and writes no diagnostic report', () => {
    expect(readFileSync(`/proc/${node.pid}/coredump_filter`, 'utf8').trim()).toBe('00000000');
    expect(readFileSync('/proc/self/coredump_filter', 'utf8').trim()).not.toBe('00000000');
  });
});

describe('comity node keys', () => {
  it('rotates a key: stated, logged, listed by the keeper, and taken up by the node while it runs', async () => {
    expect(await states('sign')).toEqual(['pt-court#sign-1 present']);
    expect(await keys('rotate', '--use', 'sign', '-o', 's.json')).toEqual({
      ...{ ok: true, change: 'key.rotated', old: 'pt-court#sign-1', new: 'pt-court#sign-2' },
    });
    expect(await states('sign')).toEqual(['pt-court#sign-1 present', 'pt-court#sign-2 unlisted']);
    expect(await sign('--statement', 's.json', '--days', '30')).toMatchObject({ ok: true });
    renameSync(join(dir, 'next.json'), join(dir, 'directory.json'));
    const listed: SignedDirectory = JSON.parse(readFileSync(join(dir, 'directory.json'), 'utf8'));
    await until(async () => JSON.stringify(await nodes.ask('/public/directory')) === JSON.stringify(listed));
    await until(() => said.includes('A newer directory is in force'));
    expect(await states('sign')).toEqual(['pt-court#sign-1 beside', 'pt-court#sign-2 present']);
    const log = await nodes.run('log', 'export', '--config', 'pt-court.json', '-o', 'log');
    expect(log.code).toBe(0);
    const year = String(new Date().getUTCFullYear());
    const bundle = readFileSync(join(dir, 'log', year, 'tile/entries/000.p/1'), 'utf8');
    expect(bundle).toContain('"basis":["pt-court#sign-1","pt-court#sign-2"]');
    expect(bundle).toContain('"t":"key.rotated"');
  });

  it('does not go back to an older directory, nor to one that somebody else signed', async () => {
    copyFileSync(join(dir, 'directory.json'), join(dir, 'good.json'));
    const stranger = { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43), d: 'B'.repeat(43) };
    fileIn(dir, 'stranger.json', stranger);
    expect(await run('directory', 'sign', '--directory', 'good.json', '--key', 'stranger.json', '-o', 'x.json')).toMatchObject({
      ok: false,
      refusal: { code: 'message-signature-invalid' },
    });
    const forged = JSON.parse(readFileSync(join(dir, 'good.json'), 'utf8'));
    forged.directory.issued = '2030-01-01T00:00:00.000Z';
    fileIn(dir, 'directory.json', forged);
    await until(() => said.includes('The directory cannot be used: message-signature-invalid'));
    expect(await nodes.ask('/public/directory')).toEqual(JSON.parse(readFileSync(join(dir, 'good.json'), 'utf8')));
    renameSync(join(dir, 'good.json'), join(dir, 'directory.json'));
    await until(() => said.includes('is not newer than the one in force'));
  });

  it('revokes a key in words that say what comes next, and refuses what cannot be', async () => {
    expect(await keys('revoke', 'pt-court#messages-1', '-o', 'r.json')).toEqual({
      ...{ ok: true, change: 'key.revoked', old: 'pt-court#messages-1', new: 'pt-court#messages-2' },
    });
    expect(await sign('--statement', 'r.json', 'r.json')).toMatchObject({ ok: false, refusal: { code: 'statement-invalid' } });
    const refused = async (...args: readonly string[]): Promise<unknown> => (await keys(...args, '-o', 'x.json'))['refusal'];
    const refusals = await Promise.all([
      refused('revoke', 'pt-court#sign-9'),
      refused('rotate', '--use', 'office'),
      refused('rotate', '--use', 'log'),
      refused('rotate', '--use', 'sign', '--from', '2020-01-01T00:00:00.000Z'),
    ]);
    expect(refusals).toMatchObject([
      { code: 'not-found', field: 'pt-court#sign-9' },
      { code: 'field-missing', field: 'COMITY_PASSPHRASE' },
      { code: 'field-invalid', field: '--use' },
      { code: 'field-invalid', field: '--from' },
    ]);
    const words = await nodes.run('node', 'keys', 'revoke', 'pt-court#messages-1', '-o', 'r.json', '--config', 'pt-court.json');
    expect(words.out).toContain('give r.json to its keeper');
  });
});
