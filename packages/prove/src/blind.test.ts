import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blindEntry, decodeEntry, encodeEntry, type LogEntry, unblind } from './index.ts';
import { sha256 } from './testing/signer.ts';

const bytes32 = (byte: number): string => Buffer.alloc(32, byte).toString('base64url');
const secret: LogEntry = {
  v: 1,
  t: 'transfer.sealed',
  id: '01939d3c-5b9e-7c3a-8f00-0123456789ab',
  nonce: bytes32(1),
  case: 'case-1f2e',
  at: '2026-11-22T08:00:00.000Z',
  actor: 'org.example/sign-1',
  role: 'prosecutor',
};
const inner = encodeEntry(secret);
const about = {
  salt: bytes32(2),
  id: '01939d3c-5b9e-7c3a-8f00-ffffffffffff',
  nonce: bytes32(3),
  at: '2026-11-22T08:00:01.000Z',
  actor: 'org.example/sign-1',
  until: '2031-01-01T00:00:00.000Z',
};
const blinded = blindEntry(inner, about, sha256);

test('a blinded entry is an entry that says nothing but when it opens', () => {
  expect(decodeEntry(encodeEntry(blinded))).toEqual({ ok: true, value: blinded });
  const { salt: _, ...shown } = about;
  const disclosure = Buffer.from(JSON.stringify([about.salt, 'entry', Buffer.from(inner).toString('base64url')])).toString(
    'base64url',
  );
  const commitment = Buffer.from(sha256(Buffer.from(disclosure))).toString('base64url');
  expect(blinded).toEqual({
    v: 1,
    t: 'blinded',
    case: 'blinded',
    role: 'blinded',
    ...shown,
    _sd: [commitment],
    _sd_alg: 'sha-256',
  });
});

test('salt and inner entry open it', () => {
  expect(unblind(blinded, { salt: about.salt, inner }, sha256)).toEqual({ ok: true, value: secret });
});

test('another salt, another entry or one changed bit does not open it', () => {
  const opening = { salt: about.salt, inner };
  for (const salt of [bytes32(4), '', about.salt.slice(1), `${about.salt}=`])
    expect(unblind(blinded, { ...opening, salt }, sha256)).toMatchObject({ ok: false, code: 'opening-differs' });
  fc.assert(
    fc.property(fc.nat(inner.length * 8 - 1), (bit) => {
      const changed = inner.with(bit >> 3, (inner[bit >> 3] ?? 0) ^ (1 << (bit & 7)));
      expect(unblind(blinded, { ...opening, inner: changed }, sha256)).toMatchObject({ code: 'opening-differs' });
    }),
  );
});

test('only a blinded entry with one commitment is opened', () => {
  const opening = { salt: about.salt, inner };
  expect(unblind(secret, opening, sha256)).toMatchObject({ ok: false, code: 'opening-differs' });
  expect(unblind({ ...blinded, t: 'other' }, opening, sha256)).toMatchObject({ ok: false, code: 'opening-differs' });
  const [commitment = ''] = blinded._sd ?? [];
  const two = { ...blinded, _sd: [commitment, bytes32(9)] };
  expect(unblind(two, opening, sha256)).toMatchObject({ ok: false, code: 'opening-differs' });
});

test('only an entry is blinded, once, under a whole salt', () => {
  expect(() => blindEntry(new Uint8Array(3), about, sha256)).toThrow(TypeError);
  expect(() => blindEntry(encodeEntry(blinded), about, sha256)).toThrow(TypeError);
  expect(() => blindEntry(inner, { ...about, salt: 'short' }, sha256)).toThrow(TypeError);
});
