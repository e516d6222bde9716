import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { nodeHashes } from '../container-hashes.ts';
import { addStamp } from './add-signature.ts';
import type { Stamp } from './cms/sign-cms.ts';
import { askForStamps, checkStamp } from './cms/stamp.ts';
import { type AuthorityHabits, newAuthority, type TestAuthority } from './testing/authority.ts';
import { AT, gathered, granted, makeContainer, newSigner, opened, reportOn } from './testing/container.ts';

const signer = await newSigner('SkyMail Europe Ltd');
const LATER = new Date('2026-11-26T10:00:05Z');
const random = (bytes: number): Uint8Array => crypto.getRandomValues(new Uint8Array(bytes));
const dir = mkdtempSync(join(tmpdir(), 'comity-stamp-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const openssl = spawnSync('openssl', ['version']).error === undefined;

function stampBy(authority: Pick<TestAuthority, 'fetch'>, timeoutMs = 1000): Stamp {
  return askForStamps({ url: 'https://clock.example/tsa', fetch: authority.fetch, timeoutMs, random });
}

describe('a time stamp', () => {
  it('is put into the signature, and dates it by the authority’s clock', async () => {
    const authority = await newAuthority({ at: LATER });
    const bytes = await makeContainer({ signer, stamp: stampBy(authority) });
    const report = await reportOn(bytes, signer.certificate, authority.certificate);
    expect([report.verdict, report.findings]).toEqual(['sound', []]);
    expect(report.signatures[0]?.stamp).toMatchObject({
      holds: true,
      at: '2026-11-26T10:00:05.000Z',
      by: { organisation: 'Test Clock' },
    });
  });

  it('of an authority that nobody knows leaves a question', async () => {
    const authority = await newAuthority({ at: LATER });
    const report = await reportOn(await makeContainer({ signer, stamp: stampBy(authority) }), signer.certificate);
    expect([report.verdict, report.findings.map((one) => one.code)]).toEqual(['open', ['stamp-untrusted']]);
  });

  it('keeps a signature valid after its certificate has ended', async () => {
    const authority = await newAuthority({ at: LATER });
    const { readContainer } = await import('./read-container.ts');
    const { verifyContainer } = await import('./verify-container.ts');
    const { sourceOfBytes } = await import('./source.ts');
    const judge = async (bytes: Uint8Array) => {
      const container = granted(await readContainer(nodeHashes, sourceOfBytes(bytes)));
      const anchors = { certificates: [signer.certificate, authority.certificate] };
      return granted(await verifyContainer(nodeHashes, container, { anchors, now: '2030-01-01T00:00:00.000Z' })).findings.map(
        (one) => one.code,
      );
    };
    expect(await judge(await makeContainer({ signer, stamp: stampBy(authority) }))).toEqual([]);
    expect(await judge(await makeContainer({ signer }))).toEqual(['certificate-not-valid-then']);
  });

  it.each<[string, Partial<AuthorityHabits>]>([
    ['refuses', { refuses: true }],
    ['stamps something else', { wrongDigest: true }],
    ['repeats another nonce', { wrongNonce: true }],
    ['signs with a certificate that is not for time stamps', { usage: '1.3.6.1.5.5.7.3.1' }],
  ])('is pending when the authority %s', async (_, habits) => {
    const authority = await newAuthority({ at: LATER, ...habits });
    const report = await reportOn(
      await makeContainer({ signer, stamp: stampBy(authority) }),
      signer.certificate,
      authority.certificate,
    );
    expect([report.verdict, report.findings.map((one) => one.code)]).toEqual(['open', ['stamp-pending']]);
  });

  it.each<[string, () => Promise<Response>]>([
    ['cannot be reached', () => Promise.reject(new TypeError('fetch failed'))],
    ['answers with an error', async () => new Response('', { status: 500 })],
    ['answers with nonsense', async () => new Response('<html>')],
  ])('is pending when the authority %s', async (_, answer) => {
    const report = await reportOn(await makeContainer({ signer, stamp: stampBy({ fetch: answer }) }), signer.certificate);
    expect(report.findings.map((one) => one.code)).toEqual(['stamp-pending']);
  });

  it('is not waited for', async () => {
    const never = ((_: unknown, init?: RequestInit) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new DOMException('timed out', 'TimeoutError')));
      })) as typeof fetch; // a stand-in
    const began = Date.now();
    const report = await reportOn(await makeContainer({ signer, stamp: stampBy({ fetch: never }, 50) }), signer.certificate);
    expect(report.findings.map((one) => one.code)).toEqual(['stamp-pending']);
    expect(Date.now() - began).toBeLessThan(5000);
  });

  it('that was pending is added later, and no byte of any entry is rewritten', async () => {
    const bytes = await makeContainer({ signer, stamp: async () => undefined });
    const authority = await newAuthority({ at: LATER });
    const container = granted(await opened(bytes));
    const later = await gathered(granted(await addStamp(nodeHashes, container, { at: AT, stamp: stampBy(authority) })));
    expect(Buffer.from(later).subarray(0, container.zip.directory.offset)).toEqual(
      Buffer.from(bytes).subarray(0, container.zip.directory.offset),
    );
    const report = await reportOn(later, signer.certificate, authority.certificate);
    expect([report.verdict, report.findings]).toEqual(['sound', []]);
    expect(report.stamps[0]).toMatchObject({ name: 'META-INF/timestamp.tst', holds: true, at: '2026-11-26T10:00:05.000Z' });
    expect(report.stamps[0]?.covers).toContain('META-INF/signature.p7s');
    expect(granted(await opened(later)).zip.files.map((file) => file.name)).toContain('META-INF/ASiCManifest-tst.xml');
  });

  it('that cannot be had later either is refused', async () => {
    const container = granted(await opened(await makeContainer({ signer })));
    expect(await addStamp(nodeHashes, container, { at: AT, stamp: async () => undefined })).toMatchObject({
      ok: false,
      refusal: { code: 'stamp-unavailable' },
    });
  });

  it.skipIf(!openssl)(
    openssl ? 'made by openssl is read, and only over its own digest' : 'skipped: openssl not present',
    async () => {
      const run = (...args: string[]) =>
        expect(spawnSync('openssl', args, { cwd: dir, encoding: 'utf8' })).toMatchObject({ status: 0 });
      writeFileSync(
        join(dir, 'tsa.cnf'),
        '[req]\ndistinguished_name=dn\n[dn]\n[tsa]\nextendedKeyUsage=critical,timeStamping\n[t]\nserial=serial\nsigner_digest=sha256\ndefault_policy=1.2.3\ndigests=sha256\ness_cert_id_alg=sha256\n',
      );
      writeFileSync(join(dir, 'serial'), '01\n');
      writeFileSync(join(dir, 'data'), 'what is stamped');
      run(
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        'tsa.key',
        '-out',
        'tsa.pem',
        '-subj',
        '/O=OpenSSL Clock',
        '-config',
        'tsa.cnf',
        '-extensions',
        'tsa',
        '-days',
        '30',
      );
      run('ts', '-query', '-data', 'data', '-sha256', '-cert', '-out', 'q.tsq');
      run(
        'ts',
        '-reply',
        '-config',
        'tsa.cnf',
        '-section',
        't',
        '-queryfile',
        'q.tsq',
        '-inkey',
        'tsa.key',
        '-signer',
        'tsa.pem',
        '-out',
        'r.tst',
        '-token_out',
      );
      const { readFileSync } = await import('node:fs');
      const { createHash } = await import('node:crypto');
      const token = readFileSync(join(dir, 'r.tst'));
      const digest = createHash('sha256').update('what is stamped').digest();
      expect((await checkStamp(token, digest))?.certificate).toBeDefined();
      expect(await checkStamp(token, createHash('sha256').update('another').digest())).toBeUndefined();
    },
  );
});
