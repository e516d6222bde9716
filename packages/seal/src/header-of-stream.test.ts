import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readHeaderOf } from './header-of-stream.ts';
import { generateOfficeIdentity } from './identity.ts';
import { makeHeader } from './native-header.ts';

function streamOf(
  bytes: Uint8Array,
  piece: number,
): { readonly stream: ReadableStream<Uint8Array>; readonly given: () => number } {
  let at = 0;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.subarray(at, at + piece));
        at += piece;
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, given: () => at };
}

test('the header comes out whole, however the stream is cut, and the payload is not fetched', async () => {
  const { recipient } = await generateOfficeIdentity();
  const made = await makeHeader([recipient]);
  if (!made.ok) throw new Error('no header');
  const { header } = made.value;
  const file = Buffer.concat([header, Buffer.alloc(1_000_000, '\n---')]);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 5000 }), async (piece) => {
      const { stream, given } = streamOf(file, piece);
      expect(await readHeaderOf(stream)).toEqual({ ok: true, value: new Uint8Array(header) });
      expect(given()).toBeLessThan(header.length + piece);
    }),
    { numRuns: 30 },
  );
});

test('a file without an end of its header is refused, and not read for ever', async () => {
  for (const text of ['', 'age-encryption.org/v1\n-> X25519 a\n', 'age-encryption.org/v1\n---', `age\n${'a'.repeat(200_000)}`]) {
    const { stream, given } = streamOf(Buffer.from(text), 4096);
    expect(await readHeaderOf(stream)).toMatchObject({ ok: false, refusal: { code: 'unseal-refused' } });
    expect(given()).toBeLessThanOrEqual(128 * 1024 + 4096);
  }
});
