import { expect, test } from 'vitest';
import {
  COSIGNATURE,
  cosign,
  cosignatureMessage,
  formatNote,
  formatVerifierKey,
  NOTE_SIGNATURE,
  openNote,
  parseNote,
  parseVerifierKey,
  signNote,
  verifierKey,
} from './index.ts';
import { checks, sha256, testSigner } from './testing/signer.ts';

// Key and note of the example in C2SP signed-note.
const EXAMPLE_KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const EXAMPLE_NOTE = `This is an example message.

\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`;

const log = testSigner('log.example/2026', NOTE_SIGNATURE, 'log');
const witness = testSigner('witness.example/w1', COSIGNATURE, 'witness');
const text = 'log.example/2026\n7\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n';

test('the example of the standard opens with its key', () => {
  const key = parseVerifierKey(EXAMPLE_KEY, sha256);
  expect(key.ok && formatVerifierKey(key.value)).toBe(EXAMPLE_KEY);
  const opened = openNote(EXAMPLE_NOTE, key.ok ? [key.value] : [], checks);
  expect(opened).toMatchObject({ ok: true, value: { text: 'This is an example message.\n' } });
  const parsed = parseNote(new TextEncoder().encode(EXAMPLE_NOTE));
  expect(parsed.ok && formatNote(parsed.value)).toBe(EXAMPLE_NOTE);
});

test.each([
  ['another id', EXAMPLE_KEY.replace('530d903a', '530d903b')],
  ['capital hexadecimal', EXAMPLE_KEY.replace('530d903a', '530D903A')],
  ['another name', EXAMPLE_KEY.replace('foo', 'fop')],
  ['a space in the name', EXAMPLE_KEY.replace('foo', 'f o')],
  ['a plus in the name', EXAMPLE_KEY.replace('foo', 'f+o')],
  ['an unknown kind', EXAMPLE_KEY.replace('+Aeky', '+AOky')],
  ['a short key', `${EXAMPLE_KEY.slice(0, -4)}`],
  ['no name', EXAMPLE_KEY.slice('example.com/foo'.length)],
])('a verifier key with %s is refused', (_, key) => {
  expect(parseVerifierKey(key, sha256)).toMatchObject({ ok: false, code: 'malformed-key' });
});

test.each([
  ['CRLF', EXAMPLE_NOTE.replaceAll('\n', '\r\n')],
  ['one CR', EXAMPLE_NOTE.replace('message', 'mess\rage')],
  ['a tab', EXAMPLE_NOTE.replace('an example', 'an\texample')],
  ['a NUL', EXAMPLE_NOTE.replace('an example', 'an\u0000example')],
  ['no newline at the end', EXAMPLE_NOTE.slice(0, -1)],
  ['an empty line at the end', `${EXAMPLE_NOTE}\n`],
  ['no signature', 'text\n\n'],
  ['no blank line', EXAMPLE_NOTE.replace('\n\n', '\n')],
  ['a hyphen for the dash', EXAMPLE_NOTE.replace('\u2014', '-')],
  ['a plus in the name', EXAMPLE_NOTE.replace('example.com/foo', 'example.com+foo')],
  ['a no-break space in the name', EXAMPLE_NOTE.replace('example.com/foo', 'example.com\u00a0foo')],
  ['two spaces', EXAMPLE_NOTE.replace('\u2014 ', '\u2014  ')],
  ['no padding', EXAMPLE_NOTE.replace('aQM=', 'aQM')],
  ['stray bits in the base64', EXAMPLE_NOTE.replace('aQM=', 'aQN=')],
  ['base64url', EXAMPLE_NOTE.replace('Uw2Q', 'Uw_Q')],
  ['an empty signature', 'text\n\n\u2014 a AAAAAA==\n'],
  ['a lone surrogate', EXAMPLE_NOTE.replace('an example', 'an\ud800example')],
  ['too many signatures', EXAMPLE_NOTE + (EXAMPLE_NOTE.split('\n')[2] ?? '').concat('\n').repeat(100)],
  ['too many bytes', `${'a'.repeat(1_000_000)}${EXAMPLE_NOTE}`],
])('a note with %s is refused', (_, note) => {
  expect(parseNote(note)).toMatchObject({ ok: false, code: 'malformed-note' });
});

