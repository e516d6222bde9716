import { createHash, randomBytes } from 'node:crypto';
import { Decrypter, Encrypter, type Stanza } from 'age-encryption';
import { expect, test } from 'vitest';
import { openShareOf, sealWholeJointly, unsealWholeJointly } from './browser.ts';
import {
  generateOfficeIdentity,
  jointSetOf,
  makeJointHeader,
  openJointHeader,
  openJointly,
  openShare,
  type Share,
  sealJointly,
  splitHeader,
  unseal,
} from './index.ts';
import { parseShare, shareSecret } from './share.ts';

const holders = await Promise.all(Array.from({ length: 4 }, () => generateOfficeIdentity('x25519')));
const recipients = holders.map(({ recipient }) => recipient);
const plaintext = randomBytes(200_000);
const { file, set } = await sealed();
const shares = await sharesOf(file);

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function gather(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of source) all.push(piece);
  return Buffer.concat(all);
}

async function sealed(): Promise<{ file: Buffer; set: { id: string; needed: number; commitments: readonly string[] } }> {
  const sealing = await sealJointly(once(plaintext), { needed: 3, holders: recipients });
  if (!sealing.ok) throw new Error(sealing.refusal.code);
  return { file: await gather(sealing.value.ciphertext), set: sealing.value.set };
}

async function headerOf(bytes: Uint8Array): Promise<Uint8Array> {
  const split = await splitHeader(once(bytes));
  if (!split.ok) throw new Error(split.refusal.code);
  return split.value.header;
}

async function sharesOf(bytes: Uint8Array): Promise<Share[]> {
  const header = await headerOf(bytes);
  const opened = await Promise.all(holders.map(({ identity }) => openShare(header, identity)));
  return opened.flatMap((one) => (one.ok ? one.value : []));
}

const pick = (...indexes: readonly number[]): Share[] => indexes.flatMap((index) => shares[index - 1] ?? []);

async function attempt(bytes: Uint8Array, given: readonly Share[], commitments?: readonly string[]): Promise<string> {
  const keys = { shares: given, ...(commitments === undefined ? {} : { commitments }) };
  const opened = await openJointly(once(bytes), keys);
  if (!opened.ok) return [opened.refusal.code, opened.refusal.field, opened.refusal.values?.['share']].filter(Boolean).join(' ');
  return (await gather(opened.value)).equals(plaintext) ? 'opened' : 'something else';
}

test('each holder gets the share of their own place, and any three of four open, in any order', async () => {
  expect(shares.map(({ index }) => index)).toEqual([1, 2, 3, 4]);
  for (const some of [pick(1, 2, 3), pick(4, 2, 1), pick(3, 4, 2), pick(1, 2, 3, 4)])
    expect(await attempt(file, some, set.commitments)).toBe('opened');
});

test('one share fewer opens nothing, and nobody opens alone', async () => {
  expect(await attempt(file, pick(1, 2))).toBe('shares-too-few shares');
  expect(await attempt(file, [])).toBe('shares-too-few shares');
  for (const { identity } of holders) expect(await unseal(once(file), identity)).toMatchObject({ ok: false });
});

test('a share that is wrong is named: altered, twice, of another file, of another threshold', async () => {
  const [first] = pick(1);
  if (first === undefined) throw new Error('no share');
  const altered = { ...first, data: Buffer.from(randomBytes(16)).toString('base64url') };
  const other = await sharesOf((await sealed()).file);
  const wrong: readonly (readonly [Share[], string])[] = [
    [[altered, ...pick(2, 3)], 'share-invalid shares.0 1'],
    [[...pick(2, 3), { ...first, salt: Buffer.alloc(32).toString('base64url') }], 'share-invalid shares.2 1'],
    [[...pick(2, 2, 3)], 'share-invalid shares.1 2'],
    [[...pick(2, 3), ...other.slice(3)], 'share-invalid shares.2 4'],
    [[...pick(2, 3), { ...first, index: 4 }], 'share-invalid shares.2 4'],
    [[...pick(2, 3), { ...first, needed: 2 }], 'share-invalid shares.2 1'],
  ];
  for (const [given, said] of wrong) expect(await attempt(file, given)).toBe(said);
});

