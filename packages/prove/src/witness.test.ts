import { expect, test } from 'vitest';
import {
  addSignatures,
  COSIGNATURE,
  cosign,
  formatAddCheckpoint,
  formatCosignatures,
  MLDSA_COSIGNATURE,
  NOTE_SIGNATURE,
  openNote,
  parseAddCheckpoint,
  parseCosignatures,
  signCheckpoint,
  signNote,
} from './index.ts';
import { checks, testSigner } from './testing/signer.ts';

// The request that C2SP tlog-witness prints, and the first line of its answer.
const PRINTED = `old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
\u2014 example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
`;
const PRINTED_ANSWER =
  '\u2014 witness.example/w1 CMp+6LWBU0anHGH5aNDTJkH/gj79sG+T6+iP2ThYN5krrDJbR1HDnucjL39QsZTSvVjyQLrdk3DXDqI5G2HgLatVs0pWh6Up69HVOw==\n';
const HASH = 'PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=';

test('the request that the standard prints is read and written again', () => {
  const read = parseAddCheckpoint(new TextEncoder().encode(PRINTED));
  expect(read).toMatchObject({
    ok: true,
    value: { oldSize: 20852014n, proof: { length: 4 }, head: { origin: 'example.com/behind-the-sofa', size: 20852163n } },
  });
  expect(read.ok && formatAddCheckpoint(read.value)).toBe(PRINTED);
  const [text, note] = read.ok ? [read.value.text, read.value.checkpoint] : ['', ''];
  expect(PRINTED.endsWith(`\n\n${note}`)).toBe(true);
  expect(note.startsWith(`${text}\n\u2014 `)).toBe(true);
});

test('a proof may be empty and has at most 63 hashes', () => {
  const [, ...rest] = PRINTED.split('\n\n');
  const withHashes = (count: number): string => [`old 1${`\n${HASH}`.repeat(count)}`, ...rest].join('\n\n');
  expect(parseAddCheckpoint(withHashes(0))).toMatchObject({ ok: true, value: { oldSize: 1n, proof: [] } });
  expect(parseAddCheckpoint(withHashes(63)).ok).toBe(true);
  expect(parseAddCheckpoint(withHashes(64))).toMatchObject({ ok: false, code: 'malformed-request' });
  const hashes = Array.from({ length: 64 }, () => new Uint8Array(32));
  const checkpoint = PRINTED.slice(PRINTED.indexOf('\n\n') + 2);
  expect(() => formatAddCheckpoint({ oldSize: 1n, proof: hashes, checkpoint })).toThrow(TypeError);
  expect(() => formatAddCheckpoint({ oldSize: 2n ** 63n, proof: [], checkpoint })).toThrow(RangeError);
});

test.each([
  ['nothing in it', ''],
  ['no old size', PRINTED.slice(PRINTED.indexOf('\n') + 1)],
  ['an old size with leading zero', PRINTED.replace('old 2', 'old 02')],
  ['an old size with a sign', PRINTED.replace('old 2', 'old +2')],
  ['an old size of 2^63', PRINTED.replace('20852014', '9223372036854775808')],
  ['an old size of 2^64', PRINTED.replace('20852014', '18446744073709551616')],
  ['two spaces after old', PRINTED.replace('old ', 'old  ')],
  ['a capital Old', PRINTED.replace('old', 'Old')],
  ['a space at the end of the old line', PRINTED.replace('014\n', '014 \n')],
  ['a short hash', PRINTED.replace('PlRN', '')],
  ['a hash without padding', PRINTED.replace('pkaw=', 'pkaw')],
  ['stray bits in a hash', PRINTED.replace('pkaw=', 'pkax=')],
  ['a hash in base64url', PRINTED.replace('/6WV', '_6WV')],
  ['no empty line', PRINTED.replace('\n\nexample', '\nexample')],
  ['CRLF', PRINTED.replaceAll('\n', '\r\n')],
  ['no newline at the end', PRINTED.slice(0, -1)],
  ['an unsigned checkpoint', PRINTED.slice(0, PRINTED.indexOf('\n\u2014'))],
  ['a checkpoint size with leading zero', PRINTED.replace('\n20852163', '\n020852163')],
  ['a checkpoint size of 2^63', PRINTED.replace('20852163', '9223372036854775808')],
  ['a checkpoint without root', PRINTED.replace('CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n', '')],
  ['too many bytes', `old 0\n\n${'a'.repeat(1_100_000)}${PRINTED}`],
])('a request with %s is refused', (_, body) => {
  expect(parseAddCheckpoint(body)).toMatchObject({ ok: false, code: 'malformed-request' });
});

