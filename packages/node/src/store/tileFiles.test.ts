import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { tileFiles } from './tileFiles.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-tiles-'));
const files = tileFiles(dir);
const address = { level: 0, index: 1234n, width: 256 };
const bytes = new Uint8Array(8192).fill(7);

afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('tiles as files', () => {
  it('are written where the standard says, once, and read from there ever after', async () => {
    let asked = 0;
    const find = async (): Promise<Uint8Array> => {
      asked += 1;
      return bytes;
    };
    const read = await Promise.all([files.read(2026, address, find), files.read(2026, address, find)]);
    expect(read.map((one) => one?.length)).toEqual([8192, 8192]);
    expect(existsSync(join(dir, '2026', 'tile', '0', 'x001', '234'))).toBe(true);
    const before = asked;
    expect(Buffer.from((await files.read(2026, address, find)) ?? []).equals(bytes)).toBe(true);
    expect(asked).toBe(before);
    expect(readdirSync(join(dir, '2026', 'tile', '0', 'x001'))).toEqual(['234']);
  });

  it('are not made up where the tree has none', async () => {
    expect(await files.read(2026, { ...address, index: 9n }, async () => undefined)).toBeUndefined();
    expect(existsSync(join(dir, '2026', 'tile', '0', '009'))).toBe(false);
  });
});
