import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openVault } from './vault.ts';

const dirs: string[] = [];

function freshDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'comity-vault-'));
  dirs.push(dir);
  return dir;
}

afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
});

async function* bytesOf(...parts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('the vault', () => {
  it('keeps bytes under their digest and gives them back', async () => {
    const vault = await openVault(freshDir());
    expect(await vault.put(bytesOf('sealed ', 'bytes'))).toEqual({
      ok: true,
      value: { sha256: digest('sealed bytes'), size: 12 },
    });
    const back: Uint8Array[] = [];
    for await (const chunk of (await vault.read(digest('sealed bytes'))) ?? []) back.push(chunk);
    expect(Buffer.concat(back).toString()).toBe('sealed bytes');
  });

  it('keeps nothing when the bytes are not those that were announced', async () => {
    const dir = freshDir();
    const vault = await openVault(dir);
    const put = await vault.putExactly(bytesOf('other bytes'), digest('sealed bytes'));
    expect(put.ok ? '' : put.refusal.code).toBe('payload-altered');
    expect(readdirSync(dir)).toEqual([]);
  });

  it('says that the disk is full, and leaves nothing half-written', async () => {
    const dir = freshDir();
    const vault = await openVault(dir);
    // The next part file is a door to the device that is always full.
    symlinkSync('/dev/full', join(dir, `${process.pid}-1.part`));
    const put = await vault.put(bytesOf('x'.repeat(100_000)));
    expect(put.ok ? '' : put.refusal.code).toBe('storage-full');
    expect(readdirSync(dir)).toEqual([]);
  });

  it('leaves nothing when its source breaks off', async () => {
    const dir = freshDir();
    const vault = await openVault(dir);
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      throw new Error('the line went dead');
    }
    await expect(vault.put(broken())).rejects.toThrow('the line went dead');
    expect(readdirSync(dir)).toEqual([]);
  });

  it('clears what a crash left half-written, at the next start', async () => {
    const dir = freshDir();
    writeFileSync(join(dir, '77-1.part'), 'half');
    await openVault(dir);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('never leaves its folder, whatever name it is asked for', async () => {
    const vault = await openVault(freshDir());
    expect(await vault.has('../../etc/passwd')).toBe(false);
    expect(await vault.read('../../etc/passwd')).toBeUndefined();
  });

  it('removes what was destroyed', async () => {
    const vault = await openVault(freshDir());
    await vault.put(bytesOf('sealed bytes'));
    expect(await vault.remove(digest('sealed bytes'))).toBe(true);
    expect(await vault.list()).toEqual([]);
  });
});