test('invalid UTF-8 is refused', () => {
  const bytes = new TextEncoder().encode(EXAMPLE_NOTE);
  bytes[3] = 0xff;
  expect(parseNote(bytes)).toMatchObject({ ok: false, code: 'malformed-note' });
});

test('the text may hold empty lines: the last one parts it from the signatures', () => {
  const line = EXAMPLE_NOTE.split('\n')[2];
  expect(parseNote(`a\n\nb\n\n${line}\n`)).toMatchObject({ ok: true, value: { text: 'a\n\nb\n' } });
  expect(() => formatNote({ text: 'no newline', signatures: [] })).toThrow(TypeError);
});

test('signatures by unknown keys are ignored, but one known key must have signed', async () => {
  const signatures = [await cosign({ text, time: 5n }, witness.key, witness.sign), await signNote(text, log.key, log.sign)];
  const note = formatNote({ text, signatures });
  const opened = openNote(note, [log.key, witness.key], checks);
  expect(opened).toMatchObject({ ok: true, value: { text, verified: [{ key: witness.key, time: 5n }, { key: log.key }] } });
  expect(openNote(note, [log.key], checks)).toMatchObject({ ok: true, value: { verified: [{ key: log.key }] } });
  const stranger = testSigner('log.example/2026', NOTE_SIGNATURE, 'stranger');
  expect(openNote(note, [stranger.key], checks)).toMatchObject({ ok: false, code: 'note-unsigned' });
  expect(openNote(note, [], checks)).toMatchObject({ ok: false, code: 'note-unsigned' });
});

test('a note whose known signer did not sign this text is refused whole', async () => {
  const good = await signNote(text, log.key, log.sign);
  const bad = await cosign({ text: `${text}x\n`, time: 5n }, witness.key, witness.sign);
  const note = formatNote({ text, signatures: [good, bad] });
  expect(openNote(note, [log.key, witness.key], checks)).toMatchObject({ ok: false, code: 'note-signature' });
  expect(openNote(note.replace('\n7\n', '\n8\n'), [log.key], checks)).toMatchObject({ ok: false, code: 'note-signature' });
});

test('when two keys share name and id, the one that signed is found', async () => {
  const other = { ...testSigner('log.example/2026', NOTE_SIGNATURE, 'other').key, id: log.key.id };
  const note = formatNote({ text, signatures: [await signNote(text, log.key, log.sign)] });
  expect(openNote(note, [other, log.key], checks)).toMatchObject({ ok: true, value: { verified: [{ key: log.key }] } });
});

test('a note signature never passes for a cosignature, nor the reverse', async () => {
  const asWitness = verifierKey({ name: log.key.name, kind: COSIGNATURE, publicKey: log.key.publicKey }, sha256);
  const line = await signNote(text, log.key, log.sign);
  expect(openNote(formatNote({ text, signatures: [{ ...line, id: asWitness.id }] }), [asWitness], checks).ok).toBe(false);
  const cosigned = await cosign({ text, time: 1n }, asWitness, log.sign);
  expect(openNote(formatNote({ text, signatures: [{ ...cosigned, id: log.key.id }] }), [log.key], checks).ok).toBe(false);
  await expect(signNote(text, asWitness, log.sign)).rejects.toThrow(TypeError);
  await expect(cosign({ text, time: 1n }, log.key, log.sign)).rejects.toThrow(TypeError);
});

test('a cosignature with another time does not verify, and times beyond 2^63 - 1 are refused', async () => {
  const line = await cosign({ text, time: 1679315147n }, witness.key, witness.sign);
  for (const byte of [0, 7]) {
    const signature = new Uint8Array(line.signature);
    signature[byte] = (signature[byte] ?? 0) ^ 0x80;
    const note = formatNote({ text, signatures: [{ ...line, signature }] });
    expect(openNote(note, [witness.key], checks)).toMatchObject({ ok: false, code: 'note-signature' });
  }
  expect(() => cosignatureMessage({ text, time: 2n ** 63n }, witness.key)).toThrow(RangeError);
  expect(new TextDecoder().decode(cosignatureMessage({ text, time: 1679315147n }, witness.key))).toBe(
    `cosignature/v1\ntime 1679315147\n${text}`,
  );
});
