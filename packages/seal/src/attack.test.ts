import { randomBytes } from 'node:crypto';
import { Encrypter } from 'age-encryption';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { generateOfficeIdentity, MAX_HEADER_BYTES, seal, unseal } from './index.ts';
import { isDowngrade } from './kinds.ts';

const SEALED_CHUNK = 65_536 + 16;
const hybrid = await generateOfficeIdentity();
const classical = await generateOfficeIdentity('x25519');
const other = await generateOfficeIdentity();
const plaintext = randomBytes(3 * 65_536 + 100);
const file = await sealTo(plaintext, hybrid.recipient);
const headerEnd = file.indexOf('\n', file.indexOf('\n---') + 1) + 1;
const payloadStart = headerEnd + 16;

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += 40_000) yield bytes.subarray(i, i + 40_000);
}

async function sealTo(bytes: Uint8Array, ...recipients: string[]): Promise<Buffer> {
  const sealing = await seal(pieces(bytes), recipients);
  if (!sealing.ok) throw new Error(sealing.refusal.code);
  const parts: Uint8Array[] = [];
  for await (const part of sealing.value.ciphertext) parts.push(part);
  return Buffer.concat(parts);
}

interface Verdict {
  readonly code: string;
  readonly released: Buffer;
}

async function attempt(bytes: Uint8Array, identity = hybrid.identity): Promise<Verdict> {
  const opening = await unseal(pieces(bytes), identity);
  if (!opening.ok) return { code: opening.refusal.code, released: Buffer.alloc(0) };
  const released: Uint8Array[] = [];
  try {
    for await (const piece of opening.value) released.push(piece);
  } catch (error) {
    const { refusal } = error as { refusal: { code: string } }; // the only error that unsealing throws
    return { code: refusal.code, released: Buffer.concat(released) };
  }
  return { code: 'opened', released: Buffer.concat(released) };
}

/** Refused, and all that was released is a true beginning in whole chunks. */
function expectRefused({ code, released }: Verdict): void {
  expect(['unseal-refused', 'payload-altered']).toContain(code);
  expect(released.length).toBeLessThanOrEqual(plaintext.length);
  expect(released.equals(plaintext.subarray(0, released.length))).toBe(true);
}

const chunk = (i: number): Buffer => file.subarray(payloadStart + i * SEALED_CHUNK, payloadStart + (i + 1) * SEALED_CHUNK);
const head = file.subarray(0, payloadStart);

test('the file as it was made opens', async () => {
  const verdict = await attempt(file);
  expect(verdict.code).toBe('opened');
  expect(verdict.released.equals(plaintext)).toBe(true);
});

test('a bit turned anywhere in the header, the MAC or the nonce releases nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(payloadStart - 1), fc.nat(7), async (at, bit) => {
      const changed = Buffer.from(file);
      changed[at] = (changed[at] ?? 0) ^ (1 << bit);
      const verdict = await attempt(changed);
      expectRefused(verdict);
      expect(verdict.released.length).toBe(0);
    }),
    { numRuns: 60 },
  );
});

test('a bit turned anywhere in the payload is found in its chunk', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: payloadStart, max: file.length - 1 }), fc.nat(7), async (at, bit) => {
      const changed = Buffer.from(file);
      changed[at] = (changed[at] ?? 0) ^ (1 << bit);
      const verdict = await attempt(changed);
      expect(verdict.code).toBe('payload-altered');
      expect(verdict.released.length).toBe(Math.floor((at - payloadStart) / SEALED_CHUNK) * 65_536);
      expectRefused(verdict);
    }),
    { numRuns: 40 },
  );
});

test('a file cut off anywhere is refused, also between two chunks', async () => {
  const borders = [0, 1, headerEnd - 1, headerEnd, payloadStart - 1, payloadStart, payloadStart + 15, payloadStart + 16];
  const chunkEnds = [1, 2, 3].map((i) => payloadStart + i * SEALED_CHUNK);
  for (const length of [...borders, ...chunkEnds, ...chunkEnds.map((end) => end + 16), file.length - 1, file.length - 16]) {
    expectRefused(await attempt(file.subarray(0, length)));
  }
});

test.each([
  ['two swapped', [1, 0, 2, 3]],
  ['one dropped', [0, 2, 3]],
  ['the first dropped', [1, 2, 3]],
  ['one doubled', [0, 0, 1, 2, 3]],
  ['the last put first', [3, 0, 1, 2]],
  ['the last alone', [3]],
  ['the last doubled', [0, 1, 2, 3, 3]],
  ['none', []],
])('chunks with %s are refused', async (_, order) => {
  expectRefused(await attempt(Buffer.concat([head, ...order.map(chunk)])));
});

test('bytes after the end are refused, after a short last chunk and after a full one', async () => {
  expectRefused(await attempt(Buffer.concat([file, Buffer.alloc(1)])));
  expectRefused(await attempt(Buffer.concat([file, file])));
  const full = await sealTo(plaintext.subarray(0, 65_536), hybrid.recipient);
  for (const extra of [1, 16, 17, SEALED_CHUNK]) expectRefused(await attempt(Buffer.concat([full, Buffer.alloc(extra)])));
});