test('the commitments of the manifest count, not those of the header', async () => {
  const others = (await sealed()).set.commitments;
  expect(await attempt(file, pick(1, 2, 3), others)).toBe('share-invalid shares.0 1');
  expect(await attempt(file, pick(1, 2, 3), set.commitments.slice(1))).toBe('share-invalid shares.0 1');
  const read = await jointSetOf(await headerOf(file));
  expect(read).toEqual({ ok: true, value: set });
});

test('a header that was touched, or from which a share was taken, opens for nobody', async () => {
  const text = (await headerOf(file)).reduce((all, byte) => all + String.fromCharCode(byte), '');
  const stanzas = text.split('\n-> ');
  const without = [...stanzas.slice(0, 2), ...stanzas.slice(3)].join('\n-> ');
  const lower = text.replaceAll(' 3 4 ', ' 2 4 ');
  const swapped = text.replace(set.commitments[0] ?? '', set.commitments[1] ?? '');
  const mac = `${text.slice(0, -3)}${text.at(-3) === 'A' ? 'B' : 'A'}${text.slice(-2)}`;
  for (const changed of [without, lower, swapped, mac]) {
    expect(changed).not.toBe(text);
    const opened = await openJointHeader(Buffer.from(changed, 'latin1'), { shares: pick(1, 2, 3) });
    expect(opened.ok).toBe(false);
  }
  expect(await openJointHeader(Buffer.from(text, 'latin1'), { shares: pick(1, 2, 3) })).toMatchObject({ ok: true });
});

test('a file that is shared and also opens for one alone is refused for all of them', async () => {
  const made = await makeJointHeader({ needed: 2, holders: recipients });
  if (!made.ok) throw new Error(made.refusal.code);
  const typage = new Encrypter();
  let stanzas: Stanza[] = [];
  const reader = new Decrypter();
  reader.addIdentity({
    unwrapFileKey: (all: Stanza[]) => {
      stanzas = all;
      return null;
    },
  });
  await reader.decryptHeader(made.value.header).catch(() => undefined);
  expect(stanzas.length).toBe(4);
  typage.addRecipient({ wrapFileKey: () => stanzas });
  typage.addRecipient(recipients[0] ?? '');
  const mixed = await typage.encrypt(plaintext);
  expect(await unseal(once(mixed), holders[0]?.identity ?? '')).toMatchObject({ refusal: { code: 'unseal-refused' } });
  expect(await openShare(await headerOf(mixed), holders[0]?.identity ?? '')).toMatchObject({
    refusal: { code: 'unseal-refused' },
  });
});

test('other age tools find no recipient in it, and no fault with it', async () => {
  const typage = new Decrypter();
  typage.addIdentity(holders[0]?.identity ?? '');
  await expect(typage.decrypt(file)).rejects.toThrow('no identity matched');
  const made = await makeJointHeader({ needed: 2, holders: recipients });
  if (!made.ok) throw new Error(made.refusal.code);
  const key = Uint8Array.from(made.value.fileKey);
  const withKey = new Decrypter();
  withKey.addIdentity({ unwrapFileKey: () => key });
  expect(await withKey.decryptHeader(made.value.header)).toEqual(key);
});

test('a page and a node seal and open each other’s, to hybrid holders too', async () => {
  const hybrid = [await generateOfficeIdentity(), await generateOfficeIdentity()];
  const made = await sealWholeJointly(plaintext, { needed: 2, holders: hybrid.map(({ recipient }) => recipient) });
  if (!made.ok) throw new Error(made.refusal.code);
  const given = await Promise.all(hybrid.map(({ identity }) => openShareOf(made.value.file, identity)));
  const both = given.flatMap((one) => (one.ok ? one.value : []));
  expect(await attempt(made.value.file, both, made.value.set.commitments)).toBe('opened');
  const read = await unsealWholeJointly(file, { shares: pick(4, 3, 2), commitments: set.commitments });
  expect(read.ok && Buffer.from(read.value).equals(plaintext)).toBe(true);
  expect(await unsealWholeJointly(file.subarray(0, -1), { shares: pick(4, 3, 2) })).toMatchObject({
    refusal: { code: 'unseal-refused' },
  });
});

