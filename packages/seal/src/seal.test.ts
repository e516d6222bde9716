import { createHash, randomBytes } from 'node:crypto';
import { Decrypter, Encrypter } from 'age-encryption';
import { beforeAll, expect, test } from 'vitest';
import {
  checkPlaintext,
  digestCiphertext,
  generateOfficeIdentity,
  type OfficeIdentity,
  type SealSummary,
  seal,
  unseal,
} from './index.ts';

const CHUNK = 65_536;
const SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 16 * CHUNK, 16 * CHUNK + 1, 17 * CHUNK + 5];
const offices = { hybrid: [] as OfficeIdentity[], x25519: [] as OfficeIdentity[] };

beforeAll(async () => {
  for (let i = 0; i < 20; i++) {
    offices.hybrid.push(await generateOfficeIdentity());
    offices.x25519.push(await generateOfficeIdentity('x25519'));
  }
});

async function* pieces(bytes: Uint8Array, step = 50_000): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += step) yield bytes.subarray(i, i + step);
}

async function gather(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of source) all.push(piece);
  return Buffer.concat(all);
}

async function sealed(plaintext: Uint8Array, recipients: readonly string[]): Promise<{ file: Buffer; summary: SealSummary }> {
  const sealing = await seal(pieces(plaintext), recipients);
  if (!sealing.ok) throw new Error(sealing.refusal.code);
  const file = await gather(sealing.value.ciphertext);
  return { file, summary: sealing.value.summary() };
}

async function opened(file: Uint8Array, identity: string): Promise<Buffer> {
  const plaintext = await unseal(pieces(file, 33_333), identity);
  if (!plaintext.ok) throw new Error(plaintext.refusal.code);
  return gather(plaintext.value);
}

test.each(SIZES)('%i bytes come back, from us and from typage, and the summary is true', async (size) => {
  const plaintext = randomBytes(size);
  for (const [office] of [offices.hybrid, offices.x25519]) {
    const { identity, recipient } = office ?? { identity: '', recipient: '' };
    const { file, summary } = await sealed(plaintext, [recipient]);
    expect((await opened(file, identity)).equals(plaintext)).toBe(true);
    const typage = new Decrypter();
    typage.addIdentity(identity);
    expect(Buffer.from(await typage.decrypt(file)).equals(plaintext)).toBe(true);
    expect(await digestCiphertext(pieces(file))).toEqual({ sha256: summary.ciphertextSha256, size: summary.ciphertextSize });
    expect(summary.plaintextSize).toBe(size);
    const salted = createHash('sha256').update(Buffer.from(summary.plaintextSalt, 'base64url')).update(plaintext).digest('hex');
    expect(summary.plaintextDigest).toBe(salted);
  }
});

test.each(SIZES)('what typage seals, %i bytes of it, we open', async (size) => {
  const plaintext = randomBytes(size);
  for (const [office] of [offices.hybrid, offices.x25519]) {
    const typage = new Encrypter();
    typage.addRecipient(office?.recipient ?? '');
    expect((await opened(await typage.encrypt(plaintext), office?.identity ?? '')).equals(plaintext)).toBe(true);
  }
});

test.each(['hybrid', 'x25519'] as const)(
  'each of 1 to 20 %s offices opens the same file, and a stranger does not',
  async (kind) => {
    const plaintext = randomBytes(100);
    const stranger = await generateOfficeIdentity(kind);
    for (const count of [1, 2, 7, 20]) {
      const some = offices[kind].slice(0, count);
      const { file } = await sealed(
        plaintext,
        some.map(({ recipient }) => recipient),
      );
      for (const { identity } of some) expect((await opened(file, identity)).equals(plaintext)).toBe(true);
      expect(await unseal(pieces(file), stranger.identity)).toEqual({ ok: false, refusal: { code: 'unseal-refused' } });
    }
  },
);

test('the same plaintext sealed twice shares neither ciphertext nor digest nor salt', async () => {
  const recipients = [offices.hybrid[0]?.recipient ?? ''];
  const [one, two] = [await sealed(Buffer.from('yes'), recipients), await sealed(Buffer.from('yes'), recipients)];
  expect(one.file.equals(two.file)).toBe(false);
  expect(one.summary.plaintextDigest).not.toBe(two.summary.plaintextDigest);
  expect(one.summary.plaintextSalt).not.toBe(two.summary.plaintextSalt);
});

