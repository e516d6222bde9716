import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goAbsence } from './go.ts';
import { cpuOfTree, flushesUnder } from './machine.ts';
import { appendToTessera } from './peers/tessera.ts';

let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'comity-machine-'));
});

afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe.skipIf(process.platform !== 'linux')('what Linux tells of itself', () => {
  it('counts the CPU of a process, and nothing of one that is not there', () => {
    const before = cpuOfTree(process.pid) ?? Number.NaN;
    for (const start = performance.now(); performance.now() - start < 200; );
    expect((cpuOfTree(process.pid) ?? 0) - before).toBeGreaterThan(0.05);
    expect(cpuOfTree(2 ** 30)).toBeUndefined();
  });

  it('counts what a disk was told to write down, where it has one', () => {
    const before = flushesUnder(dir);
    const file = openSync(join(dir, 'file'), 'w');
    for (let i = 0; i < 20; i++) {
      writeSync(file, 'a'.repeat(5000));
      fsyncSync(file);
    }
    closeSync(file);
    const after = flushesUnder(dir);
    // A folder in memory has no disk.
    expect(before === undefined ? after : (after ?? 0) - before).toSatisfy(
      (counted) => counted === undefined || Number(counted) >= 0,
    );
    expect(flushesUnder(join(dir, 'absent'))).toBeUndefined();
  });
});

const absence = goAbsence('tessera');

describe.skipIf(absence !== undefined)(`Tessera beside us${absence === undefined ? '' : `: ${absence}`}`, () => {
  it.each(['index', 'checkpoint'] as const)(
    'acknowledges entries once they have their %s, and leaves no folder behind',
    (until) => {
      const found = appendToTessera(dir, { until, batch: 64, age: 50, appenders: 256, bytes: 256, seconds: 0.5 });
      expect(found.perSecond).toBeGreaterThan(0);
      expect(found.perCpuSecond).toBeGreaterThan(0);
      expect(found.p99).toBeGreaterThanOrEqual(found.p50);
      expect(() => appendToTessera(dir, { until, batch: 0, age: 50, appenders: 1, bytes: 256, seconds: 1 })).toThrow('usage');
      expect(flushesUnder(join(dir, 'tessera'))).toBeUndefined();
    },
  );
});
