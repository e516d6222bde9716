import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recoverIdentity } from '@comity/seal';
import { afterAll, describe, expect, it } from 'vitest';
import { openKeystore } from './keystore.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-keys-'));
const file = join(dir, 'keys.json');
const request = { env: 'sandbox', party: 'pt', persons: ['judge-1'], passphrase: 'correct horse', workFactor: 10 } as const;

afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('the keystore', () => {
  it('is made once, readable by its owner alone', async () => {
    const made = await openKeystore(file, request);
    expect(await openKeystore(file, request)).toEqual(made);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('holds the office’s identity only behind its passphrase', async () => {
    const store = await openKeystore(file, request);
    expect(readFileSync(file, 'utf8')).not.toContain('AGE-SECRET-KEY');
    expect((await recoverIdentity(store.office.protected, 'wrong')).ok).toBe(false);
    const identity = await recoverIdentity(store.office.protected, 'correct horse');
    expect(identity.ok && identity.value.startsWith('AGE-SECRET-KEY-PQ-')).toBe(true);
  });

  it('of the sandbox is refused by a production node, and the reverse', async () => {
    await expect(openKeystore(file, { ...request, env: 'production' })).rejects.toThrow(
      'belong to pt (sandbox), not to pt (production)',
    );
    await expect(openKeystore(file, { ...request, party: 'ie' })).rejects.toThrow('belong to pt (sandbox), not to ie (sandbox)');
  });
});
