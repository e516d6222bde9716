import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answered, runIn } from './testing/run.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-cli-container-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const run = (...args: readonly string[]): Answered => runIn(dir, 'container', ...args);
const own = ['--key', 'k.pem', '--cert', 'c.pem'];

beforeAll(() => {
  mkdirSync(join(dir, 'ev', 'sub'), { recursive: true });
  writeFileSync(join(dir, 'ev', 'x.csv'), 'a,b\r\n1,2\r\n');
  writeFileSync(join(dir, 'ev', 'sub', 'y.txt'), 'hello');
  expect(run('certificate', '--organisation', 'SkyMail', '--country', 'IE', '--key', 'k.pem', '--cert', 'c.pem').code).toBe(0);
  expect(run('make', 'ev', ...own, '--case', 'c1', '-o', 'a.asice')).toMatchObject({ code: 0, err: '' });
});

describe('comity container', () => {
  it('says by its exit code whether a container is sound, open, altered or unreadable', () => {
    expect(run('verify', 'a.asice', '--trust', 'c.pem').code).toBe(0);
    const open = run('verify', 'a.asice');
    expect([open.code, open.out]).toEqual([1, expect.stringContaining('SkyMail vouches for its own certificate')]);
    const bytes = readFileSync(join(dir, 'a.asice'));
    writeFileSync(join(dir, 'bad.asice'), Buffer.concat([bytes, Buffer.from('x')]));
    const unreadable = run('verify', 'bad.asice');
    expect([unreadable.code, unreadable.err]).toEqual([3, expect.stringContaining('Something follows it.')]);
    expect(run('verify', 'nowhere.asice').code).toBe(3);
  });

  it('unpacks what is covered into an empty folder, and into no other', () => {
    expect(run('extract', 'a.asice', '-o', 'out').code).toBe(0);
    expect(readFileSync(join(dir, 'out', 'evidence', 'x.csv'), 'utf8')).toBe('a,b\r\n1,2\r\n');
    expect(run('extract', 'a.asice', '-o', 'out').code).toBe(1);
  });

  it('hands over to an archive as a bag, and checks bags', () => {
    expect(run('bag', 'a.asice', '-o', 'bag').code).toBe(0);
    expect(run('check-bag', 'bag')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Complete and undamaged: version 1.0, 8 files'),
    });
    writeFileSync(join(dir, 'bag', 'data', 'evidence', 'x.csv'), 'a,b\r\n1,3\r\n');
    expect(run('check-bag', 'bag')).toMatchObject({
      code: 1,
      out: expect.stringContaining('data/evidence/x.csv is not what its checksum says.'),
    });
    expect(run('bag', 'a.asice', '-o', 'bag').code).toBe(1);
  });

  it('lets a later custodian sign, and an item be shown alone', () => {
    const signed = run('sign', 'a.asice', ...own, '--note', 'taken over', '-o', 'b.asice');
    expect(signed.code).toBe(0);
    const report = JSON.parse(run('verify', 'b.asice', '--trust', 'c.pem', '--json').out);
    expect([report.verdict, report.signatures.length]).toEqual(['sound', 2]);
    const proof = run('item', 'a.asice', 'sub/y.txt');
    writeFileSync(join(dir, 'p.json'), proof.out);
    expect(proof.out).not.toContain('x.csv');
    expect(run('item', 'p.json', '--root', report.items.root).code).toBe(0);
    expect(run('item', 'p.json', '--root', '0'.repeat(64)).code).toBe(1);
  });

  it('makes nothing of links, of another key, or over a key that is there', () => {
    mkdirSync(join(dir, 'linked'));
    symlinkSync('/etc/passwd', join(dir, 'linked', 'p'));
    expect(run('make', 'linked', ...own, '-o', 'l.asice').code).toBe(1);
    expect(run('certificate', '--organisation', 'A', '--country', 'IE', '--key', 'k.pem', '--cert', 'd.pem').code).toBe(1);
    expect(run('certificate', '--organisation', 'A', '--country', 'IE', '--key', 'k2.pem', '--cert', 'c2.pem').code).toBe(0);
    expect(run('make', 'ev', '--key', 'k.pem', '--cert', 'c2.pem', '-o', 'l.asice')).toMatchObject({
      code: 1,
      err: expect.stringContaining('cannot be used to sign'),
    });
    expect(run('stamp', 'a.asice', '--tsa', 'http://127.0.0.1:1/', '-o', 'l.asice').code).toBe(1);
    expect(readdirSync(dir).filter((name) => name.startsWith('l.asice'))).toEqual([]);
  });
});
