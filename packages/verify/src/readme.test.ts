import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { actIn, edited } from './testing/edit.ts';
import { play } from './testing/engagement.ts';
import { TRUST } from './testing/world.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-verify-readme-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('the example of the README verifies a case, and names what was done to another', async () => {
  const readme = readFileSync(resolve(import.meta.dirname, '../README.md'), 'utf8');
  const example = /```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  mkdirSync(join(dir, 'node_modules', '@comity'), { recursive: true });
  symlinkSync(resolve(import.meta.dirname, '..'), join(dir, 'node_modules', '@comity', 'verify'));
  writeFileSync(join(dir, 'example.mjs'), example);
  writeFileSync(join(dir, 'trust.json'), JSON.stringify(TRUST));
  const file = await play().file();
  const run = (content: unknown): readonly [number | null, string] => {
    writeFileSync(join(dir, 'case.comity'), gzipSync(JSON.stringify(content)));
    const done = spawnSync(process.execPath, ['example.mjs'], { cwd: dir, encoding: 'utf8' });
    return [done.status, done.stdout.trim() + done.stderr];
  };
  expect(run(file)).toEqual([0, 'by-the-book']);
  expect(run(edited(file, (f) => (actIn(f, 'close').body.data.x = 1)))).toEqual([2, 'tampered act-altered']);
});
