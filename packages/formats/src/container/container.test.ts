import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { nodeHashes } from '../container-hashes.ts';
import { proveItem, verifyItem } from './items.ts';
import { checked, filesOf, granted, makeContainer, newSigner, once, opened, reportOn } from './testing/container.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-container-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const signer = await newSigner('SkyMail Europe Ltd');

const has = (tool: string): boolean => spawnSync(tool, ['-v']).error === undefined;
const openssl = spawnSync('openssl', ['version']).error === undefined;

describe('an evidence container', () => {
  it('is sound for whoever trusts its signer, and names everything it holds', async () => {
    const report = await reportOn(await makeContainer({ signer }), signer.certificate);
    expect(report.findings).toEqual([]);
    expect(report.verdict).toBe('sound');
    expect(report.files.map((file) => [file.name, file.state])).toEqual([
      ['mimetype', 'signature'],
      ['evidence/one.csv', 'as-signed'],
      ['evidence/two.csv', 'as-signed'],
      ['comity/items.json', 'as-signed'],
      ['comity/custody.case.jsonld', 'as-signed'],
      ['comity/order.json', 'as-signed'],
      ['META-INF/ASiCManifest.xml', 'signature'],
      ['META-INF/signature.p7s', 'signature'],
    ]);
    expect(report.signatures[0]).toMatchObject({
      holds: true,
      at: '2026-11-26T10:00:00.000Z',
      by: { organisation: 'SkyMail Europe Ltd', country: 'IE', trust: 'trusted' },
    });
  });

  it('is open, not sound, for whoever does not know the signer', async () => {
    const report = await reportOn(await makeContainer({ signer }));
    expect(report.verdict).toBe('open');
    expect(report.findings.map((one) => one.code)).toEqual(['certificate-self-signed']);
  });

  it.skipIf(!openssl)(
    openssl ? 'is verified by openssl, and refused by it when the manifest was altered' : 'skipped: openssl not present',
    async () => {
      const container = granted(await opened(await makeContainer({ signer })));
      const [manifest] = container.manifests;
      const { fileNamed } = await import('./read-container.ts');
      const { readWhole } = await import('./zip/read-entry.ts');
      const entry = fileNamed(container.zip, 'META-INF/signature.p7s');
      if (entry === undefined || manifest === undefined) throw new Error('no signature');
      writeFileSync(join(dir, 's.p7s'), granted(await readWhole(nodeHashes, container.zip, { entry, limit: 1e6 })));
      writeFileSync(join(dir, 'm.xml'), manifest.bytes);
      writeFileSync(join(dir, 'bad.xml'), Buffer.from(manifest.bytes).toString().replace('evidence', 'evidencf'));
      const pem = Buffer.from(signer.certificate).toString('base64').replace(/.{64}/g, '$&\n');
      writeFileSync(join(dir, 'c.pem'), `-----BEGIN CERTIFICATE-----\n${pem}\n-----END CERTIFICATE-----\n`);
      const verify = (content: string, ...more: string[]) =>
        spawnSync(
          'openssl',
          [
            'cms',
            '-verify',
            '-inform',
            'DER',
            '-in',
            's.p7s',
            '-content',
            content,
            '-CAfile',
            'c.pem',
            '-binary',
            '-purpose',
            'any',
            '-out',
            'o.xml',
            ...more,
          ],
          { cwd: dir, encoding: 'utf8' },
        );
      const good = verify('m.xml', '-cades');
      expect(good.stderr).toContain('successful');
      expect([good.status, readFileSync(join(dir, 'o.xml'))]).toEqual([0, Buffer.from(manifest.bytes)]);
      expect(verify('bad.xml').status).not.toBe(0);
    },
  );

  it.skipIf(!has('unzip'))(has('unzip') ? 'is unpacked by unzip' : 'skipped: unzip not present', async () => {
    writeFileSync(join(dir, 'c.asice'), await makeContainer({ signer, files: filesOf({ 'größe.csv': 'x'.repeat(200_000) }) }));
    const tested = spawnSync('unzip', ['-tq', 'c.asice'], { cwd: dir, encoding: 'utf8' });
    expect([tested.status, tested.stdout]).toEqual([0, expect.stringContaining('No errors')]);
  });

  it('shows one item alone, and no other', async () => {
    const texts = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`${i}.csv`, `row ${i}`]));
    const container = granted(await opened(await makeContainer({ signer, files: filesOf(texts) })));
    const list = container.items;
    if (list === undefined) throw new Error('no items');
    const proof = granted(proveItem(nodeHashes, list, 'item-17'));
    expect(verifyItem(nodeHashes, proof, list.root)).toBe(true);
    expect(proof.path.length).toBeLessThanOrEqual(9);
    expect(JSON.stringify(proof)).not.toContain('item-18');
    expect(verifyItem(nodeHashes, { ...proof, index: 17 }, list.root)).toBe(false);
    expect(verifyItem(nodeHashes, { ...proof, item: { ...proof.item, sha256: '0'.repeat(64) } }, list.root)).toBe(false);
  });

  it('is the same bytes for the same input, but for the signature', async () => {
    const [a, b] = [await makeContainer({ signer }), await makeContainer({ signer })];
    const cut = (bytes: Uint8Array): string =>
      Buffer.from(bytes).subarray(0, Buffer.from(bytes).indexOf('META-INF/signature.p7s')).toString('hex');
    expect(cut(a)).toBe(cut(b));
  });

  it('says what was altered, wherever a bit was flipped', async () => {
    const bytes = await makeContainer({ signer });
    for (let at = 0; at < bytes.length; at += 7) {
      const flipped = Uint8Array.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
      const report = await checked(flipped, signer.certificate);
      // Times and attributes of entries are no content: only they may change unnoticed.
      if ('verdict' in report && report.verdict === 'sound') expect(unsigned(bytes, at)).toBe(true);
    }
  });

  it('passes errors of its sources on, and is then no container', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a');
      throw new RangeError('the disk is gone');
    }
    const files = [{ item: 'i', name: 'a', mediaType: 'text/plain', bytes: broken() }];
    await expect(makeContainer({ signer, files })).rejects.toThrow('the disk is gone');
  });

  it.each(['../a', '/a', 'a\\b', 'C:a', 'a\0', 'x/', '', 'con.txt'])('is not written with the name %j', async (name) => {
    const files = [{ item: 'i', name, mediaType: 'text/plain', bytes: once(Buffer.from('a')) }];
    await expect(makeContainer({ signer, files })).rejects.toMatchObject({ refusal: { code: 'container-invalid' } });
  });
});

/** Whether an offset lies in the date, the version or the attributes of an entry. */
function unsigned(bytes: Uint8Array, at: number): boolean {
  const buffer = Buffer.from(bytes);
  const local = buffer.lastIndexOf('PK\x03\x04', at, 'latin1');
  const central = buffer.lastIndexOf('PK\x01\x02', at, 'latin1');
  const inCentral = central > local && [4, 5, 6, 7, 12, 13, 14, 15, 36, 37, 38, 39, 40, 41].includes(at - central);
  return inCentral || (local >= 0 && [4, 5, 10, 11, 12, 13].includes(at - local));
}
