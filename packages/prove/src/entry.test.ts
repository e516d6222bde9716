import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeEntry, encodeEntry, type LogEntry, MAX_ENTRY_BYTES } from './index.ts';
import { writeStrict } from './strict-json.ts';

const hash = 'ab'.repeat(32);
const bytes32 = Buffer.alloc(32, 7).toString('base64url');
const bytes64 = Buffer.alloc(64, 7).toString('base64url');
const seen = { origin: 'other.example/log', index: '6', size: '7', root: hash };
const order = { key: 'overseer', signature: bytes64 };
const entry: LogEntry = {
  v: 1,
  t: 'transfer.sealed',
  id: '01939d3c-5b9e-7c3a-8f00-0123456789ab',
  nonce: bytes32,
  case: 'case-1f2e',
  at: '2026-11-22T08:00:00.000Z',
  actor: 'org.example/sign-1',
  role: 'prosecutor',
};
const full: LogEntry = {
  ...entry,
  act: hash,
  policy: hash,
  decision: 'allowed',
  basis: ['epoc/annex-i', 'art.5'],
  refs: [hash, hash],
  obj: { ct_sha256: hash, bytes: 268_435_456 },
  seen: { origin: 'node.example/comity/log/2026', index: '9007199254740993', size: '9223372036854775807', root: hash },
  marks: ['emergency', 'unwitnessed'],
  until: '2031-01-01T00:00:00.000Z',
  index: '0',
  was: 'transfer.sealed',
  orders: [
    { key: 'oversight.example#1', signature: bytes64 },
    { key: 'oversight.example#2', signature: bytes64 },
  ],
  _sd: [bytes32],
  _sd_alg: 'sha-256',
};
const textOf = (value: unknown): string => new TextDecoder().decode(encodeEntry(value as LogEntry));
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

test('an entry is canonical JSON and comes back', () => {
  expect(textOf(entry)).toBe(
    `{"actor":"org.example/sign-1","at":"2026-11-22T08:00:00.000Z","case":"case-1f2e","id":"${entry.id}","nonce":"${bytes32}","role":"prosecutor","t":"transfer.sealed","v":1}`,
  );
  for (const one of [entry, full]) expect(decodeEntry(encodeEntry(one))).toEqual({ ok: true, value: one });
});

test('16 overseers and one mark have room', () => {
  const orders = Array.from({ length: 16 }, (_, i) => ({ ...order, key: `k${i}` }));
  for (const more of [{ orders }, { marks: ['unwitnessed'] as const }, { seen }])
    expect(decodeEntry(encodeEntry({ ...entry, ...more }))).toEqual({ ok: true, value: { ...entry, ...more } });
});

test('the order in which members were set makes no difference', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(Object.entries(full), { minLength: Object.keys(full).length }), (members) => {
      expect(textOf(Object.fromEntries(members))).toBe(textOf(full));
    }),
  );
});

test.each(Object.keys(entry))('an entry without %s is refused', (name) => {
  const { [name]: _, ...rest } = entry as unknown as Record<string, unknown>;
  expect(decodeEntry(bytesOf(JSON.stringify(rest, Object.keys(rest).sort())))).toMatchObject({
    ok: false,
    code: 'malformed-entry',
  });
});

