import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { generateOfficeIdentity, parseIdentities, protectIdentity, recipientOf, seal, unseal } from './index.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-age-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Runs `age` or `age-keygen`; undefined where it is not here or does not know what it was asked for. */
function run(program: string, args: readonly string[], input?: Uint8Array): Buffer | undefined {
  const done = spawnSync(program, args, { cwd: dir, ...(input === undefined ? {} : { input }), maxBuffer: 1 << 26 });
  return done.status === 0 ? done.stdout : undefined;
}

// age learned hybrid keys in version 1.3.
const knows = { x25519: run('age-keygen', []), hybrid: run('age-keygen', ['-pq']) };

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function gather(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of source) all.push(piece);
  return Buffer.concat(all);
}

for (const kind of ['x25519', 'hybrid'] as const) {
  const key = knows[kind];
  const title = `age opens what we seal to a ${kind} office, and we what it seals`;
  test.skipIf(key === undefined)(key === undefined ? `${title} (skipped: age not present)` : title, async () => {
    const identities = parseIdentities(String(key));
    const [identity = ''] = identities.ok ? identities.value : [];
    const recipient = await recipientOf(identity);
    if (!recipient.ok) throw new Error(recipient.refusal.code);
    expect(String(key)).toContain(recipient.value);
    writeFileSync(join(dir, `${kind}.key`), String(key));
    for (const size of [0, 1, 65_536, 65_537, 3 * 65_536, 300_000]) {
      const plaintext = randomBytes(size);
      const sealing = await seal(once(plaintext), [recipient.value, (await generateOfficeIdentity(kind)).recipient]);
      if (!sealing.ok) throw new Error(sealing.refusal.code);
      const file = await gather(sealing.value.ciphertext);
      expect(run('age', ['-d', '-i', `${kind}.key`], file)?.equals(plaintext)).toBe(true);
      const theirs = run('age', ['-r', recipient.value], plaintext);
      const opened = await unseal(once(theirs ?? Buffer.alloc(0)), identity);
      if (!opened.ok) throw new Error(opened.refusal.code);
      expect((await gather(opened.value)).equals(plaintext)).toBe(true);
    }
  });
}

test('a protected identity is an armored file of the age format', async () => {
  const { identity } = await generateOfficeIdentity('x25519');
  writeFileSync(join(dir, 'protected.key'), await protectIdentity(identity, 'pass', 4));
  expect(readFileSync(join(dir, 'protected.key'), 'utf8')).toMatch(
    /^-----BEGIN AGE ENCRYPTED FILE-----\n[A-Za-z0-9+/=\n]+-----END AGE ENCRYPTED FILE-----\n$/,
  );
});
