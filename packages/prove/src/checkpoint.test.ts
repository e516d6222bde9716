import { expect, test } from 'vitest';
import { emptyRoot, formatCheckpoint, formatProof, parseCheckpoint, parseProof } from './index.ts';
import { sha256 } from './testing/signer.ts';

const root = emptyRoot(sha256);
const text = formatCheckpoint({ origin: 'log.example/2026', size: 20852163n, root });
const note = `${text}\n\u2014 log.example/2026 AAAAAAE=\n`;

test('a checkpoint comes back as it was written', () => {
  expect(text).toBe('log.example/2026\n20852163\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n');
  const read = parseCheckpoint(text);
  expect(read.ok && formatCheckpoint(read.value)).toBe(text);
});

test('extension lines of others are handed back and never written', () => {
  const read = parseCheckpoint(`${text}more\nand more\n`);
  expect(read).toMatchObject({ ok: true, value: { extensions: ['more', 'and more'] } });
  expect(read.ok && formatCheckpoint(read.value)).toBe(text);
});

test.each([
  ['two lines', 'a\n1\n'],
  ['an empty origin', text.replace('log.example/2026', '')],
  ['no newline at the end', text.slice(0, -1)],
  ['an empty extension line', `${text}\n`],
  ['an empty line before an extension', `${text}\nmore\n`],
  ['leading zeros', text.replace('20852163', '020852163')],
  ['a sign', text.replace('20852163', '+20852163')],
  ['2^64 - 1', text.replace('20852163', '18446744073709551615')],
  ['a short root', text.replace('47DEQpj8', '')],
  ['a root with stray bits', text.replace('uFU=', 'uFV=')],
])('a checkpoint with %s is refused', (_, wrong) => {
  expect(parseCheckpoint(wrong)).toMatchObject({ ok: false, code: 'malformed-checkpoint' });
});

test.each(['', 'with space', 'with+plus', 'new\nline'])('our logs are never named %j', (origin) => {
  expect(() => formatCheckpoint({ origin, size: 1n, root })).toThrow(TypeError);
});

const proof = { index: 73894n, hashes: [root, root], checkpoint: note };

test('a proof comes back as it was written, with and without extra', () => {
  expect(formatProof(proof).split('\n').slice(0, 2)).toEqual(['c2sp.org/tlog-proof@v1', 'index 73894']);
  expect(parseProof(formatProof(proof))).toEqual({
    ok: true,
    value: { ...proof, hashes: proof.hashes.map((hash) => new Uint8Array(hash)) },
  });
  const withExtra = { ...proof, extra: Uint8Array.of(1, 2, 3), hashes: [] };
  expect(formatProof(withExtra).split('\n')[1]).toBe('extra AQID');
  expect(parseProof(new TextEncoder().encode(formatProof(withExtra)))).toEqual({ ok: true, value: withExtra });
});

test('63 hashes are read and 64 refused', () => {
  const hashes = (count: number): Uint8Array[] => Array.from({ length: count }, () => root);
  expect(parseProof(formatProof({ ...proof, hashes: hashes(63) })).ok).toBe(true);
  expect(() => formatProof({ ...proof, hashes: hashes(64) })).toThrow(TypeError);
});

const good = formatProof(proof);

test.each([
  ['another first line', good.replace('@v1', '@v2')],
  ['no index', good.replace('index 73894\n', '')],
  ['an index with leading zero', good.replace('73894', '073894')],
  ['an index beyond 2^63 - 1', good.replace('73894', '9223372036854775808')],
  ['an empty extra', good.replace('index', 'extra \nindex')],
  ['two extra lines', good.replace('index', 'extra AQID\nextra AQID\nindex')],
  ['a short hash', good.replace('\n47DE', '\n')],
  ['no empty line', good.replace('\n\nlog', '\nlog')],
  ['CRLF', good.replaceAll('\n', '\r\n')],
  ['an unsigned checkpoint', good.slice(0, good.indexOf('\n\u2014'))],
  ['nothing in it', ''],
])('a proof with %s is refused', (_, wrong) => {
  expect(parseProof(wrong)).toMatchObject({ ok: false, code: 'malformed-proof' });
});