test('a threshold that is none, and holders that are none, are refused', async () => {
  const [one = '', two = ''] = recipients;
  for (const [needed, to, code] of [
    [1, recipients, 'field-invalid'],
    [5, recipients, 'field-invalid'],
    [2.5, recipients, 'field-invalid'],
    [2, [one], 'field-invalid'],
    [2, [], 'recipient-unknown'],
    [2, [one, one], 'recipient-unknown'],
    [2, [one, two, (await generateOfficeIdentity()).recipient], 'recipient-unknown'],
  ] as const)
    expect(await makeJointHeader({ needed, holders: to })).toMatchObject({ refusal: { code } });
  const many = await Promise.all(Array.from({ length: 17 }, () => generateOfficeIdentity('x25519')));
  const seventeen = many.map(({ recipient }) => recipient);
  expect(await makeJointHeader({ needed: 2, holders: seventeen })).toMatchObject({ refusal: { code: 'field-invalid' } });
  expect((await makeJointHeader({ needed: 16, holders: seventeen.slice(1) })).ok).toBe(true);
});

test('a sharing is fresh each time, and a commitment is over the whole share', async () => {
  const secret = randomBytes(16);
  const [a, b] = [await shareSecret(secret, { needed: 2, count: 2 }), await shareSecret(secret, { needed: 2, count: 2 })];
  if (!a.ok || !b.ok) throw new Error('not shared');
  expect(a.value.set.id).not.toBe(b.value.set.id);
  expect(a.value.shares[0]?.data).not.toBe(b.value.shares[0]?.data);
  const [share] = a.value.shares;
  if (share === undefined) throw new Error('no share');
  const bytes = [
    Buffer.from('comity/share/v1\n'),
    Buffer.from(share.set, 'hex'),
    Buffer.from([2, 2, 1]),
    Buffer.from(share.salt, 'base64url'),
    Buffer.from(share.data, 'base64url'),
  ];
  expect(a.value.set.commitments[0]).toBe(createHash('sha256').update(Buffer.concat(bytes)).digest('hex'));
});

test.each([
  ['v', 2],
  ['set', 'AB'.repeat(16)],
  ['index', 0],
  ['index', 5],
  ['index', 1.5],
  ['needed', 1],
  ['needed', 5],
  ['count', 17],
  ['salt', 'AAAA'],
  ['salt', 7],
  ['data', ''],
  ['data', '!'],
  ['extra', 1],
])('a share whose %s is %j is none', (field, value) => {
  expect(parseShare(shares[0])).toEqual({ ok: true, value: shares[0] });
  expect(parseShare({ ...shares[0], [field]: value })).toMatchObject({ refusal: { code: 'share-invalid' } });
});

test('the shares of a stanza are for its holder only, also when its body is another stanza’s', async () => {
  const header = (await headerOf(file)).reduce((all, byte) => all + String.fromCharCode(byte), '');
  const [, one = '', two = ''] = header.split('\n-> ');
  const bodyOf = (stanza: string): string => stanza.slice(stanza.indexOf('\n'));
  const swapped = header.replace(bodyOf(one), 'X').replace(bodyOf(two), bodyOf(one)).replace('X', bodyOf(two));
  const opened = await openShare(Buffer.from(swapped, 'latin1'), holders[0]?.identity ?? '');
  // The share knows its own place: what it says is still what its commitment says.
  expect(opened).toMatchObject({ ok: true, value: { index: 1 } });
  expect(await openJointHeader(Buffer.from(swapped, 'latin1'), { shares: pick(1, 2, 3) })).toMatchObject({
    refusal: { code: 'unseal-refused' },
  });
});
