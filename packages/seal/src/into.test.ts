import { randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import {
  fileSink,
  fileSource,
  generateOfficeIdentity,
  type Sink,
  type Source,
  seal,
  sealInto,
  sealJointlyInto,
  sourceOf,
  unseal,
  unsealInto,
} from './index.ts';

const CHUNK = 65_536;
const office = await generateOfficeIdentity('x25519');
const dir = mkdtempSync(join(tmpdir(), 'comity-seal-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function* pieces(bytes: Uint8Array, step: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += step) yield bytes.subarray(i, i + step);
}

async function gather(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of source) all.push(piece);
  return Buffer.concat(all);
}

/** Keeps copies of what it is given. */
function keeper(): { readonly sink: Sink; readonly all: () => Buffer } {
  const kept: Buffer[] = [];
  return {
    sink: { write: (parts) => void kept.push(...parts.map((part) => Buffer.from(part))) },
    all: () => Buffer.concat(kept),
  };
}

async function sealed(bytes: Uint8Array, step = 50_000): Promise<Buffer> {
  const { sink, all } = keeper();
  const done = await sealInto({ source: sourceOf(pieces(bytes, step)), sink }, [office.recipient]);
  if (!done.ok) throw new Error(done.refusal.code);
  expect(done.value).toEqual({ plaintextSize: bytes.length, ciphertextSize: all().length });
  return all();
}

async function opened(source: Source): Promise<{ readonly code: string; readonly released: Buffer }> {
  const { sink, all } = keeper();
  const done = await unsealInto({ source, sink }, office.identity);
  if (done.ok) expect(done.value.plaintextSize).toBe(all().length);
  return { code: done.ok ? 'opened' : done.refusal.code, released: all() };
}

test.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 4 * CHUNK - 1, 4 * CHUNK, 4 * CHUNK + 1, 8 * CHUNK, 9 * CHUNK + 7])(
  '%i bytes go there and back, in pieces of any length, and the stream opens what the quick way made',
  async (size) => {
    const plaintext = randomBytes(size);
    for (const step of [1021, CHUNK, 300_000]) {
      const file = await sealed(plaintext, step);
      expect(await opened(sourceOf(pieces(file, step + 1)))).toEqual({ code: 'opened', released: plaintext });
      const stream = await unseal(pieces(file, 100_000), office.identity);
      if (!stream.ok) throw new Error(stream.refusal.code);
      expect((await gather(stream.value)).equals(plaintext)).toBe(true);
    }
    const made = await seal(pieces(plaintext, 70_000), [office.recipient]);
    if (!made.ok) throw new Error(made.refusal.code);
    const file = await gather(made.value.ciphertext);
    expect(await opened(sourceOf(pieces(file, 70_000)))).toEqual({ code: 'opened', released: plaintext });
  },
);

test('from file to file, a megabyte and a bit', async () => {
  const plaintext = randomBytes(1_100_000);
  writeFileSync(join(dir, 'plain'), plaintext);
  const through = async (from: string, to: string, work: typeof sealInto | typeof unsealInto, key: string): Promise<void> => {
    const [input, output] = [openSync(join(dir, from), 'r'), openSync(join(dir, to), 'w')];
    const done = await work({ source: fileSource(input), sink: fileSink(output) }, [key]);
    closeSync(input);
    closeSync(output);
    expect(done.ok).toBe(true);
  };
  await through('plain', 'sealed', sealInto, office.recipient);
  await through('sealed', 'opened', unsealInto, office.identity);
  expect(readFileSync(join(dir, 'opened')).equals(plaintext)).toBe(true);
});

test('what was changed anywhere ends in a refusal, and all that was written before is a true beginning', async () => {
  const plaintext = randomBytes(9 * CHUNK);
  const file = await sealed(plaintext);
  await fc.assert(
    fc.asyncProperty(fc.nat(file.length - 1), fc.constantFrom('flip', 'cut', 'double'), async (at, how) => {
      const changed =
        how === 'cut'
          ? file.subarray(0, at)
          : Buffer.concat([file.subarray(0, at + 1), file.subarray(how === 'flip' ? at + 1 : at)]);
      if (how === 'flip') changed[at] = (changed[at] ?? 0) ^ 1;
      const { code, released } = await opened(sourceOf(pieces(changed, 100_000)));
      expect(['unseal-refused', 'payload-altered']).toContain(code);
      expect(released.equals(plaintext.subarray(0, released.length))).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('the source is closed once, however it ends, and errors of both ends pass through', async () => {
  const file = await sealed(randomBytes(600_000));
  let closed = 0;
  const counted = (bytes: Uint8Array): Source => ({ ...sourceOf(pieces(bytes, 90_000)), close: () => void closed++ });
  const { sink } = keeper();
  const full: Sink = {
    write: () => {
      throw new Error('disk full');
    },
  };
  const broken: Source = { read: () => Promise.reject(new Error('disk gone')), close: () => void closed++ };
  await sealInto({ source: counted(file), sink }, [office.recipient]);
  await sealInto({ source: counted(file), sink }, ['age1nobody']);
  await sealJointlyInto({ source: counted(file), sink }, { needed: 2, holders: [office.recipient] });
  await unsealInto({ source: counted(file), sink }, office.identity);
  await unsealInto({ source: counted(file.subarray(0, -1)), sink }, office.identity);
  await unsealInto({ source: counted(file.subarray(1)), sink }, office.identity);
  await unsealInto({ source: counted(file), sink }, (await generateOfficeIdentity('x25519')).identity);
  expect(closed).toBe(7);
  await expect(sealInto({ source: counted(file), sink: full }, [office.recipient])).rejects.toThrow('disk full');
  await expect(unsealInto({ source: counted(file), sink: full }, office.identity)).rejects.toThrow('disk full');
  await expect(sealInto({ source: broken, sink }, [office.recipient])).rejects.toThrow('disk gone');
  expect(closed).toBe(10);
});

test('memory does not grow with the file', async () => {
  const window = new Uint8Array(1 << 20);
  const measure = async (mebibytes: number): Promise<number> => {
    let left = mebibytes;
    let peak = 0;
    const read = (into: Uint8Array): number => {
      if (left-- <= 0) return 0;
      into.set(window.subarray(0, into.length));
      return Math.min(into.length, window.length);
    };
    const write = (): void => {
      peak = Math.max(peak, process.memoryUsage().arrayBuffers);
    };
    const [source, sink]: [Source, Sink] = [{ read }, { write }];
    await sealInto({ source, sink }, [office.recipient]);
    return peak;
  };
  const few = await measure(100);
  expect(await measure(2000)).toBeLessThan(few + (8 << 20));
});
