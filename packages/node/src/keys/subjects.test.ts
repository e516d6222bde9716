import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
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

/** As another process, or the next start, sees the folder. */
const again = (): SubjectKeys => subjectKeys(dir);

describe('the key of a case', () => {
  it('is made once, in a file of 32 bytes that only its owner can read, and that is not named after the case', async () => {
    const key = await keys.make('case-1');
    expect((await again().make('case-1')).id).toBe(key.id);
    const [name = ''] = readdirSync(dir);
    expect(name).toMatch(/^[0-9a-f]{64}$/);
    expect(statSync(join(dir, name)).size).toBe(32);
    expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    expect(again().find('case-1', key.id)?.key.export()).toEqual(key.key.export());
    expect(again().find('case-1', 'another')).toBeUndefined();
    expect((await keys.make('../case-1')).id).not.toBe(key.id);
    expect(readdirSync(dir).length).toBe(2);
  });

  it('stands beside its successor until one of them is settled, and the other is destroyed', async () => {
    const old = await keys.make('case-1');
    const next = await keys.replace('case-1');
    expect([again().find('case-1', old.id)?.id, again().find('case-1', next.id)?.id]).toEqual([old.id, next.id]);
    expect(again().look(['case-1', 'case-2'])).toEqual({ unsettled: ['case-1'], missing: ['case-2'] });
    await keys.settle('case-1', next.id);
    expect(keys.find('case-1', old.id)).toBeUndefined();
    expect(again().find('case-1', next.id)?.id).toBe(next.id);
    const third = await keys.replace('case-1');
    await again().settle('case-1', next.id);
    expect(again().find('case-1', third.id)).toBeUndefined();
    expect(readdirSync(dir).length).toBe(1);
  });

  it('is not touched by a settlement on a key that is not here: a database that was set back destroys nothing', async () => {
    const old = await keys.make('case-1');
    const next = await keys.replace('case-1');
    await keys.settle('case-1', 'one of a backup');
    expect([again().find('case-1', old.id)?.id, again().find('case-1', next.id)?.id]).toEqual([old.id, next.id]);
  });

  it('is settled on again when a crash came between the end of the old one and the name of the new one', async () => {
    await keys.make('case-1');
    const next = await keys.replace('case-1');
    const [name = ''] = readdirSync(dir).filter((one) => !one.endsWith('.next'));
    rmSync(join(dir, name));
    expect(again().look(['case-1'])).toEqual({ unsettled: ['case-1'], missing: [] });
    await again().settle('case-1', next.id);
    expect(again().find('case-1', next.id)?.id).toBe(next.id);
    expect(readdirSync(dir)).toEqual([name]);
  });

  it('once destroyed is gone from memory and disk, and destroying it again is nothing', async () => {
    const key = await keys.make('case-1');
    await keys.replace('case-1');
    await keys.destroy('case-1');
    await keys.destroy('case-1');
    expect(keys.find('case-1', key.id)).toBeUndefined();
    expect(readdirSync(dir)).toEqual([]);
    expect((await keys.make('case-1')).id).not.toBe(key.id);
  });

  it('that is damaged is no key', async () => {
    const key = await keys.make('case-1');
    const [name = ''] = readdirSync(dir);
    writeFileSync(join(dir, name), 'short');
    expect(again().find('case-1', key.id)).toBeUndefined();
    expect(existsSync(join(dir, name))).toBe(true);
  });
});
