import { deflateRawSync, crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeHashes } from '../container-hashes.ts';
import { crc32 } from './crc32.ts';
import type { Fault } from './faults.ts';
import { readContainer } from './read-container.ts';
import { sourceOfBytes } from './source.ts';
import { archive, type Raw } from './testing/archive.ts';
import { AT, checked, gathered, makeContainer, newSigner, once, opened } from './testing/container.ts';
import { verifyContainer } from './verify-container.ts';
import { readWhole } from './zip/read-entry.ts';
import { LIMITS, openZip } from './zip/read-zip.ts';
import { startZip } from './zip/write-zip.ts';

const signer = await newSigner('SkyMail Europe Ltd');
const sound = await makeContainer({ signer });

async function faultOf(bytes: Uint8Array): Promise<unknown> {
  const zip = await openZip(sourceOfBytes(bytes));
  if (!zip.ok) return zip.refusal.values?.['fault'];
  for (const entry of zip.value.files) {
    const read = await readWhole(nodeHashes, zip.value, { entry, limit: 2 ** 24 });
    if (!read.ok) return read.refusal.values?.['fault'];
  }
  return 'none';
}

const zeros = (bytes: number): Buffer => deflateRawSync(Buffer.alloc(bytes));
const nested = (name: string): Raw => ({ name });

describe('a hostile archive', () => {
  it('is told from one that is sound', async () => {
    expect(await faultOf(archive([nested('a'), nested('b/c'), { name: 'd/', data: Buffer.alloc(0), mode: 0o040755 }]))).toBe(
      'none',
    );
    expect(
      await faultOf(archive([{ name: 'a', data: zeros(5000), method: 8, size: 5000, crc: zlibCrc32(Buffer.alloc(5000)) }])),
    ).toBe('none');
  });

  it.each<[Fault, Buffer]>([
    ['not-zip', Buffer.from('PK\x03\x04 and nothing else')],
    ['not-zip', Buffer.alloc(0)],
    ['trailing-data', archive([nested('a')], { after: Buffer.from('more') })],
    ['prepended-data', archive([nested('a')], { before: Buffer.from('#!/bin/sh\n') })],
    ['hidden-data', archive([nested('a')], { comment: archive([nested('evil')]).subarray(-22) })],
    ['hidden-data', archive([nested('a'), nested('b')], { count: 1 })],
    ['too-compressed', archive([{ name: 'a', data: zeros(2 ** 22), method: 8, size: 2 ** 22 }])],
    ['size-mismatch', archive([{ name: 'a', data: zeros(2 ** 22), method: 8, size: 1000 }])],
    ['size-mismatch', archive([{ name: 'a', data: zeros(1000), method: 8, size: 2000 }])],
    ['size-mismatch', archive([{ name: 'a', data: Buffer.concat([zeros(1000), Buffer.from('junk')]), method: 8, size: 1000 }])],
    ['size-mismatch', archive([{ name: 'a', size: 3 }])],
    ['crc-mismatch', archive([{ name: 'a', crc: 1 }])],
    ['header-mismatch', archive([{ name: 'evidence/a', localName: 'evidence/b' }])],
    ['header-mismatch', archive([{ name: 'a', localMethod: 8 }])],
    ['overlap', archive([nested('a'), { name: 'b', sharing: true }])],
    ['encrypted', archive([{ name: 'a', flags: 1 }])],
    ['symlink', archive([{ name: 'a', data: Buffer.from('/etc/passwd'), mode: 0o120777 }])],
    ['symlink', archive([{ name: 'a', mode: 0o010644 }])],
    ['method-unsupported', archive([{ name: 'a', method: 12 }])],
    ['name-absolute', archive([nested('/etc/passwd')])],
    ['name-parent', archive([nested('evidence/../../a')])],
    ['name-parent', archive([nested('..')])],
    ['name-parent', archive([nested('a//b')])],
    ['name-parent', archive([nested('a/.. /b')])],
    ['name-backslash', archive([nested('..\\a')])],
    ['name-drive', archive([nested('C:/a')])],
    ['name-drive', archive([nested('a.txt:hidden')])],
    ['name-device', archive([nested('evidence/AUX.txt')])],
    ['name-control', archive([nested('a\0.csv')])],
    ['name-control', archive([{ name: 'a\u202egpj.exe', flags: 1 << 11 }])],
    ['name-not-utf8', archive([{ name: Buffer.from([0x61, 0xff]), flags: 1 << 11 }])],
    ['name-not-utf8', archive([{ name: 'é' }])],
    ['name-too-long', archive([nested('a'.repeat(600))])],
    ['name-empty', archive([nested('')])],
    ['name-twice', archive([nested('a'), nested('a')])],
    ['name-collides', archive([nested('evidence/A.csv'), nested('evidence/a.csv')])],
    [
      'name-collides',
      archive([
        { name: 'é', flags: 1 << 11 },
        { name: 'e\u0301', flags: 1 << 11 },
      ]),
    ],
    ['name-collides', archive([{ name: 'straße', flags: 1 << 11 }, nested('STRASSE')])],
    ['name-collides', archive([nested('a'), nested('a/b')])],
    ['name-collides', archive([nested('a/b'), nested('a')])],
  ])('is refused by name: %s', async (fault, bytes) => {
    expect(await faultOf(bytes)).toBe(fault);
  });

  it('that nests itself by sharing bytes (a bomb of overlapping entries) is refused before anything is unpacked', async () => {
    const kernel: Raw = { name: 'kernel', data: zeros(2 ** 20), method: 8, size: 2 ** 20 };
    const bomb = archive([kernel, ...Array.from({ length: 500 }, (_, i) => ({ ...kernel, name: `${i}`, sharing: true }))]);
    expect(await faultOf(bomb)).toBe('overlap');
  });

  it('with more entries than the limit is refused before its directory is read', async () => {
    const zip = await openZip(sourceOfBytes(archive([nested('a'), nested('b')])), { ...LIMITS, entries: 1 });
    expect(zip).toMatchObject({
      ok: false,
      refusal: { code: 'container-invalid', field: '2', values: { fault: 'too-many-entries' } },
    });
  });

  it('that would fill more than the limit is refused before anything is unpacked', async () => {
    const zip = await openZip(sourceOfBytes(archive([nested('a'), nested('b')])), { ...LIMITS, totalBytes: 7 });
    expect(zip).toMatchObject({ ok: false, refusal: { field: 'b', values: { fault: 'too-large' } } });
  });

  it('never does more than refuse, whatever its bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(sound.length - 1), fc.uint8Array({ minLength: 1, maxLength: 12 }), async (at, bytes) => {
        const altered = Uint8Array.from(sound);
        altered.set(bytes.subarray(0, altered.length - at), at);
        await checked(altered, signer.certificate);
        await checked(altered.subarray(0, at), signer.certificate);
      }),
      { numRuns: 150 },
    );
  });
});