test('a request that is not UTF-8 is refused', () => {
  const bytes = new TextEncoder().encode(PRINTED);
  bytes[bytes.length - 80] = 0xff;
  expect(parseAddCheckpoint(bytes)).toMatchObject({ ok: false, code: 'malformed-request' });
});

const origin = 'log.example/2026';
const log = testSigner(origin, NOTE_SIGNATURE, 'log');
const old = testSigner('witness.example/w1', COSIGNATURE, 'w1');
const pq = testSigner('witness.example/w1', MLDSA_COSIGNATURE, 'w1');
const text = `${origin}\n7\n${HASH}\n`;
const sent = await signCheckpoint({ text, time: 1n }, [log]);
const keys = [old.key, pq.key];
const lines = [await cosign({ text, time: 9n }, old.key, old.sign), await cosign({ text, time: 9n }, pq.key, pq.sign)];

test('an answer with cosignatures of both kinds is written, read and put on the checkpoint', () => {
  const body = formatCosignatures(lines);
  expect(body).toMatch(/^\u2014 [^\n]+\n\u2014 [^\n]+\n$/);
  const read = parseCosignatures(new TextEncoder().encode(body), { checkpoint: sent, keys }, checks);
  expect(read).toMatchObject({
    ok: true,
    value: [
      { key: old.key, time: 9n },
      { key: pq.key, time: 9n },
    ],
  });
  const whole = addSignatures(sent, read.ok ? read.value.map(({ line }) => line) : []);
  expect(openNote(whole, [log.key, ...keys], checks)).toMatchObject({ ok: true, value: { verified: { length: 3 } } });
  expect(addSignatures(whole, lines)).toBe(whole);
});

test('cosignatures by unknown keys are ignored, but one known key must have cosigned', async () => {
  const other = testSigner('witness.example/w2', COSIGNATURE, 'w2');
  const body = formatCosignatures([await cosign({ text, time: 9n }, other.key, other.sign), ...lines.slice(1)]);
  expect(parseCosignatures(PRINTED_ANSWER + body, { checkpoint: sent, keys }, checks)).toMatchObject({
    ok: true,
    value: { length: 1 },
  });
  const unknown = parseCosignatures(PRINTED_ANSWER, { checkpoint: sent, keys }, checks);
  expect(unknown).toMatchObject({ ok: false, code: 'note-unsigned' });
});

test('a cosignature over another checkpoint is not taken', async () => {
  const other = await cosign({ text: text.replace('\n7\n', '\n8\n'), time: 9n }, pq.key, pq.sign);
  const read = parseCosignatures(formatCosignatures([other]), { checkpoint: sent, keys }, checks);
  expect(read).toMatchObject({ ok: false, code: 'note-signature' });
});

test('the signature of the log is no cosignature, even if its key is listed', async () => {
  const body = formatCosignatures([await signNote(text, log.key, log.sign)]);
  const read = parseCosignatures(body, { checkpoint: sent, keys: [log.key] }, checks);
  expect(read).toMatchObject({ ok: false, code: 'note-unsigned' });
});

const good = formatCosignatures(lines);

test.each([
  ['nothing in it', ''],
  ['a text before the lines', `text\n\n${good}`],
  ['an empty line before the lines', `\n${good}`],
  ['an empty line among the lines', good.replace('\n\u2014', '\n\n\u2014')],
  ['no newline at the end', good.slice(0, -1)],
  ['CRLF', good.replaceAll('\n', '\r\n')],
  ['a page of HTML', '<html></html>\n'],
  ['101 lines', PRINTED_ANSWER.repeat(101)],
  ['too many bytes', PRINTED_ANSWER.repeat(10_000)],
])('an answer with %s is refused', (_, body) => {
  expect(parseCosignatures(body, { checkpoint: sent, keys }, checks)).toMatchObject({ ok: false, code: 'malformed-note' });
});

test('nothing unreadable is written', () => {
  expect(() => formatCosignatures([])).toThrow(TypeError);
  expect(() => addSignatures('no note', [])).toThrow(TypeError);
});
