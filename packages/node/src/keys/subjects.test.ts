import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SubjectKeys, subjectKeys } from './subjects.ts';

const root = mkdtempSync(join(tmpdir(), 'comity-subjects-'));
afterAll(() => rmSync(root, { recursive: true }));

let dir = '';
let made = 0;
let keys: SubjectKeys;
beforeEach(() => {
  made += 1;
  dir = join(root, String(made), 'subjects');
  keys = subjectKeys(dir);
});
afterEach(() => keys.close());

/** As another process, or the next start, sees the folder. */
const again = (): SubjectKeys => subjectKeys(dir);

describe('the keys of cases', () => {
  it('are files of 32 bytes that only their owner can read, each another one, there before they are given out', async () => {
    const taken = [];
    for (let i = 0; i < 40; i++) {
      const key = await keys.take();
      expect(again().find(key.id)?.key.export()).toEqual(key.key.export());
      taken.push(key.id);
    }
    expect(new Set(taken).size).toBe(40);
    for (const name of readdirSync(dir)) {
      expect(name).toMatch(/^[0-9a-f]{32}$/);
      expect(statSync(join(dir, name)).size).toBe(32);
      expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
    }
    expect(statSync(dir).mode & 0o777).toBe(0o700);
  });

  it('are never given out twice, also when many are asked for at once', async () => {
    const taken = await Promise.all(Array.from({ length: 50 }, () => keys.take()));
    expect(new Set(taken.map(({ id }) => id)).size).toBe(50);
  });

  it('once destroyed are gone from memory and disk, and destroying one again is nothing', async () => {
    const [key, other] = [await keys.take(), await keys.take()];
    await keys.destroy(key.id);
    await keys.destroy(key.id);
    expect(keys.find(key.id)).toBeUndefined();
    expect(readdirSync(dir)).not.toContain(key.id);
    expect(keys.find(other.id)?.id).toBe(other.id);
    expect(keys.missing([key.id, other.id])).toBe(1);
  });

  it('that were made ahead go with the process, and those in use stay', async () => {
    const key = await keys.take();
    await keys.take();
    await keys.close();
    expect(readdirSync(dir).length).toBe(2);
    expect(again().find(key.id)?.id).toBe(key.id);
  });

  it('that are damaged or exchanged are no keys', async () => {
    const [key, other] = [await keys.take(), await keys.take()];
    writeFileSync(join(dir, key.id), 'short');
    expect(again().find(key.id)).toBeUndefined();
    writeFileSync(join(dir, key.id), other.key.export());
    expect(again().find(key.id)).toBeUndefined();
  });
});