describe('what is no container', () => {
  const meta = { name: 'META-INF/ASiCManifest.xml' };
  const typed = { name: 'mimetype', data: Buffer.from('application/vnd.etsi.asic-e+zip') };
  const reason = async (bytes: Uint8Array): Promise<unknown> => {
    const read = await readContainer(nodeHashes, sourceOfBytes(bytes));
    return read.ok ? 'none' : read.refusal.values?.['fault'];
  };

  it.each<[Fault, readonly Raw[]]>([
    ['mimetype-not-first', [nested('a'), typed]],
    ['mimetype-not-first', [nested('a')]],
    [
      'mimetype-not-stored',
      [{ ...typed, data: deflateRawSync(typed.data), method: 8, size: typed.data.length, crc: zlibCrc32(typed.data) }],
    ],
    ['mimetype-wrong', [{ ...typed, data: Buffer.from('application/zip') }]],
    ['manifest-missing', [typed, nested('evidence/a')]],
    ['xml-doctype', [typed, { ...meta, data: Buffer.from('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>') }]],
    ['xml-doctype', [typed, { ...meta, data: Buffer.from('<a><!DOCTYPE a></a>') }]],
    ['xml-invalid', [typed, { ...meta, data: Buffer.from('<a>&b;</a>') }]],
    ['xml-invalid', [typed, { ...meta, data: Buffer.from('<a><b></a></b>') }]],
    ['xml-invalid', [typed, { ...meta, data: Buffer.from(`${'<a>'.repeat(50)}${'</a>'.repeat(50)}`) }]],
    ['xml-invalid', [typed, { ...meta, data: Buffer.from('<a x="1" x="2"/>') }]],
    ['manifest-invalid', [typed, { ...meta, data: Buffer.from('<a/>') }]],
    [
      'items-invalid',
      [typed, { ...meta, data: manifestOf('evidence/a') }, { name: 'comity/items.json', data: Buffer.from('{"v":1}') }],
    ],
    ['manifest-invalid', [typed, { ...meta, data: manifestOf('http://example.org/a') }]],
    ['manifest-invalid', [typed, { ...meta, data: manifestOf('evidence/a', 'http://www.w3.org/2000/09/xmldsig#sha1') }]],
  ])('is refused by name: %s', async (fault, entries) => {
    expect(await reason(archive(entries))).toBe(fault);
  });

  it('is read all the same when that is asked for, is named, and its XAdES signatures are not taken for checked', async () => {
    const packed = { ...typed, data: deflateRawSync(typed.data), method: 8, size: typed.data.length, crc: zlibCrc32(typed.data) };
    const foreign = archive([
      { name: 'message.xml' },
      packed,
      { name: 'META-INF/signatures.xml', data: Buffer.from('<a/>') },
      { ...meta, data: Buffer.from('<a/>') },
    ]);
    expect(await reason(foreign)).toBe('mimetype-not-first');
    const read = await readContainer(nodeHashes, sourceOfBytes(foreign), { lenient: true });
    if (!read.ok) throw new Error(JSON.stringify(read.refusal));
    const report = await verifyContainer(nodeHashes, read.value, { anchors: { certificates: [signer.certificate] }, now: AT });
    expect(report).toMatchObject({ ok: true, value: { verdict: 'unchecked', signatures: [] } });
    expect(report.ok && report.value.findings.map(({ code, about }) => [code, about])).toEqual([
      ['file-uncovered', 'message.xml'],
      ['items-absent', 'comity/items.json'],
      ['xades-unchecked', 'META-INF/signatures.xml'],
      ['manifest-unread', 'META-INF/ASiCManifest.xml'],
      ['type-departs', 'mimetype'],
    ]);
  });

  it('has a signature that is no signature', async () => {
    const entries = [
      typed,
      { ...meta, data: manifestOf('evidence/a') },
      { name: 'META-INF/s.p7s', data: Buffer.from('0\x03\x02\x01\x01') },
    ];
    expect(await checked(archive(entries))).toMatchObject({
      verdict: 'altered',
      findings: expect.arrayContaining([{ code: 'signature-broken', about: 'META-INF/s.p7s', values: { fault: 'unreadable' } }]),
    });
  });

  it('holds a file that no signature covers, and the report says so', async () => {
    const container = await opened(sound);
    if (!container.ok) throw new Error('not sound');
    const { offset, entries, size } = container.value.zip.directory;
    const zip = startZip(nodeHashes, {
      at: '2026-11-26T10:00:00.000Z',
      after: { central: sound.subarray(offset, offset + size), entries, offset },
    });
    const smuggled = [
      sound.subarray(0, offset),
      await gathered(zip.stream('evidence/three.csv', once(Buffer.from('x')))),
      ...zip.end(),
    ];
    const report = await checked(Buffer.concat(smuggled), signer.certificate);
    expect(report).toMatchObject({ verdict: 'open', findings: [{ code: 'file-uncovered', about: 'evidence/three.csv' }] });
  });
});

