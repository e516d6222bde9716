import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { CompressionType, compressionRegistry, Table, tableFromArrays, tableToIPC } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { arrowCsv } from './arrowCsv.ts';
import { readLz4 } from './lz4.ts';
import { unfoldArrow } from './unfoldArrow.ts';

const folder = mkdtempSync(join(tmpdir(), 'comity-arrow-'));
let count = 0;

/** Values of every kind, packed with LZ4 by the Arrow project's own C++ library (26.0.1). */
const VALUES = join(import.meta.dirname, '..', 'testing', 'values-lz4.arrow');

async function unfolded(bytes: Uint8Array, most?: number): Promise<string> {
  const path = join(folder, `${count++}.arrow`);
  writeFileSync(path, bytes);
  const output = `${path}.csv`;
  const done = await unfoldArrow({ path, output, ...(most === undefined ? {} : { most }) });
  if (done.ok) return readFileSync(output, 'utf8');
  expect(existsSync(output)).toBe(false);
  return done.refusal.code;
}

describe('an Arrow file becomes CSV', () => {
  it('with every value as it stands there: no number rounded, no time moved, nested values as JSON', async () => {
    expect((await unfolded(readFileSync(VALUES))).split('\r\n')).toEqual([
      'text,group,whole,real,yes,day,at,local,time,amount,bytes,list,nested',
      'plain,a,1,0.5,true,2026-02-28,2026-02-25T06:13:20.000001Z,2026-02-25T06:13:20.000000001,00:00:00.000001,12345678901234567890.12,00ff,"[1,2]","{""a"":1,""b"":""x""}"',
      '"with, ""quotes""\nand lines",b,-2,-1e+300,false,1969-12-31,1969-12-31T23:59:59.999999Z,1969-12-31T23:59:59,23:59:59.999999,-0.05,,[],"{""a"":null,""b"":""y""}"',
      ',a,9007199254740993,NaN,true,2000-02-29,1970-01-01T00:00:00Z,1970-01-01T00:00:00,00:00:00,0.00,616263,"[""9007199254740993""]","{""a"":3,""b"":null}"',
      ',,,,,,,,,,,,',
      '',
    ]);
  });

  it('as a file or a stream, packed with ZSTD or not, in one batch or many', async () => {
    compressionRegistry.set(CompressionType.ZSTD, { encode: (bytes) => zstdCompressSync(bytes) });
    const one = tableFromArrays({
      n: Int32Array.from({ length: 3_000 }, (_, n) => n),
      text: Array.from({ length: 3_000 }, (_, n) => `né ${n}`),
    });
    const rows = Array.from({ length: 3_000 }, (_, n) => `${n},né ${n}\r\n`).join('');
    for (const kind of ['file', 'stream'] as const) {
      for (const packed of [null, CompressionType.ZSTD])
        expect(await unfolded(tableToIPC(one, kind, packed))).toBe(`n,text\r\n${rows}`);
      const many = new Table([...one.batches, ...one.slice(0, 1).batches]);
      expect(await unfolded(tableToIPC(many, kind))).toBe(`n,text\r\n${rows}0,né 0\r\n`);
    }
  });

  it('or is refused and leaves nothing: cut off, no Arrow at all, or more than may be written', async () => {
    const whole = readFileSync(VALUES);
    for (const length of [0, 8, 1_000, whole.length - 1])
      expect(await unfolded(whole.subarray(0, length))).toBe('dataset-unreadable');
    expect(await unfolded(Buffer.from('email,at\r\na@x.example,2026-01-01\r\n'))).toBe('dataset-unreadable');
    expect(await unfolded(whole, 100)).toBe('body-too-large');
    const done = await unfoldArrow({ path: join(folder, 'not-there.arrow'), output: join(folder, 'not-there.csv') });
    expect(done).toMatchObject({ refusal: { code: 'dataset-unreadable' } });
  });

  it('or is refused when a batch unpacks to more than is read, however small it is packed; several batches may come to more', async () => {
    compressionRegistry.set(CompressionType.ZSTD, { encode: (bytes) => zstdCompressSync(bytes) });
    const zeros = tableFromArrays({ n: new Int32Array(3_000), m: new Int32Array(3_000) });
    const path = join(folder, 'zeros.arrow');
    writeFileSync(path, tableToIPC(new Table([...zeros.batches, ...zeros.batches]), 'stream', CompressionType.ZSTD));
    const rows = async (most: number): Promise<number> => {
      let text = '';
      for await (const piece of arrowCsv(path, most)) text += piece;
      return text.split('\r\n').length - 2;
    };
    expect(await rows(30_000)).toBe(6_000);
    await expect(rows(20_000)).rejects.toMatchObject({ refusal: { code: 'dataset-unreadable' } });
  });

  it('and no damaged byte takes the program down', async () => {
    const whole = readFileSync(VALUES);
    for (const place of [12, 391, 1_500, 3_243, whole.length - 40]) {
      const damaged = Buffer.from(whole);
      damaged[place] = (damaged[place] ?? 0) ^ 0xff;
      expect(await unfolded(damaged, 1_000_000)).toMatch(/^(text,|dataset-unreadable|body-too-large|[\s\S]*\r\n$)/);
    }
  });
});

describe('an LZ4 frame', () => {
  const header = [0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82];
  const frame = (...block: readonly number[]): Uint8Array =>
    Uint8Array.from([...header, block.length, 0, 0, 0, ...block, 0, 0, 0, 0]);

  it('repeats what came before, also over its own end', () => {
    // "ab", then six bytes from two back, then "c".
    expect(Buffer.from(readLz4(frame(0x22, 97, 98, 2, 0, 0x10, 99), 100)).toString()).toBe('ababababc');
  });

  it('is refused when it points before its beginning, breaks off, or unpacks to more than is read', () => {
    for (const block of [
      [0x22, 97, 98, 3, 0, 0x10, 99],
      [0x22, 97, 98, 0, 0, 0x10, 99],
      [0x50, 97],
      [0xf0, 255],
    ])
      expect(() => readLz4(frame(...block), 100)).toThrow();
    expect(() => readLz4(frame(0x22, 97, 98, 2, 0, 0x10, 99), 8)).toThrow('more than is read');
    expect(() => readLz4(Uint8Array.from([...header, 9, 0, 0, 0, 1]), 100)).toThrow();
    expect(() => readLz4(Uint8Array.from([1, 2, 3, 4, 5, 6, 7]), 100)).toThrow('no frame');
  });
});
