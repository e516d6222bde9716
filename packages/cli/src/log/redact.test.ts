import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toInstant } from '@comity/core';
import { sha256, signatureChecks } from '@comity/node/keys';
import {
  bundlePath,
  checkSignedCheckpoint,
  decodeBundle,
  encodeEntry,
  inclusionProof,
  leafHash,
  parseVerifierKey,
  tilePath,
  verifierKey,
  verifyInclusion,
} from '@comity/prove';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestNodes } from '../testing/node.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-cli-log-'));
// mkdtemp makes a folder that others cannot enter; as root the data would then lie elsewhere.
chmodSync(dir, 0o755);
const nodes = new TestNodes(dir);
const year = String(new Date().getUTCFullYear());
const secret = 'entry-that-names-somebody';

beforeAll(async () => {
  await nodes.open();
  const { house } = await nodes.start();
  await house.log.append([...bytes(299), bytes(1, secret)[0] ?? new Uint8Array(), ...bytes(200)]);
});

afterAll(async () => {
  await nodes.stop();
  rmSync(dir, { recursive: true, force: true });
});

function bytes(count: number, role = 'judge'): readonly Uint8Array[] {
  return Array.from({ length: count }, () =>
    encodeEntry({
      ...{ v: 1, t: 'case.read', id: crypto.randomUUID(), nonce: randomBytes(32).toString('base64url'), case: 'case-1' },
      ...{ at: toInstant(Date.now()), actor: 'pt-court#sign-1', role },
    }),
  );
}

const json = async (
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly answer: Record<string, unknown> }> => {
  const { code, out, err } = await nodes.run(...args, '--json');
  if (out === '') throw new Error(err);
  return { code, answer: JSON.parse(out) };
};

const order = (index: string, more: readonly string[] = []): ReturnType<typeof json> =>
  json(
    ...['log', 'order', '--config', 'eu-overseer.json', '--party', 'pt-court', '--year', year, '--index', index],
    ...['--reason', 'personal-data', '-o', `order-${index}.json`, ...more],
  );

const fsck = (): ReturnType<typeof json> => json('log', 'fsck', '--database-url', nodes.databaseUrl, '--vkey', ...nodes.vkeys);
const exportTo = (name: string, ...more: readonly string[]): ReturnType<typeof json> =>
  json('log', 'export', '--database-url', nodes.databaseUrl, '-o', name, ...more);

/** Reads every entry of an exported log and proves it to the checkpoint, with nothing but the files. */
async function readFiles(
  folder: string,
): Promise<{ readonly size: bigint; readonly blank: readonly number[]; readonly text: string }> {
  const at = (path: string): Uint8Array => new Uint8Array(readFileSync(join(dir, folder, year, path)));
  const keys = nodes.vkeys.flatMap((vkey) => {
    const key = parseVerifierKey(vkey, sha256);
    return key.ok ? [verifierKey({ ...key.value, name: `pt-court.test/log/${year}` }, sha256)] : [];
  });
  const logs = [{ origin: `pt-court.test/log/${year}`, keys }];
  const signed = checkSignedCheckpoint(Buffer.from(at('checkpoint')).toString(), { logs, sha256, checks: signatureChecks });
  if (!signed.ok) throw new Error(signed.code);
  const { size, root } = signed.value.checkpoint;
  const entries: Uint8Array[] = [];
  for (let index = 0n; index << 8n < size; index++) {
    const width = Number(size - (index << 8n) < 256n ? size - (index << 8n) : 256n);
    const bundle = decodeBundle(at(bundlePath({ index, width })));
    if (bundle.ok) entries.push(...bundle.value);
  }
  expect(BigInt(entries.length)).toBe(size);
  const read = async (address: Parameters<typeof tilePath>[0]): Promise<Uint8Array> => at(tilePath(address));
  const blank: number[] = [];
  for (const [i, entry] of entries.entries()) {
    const proof = await inclusionProof({ index: BigInt(i), size }, read, sha256);
    const claim = { index: BigInt(i), size, root, proof };
    if (entry.length === 0) blank.push(i);
    else expect(verifyInclusion({ ...claim, leaf: leafHash(entry, sha256) }, sha256)).toBe(true);
  }
  return { size, blank, text: Buffer.concat(entries).toString() };
}