function manifestOf(uri: string, algorithm = 'http://www.w3.org/2001/04/xmlenc#sha256'): Buffer {
  const digest = `<ds:DigestMethod Algorithm="${algorithm}"/><ds:DigestValue>${Buffer.alloc(32).toString('base64')}</ds:DigestValue>`;
  return Buffer.from(
    `<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><asic:SigReference URI="META-INF/s.p7s" MimeType="application/pkcs7-signature"/><asic:DataObjectReference URI="${uri}">${digest}</asic:DataObjectReference></asic:ASiCManifest>`,
  );
}

describe('an archive of our own', () => {
  it('reads back as what was written, whatever the names and the bytes', async () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}(?:\/[a-z0-9]{1,8}){0,2}$/), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(names, fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (given, bytes, plain) => {
        const zip = startZip(nodeHashes, { at: '2026-11-26T10:00:00.000Z' });
        const list = given.map((name, index) => `${index}${name}`);
        const parts: Uint8Array[] = [];
        for (const name of list) parts.push(...(plain ? zip.file(name, bytes) : [await gathered(zip.stream(name, once(bytes)))]));
        const read = await openZip(sourceOfBytes(Buffer.concat([...parts, ...zip.end()])));
        if (!read.ok) throw new Error(JSON.stringify(read.refusal));
        expect(read.value.files.map((file) => file.name)).toEqual(list);
        for (const entry of read.value.files)
          expect(await readWhole(nodeHashes, read.value, { entry, limit: 1000 })).toEqual({ ok: true, value: bytes });
      }),
      { numRuns: 50 },
    );
  });

  it('is checked by the same CRC-32 with and without the machine’s library', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.uint8Array({ maxLength: 100 }), (a, b) => {
        expect(crc32(b, crc32(a, 0))).toBe(zlibCrc32(Buffer.concat([a, b])));
      }),
    );
  });
});
