import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { rewrapHeader as rewrapInPage } from './browser.ts';
import { generateOfficeIdentity, rewrap, rewrapInto, seal, sourceOf, splitHeader, unseal } from './index.ts';

const old = await generateOfficeIdentity();
const next = await generateOfficeIdentity();
const classical = await generateOfficeIdentity('x25519');
const plaintext = randomBytes(700_000);
const file = await sealed([old.recipient]);

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function gather(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of source) all.push(piece);
  return Buffer.concat(all);
}

async function sealed(recipients: readonly string[]): Promise<Buffer> {
  const sealing = await seal(once(plaintext), recipients);
  if (!sealing.ok) throw new Error(sealing.refusal.code);
  return gather(sealing.value.ciphertext);
}

async function payloadOf(bytes: Uint8Array): Promise<Buffer> {
  const split = await splitHeader(once(bytes));
  if (!split.ok) throw new Error(split.refusal.code);
  return gather(split.value.rest);
}

async function opens(bytes: Uint8Array, identity: string): Promise<boolean> {
  const opened = await unseal(once(bytes), identity);
  return opened.ok && (await gather(opened.value)).equals(plaintext);
}

async function rewrapped(bytes: Uint8Array, recipients: readonly string[]): Promise<Buffer> {
  const made = await rewrap(once(bytes), { identity: old.identity, recipients });
  if (!made.ok) throw new Error(made.refusal.code);
  return gather(made.value);
}

test('the new reader opens what was re-wrapped, the old one no more, and the payload is the same bytes', async () => {
  const again = await rewrapped(file, [next.recipient]);
  expect(await opens(again, next.identity)).toBe(true);
  expect(await opens(again, old.identity)).toBe(false);
  expect((await payloadOf(again)).equals(await payloadOf(file))).toBe(true);
  const back = await rewrapped(file, [old.recipient, next.recipient]);
  expect([await opens(back, old.identity), await opens(back, next.identity)]).toEqual([true, true]);
});

test('re-wrapping does not revoke: the old header opens the payload that is kept under the new one', async () => {
  const again = await rewrapped(file, [next.recipient]);
  const oldHeader = file.subarray(0, file.length - (await payloadOf(file)).length);
  expect(await opens(Buffer.concat([oldHeader, await payloadOf(again)]), old.identity)).toBe(true);
});

test('from a source to a sink it is the same, and the payload is never opened on the way', async () => {
  const damaged = Buffer.from(file);
  damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
  const parts: Buffer[] = [];
  const sink = { write: (some: readonly Uint8Array[]) => void parts.push(...some.map((part) => Buffer.from(part))) };
  const done = await rewrapInto(
    { source: sourceOf(once(damaged)), sink },
    { identity: old.identity, recipients: [next.recipient] },
  );
  expect(done.ok).toBe(true);
  expect((await payloadOf(Buffer.concat(parts))).equals(await payloadOf(damaged))).toBe(true);
});

test('who cannot open cannot re-wrap, and nothing is wrapped for unfit recipients', async () => {
  const refused = async (identity: string, recipients: readonly string[]): Promise<string> => {
    const made = await rewrap(once(file), { identity, recipients });
    return made.ok ? 'made' : made.refusal.code;
  };
  expect(await refused(next.identity, [next.recipient])).toBe('unseal-refused');
  expect(await refused(old.identity, [])).toBe('recipient-unknown');
  expect(await refused(old.identity, [next.recipient, classical.recipient])).toBe('recipient-unknown');
});

test('a page makes the same header', async () => {
  const split = await splitHeader(once(file));
  if (!split.ok) throw new Error(split.refusal.code);
  const header = await rewrapInPage(split.value.header, { identity: old.identity, recipients: [classical.recipient] });
  if (!header.ok) throw new Error(header.refusal.code);
  expect(await opens(Buffer.concat([header.value, await payloadOf(file)]), classical.identity)).toBe(true);
});