test('chunks of another file to the same office are refused', async () => {
  const second = await sealTo(plaintext, hybrid.recipient);
  expectRefused(await attempt(Buffer.concat([head, second.subarray(second.length - (file.length - payloadStart))])));
});

test('a file without its header, with half of it, or with that of another file is refused', async () => {
  const second = await sealTo(plaintext, other.recipient);
  const secondEnd = second.indexOf('\n', second.indexOf('\n---') + 1) + 1;
  expectRefused(await attempt(file.subarray(headerEnd)));
  expectRefused(await attempt(file.subarray(file.indexOf('\n') + 1)));
  expectRefused(await attempt(Buffer.concat([second.subarray(0, secondEnd), file.subarray(headerEnd)]), other.identity));
});

test('a stanza taken from another file, or taken out, is refused by the MAC', async () => {
  const both = (await sealTo(plaintext, hybrid.recipient, other.recipient)).toString('latin1');
  const stanzas = both.slice(0, both.indexOf('\n---')).split('\n-> ');
  const without = both.replace(`\n-> ${stanzas[2]}`, '');
  expect(without.length).toBeLessThan(both.length);
  expectRefused(await attempt(Buffer.from(without, 'latin1')));
  const alone = file.toString('latin1');
  expectRefused(await attempt(Buffer.from(alone.replace('\n---', `\n-> ${stanzas[2]}\n---`), 'latin1')));
});

test('stanzas that were put in another order, or whose bodies were exchanged, are refused by the MAC', async () => {
  const both = (await sealTo(plaintext, hybrid.recipient, other.recipient)).toString('latin1');
  const header = both.slice(0, both.indexOf('\n---'));
  const [first = '', one = '', two = ''] = header.split('\n-> ');
  const turned = [first, two, one].join('\n-> ');
  const [bodyOne, bodyTwo] = [one, two].map((stanza) => stanza.slice(stanza.lastIndexOf('\n')));
  const exchanged = [first, one.replace(bodyOne ?? '', bodyTwo ?? ''), two.replace(bodyTwo ?? '', bodyOne ?? '')].join('\n-> ');
  for (const changed of [turned, exchanged]) {
    expect(changed).not.toBe(header);
    const bytes = Buffer.from(both.replace(header, changed), 'latin1');
    for (const { identity } of [hybrid, other]) expect((await attempt(bytes, identity)).code).toBe('unseal-refused');
  }
});

test('a recipient that was put in another’s place cannot open, nor can the one that was there', async () => {
  const second = (await sealTo(plaintext, other.recipient)).toString('latin1');
  const theirs = second.slice(second.indexOf('\n-> '), second.indexOf('\n---'));
  const text = file.toString('latin1');
  const swapped = Buffer.from(text.replace(text.slice(text.indexOf('\n-> '), text.indexOf('\n---')), theirs), 'latin1');
  for (const { identity } of [hybrid, other]) expect((await attempt(swapped, identity)).code).toBe('unseal-refused');
});

test('a post-quantum file with a classical stanza is refused for both offices, though each could open it', async () => {
  const typage = new Encrypter();
  typage.addRecipient(hybrid.recipient);
  typage.addRecipient(classical.recipient);
  const mixed = await typage.encrypt(plaintext);
  for (const { identity } of [hybrid, classical]) expect((await attempt(mixed, identity)).code).toBe('unseal-refused');
});

test('only post-quantum stanzas and grease may stand beside a post-quantum one', () => {
  expect(isDowngrade(['mlkem768x25519', 'X25519'])).toBe(true);
  expect(isDowngrade(['ssh-ed25519', 'mlkem768p256tag'])).toBe(true);
  expect(isDowngrade(['mlkem768x25519', 'p256tag'])).toBe(true);
  expect(isDowngrade(['mlkem768x25519', 'unheard-of'])).toBe(true);
  expect(isDowngrade(['mlkem768x25519', 'mlkem768p256tag', 'abc-grease'])).toBe(false);
  expect(isDowngrade(['X25519', 'X25519', 'unheard-of'])).toBe(false);
});

test('a header that never ends is given up after 128 KiB, without reading on', async () => {
  let asked = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('age-encryption.org/v1\n');
    for (;;) {
      asked++;
      yield Buffer.from(`-> X25519 ${'A'.repeat(1000)}\n\n`);
    }
  }
  expect(await unseal(endless(), hybrid.identity)).toEqual({ ok: false, refusal: { code: 'unseal-refused' } });
  expect(asked * 1000).toBeLessThan(2 * MAX_HEADER_BYTES);
});

test('an oversize header is refused even when it ends', async () => {
  const long = Buffer.concat([
    Buffer.from(`age-encryption.org/v1\n-> x ${'A'.repeat(MAX_HEADER_BYTES)}\n\n--- `),
    file.subarray(headerEnd - 44),
  ]);
  expect((await attempt(long)).code).toBe('unseal-refused');
});

test('a text that is no identity opens nothing', async () => {
  for (const identity of [
    '',
    'AGE-SECRET-KEY-1',
    hybrid.recipient,
    `${hybrid.identity}Q`,
    hybrid.identity.toLowerCase(),
    'AGE-PLUGIN-X-1QQQ',
  ]) {
    expect((await attempt(file, identity)).code).toBe('unseal-refused');
  }
});