test('a plaintext that is not the one of the manifest is found out at its end', async () => {
  const plaintext = randomBytes(200_000);
  const { summary } = await sealed(plaintext, [offices.x25519[0]?.recipient ?? '']);
  const expected = { digest: summary.plaintextDigest, salt: summary.plaintextSalt };
  expect((await gather(checkPlaintext(pieces(plaintext), expected))).equals(plaintext)).toBe(true);
  const refusal = { code: 'payload-altered' };
  await expect(gather(checkPlaintext(pieces(plaintext.subarray(1)), expected))).rejects.toMatchObject({ refusal });
  const otherSalt = { ...expected, salt: randomBytes(32).toString('base64url') };
  await expect(gather(checkPlaintext(pieces(plaintext), otherSalt))).rejects.toMatchObject({ refusal });
});

test('a writer cannot mix kinds, repeat an office, or seal to nobody', async () => {
  const [hybrid = '', second = ''] = offices.hybrid.map(({ recipient }) => recipient);
  const classical = offices.x25519[0]?.recipient ?? '';
  const tag = 'age1tag1qt8lw0ual6avlwmwatk888yqnmdamm7xfd0wak53ut6elz5c4swx2yqdj4e';
  const unfit = [[], [hybrid, classical], [classical, hybrid], [hybrid, second, hybrid], ['age1nonsense'], [''], [tag]];
  for (const recipients of [...unfit, [hybrid.toUpperCase()], [misspelt(classical)], [misspelt(hybrid)]]) {
    const sealing = await seal(pieces(Buffer.alloc(3)), recipients);
    expect(sealing.ok || sealing.refusal.code).toBe('recipient-unknown');
  }
  const many = await seal(
    pieces(Buffer.alloc(3)),
    Array.from({ length: 65 }, (_, i) => `${hybrid}${i}`),
  );
  expect(many).toMatchObject({ ok: false, refusal: { code: 'recipient-unknown', field: 'recipients.64' } });
});

test('the summary is not given before the ciphertext has been read to its end', async () => {
  const sealing = await seal(pieces(Buffer.alloc(3)), [offices.x25519[0]?.recipient ?? '']);
  if (!sealing.ok) throw new Error(sealing.refusal.code);
  expect(() => sealing.value.summary()).toThrow('not been read to its end');
  await gather(sealing.value.ciphertext);
  expect(sealing.value.summary().plaintextSize).toBe(3);
});

test('an error of the source passes through and leaves no summary', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.alloc(10);
    throw new Error('disk gone');
  }
  const sealing = await seal(broken(), [offices.x25519[0]?.recipient ?? '']);
  if (!sealing.ok) throw new Error(sealing.refusal.code);
  await expect(gather(sealing.value.ciphertext)).rejects.toThrow('disk gone');
  expect(() => sealing.value.summary()).toThrow();
});

test('who stops reading closes the source', async () => {
  let closed = 0;
  async function* source(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    try {
      yield* pieces(bytes);
    } finally {
      closed++;
    }
  }
  const { identity, recipient } = offices.hybrid[0] ?? { identity: '', recipient: '' };
  const sealing = await seal(source(Buffer.alloc(4_000_000)), [recipient]);
  if (!sealing.ok) throw new Error(sealing.refusal.code);
  let parts = 0;
  for await (const _ of sealing.value.ciphertext) if (++parts === 2) break;
  expect(closed).toBe(1);
  const { file } = await sealed(Buffer.alloc(4_000_000), [recipient]);
  const plaintext = await unseal(source(file), identity);
  if (!plaintext.ok) throw new Error(plaintext.refusal.code);
  for await (const _ of plaintext.value) break;
  expect(closed).toBe(2);
  await unseal(source(file), offices.hybrid[1]?.identity ?? '');
  await unseal(source(Buffer.alloc(400_000)), identity);
  expect(closed).toBe(4);
});

/** The same text with another last character: its checksum is wrong. */
function misspelt(text: string): string {
  return `${text.slice(0, -1)}${text.endsWith('q') ? 'p' : 'q'}`;
}