describe('comity log order, redact and export', () => {
  it('blank an entry that an overseer has ordered to be, and the log stays sound', async () => {
    expect((await exportTo('before')).answer).toMatchObject({ ok: true, logs: [{ size: '500' }] });
    expect((await readFiles('before')).text).toContain(secret);
    const ordered = await order('299');
    expect(ordered.answer).toMatchObject({ ok: true, origin: `pt-court.test/log/${year}`, index: '299' });
    expect(readFileSync(join(dir, 'order-299.json'), 'utf8')).not.toContain(secret);
    const done = await json('log', 'redact', 'order-299.json', '--config', 'pt-court.json');
    expect(done.answer).toEqual({ ok: true, year: Number(year), index: '299', entry: '500' });
    expect((await fsck()).answer).toMatchObject({ ok: true, size: '501', blanked: 1 });
    expect((await exportTo('before')).code).toBe(0);
    const after = await readFiles('before');
    expect(after).toMatchObject({ size: 501n, blank: [299] });
    expect(after.text).not.toContain(secret);
    // The narrower bundle that was exported before held it too.
    expect(readdirSync(join(dir, 'before', year, 'tile', 'entries', '001.p'))).toEqual(['245']);
    const again = await json('log', 'redact', 'order-299.json', '--config', 'pt-court.json');
    expect(again).toMatchObject({ code: 1, answer: { refusal: { code: 'already-redacted' } } });
  });

  it('take no order from somebody who is no overseer, or about what is not there', async () => {
    const own = await order('5', ['--config', 'pt-court.json']);
    expect(own).toMatchObject({ code: 1, answer: { refusal: { code: 'order-invalid' } } });
    expect((await order('9000')).answer).toMatchObject({ refusal: { code: 'entry-unknown' } });
    expect((await order('01')).answer).toMatchObject({ refusal: { code: 'field-invalid', field: '--index' } });
    expect((await order('5', ['--reason', 'because'])).answer).toMatchObject({ refusal: { field: '--reason' } });
    expect((await order('5', ['--party', 'nobody'])).answer).toMatchObject({ refusal: { field: '--party' } });
    await order('6');
    writeFileSync(join(dir, 'forged.json'), readFileSync(join(dir, 'order-6.json'), 'utf8').replace('"6"', '"7"'));
    const forged = await json('log', 'redact', 'forged.json', '--config', 'pt-court.json');
    expect(forged).toMatchObject({ code: 1, answer: { refusal: { code: 'order-invalid', field: '1' } } });
    const missing = await json('log', 'redact', 'nowhere.json', '--config', 'pt-court.json');
    expect(missing).toMatchObject({ code: 1, answer: { refusal: { code: 'not-found' } } });
  });

  it('bring an exported folder up to date, and leave the folder of anything else alone', async () => {
    expect((await exportTo('grown', '--year', year)).code).toBe(0);
    await nodes.node?.house.log.append(bytes(300));
    expect((await exportTo('grown', '--year', year)).code).toBe(0);
    expect((await readFiles('grown')).size).toBeGreaterThan(800n);
    expect((await exportTo('none', '--year', '1999')).answer).toMatchObject({ refusal: { code: 'not-found' } });
    const folder = join(dir, 'other', year);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'diary.txt'), 'mine');
    expect((await exportTo('other')).answer).toMatchObject({ refusal: { code: 'log-forked' } });
    rmSync(join(folder, 'diary.txt'));
    const note = readFileSync(join(dir, 'grown', year, 'checkpoint'), 'utf8');
    writeFileSync(join(folder, 'checkpoint'), note.replace('pt-court.test', 'elsewhere.test'));
    expect((await exportTo('other')).answer).toMatchObject({ refusal: { code: 'log-forked' } });
    const [origin, size, , ...rest] = note.split('\n');
    writeFileSync(join(folder, 'checkpoint'), [origin, size, randomBytes(32).toString('base64'), ...rest].join('\n'));
    expect((await exportTo('other')).answer).toMatchObject({ refusal: { code: 'log-forked' } });
    expect(existsSync(join(folder, 'tile'))).toBe(false);
    const both = await json('log', 'export', '--database-url', nodes.databaseUrl, '--config', 'pt-court.json', '-o', 'x');
    expect(both).toMatchObject({ code: 1, answer: { refusal: { code: 'field-missing' } } });
    expect((await json('log', 'export', '--config', 'pt-court.json', '-o', 'by-config')).code).toBe(0);
  });
});

describe('comity node erase', () => {
  it('asks for exactly what is to go, for a reason of the list, and refuses a case that is not there', async () => {
    const erase = async (...args: readonly string[]): Promise<unknown> => {
      const common = ['--config', 'pt-court.json', '--case', crypto.randomUUID(), '--authority', 'eu-overseer'];
      const { answer } = await json('node', 'erase', ...common, ...args);
      const { code, field } = (answer['refusal'] ?? {}) as { readonly code?: string; readonly field?: string };
      return `${code} ${field}`;
    };
    const who = ['--reason', 'person-asked', '--person', 'officer-1'];
    expect(await erase(...who)).toBe('field-invalid --whole-case');
    expect(await erase(...who, '--whole-case', '--act', 'a')).toBe('field-invalid --whole-case');
    expect(await erase('--reason', 'why not', '--person', 'officer-1', '--whole-case')).toBe('field-invalid --reason');
    expect(await erase('--reason', 'mistake', '--person', 'nobody', '--whole-case')).toBe('not-found people: nobody');
    expect(await erase(...who, '--whole-case')).toBe('case-unknown case');
    expect(await erase(...who, '--act', 'a'.repeat(64), '--section', 'reason')).toBe('act-unknown act');
  });
});