test.each([
  ['an unknown member', { ...entry, note: 'hello' }],
  ['__proto__', JSON.parse(JSON.stringify(entry).replace('{', '{"__proto__":{"x":1},'))],
  ['another version', { ...entry, v: 2 }],
  ['a version as text', { ...entry, v: '1' }],
  ['free text in a name', { ...entry, actor: 'Anna Svensson' }],
  ['an e-mail address in a name', { ...entry, actor: 'anna@example.org' }],
  ['a day that does not exist', { ...entry, at: '2026-02-30T08:00:00.000Z' }],
  ['a time without milliseconds', { ...entry, at: '2026-11-22T08:00:00Z' }],
  ['a capital id', { ...entry, id: entry.id.toUpperCase() }],
  ['a nonce with stray bits', { ...entry, nonce: `${bytes32.slice(0, 42)}d` }],
  ['a short nonce', { ...entry, nonce: 'AAAA' }],
  ['commitments without their algorithm', { ...entry, _sd: [bytes32] }],
  ['an algorithm without commitments', { ...entry, _sd_alg: 'sha-256' }],
  ['an empty list', { ...entry, refs: [] }],
  ['null', { ...entry, act: null }],
  ['a fraction', { ...entry, obj: { ct_sha256: hash, bytes: 1.5 } }],
  ['a negative length', { ...entry, obj: { ct_sha256: hash, bytes: -1 } }],
  ['more in obj', { ...entry, obj: { ct_sha256: hash, bytes: 1, name: 'x' } }],
  ['a number for an index', { ...entry, index: 7 }],
  ['an index with leading zero', { ...entry, index: '07' }],
  ['an index of 2^63', { ...entry, index: '9223372036854775808' }],
  ['a place at the size of the other log', { ...entry, seen: { ...seen, index: '7' } }],
  ['a place beyond the size, longer as a text', { ...entry, seen: { ...seen, index: '10' } }],
  ['a place without root', { ...entry, seen: { origin: 'a', index: '6', size: '7' } }],
  ['a place with more', { ...entry, seen: { ...seen, note: 'x' } }],
  ['a place in free text', { ...entry, seen: { ...seen, origin: 'the other log' } }],
  ['a size with a sign', { ...entry, seen: { ...seen, size: '+7' } }],
  ['a mark of its own', { ...entry, marks: ['urgent'] }],
  ['no marks in the list', { ...entry, marks: [] }],
  ['a mark twice', { ...entry, marks: ['emergency', 'emergency'] }],
  ['marks in another order', { ...entry, marks: ['unwitnessed', 'emergency'] }],
  ['a mark alone', { ...entry, marks: 'emergency' }],
  ['a date without time', { ...entry, until: '2031-01-01' }],
  ['a type in capitals', { ...entry, was: 'Transfer' }],
  ['no orders in the list', { ...entry, orders: [] }],
  ['17 orders', { ...entry, orders: Array.from({ length: 17 }, (_, i) => ({ ...order, key: `k${i}` })) }],
  ['the order of one overseer twice', { ...entry, orders: [order, order] }],
  ['a signature with stray bits', { ...entry, orders: [{ ...order, signature: `${bytes64.slice(0, 85)}x` }] }],
  ['a signature of 63 bytes', { ...entry, orders: [{ ...order, signature: bytes64.slice(0, 84) }] }],
  ['an order with more', { ...entry, orders: [{ ...order, by: 'x' }] }],
  ['null for an order', { ...entry, orders: [null] }],
])('an entry with %s is neither written nor read', (_, wrong) => {
  expect(() => encodeEntry(wrong as LogEntry)).toThrow(TypeError);
  const sorted = Object.fromEntries(Object.entries(wrong as object).sort(([a], [b]) => (a < b ? -1 : 1)));
  expect(decodeEntry(bytesOf(JSON.stringify(sorted)))).toMatchObject({ ok: false, code: 'malformed-entry' });
});

const text = textOf(entry);

test.each([
  ['a space', text.replace(',', ', ')],
  ['a member twice', text.replace('{', '{"actor":"a",')],
  ['members out of order', text.replace(/^\{(.*?),(.*?),/, '{$2,$1,')],
  ['an escaped letter', text.replace('org', '\\u006frg')],
  ['a number in another spelling', text.replace('"v":1', '"v":1.0')],
  ['a newline at the end', `${text}\n`],
  ['a byte order mark', `\ufeff${text}`],
  ['half of it', text.slice(0, 40)],
  ['nothing', ''],
  ['a list', '[]'],
])('the same entry spelled with %s is refused', (_, spelled) => {
  expect(decodeEntry(bytesOf(spelled))).toMatchObject({ ok: false, code: 'malformed-entry' });
});

test('invalid UTF-8 is refused', () => {
  expect(decodeEntry(Uint8Array.of(0x7b, 0xff, 0x7d))).toMatchObject({ ok: false, code: 'malformed-entry' });
});

test('an entry has at most 4,096 bytes', () => {
  const refs = (count: number): LogEntry => ({ ...entry, refs: Array.from({ length: count }, () => hash) });
  const fits = Math.floor((MAX_ENTRY_BYTES - text.length - '"refs":[],'.length) / 67);
  expect(decodeEntry(encodeEntry(refs(fits))).ok).toBe(true);
  expect(() => encodeEntry(refs(fits + 1))).toThrow(RangeError);
  expect(decodeEntry(new Uint8Array(MAX_ENTRY_BYTES + 1))).toMatchObject({ ok: false, code: 'entry-too-large' });
});

test('the writer refuses what JSON has no exact word for', () => {
  for (const value of [undefined, null, true, 1.5, -0, Number.NaN, 2 ** 53, '\ud800', { a: undefined }, [null], 1n, () => 1]) {
    expect(() => writeStrict(value)).toThrow(TypeError);
  }
});
