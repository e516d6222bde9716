import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { newEvidenceKey } from './crypto.ts';
import { evidenceSeal, evidenceSealer } from './evidence.ts';
import { FROM, followedBy, testKeystore, testParty, UNTIL } from './testing/party.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-evidence-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const random = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes));
const party = { name: 'Skymail', country: 'IE' };
const key = newEvidenceKey();
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

  it('is made with the key that the directory says, with a certificate for each', async () => {
    const keystore = testKeystore('pt');
    const next = { id: 'pt#evidence-2', from: UNTIL, key: newEvidenceKey() };
    const both = { ...keystore, keys: { ...keystore.keys, evidence: followedBy(keystore.keys.evidence, next, UNTIL) } };
    const card = testParty(both);
    const seal = await evidenceSealer({ keystore: both, party: card }, { dir: join(dir, 'two'), now: FROM, random });
    const [first, second] = [await seal(FROM), await seal(UNTIL)];
    expect(first.certificate).not.toEqual(second.certificate);
    expect(readdirSync(join(dir, 'two')).sort()).toEqual(['evidence-2.pem', 'evidence.pem']);
    await expect(seal('2025-01-01T00:00:00.000Z')).rejects.toThrow('no key of use evidence that holds');
    const unlisted = { ...card, keys: card.keys.filter(({ use }) => use !== 'evidence') };
    const alone = await evidenceSealer({ keystore: both, party: unlisted }, { dir: join(dir, 'two'), now: FROM, random });
    expect((await alone(UNTIL)).certificate).toEqual(first.certificate);
  });

  it('refuses the certificate of another key', async () => {
    const file = join(dir, 'b.pem');
    await evidenceSeal(file, at('2026-11-26T10:00:00.000Z'));
    const other = { ...at('2026-11-26T10:00:00.000Z'), key: newEvidenceKey() };
    await expect(evidenceSeal(file, other)).rejects.toThrow('belongs to another key');
  });
});
