import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyDatasets } from '../testing.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-story-'));
// mkdtemp makes a folder that others cannot enter; as root the data would then lie elsewhere.
chmodSync(dir, 0o755);

beforeAll(() => copyDatasets(join(dir, 'sandbox', 'data')));

afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** `npm run story`, as a person types it. */
function story(...args: readonly string[]): { readonly code: number | null; readonly out: string } {
  const done = spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { encoding: 'utf8' });
  return { code: done.status, out: done.stdout };
}

/** What a node can lie about with its own keys. */
const LIES = [
  ...[
    'node-drops',
    'node-edits',
    'node-hides-payload',
    'node-reorders',
    'back-dated',
    'node-forks',
    'node-rolls-back',
    'node-downgrades',
  ],
  ...['witness-forged', 'quorum-of-one', 'receipt-never-logged', 'node-redacts', 'salt-repeated', 'salts-swapped'],
  ...['section-renamed', 'one-sided', 'node-keeps-hidden'],
];

describe('the story of tampering', () => {
  it('ends well only because each tampering, by bystanders, insiders and a lying node, is named for exactly what it is', () => {
    const { code, out } = story('tampered', '--dir', dir, '--json');
    const told = JSON.parse(out.trim().split('\n').at(-1) ?? '');
    expect(Object.keys(told)).toEqual(['story', 'ok', 'acts', 'verified', 'findings']);
    expect(told.findings.filter(({ named }: { named: boolean }) => !named)).toEqual([]);
    const names = new Set(told.findings.map(({ tampering }: { tampering: string }) => tampering));
    expect(LIES.filter((lie) => !names.has(lie))).toEqual([]);
    expect(told.findings.length).toBeGreaterThanOrEqual(30);
    expect({ story: told.story, ok: told.ok, code }).toEqual({ story: 'tampered', ok: true, code: 0 });
  }, 240_000);

  it('is refused by a name that is none', () => {
    expect(story('no-such-story').code).toBe(64);
  });
});
