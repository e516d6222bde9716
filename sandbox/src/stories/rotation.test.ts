import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseFile } from '@comity/verify';
import { afterAll, describe, expect, it } from 'vitest';
import { copyDatasets } from '../testing.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-rotation-'));
// mkdtemp makes a folder that others cannot enter; as root the data would then lie elsewhere.
chmodSync(dir, 0o755);

afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('the story of rotation', () => {
  it('ends well: all keys and the suite change under a running case, old and new deliveries open, a stolen key is refused once it is revoked', async () => {
    await copyDatasets(join(dir, 'rotation', 'data'));
    const done = spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), 'rotation', '--dir', dir, '--json'], {
      encoding: 'utf8',
    });
    expect([done.status, done.stderr]).toEqual([0, '']);
    expect(JSON.parse(done.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      story: 'rotation',
      ok: true,
      verified: true,
      findings: [],
    });
    const file: CaseFile = JSON.parse(readFileSync(join(dir, 'rotation.comity'), 'utf8'));
    const signedWith = new Set(file.acts.flatMap(({ signatures }) => signatures.map(({ key }) => key)));
    for (const key of [
      'pt-prosecution#sign-1',
      'pt-prosecution#sign-2',
      'ie-skymail#sign-1',
      'ie-skymail#sign-2',
      'ie-skymail#sign-3',
    ])
      expect([...signedWith]).toContain(key);
    expect([...signedWith]).not.toContain('pt-prosecution#sign-3');
  }, 240_000);
});
