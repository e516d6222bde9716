import { describe, expect, it } from 'vitest';
import { nodeHashes } from '../container-hashes.ts';
import { addSignature } from './add-signature.ts';
import { AT, checked, gathered, granted, makeContainer, newSigner, opened, reportOn } from './testing/container.ts';
import { readWhole } from './zip/read-entry.ts';
import { startZip } from './zip/write-zip.ts';

const maker = await newSigner('SkyMail Europe Ltd');
const court = await newSigner('Tribunal de Porto Novo');
const lab = await newSigner('Forensic laboratory');

async function signedBy(bytes: Uint8Array, signer: typeof maker, name = 'receive'): Promise<Uint8Array> {
  const action = { name, at: AT, by: 'pn', note: 'Taken over from the provider.' };
  return gathered(granted(await addSignature(nodeHashes, granted(await opened(bytes)), { at: AT, signer, action })));
}

describe('a later custodian', () => {
  it('adds a manifest, a signature and what they did, and rewrites nothing', async () => {
    const first = await makeContainer({ signer: maker });
    const second = await signedBy(first, court);
    const third = await signedBy(second, lab, 'examine');
    for (const [before, after] of [
      [first, second],
      [second, third],
    ] as const) {
      const { offset } = granted(await opened(before)).zip.directory;
      expect(Buffer.from(after).subarray(0, offset).equals(Buffer.from(before).subarray(0, offset))).toBe(true);
    }
    const report = await reportOn(third, maker.certificate, court.certificate, lab.certificate);
    expect([report.verdict, report.findings]).toEqual(['sound', []]);
    expect(report.signatures.map((one) => [one.name, one.by?.organisation])).toEqual([
      ['META-INF/signature.p7s', 'SkyMail Europe Ltd'],
      ['META-INF/signature2.p7s', 'Tribunal de Porto Novo'],
      ['META-INF/signature3.p7s', 'Forensic laboratory'],
    ]);
    expect(report.signatures[2]?.covers).toEqual(
      expect.arrayContaining([
        'evidence/one.csv',
        'META-INF/signature.p7s',
        'META-INF/ASiCManifest2.xml',
        'comity/custody2.case.jsonld',
      ]),
    );
  });

  it('does not sign for what was altered before', async () => {
    const bytes = await makeContainer({ signer: maker });
    const at = Buffer.from(bytes).indexOf('3,4');
    const container = granted(await opened(withCrc(bytes, at)));
    expect(
      await addSignature(nodeHashes, container, { at: AT, signer: court, action: { name: 'receive', at: AT, by: 'pn' } }),
    ).toMatchObject({
      ok: false,
      refusal: { code: 'container-altered', field: 'evidence/two.csv' },
    });
  });

  it('does not sign over a signature that is broken, nor for a file that nobody signed', async () => {
    const action = { name: 'receive', at: AT, by: 'pn' };
    const sign = async (bytes: Uint8Array) =>
      addSignature(nodeHashes, granted(await opened(bytes)), { at: AT, signer: court, action });
    const sound = await makeContainer({ signer: maker });
    const container = granted(await opened(sound));
    const { offset, size, entries } = container.zip.directory;
    const zip = startZip(nodeHashes, { at: AT, after: { central: sound.subarray(offset, offset + size), entries, offset } });
    const smuggled = Buffer.concat([
      sound.subarray(0, offset),
      ...zip.file('evidence/three.csv', Buffer.from('x')),
      ...zip.end(),
    ]);
    expect(await sign(smuggled)).toMatchObject({
      ok: false,
      refusal: { code: 'container-altered', field: 'evidence/three.csv' },
    });
    // The signature of another container under the manifest of this one.
    const other = await makeContainer({ signer: maker, order: { type: 'another' } });
    const signature = container.zip.files.find((file) => file.name.endsWith('.p7s'));
    const foreign = granted(await opened(other)).zip;
    const manifestThere = foreign.files.find((file) => file.name.endsWith('signature.p7s'));
    if (signature === undefined || manifestThere === undefined) throw new Error('no signature');
    const fresh = startZip(nodeHashes, { at: AT });
    const parts: Uint8Array[] = [];
    for (const entry of container.zip.files) {
      const from = entry === signature ? foreign : container.zip;
      const bytes = granted(
        await readWhole(nodeHashes, from, { entry: entry === signature ? manifestThere : entry, limit: 1e6 }),
      );
      parts.push(...fresh.file(entry.name, bytes));
    }
    expect(await sign(Buffer.concat([...parts, ...fresh.end()]))).toMatchObject({
      ok: false,
      refusal: { code: 'container-altered', field: 'META-INF/signature.p7s' },
    });
  });

  it('is missed when the signature before was taken out of what they signed', async () => {
    const second = await signedBy(await makeContainer({ signer: maker }), court);
    const altered = Buffer.from(second);
    // The first signature under another name is gone for the second custodian's manifest.
    const name = 'META-INF/signature.p7s';
    for (let at = altered.indexOf(name); at >= 0; at = altered.indexOf(name, at + 1))
      if (altered[at - 1] !== '"'.charCodeAt(0)) altered.write('META-INF/signaturf.p7s', at, 'latin1');
    const report = await checked(altered, maker.certificate, court.certificate);
    expect(report).toMatchObject({
      verdict: 'altered',
      findings: expect.arrayContaining([
        expect.objectContaining({ code: 'file-missing', about: name }),
        expect.objectContaining({ code: 'signature-broken', about: name }),
      ]),
    });
  });
});

/** Turns a byte of stored content, and mends the CRC-32s that stand beside it. */
function withCrc(bytes: Uint8Array, at: number): Uint8Array {
  const altered = Buffer.from(bytes);
  const old = Buffer.from('a,b\r\n3,4\r\n');
  altered[at] = (altered[at] ?? 0) ^ 1;
  const fresh = altered.subarray(at - 5, at + 5);
  const [before, after] = [Buffer.alloc(4), Buffer.alloc(4)];
  before.writeUInt32LE(nodeHashes.crc32(old, 0));
  after.writeUInt32LE(nodeHashes.crc32(fresh, 0));
  for (let found = altered.indexOf(before); found >= 0; found = altered.indexOf(before)) after.copy(altered, found);
  return altered;
}
