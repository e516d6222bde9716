import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { killAgainAndAgain } from './kills.ts';

const dirs: string[] = [];

function freshDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'comity-kills-'));
  chmodSync(dir, 0o755);
  dirs.push(dir);
  return dir;
}

afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
});

const SLOW = process.env['SLOW'] !== undefined;

describe('a log whose writer or database is killed at a random moment', () => {
  it.each(['writer', 'server', 'backend'] as const)(
    'keeps every acknowledged entry and a head that is true: the %s',
    async (victim) => {
      const killed = await killAgainAndAgain({ dir: freshDir(), rounds: 2, random: Math.random, victims: [victim] });
      expect(killed.faults).toEqual([]);
      expect(killed.rounds).toBe(2);
      expect(killed.size).toBeGreaterThanOrEqual(killed.acknowledged);
    },
    120_000,
  );

  it.skipIf(!SLOW)(
    'does so a thousand times, whoever is hit',
    async () => {
      const killed = await killAgainAndAgain({ dir: freshDir(), rounds: 1000, random: Math.random });
      expect(killed).toMatchObject({ rounds: 1000, faults: [] });
      expect(killed.acknowledged).toBeGreaterThan(1000);
      expect(killed.size).toBeGreaterThanOrEqual(killed.acknowledged);
    },
    5_400_000,
  );
});
