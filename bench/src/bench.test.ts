import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { BENCHES } from './list.ts';
import { quantile } from './measure.ts';
import { lines } from './print.ts';
import { findAge } from './seal/age.ts';
import { comparison } from './sheet.ts';

const main = join(import.meta.dirname, 'main.ts');
const path = process.env['PATH'];

afterEach(() => {
  process.env['PATH'] = path;
});

describe('the runner', () => {
  it('names every bench when none is named', () => {
    const done = spawnSync(process.execPath, [main], { encoding: 'utf8' });
    expect(done.status).toBe(0);
    expect(
      done.stdout
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual(Object.keys(BENCHES));
  });

  it('says so when there is no such bench', () => {
    const done = spawnSync(process.execPath, [main, 'weather'], { encoding: 'utf8' });
    expect(done.status).toBe(64);
    expect(done.stderr).toBe('There is no bench weather.\n');
  });
});

describe('a peer', () => {
  it('that is here gives a ratio; one that is not gives none, and is shown as not here', () => {
    const here = comparison('work', 's', { ours: 3, peer: { name: 'other', value: 2 } });
    const absent = comparison('work', 's', { ours: 3, peer: { name: 'other', value: null } });
    expect(here).toMatchObject({ ratio: 1.5, peer: 2 });
    expect(absent).toMatchObject({ ratio: null, peer: null });
    const text = lines('x', { input: 'i', versions: { Node: '24' }, figures: [here, absent], notes: ['why'] }).join('\n');
    expect(text).toMatch(/work +s +3 +2 +1\.50 x +other/);
    expect(text).toMatch(/work +s +3 +not here +- +other/);
    expect(text).toContain('* why');
  });

  it('that is no program of this machine is no error', () => {
    process.env['PATH'] = '';
    expect(findAge()).toBeUndefined();
  });
});

describe('a quantile', () => {
  it('is the nearest rank, and nothing of nothing', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2);
    expect(quantile([5], 0.99)).toBe(5);
    expect(() => quantile([], 0.5)).toThrow('nothing was measured');
  });
});
