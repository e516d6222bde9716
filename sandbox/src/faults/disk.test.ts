import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { faultyDisk, smallDisk, withSmallFiles } from './disk.ts';
import { endure } from './diskFaults.ts';

const dirs: string[] = [];

function freshDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'comity-faults-'));
  chmodSync(dir, 0o755);
  dirs.push(dir);
  return dir;
}

afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
});

const disk = faultyDisk(freshDir());
const missing = 'why' in disk ? `: ${disk.why}` : '';
if ('remove' in disk) disk.remove();

const small = smallDisk(1 << 20);
const unmounted = 'why' in small ? `: ${small.why}` : '';
if ('remove' in small) small.remove();

/** PostgreSQL takes long to give up on a disk that fails to sync: that is for the long run. */
const LONG = process.env['SLOW'] === undefined ? [] : ([['sync', 'database']] as const);
const ENDURED = [['full', 'database'], ['torn', 'database'], ['full', 'heads'], ['sync', 'heads'], ...LONG] as const;

/** Writes 100 bytes to a file, then 2,000 more, and syncs; says what went wrong. */
const WRITES = `
const { closeSync, fsyncSync, openSync, readFileSync, writeSync } = await import('node:fs');
const [file, fault, switches] = process.argv.slice(1);
const fd = openSync(file, 'a');
writeSync(fd, 'a'.repeat(100));
(await import('node:fs')).writeFileSync(switches + '/' + fault, '');
try { const some = writeSync(fd, Buffer.alloc(2000, 'b')); fsyncSync(fd); console.log(some === 2000 ? 'written' : 'torn'); } catch (error) { console.log(error.code); }
`;

describe.skipIf(missing !== '')(`a disk that fails when it is told to${missing}`, () => {
  it.each([
    ['full', 'ENOSPC', 100, 100],
    // How often a program tries again before it gives up is its own affair.
    ['torn', 'torn', 612, 2000],
    ['sync', 'EIO', 2100, 2100],
  ] as const)('is %s for the programs that are started with it, in its own folder only', (fault, said, least, most) => {
    const dir = freshDir();
    const elsewhere = freshDir();
    const made = faultyDisk(dir);
    if ('why' in made) throw new Error(made.why);
    const run = (file: string): string => {
      const args = ['--input-type=module', '-e', WRITES, file, fault, made.env['COMITY_FAULT_SWITCHES'] ?? ''];
      return spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, ...made.env } }).stdout.trim();
    };
    expect(run(join(dir, 'file'))).toBe(said);
    const { length } = readFileSync(join(dir, 'file'));
    expect(length >= least && length <= most).toBe(true);
    made.mend();
    expect(run(join(elsewhere, 'file'))).toBe('written');
    made.remove();
  });

  it.each(ENDURED)(
    'loses no acknowledged entry of a log, which goes on by itself once it is mended: %s, under the %s',
    async (fault, which) => {
      const endured = await endure({ dir: freshDir(), fault, disk: which });
      if ('why' in endured) throw new Error(endured.why);
      expect(endured.faults).toEqual([]);
      expect(endured.said).not.toBe('');
    },
    120_000,
  );
});

describe.skipIf(unmounted !== '')(`a small disk${unmounted}`, () => {
  it('is full once it is filled, and has room again afterwards', () => {
    const made = smallDisk(1 << 20);
    if ('why' in made) throw new Error(made.why);
    const write = (): number | null => spawnSync('sh', ['-c', 'head -c 8192 /dev/zero > "$0/file"', made.dir]).status;
    expect(write()).toBe(0);
    made.fill();
    expect(spawnSync('sh', ['-c', 'head -c 8192 /dev/zero > "$0/another"', made.dir], { encoding: 'utf8' }).stderr).toContain(
      'No space',
    );
    made.free();
    expect(write()).toBe(0);
    made.remove();
  });
});

describe('a command with small files', () => {
  it('cannot make a file grow beyond the limit, and is told so', () => {
    const file = join(freshDir(), 'file');
    const program = `require('node:fs').writeFileSync(${JSON.stringify(file)}, Buffer.alloc(1 << 20))`;
    const [command, args] = withSmallFiles(4096, [process.execPath, '-e', program]);
    const done = spawnSync(command, args, { encoding: 'utf8' });
    expect(done.stderr).toContain('EFBIG');
    expect(readFileSync(file).length).toBeLessThanOrEqual(8192);
  });
});
