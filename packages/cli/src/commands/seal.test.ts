import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { protectIdentity } from '@comity/seal';
import { sealWhole, unsealWhole } from '@comity/seal/browser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answered, runIn } from '../testing/run.ts';

const BIN = join(import.meta.dirname, '..', '..', 'bin', 'comity.js');
const dir = mkdtempSync(join(tmpdir(), 'comity-cli-seal-'));
const plaintext = randomBytes(200_000);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const run = (...args: readonly string[]): Answered => runIn(dir, ...args);
const read = (name: string): Buffer => readFileSync(join(dir, name));
const parts = (): readonly string[] => readdirSync(dir).filter((name) => name.endsWith('.part'));
let [hybrid, classical] = ['', ''];

beforeAll(() => {
  writeFileSync(join(dir, 'plain'), plaintext);
  hybrid = run('keys', 'new', '-o', 'a.key').out.trim();
  classical = run('keys', 'new', '--kind', 'x25519', '-o', 'x.key').out.trim();
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Runs the program with bytes on its standard input, and gives those on its standard output. */
function pipe(input: Uint8Array, ...args: readonly string[]): { readonly code: number | null; readonly out: Buffer } {
  const done = spawnSync(process.execPath, [BIN, ...args], { cwd: dir, input, maxBuffer: 1 << 28 });
  return { code: done.status, out: done.stdout };
}

const identityIn = (name: string): string =>
  read(name)
    .toString()
    .split('\n')
    .find((line) => line.startsWith('AGE-')) ?? '';

describe('comity seal and unseal', () => {
  it('seal to one kind of office and open again, and say sizes and digests that are true', () => {
    const sealed = JSON.parse(run('seal', 'plain', '--to', hybrid, '--json').out);
    expect(sealed.file).toBe('plain.age');
    expect(sealed.ciphertext).toEqual({ sha256: sha256(read('plain.age')), size: read('plain.age').length });
    const { digest, salt, ...plain } = sealed.plaintext;
    expect(plain).toEqual({ sha256: sha256(plaintext), size: plaintext.length });
    // What a manifest says of the content: salted, so that a small one cannot be guessed.
    expect(digest).toBe(sha256(Buffer.concat([Buffer.from(salt, 'base64url'), plaintext])));
    const opened = JSON.parse(run('unseal', 'plain.age', '-i', 'a.key', '-o', 'opened', '--json').out);
    expect([opened.plaintext, opened.ciphertext]).toEqual([plain, sealed.ciphertext]);
    expect(read('opened').equals(plaintext)).toBe(true);
    expect(statSync(join(dir, 'opened')).mode & 0o777).toBe(0o600);
  });

  it('and pages, which do it with another library, understand each other', async () => {
    run('seal', 'plain', '--to', classical, '-o', 'to-page.age');
    const opened = await unsealWhole(read('to-page.age'), identityIn('x.key'));
    expect(opened.ok && Buffer.from(opened.value).equals(plaintext)).toBe(true);
    const sealed = await sealWhole(plaintext, [hybrid]);
    writeFileSync(join(dir, 'from-page.age'), sealed.ok ? sealed.value : '');
    expect(run('unseal', 'from-page.age', '-i', 'a.key').code).toBe(0);
    expect(read('from-page').equals(plaintext)).toBe(true);
  });

  it('stream from standard input to standard output, with recipients from a file', () => {
    writeFileSync(join(dir, 'offices.txt'), `# the court\n${hybrid}\n\n`);
    const sealed = pipe(plaintext, 'seal', '-', '-R', 'offices.txt');
    expect(sealed.code).toBe(0);
    const opened = pipe(sealed.out, 'unseal', '-', '-i', 'a.key');
    expect([opened.code, opened.out.equals(plaintext)]).toEqual([0, true]);
    expect(pipe(Buffer.alloc(0), 'unseal', '-', '-i', 'a.key').code).toBe(1);
  });

  it('write over nothing that is there unless they are told to', () => {
    writeFileSync(join(dir, 'there'), 'mine');
    const refused = run('seal', 'plain', '--to', hybrid, '-o', 'there', '--json');
    expect([refused.code, JSON.parse(refused.out).refusal]).toEqual([1, { code: 'file-exists', field: 'there' }]);
    expect(read('there').toString()).toBe('mine');
    expect(run('seal', 'plain', '--to', hybrid, '-o', 'there', '--force').code).toBe(0);
    expect(read('there').length).toBeGreaterThan(plaintext.length);
    expect(run('keys', 'new', '-o', 'a.key').code).toBe(1);
  });

  it('leave nothing of a file that does not hold to its end, and say so', () => {
    const file = Buffer.from(pipe(plaintext, 'seal', '-', '--to', classical).out);
    for (const [name, bytes] of [
      ['cut', file.subarray(0, -1)],
      ['long', Buffer.concat([file, Buffer.alloc(1)])],
      ['flipped', Buffer.concat([file.subarray(0, -1), Buffer.of((file.at(-1) ?? 0) ^ 1)])],
    ] as const) {
      writeFileSync(join(dir, `${name}.age`), bytes);
      const { code, err } = run('unseal', `${name}.age`, '-i', 'x.key');
      expect([code, err]).toEqual([1, expect.stringContaining('damaged')]);
      expect(existsSync(join(dir, name))).toBe(false);
    }
    expect(parts()).toEqual([]);
    const streamed = pipe(file.subarray(0, -1), 'unseal', '-', '-i', 'x.key');
    expect(streamed.code).toBe(1);
    expect(streamed.out.equals(plaintext.subarray(0, streamed.out.length))).toBe(true);
  });

  it.each([
    ['field-missing', '--to, --recipients', ['seal', 'plain']],
    ['not-found', 'no-folder', ['seal', 'plain', '--to', 'HYBRID', '-o', 'no-folder/n2']],
    ['recipient-unknown', 'recipients.1', ['seal', 'plain', '--to', 'HYBRID', 'CLASSICAL', '-o', 'n3']],
    ['field-invalid', 'plain: line 1', ['seal', 'plain', '-R', 'plain', '-o', 'n5']],
    ['field-missing', '--identity, --share', ['unseal', 'plain.age', '-o', 'n6']],
    ['unseal-refused', undefined, ['unseal', 'plain.age', '-i', 'x.key', '-o', 'n8']],
    ['field-invalid', 'needed', ['seal', 'plain', '--jointly', '2', '--to', 'HYBRID', '-o', 'n10']],
  ])('refuse by %s %s, and leave no file', (code, field, args) => {
    const given = args.map((arg) => arg.replace('HYBRID', hybrid).replace('CLASSICAL', classical));
    const { code: exit, out } = run(...given, '--json');
    expect(exit).toBe(1);
    expect(JSON.parse(out).refusal).toMatchObject({ code, ...(field === undefined ? {} : { field }) });
    expect(existsSync(join(dir, args.at(-1) ?? ''))).toBe(args.at(-1) === 'plain');
    expect(parts()).toEqual([]);
  });

  it('leave nothing behind when they are stopped in the midst', async () => {
    const endless = spawn(process.execPath, [BIN, 'seal', '-', '--to', classical, '-o', 'stopped.age'], { cwd: dir });
    const zeros = Buffer.alloc(1 << 20);
    endless.stdin.on('error', () => undefined);
    endless.stdin.write(zeros);
    for (let i = 0; i < 200 && parts().length === 0; i++) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(parts().length).toBe(1);
    const ended = new Promise<number | null>((resolve) => endless.once('exit', resolve));
    endless.kill('SIGTERM');
    expect(await ended).toBe(143);
    expect([parts(), existsSync(join(dir, 'stopped.age'))]).toEqual([[], false]);
  });

  it('end with a failure when nobody reads on', () => {
    const pipeline = `"$0" "$1" seal plain --to "$2" -o - | head -c 1 >/dev/null; exit "\${PIPESTATUS[0]}"`;
    writeFileSync(join(dir, 'plain.large'), Buffer.alloc(8 << 20));
    const done = spawnSync('bash', ['-c', pipeline.replace('plain', 'plain.large'), process.execPath, BIN, classical], {
      cwd: dir,
    });
    expect(done.status).toBe(70);
  });

  it.skipIf(process.platform === 'win32')('write to a device as it is, and never in its place', () => {
    expect(run('unseal', 'plain.age', '-i', 'a.key', '-o', '/dev/null', '--force').code).toBe(0);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('read and write files that the shell has opened', () => {
    const [input, output] = [openSync(join(dir, 'plain'), 'r'), openSync(join(dir, 'by-shell.age'), 'w')];
    const done = spawnSync(process.execPath, [BIN, 'seal', '-', '--to', hybrid], { cwd: dir, stdio: [input, output, 'inherit'] });
    closeSync(input);
    closeSync(output);
    expect(done.status).toBe(0);
    expect(run('unseal', 'by-shell.age', '-i', 'a.key').code).toBe(0);
    expect(read('by-shell').equals(plaintext)).toBe(true);
  });
});

describe('comity seal --jointly, share', () => {
  it('needs the holders together, names whose share is wrong, and takes shares that were sealed to the opener', () => {
    const holders = ['h1', 'h2', 'h3'].map((name) => run('keys', 'new', '--kind', 'x25519', '-o', `${name}.key`).out.trim());
    const sealed = run('seal', 'plain', '--jointly', '2', '--to', ...holders, '-o', 'joint.age', '--json');
    writeFileSync(join(dir, 'said.json'), sealed.out);
    expect(JSON.parse(sealed.out).joint.commitments.length).toBe(3);
    for (const [i, to] of [[], ['--to', hybrid], []].entries())
      expect(run('share', 'joint.age', '-i', `h${i + 1}.key`, '-o', `s${i + 1}`, ...to).code).toBe(0);
    const open = (...args: readonly string[]): Answered => run('unseal', 'joint.age', '--force', '-o', 'together', ...args);
    expect(open('--share', 's1', 's2', '-i', 'a.key', '--commitments', 'said.json').code).toBe(0);
    expect(read('together').equals(plaintext)).toBe(true);
    const refusals = [
      open('--share', 's1', '--json'),
      open('--share', 's1', 's1', '--json'),
      open('--share', 's1', 's2', '--json'),
      open('-i', 'h1.key', '--json'),
      run('share', 'joint.age', '-i', 'a.key', '-o', 's4', '--json'),
    ].map(({ out }) => JSON.parse(out).refusal);
    expect(refusals).toEqual([
      { code: 'shares-too-few', field: 'shares', values: { needed: 2, given: 1 } },
      { code: 'share-invalid', field: 'shares.1', values: { share: 1 } },
      { code: 'field-missing', field: '--identity: s2' },
      { code: 'unseal-refused' },
      { code: 'unseal-refused', field: 'joint.age' },
    ]);
  });
});

describe('comity keys', () => {
  it('puts a key under a passphrase that is never an argument, and opens with it', async () => {
    writeFileSync(join(dir, 'pass'), 'correct horse\n');
    writeFileSync(join(dir, 'wrong'), 'correct house\n');
    expect(run('keys', 'protect', 'a.key', '-o', 'ap.key', '--passphrase-file', 'pass').code).toBe(0);
    expect(read('ap.key').toString()).not.toContain(identityIn('a.key'));
    run('seal', 'plain', '--to', hybrid, '-o', 'for-ap.age');
    expect(run('unseal', 'for-ap.age', '-i', 'ap.key', '--passphrase-file', 'pass').code).toBe(0);
    expect(read('for-ap').equals(plaintext)).toBe(true);
    // Quick to try: the one above is guarded with all the work that a real one is.
    writeFileSync(join(dir, 'quick.key'), await protectIdentity(identityIn('a.key'), 'correct horse', 10));
    expect(run('keys', 'recipient', 'quick.key', '--passphrase-file', 'pass').out.trim()).toBe(hybrid);
    const wrong = run('keys', 'recipient', 'quick.key', '--passphrase-file', 'wrong', '--json');
    expect(JSON.parse(wrong.out).refusal).toEqual({ code: 'unseal-refused', field: 'quick.key' });
  });

  it('brings a lost key back from enough officers, and names the share that is wrong', () => {
    expect(run('keys', 'split', 'x.key', '--shares', '3', '--needed', '2', '-o', 'escrow').code).toBe(0);
    const shares = [1, 2, 3].map((i) => join('escrow', `share-${i}.json`));
    for (const share of shares) expect(read(share).toString()).not.toContain(identityIn('x.key'));
    const [one = '', two = '', three = ''] = shares;
    expect(run('keys', 'join', three, one, '-o', 'back.key', '--set', join('escrow', 'set.json')).out.trim()).toBe(classical);
    expect(identityIn('back.key')).toBe(identityIn('x.key'));
    const forged = JSON.parse(read(two).toString());
    forged.share.data = forged.share.data.replace(/^./, (letter: string) => (letter === 'A' ? 'B' : 'A'));
    writeFileSync(join(dir, 'forged.json'), JSON.stringify(forged));
    const refusals = [
      run('keys', 'join', one, '-o', 'no.key', '--json'),
      run('keys', 'join', one, 'forged.json', '-o', 'no.key', '--json'),
      run('keys', 'join', one, 'plain', '-o', 'no.key', '--json'),
    ].map(({ out }) => JSON.parse(out).refusal);
    expect(refusals).toEqual([
      { code: 'shares-too-few', field: 'shares', values: { needed: 2, given: 1 } },
      { code: 'share-invalid', field: 'shares.1', values: { share: 2 } },
      { code: 'share-invalid', field: 'plain' },
    ]);
    expect(existsSync(join(dir, 'no.key'))).toBe(false);
  });

  it('seals each share to its officer', () => {
    const officers = ['o1', 'o2'].map((name) => run('keys', 'new', '--kind', 'x25519', '-o', `${name}.key`).out.trim());
    expect(run('keys', 'split', 'x.key', '--shares', '2', '--needed', '2', '-o', 'sealed', '--to', ...officers).code).toBe(0);
    expect(readdirSync(join(dir, 'sealed')).sort()).toEqual(['set.json', 'share-1.age', 'share-2.age']);
    expect(run('unseal', join('sealed', 'share-1.age'), '-i', 'o1.key').code).toBe(0);
    expect(run('unseal', join('sealed', 'share-2.age'), '-i', 'o2.key').code).toBe(0);
    expect(run('keys', 'join', join('sealed', 'share-1'), join('sealed', 'share-2'), '-o', 'back2.key').out.trim()).toBe(
      classical,
    );
    const few = run('keys', 'split', 'x.key', '--shares', '3', '--needed', '2', '-o', 'few', '--to', ...officers, '--json');
    expect([JSON.parse(few.out).refusal.field, existsSync(join(dir, 'few'))]).toEqual(['--to', false]);
  });

  it('wraps a sealed file for another key without touching its payload', () => {
    run('seal', 'plain', '--to', hybrid, '-o', 'old.age');
    expect(run('keys', 'rewrap', 'old.age', '-i', 'a.key', '--to', classical, '-o', 'new.age').code).toBe(0);
    expect(run('unseal', 'new.age', '-i', 'x.key').code).toBe(0);
    expect(read('new').equals(plaintext)).toBe(true);
    expect(run('unseal', 'new.age', '-i', 'a.key', '--force').code).toBe(1);
    const tail = plaintext.length;
    expect(read('new.age').subarray(-tail).equals(read('old.age').subarray(-tail))).toBe(true);
  });
});
