import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type BagSource, checkBag } from './check-bag.ts';
import { bagInFolder } from './folder.ts';
import { type BagFile, writeBag } from './write-bag.ts';

const folder = resolve(import.meta.dirname, '../../../../../shared/vectors/bagit/v0.97');
const present = existsSync(folder);

async function checkFolder(path: string): Promise<Awaited<ReturnType<typeof checkBag>>> {
  const bag = await bagInFolder(resolve(folder, path));
  if (!bag.ok) throw new Error(JSON.stringify(bag.refusal));
  return checkBag(bag.value);
}

test.skipIf(!present)(
  present ? 'bags of the conformance suite are valid and invalid as it says' : 'skipped: vectors not present',
  async () => {
    const found: string[] = [];
    for (const kind of ['valid', 'invalid'])
      for (const name of readdirSync(resolve(folder, kind))) {
        const { valid, faults } = await checkFolder(`${kind}/${name}`);
        if (valid !== (kind === 'valid')) found.push(`${kind}/${name}: ${JSON.stringify(faults)}`);
      }
    expect(found).toEqual([]);
  },
);

/** A bag in memory. */
async function bagOf(texts: Readonly<Record<string, string>>): Promise<Map<string, Uint8Array>> {
  const payload = Object.entries(texts).map(([path, text]): BagFile => ({ path, bytes: once(Buffer.from(text)) }));
  const files = new Map<string, Uint8Array>();
  for await (const { path, bytes } of writeBag({ payload, on: '2026-11-26', info: [['External-Identifier', 'case 1']] })) {
    const pieces: Uint8Array[] = [];
    for await (const piece of bytes) pieces.push(piece);
    files.set(path, Buffer.concat(pieces));
  }
  return files;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function sourceOf(files: ReadonlyMap<string, Uint8Array>): BagSource {
  return { paths: [...files.keys()], read: (path) => once(files.get(path) ?? new Uint8Array()) };
}

describe('a bag of our own', () => {
  it('is valid, whatever is in it and however it is called', async () => {
    const names = fc.stringMatching(/^[a-zé%\r\n ][a-z0-9%]{0,6}$/);
    await fc.assert(
      fc.asyncProperty(fc.dictionary(names, fc.string(), { minKeys: 1, maxKeys: 4, noNullPrototype: true }), async (texts) => {
        expect(await checkBag(sourceOf(await bagOf(texts)))).toMatchObject({
          valid: true,
          version: '1.0',
          algorithm: 'sha512',
          faults: [],
        });
      }),
      { numRuns: 50 },
    );
  });

  it('says what it is and how much is in it', async () => {
    const report = await checkBag(sourceOf(await bagOf({ 'a.csv': '12345', 'b/c.csv': '678' })));
    expect(report).toMatchObject({
      files: 2,
      info: { 'External-Identifier': ['case 1'], 'Bagging-Date': ['2026-11-26'], 'Payload-Oxum': ['8.2'] },
    });
  });

  it.each<[string, string, (files: Map<string, Uint8Array>) => void]>([
    ['checksum-differs', 'data/a.csv', (files) => files.set('data/a.csv', Buffer.from('54321'))],
    ['checksum-differs', 'bag-info.txt', (files) => files.set('bag-info.txt', Buffer.from('A: b\n'))],
    ['file-missing', 'data/a.csv', (files) => files.delete('data/a.csv')],
    ['file-unlisted', 'data/b.csv', (files) => files.set('data/b.csv', Buffer.from(''))],
    ['declaration-missing', 'bagit.txt', (files) => files.delete('bagit.txt')],
    [
      'version-unsupported',
      'bagit.txt',
      (files) => files.set('bagit.txt', Buffer.from('BagIt-Version: 9.0\nTag-File-Character-Encoding: UTF-8\n')),
    ],
    [
      'encoding-unknown',
      'bagit.txt',
      (files) => files.set('bagit.txt', Buffer.from('BagIt-Version: 1.0\nTag-File-Character-Encoding: EBCDIC\n')),
    ],
    ['path-outside', '../a', (files) => files.set('fetch.txt', Buffer.from('https://a.example/a - ../a\n'))],
    ['path-outside', '/etc/passwd', (files) => files.set('manifest-md5.txt', Buffer.from(`${'0'.repeat(32)}  /etc/passwd\n`))],
    ['algorithm-unknown', 'manifest-crc9.txt', (files) => files.set('manifest-crc9.txt', Buffer.from(''))],
  ])('names what is wrong with it: %s of %s', async (code, about, alter) => {
    const files = await bagOf({ 'a.csv': '12345' });
    alter(files);
    const report = await checkBag(sourceOf(files));
    expect([report.valid, report.faults]).toEqual([false, expect.arrayContaining([{ code, about }])]);
  });

  it('is not written when a value would break its line', async () => {
    const bag = writeBag({ payload: [], on: '2026-11-26', info: [['A', 'b\nPayload-Oxum: 0.0']] });
    await expect(bag.next()).rejects.toThrow(TypeError);
  });
});
