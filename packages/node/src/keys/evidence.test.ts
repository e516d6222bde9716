import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newEvidenceKey } from '@comity/formats/container';
import { afterAll, describe, expect, it } from 'vitest';
import { evidenceSeal } from './evidence.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-evidence-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const random = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes));
const party = { name: 'Skymail', country: 'IE' };
const key = await newEvidenceKey();
const at = (now: string) => ({ key, party, now, random });

describe('the seal of evidence containers', () => {
  it('keeps the certificate it was made with, and makes another once that has ended', async () => {
    const file = join(dir, 'a', 'evidence.pem');
    const first = await evidenceSeal(file, at('2026-11-26T10:00:00.000Z'));
    expect((await evidenceSeal(file, at('2030-11-26T10:00:00.000Z'))).certificate).toEqual(first.certificate);
    const pem = new X509Certificate(readFileSync(file));
    expect([pem.subject, pem.validFromDate.toISOString()]).toEqual([
      'C=IE\nO=Skymail\nCN=Evidence seal',
      '2026-11-26T00:00:00.000Z',
    ]);
    expect(pem.verify(pem.publicKey)).toBe(true);
    const next = await evidenceSeal(file, at('2036-11-26T10:00:00.000Z'));
    expect(next.certificate).not.toEqual(first.certificate);
  });

  it('refuses the certificate of another key', async () => {
    const file = join(dir, 'b.pem');
    await evidenceSeal(file, at('2026-11-26T10:00:00.000Z'));
    const other = { ...at('2026-11-26T10:00:00.000Z'), key: await newEvidenceKey() };
    await expect(evidenceSeal(file, other)).rejects.toThrow('belongs to another key');
  });
});
