import { armor, Decrypter } from 'age-encryption';
import { expect, test } from 'vitest';
import {
  generateOfficeIdentity,
  kindOfIdentity,
  kindOfRecipient,
  protectIdentity,
  recipientOf,
  recoverIdentity,
} from './index.ts';

const refused = { ok: false, refusal: { code: 'unseal-refused' } };

test.each(['hybrid', 'x25519'] as const)('a %s identity comes back from under its passphrase', async (kind) => {
  const { identity, recipient } = await generateOfficeIdentity(kind);
  expect([kindOfIdentity(identity), kindOfRecipient(recipient)]).toEqual([kind, kind]);
  expect(await recipientOf(identity)).toEqual({ ok: true, value: recipient });
  const kept = await protectIdentity(identity, 'correct horse battery staple', 10);
  expect(kept).not.toContain(identity);
  expect(await recoverIdentity(kept, 'correct horse battery staple')).toEqual({ ok: true, value: identity });
  expect(await recoverIdentity(kept, 'correct horse battery stable')).toEqual(refused);
});

test('another age tool opens a protected identity', async () => {
  const { identity } = await generateOfficeIdentity();
  const typage = new Decrypter();
  typage.addPassphrase('pass');
  expect(await typage.decrypt(armor.decode(await protectIdentity(identity, 'pass', 8)), 'text')).toBe(`${identity}\n`);
});

test('a work factor above the limit is refused, and before any work', async () => {
  const { identity } = await generateOfficeIdentity('x25519');
  const kept = await protectIdentity(identity, 'pass', 12);
  expect(await recoverIdentity(kept, 'pass', 11)).toEqual(refused);
  expect(await recoverIdentity(kept, 'pass', 12)).toEqual({ ok: true, value: identity });
  const forged = Buffer.from(armor.decode(kept)).toString('latin1').replace(/ 12\n/, ' 30\n');
  const begun = performance.now();
  expect(await recoverIdentity(armor.encode(Buffer.from(forged, 'latin1')), 'pass', 40)).toEqual(refused);
  expect(performance.now() - begun).toBeLessThan(1000);
});

test('what is not an identity is neither protected nor recovered', async () => {
  await expect(protectIdentity('AGE-SECRET-KEY-1ABC', 'pass', 8)).rejects.toThrow(TypeError);
  const { identity } = await generateOfficeIdentity('x25519');
  await expect(protectIdentity(identity, '', 8)).rejects.toThrow(TypeError);
  for (const factor of [0, 21, 1.5, Number.NaN])
    await expect(protectIdentity(identity, 'pass', factor)).rejects.toThrow(RangeError);
  expect(await recoverIdentity('not armored', 'pass')).toEqual(refused);
  expect(await recoverIdentity('', 'pass')).toEqual(refused);
  const otherEnd = identity.endsWith('Q') ? 'P' : 'Q';
  expect(await recipientOf(`${identity.slice(0, -1)}${otherEnd}`)).toMatchObject({ ok: false });
  expect(await recipientOf('AGE-SECRET-KEY-1')).toMatchObject({ ok: false });
});
