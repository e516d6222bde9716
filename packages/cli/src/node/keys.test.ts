import type { ChildProcess } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Result, SignedDirectory } from '@comity/core';
import { generateOfficeIdentity, protectIdentity } from '@comity/seal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignAsk, signAnew } from '../directory/sign.ts';
import { TestNodes } from '../testing/node.ts';
import { fileIn } from '../testing/run.ts';
import { type NodeSettings, readConfig } from './config.ts';
import { exportOffice, importOffice, listKeys, revoke, rotate } from './keys.ts';

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

const at = (name: string): string => join(dir, name);
const settings = (passphrase?: string): NodeSettings => {
  const more = passphrase === undefined ? {} : { COMITY_PASSPHRASE: passphrase };
  const read = readConfig(at('pt-court.json'), { DATABASE_URL: nodes.databaseUrl, ...more });
  if (!read.ok) throw new Error(read.refusal.code);
  return read.value;
};
const codeOf = (result: Result<unknown>): string => (result.ok ? 'done' : `${result.refusal.code} ${result.refusal.field ?? ''}`);
const sign = (ask: Partial<SignAsk> = {}): Result<SignedDirectory> =>
  signAnew({ directory: at('directory.json'), key: at('keeper.json'), days: '30', output: at('next.json'), ...ask });
const states = async (use: string): Promise<unknown> => {
  const listed = await listKeys(settings());
  return listed.ok ? listed.value.filter((row) => row.use === use).map(({ id, state }) => `${id} ${state}`) : listed;
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
    // Once as a person does it; the rest asks the functions behind the commands.
    const words = await nodes.run('node', 'keys', 'rotate', '--use', 'sign', '-o', 's.json', '--config', 'pt-court.json');
    expect(words).toMatchObject({ code: 0, err: '' });
    expect(words.out).toContain('pt-court#sign-2 is made');
    expect(words.out).toContain('give s.json to its keeper');
    expect(await states('sign')).toEqual(['pt-court#sign-1 present', 'pt-court#sign-2 unlisted']);
    const keeper = ['--directory', 'directory.json', '--key', 'keeper.json', '--statement', 's.json', '-o', 'next.json'];
    expect(await nodes.run('directory', 'sign', ...keeper)).toMatchObject({ code: 0, err: '' });
    renameSync(at('next.json'), at('directory.json'));
    const listed: SignedDirectory = JSON.parse(readFileSync(at('directory.json'), 'utf8'));
    await until(async () => JSON.stringify(await nodes.ask('/public/directory')) === JSON.stringify(listed));
    await until(() => said.includes('A newer directory is in force'));
    expect(await states('sign')).toEqual(['pt-court#sign-1 beside', 'pt-court#sign-2 present']);
    expect((await nodes.run('log', 'export', '--config', 'pt-court.json', '-o', 'log')).code).toBe(0);
    const year = String(new Date().getUTCFullYear());
    const bundle = readFileSync(join(dir, 'log', year, 'tile/entries/000.p/1'), 'utf8');
    expect(bundle).toContain('"basis":["pt-court#sign-1","pt-court#sign-2"]');
    expect(bundle).toContain('"t":"key.rotated"');
  });

  it('does not go back to an older directory, nor to one that somebody else signed', async () => {
    copyFileSync(at('directory.json'), at('good.json'));
    fileIn(dir, 'stranger.json', { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43), d: 'B'.repeat(43) });
    expect(codeOf(sign({ key: at('stranger.json') }))).toBe('message-signature-invalid directory');
    expect(codeOf(sign({ days: '4000' }))).toBe('field-invalid --days');
    const forged = JSON.parse(readFileSync(at('good.json'), 'utf8'));
    forged.directory.issued = '2030-01-01T00:00:00.000Z';
    fileIn(dir, 'directory.json', forged);
    await until(() => said.includes('The directory cannot be used: message-signature-invalid'));
    expect(await nodes.ask('/public/directory')).toEqual(JSON.parse(readFileSync(at('good.json'), 'utf8')));
    renameSync(at('good.json'), at('directory.json'));
    await until(() => said.includes('is not newer than the one in force'));
  });

  it('revokes a key, and refuses what cannot be', async () => {
    const ask = { reason: 'compromised', output: at('r.json') };
    const revoked = await revoke(settings(), { ...ask, id: 'pt-court#messages-1' });
    expect(revoked.ok && revoked.value.statement.wish).toMatchObject({
      ...{ change: 'key.revoked', old: { id: 'pt-court#messages-1' }, new: { id: 'pt-court#messages-2' } },
    });
    expect(codeOf(sign({ statement: [at('r.json'), at('r.json')] }))).toContain('statement-invalid');
    expect(existsSync(at('next.json'))).toBe(false);
    const refusals = [
      await revoke(settings(), { ...ask, id: 'pt-court#sign-9' }),
      await revoke(settings(), { ...ask, id: 'pt-court#sign-2', since: '2099-01-01T00:00:00.000Z' }),
      await rotate(settings(), { ...ask, use: 'office' }),
      await rotate(settings(), { ...ask, use: 'log' }),
      await rotate(settings(), { ...ask, use: 'sign', reason: 'whim' }),
      await rotate(settings(), { ...ask, use: 'sign', from: '2020-01-01T00:00:00.000Z' }),
      await rotate(settings(), { ...ask, use: 'sign', held: 'x' }),
    ];
    expect(refusals.map(codeOf)).toEqual([
      'not-found pt-court#sign-9',
      'field-invalid --since',
      'field-missing COMITY_PASSPHRASE',
      'field-invalid --use',
      'field-invalid --reason',
      'field-invalid --from',
      'field-invalid --held',
    ]);
  });

  it('brings an office key back from the shares of its officers, and takes no other key for it', async () => {
    const [office, next] = ['pt-court#office-1', 'another passphrase'];
    expect(await exportOffice(settings(), { id: office, output: at('office.key') })).toMatchObject({ ok: true });
    fileIn(dir, 'old', 'x');
    fileIn(dir, 'new', next);
    const split = ['--shares', '3', '--needed', '2', '-o', 'shares', '--passphrase-file', 'old'];
    expect(await nodes.run('keys', 'split', 'office.key', ...split)).toMatchObject({ code: 0 });
    const two = ['shares/share-1.json', 'shares/share-3.json', '--set', 'shares/set.json'];
    const under = ['--protect', '--passphrase-file', 'new'];
    expect(await nodes.run('keys', 'join', ...two, ...under, '-o', 'back.key')).toMatchObject({ code: 0 });
    fileIn(dir, 'stranger.key', await protectIdentity((await generateOfficeIdentity()).identity, next, 10));
    const take = async (passphrase: string | undefined, id: string, file: string): Promise<string> =>
      codeOf(await importOffice(settings(passphrase), { id, file: at(file) }));
    expect(await take(undefined, office, 'back.key')).toBe('field-missing COMITY_PASSPHRASE');
    // Of the key that is quick to try: the other is guarded with all the work that a real one is.
    expect(await take('x', office, 'stranger.key')).toContain('unseal-refused');
    expect(await take(next, office, 'stranger.key')).toBe(`recipient-unknown ${office}`);
    expect(await take(next, 'pt-court#office-9', 'back.key')).toBe('not-found pt-court#office-9');
    expect(await take(next, office, 'back.key')).toBe('done');
    await exportOffice(settings(), { id: office, output: at('again.key') });
    expect(readFileSync(at('again.key'), 'utf8')).toBe(readFileSync(at('back.key'), 'utf8'));
  });
});
