import { expect, test } from 'vitest';
import {
  COSIGNATURE,
  checkSignedCheckpoint,
  cosign,
  cosignatureMessage,
  formatCheckpoint,
  formatNote,
  formatVerifierKey,
  type KeyKind,
  MLDSA_COSIGNATURE,
  NOTE_SIGNATURE,
  type NoteSignature,
  openNote,
  type ProofTrust,
  parseCheckpoint,
  parseNote,
  parseVerifierKey,
  signCheckpoint,
  signNote,
  verifierKey,
} from './index.ts';
import { checks, sha256, testSigner } from './testing/signer.ts';

const origin = 'log.example/2026';
const root = sha256(new Uint8Array(1));
const text = formatCheckpoint({ origin, size: 7n, root });
const time = 1679315147n;
const log = testSigner(origin, NOTE_SIGNATURE, 'log');
const logPq = testSigner(origin, MLDSA_COSIGNATURE, 'log');
const witness = testSigner('witness.example/w1', MLDSA_COSIGNATURE, 'w1');
const both: ProofTrust = { logs: [{ origin, keys: [log.key, logPq.key] }], sha256, checks };

const noteOf = (...signatures: NoteSignature[]): string => formatNote({ text, signatures });
const signed = (): Promise<NoteSignature> => cosign({ text, time }, witness.key, witness.sign);

// The checkpoint in C2SP tlog-witness and the cosigned one in tlog-cosignature; their keys are not published.
const PUBLISHED = [
  `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
\u2014 example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
`,
  `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
\u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
`,
];

test.each(PUBLISHED)('the checkpoints printed in the standards are read (%#)', (note) => {
  const parsed = parseNote(note);
  expect(parsed).toMatchObject({ ok: true, value: { signatures: { length: 2 } } });
  expect(parsed.ok && formatNote(parsed.value)).toBe(note);
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  expect(checkpoint).toMatchObject({ ok: true, value: { origin: 'example.com/behind-the-sofa', size: 20852163n } });
});

test('an ML-DSA-44 key is written as 1,312 bytes behind its kind and comes back', () => {
  const vkey = formatVerifierKey(witness.key);
  expect(vkey).toMatch(/^witness\.example\/w1\+[0-9a-f]{8}\+B[A-Za-z0-9+/]{1750}=$/);
  expect(parseVerifierKey(vkey, sha256)).toEqual({ ok: true, value: witness.key });
  const id = sha256(Buffer.concat([Buffer.from('witness.example/w1\n\x06'), witness.key.publicKey])).subarray(0, 4);
  expect(witness.key.id).toBe(Buffer.from(id).toString('hex'));
  const bytes = witness.key.publicKey;
  for (const publicKey of [bytes.subarray(1), new Uint8Array(32)]) {
    expect(() => verifierKey({ name: 'a', kind: MLDSA_COSIGNATURE, publicKey }, sha256)).toThrow(TypeError);
  }
  for (const kind of [NOTE_SIGNATURE, COSIGNATURE] as const)
    expect(() => verifierKey({ name: 'a', kind, publicKey: bytes }, sha256)).toThrow(TypeError);
});

test('the signed message is the structure of the standard, byte for byte', () => {
  const message = Buffer.from(cosignatureMessage({ text, time }, witness.key));
  const expected = Buffer.concat([
    Buffer.from('subtree/v1\n\0'),
    Buffer.from([18]),
    Buffer.from('witness.example/w1'),
    Buffer.from('00000000641850cb', 'hex'),
    Buffer.from([16]),
    Buffer.from(origin),
    Buffer.from('0000000000000000', 'hex'),
    Buffer.from('0000000000000007', 'hex'),
    root,
  ]);
  expect(message.toString('hex')).toBe(expected.toString('hex'));
});

test('a cosignature of either kind verifies with its time, beside the other', async () => {
  const old = testSigner('witness.example/w1', COSIGNATURE, 'w1');
  const note = noteOf(await signed(), await cosign({ text, time: 9n }, old.key, old.sign));
  const opened = openNote(note, [old.key, witness.key], checks);
  expect(opened).toMatchObject({
    ok: true,
    value: {
      verified: [
        { key: witness.key, time },
        { key: old.key, time: 9n },
      ],
    },
  });
});

test.each([
  [NOTE_SIGNATURE, COSIGNATURE],
  [NOTE_SIGNATURE, MLDSA_COSIGNATURE],
  [COSIGNATURE, NOTE_SIGNATURE],
  [COSIGNATURE, MLDSA_COSIGNATURE],
  [MLDSA_COSIGNATURE, NOTE_SIGNATURE],
  [MLDSA_COSIGNATURE, COSIGNATURE],
] as const)('a signature of kind %i never passes for one of kind %i', async (made, claimed) => {
  const maker = testSigner('a.example', made, 'one');
  const other = testSigner('a.example', claimed, 'one');
  const line =
    made === NOTE_SIGNATURE ? await signNote(text, maker.key, maker.sign) : await cosign({ text, time }, maker.key, maker.sign);
  expect(openNote(noteOf(line), [other.key], checks)).toMatchObject({ ok: false, code: 'note-unsigned' });
  expect(openNote(noteOf({ ...line, id: other.key.id }), [other.key], checks)).toMatchObject({
    ok: false,
    code: 'note-signature',
  });
  if (claimed === NOTE_SIGNATURE) await expect(cosign({ text, time }, other.key, other.sign)).rejects.toThrow(TypeError);
  else await expect(signNote(text, other.key, other.sign)).rejects.toThrow(TypeError);
});

test.each([
  ['a byte less', (bytes: Uint8Array) => bytes.slice(0, -1)],
  ['a byte more', (bytes: Uint8Array) => Uint8Array.of(...bytes, 0)],
  ['no time before it', (bytes: Uint8Array) => bytes.slice(8)],
  ['the time 0', (bytes: Uint8Array) => Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, ...bytes.slice(8))],
  ['a time of 2^63', (bytes: Uint8Array) => Uint8Array.of(0x80, 0, 0, 0, 0, 0, 0, 0, ...bytes.slice(8))],
  ['another time', (bytes: Uint8Array) => bytes.with(7, (bytes[7] ?? 0) ^ 1)],
  ['one bit changed', (bytes: Uint8Array) => bytes.with(1000, (bytes[1000] ?? 0) ^ 1)],
])('an ML-DSA-44 cosignature with %s does not verify', async (_, change) => {
  const line = await signed();
  const note = noteOf({ ...line, signature: change(line.signature) });
  expect(openNote(note, [witness.key], checks)).toMatchObject({ ok: false, code: 'note-signature' });
});

test('times are 1 to 2^63 - 1, for both kinds of cosignature', async () => {
  const old = testSigner('witness.example/w1', COSIGNATURE, 'w1');
  for (const { key, sign } of [old, witness]) {
    for (const wrong of [0n, -1n, 2n ** 63n]) await expect(cosign({ text, time: wrong }, key, sign)).rejects.toThrow(RangeError);
    const last = noteOf(await cosign({ text, time: 2n ** 63n - 1n }, key, sign));
    expect(openNote(last, [key], checks)).toMatchObject({ ok: true, value: { verified: [{ time: 2n ** 63n - 1n }] } });
    // Well signed, and still without a statement about when.
    const forged = { name: key.name, id: key.id, signature: Buffer.concat([Buffer.alloc(8), sign(zeroMessage(key.kind))]) };
    expect(openNote(noteOf(forged), [key], checks)).toMatchObject({ ok: false, code: 'note-signature' });
  }
});

function zeroMessage(kind: KeyKind): Uint8Array {
  if (kind === COSIGNATURE) return Buffer.from(`cosignature/v1\ntime 0\n${text}`);
  const message = Buffer.from(cosignatureMessage({ text, time }, witness.key));
  message.fill(0, 12 + 1 + 18, 12 + 1 + 18 + 8);
  return message;
}

test('an ML-DSA-44 cosignature is bound to the name of its cosigner and to the log, size and root', async () => {
  const { signature } = await signed();
  const renamed = verifierKey({ ...witness.key, name: 'witness.example/w2' }, sha256);
  const line = { name: renamed.name, id: renamed.id, signature };
  expect(openNote(noteOf(line), [renamed], checks)).toMatchObject({ ok: false, code: 'note-signature' });
  const others = [
    formatCheckpoint({ origin: 'log.example/2027', size: 7n, root }),
    formatCheckpoint({ origin, size: 8n, root }),
    formatCheckpoint({ origin, size: 7n, root: sha256(root) }),
  ];
  for (const other of others) {
    const note = formatNote({ text: other, signatures: [await signed()] });
    expect(openNote(note, [witness.key], checks)).toMatchObject({ ok: false, code: 'note-signature' });
  }
});

test('an ML-DSA-44 key cosigns only checkpoints, and names and origins of at most 255 bytes', async () => {
  const at255 = testSigner('w'.repeat(255), MLDSA_COSIGNATURE, 'w');
  const longest = formatCheckpoint({ origin: 'ö'.repeat(127), size: 7n, root });
  const line = await cosign({ text: longest, time }, at255.key, at255.sign);
  expect(openNote(formatNote({ text: longest, signatures: [line] }), [at255.key], checks).ok).toBe(true);
  const at256 = testSigner('w'.repeat(256), MLDSA_COSIGNATURE, 'w');
  const tooLong = formatCheckpoint({ origin: 'ö'.repeat(128), size: 7n, root });
  await expect(cosign({ text, time }, at256.key, at256.sign)).rejects.toThrow(RangeError);
  await expect(cosign({ text: tooLong, time }, witness.key, witness.sign)).rejects.toThrow(RangeError);
  await expect(cosign({ text: 'no checkpoint\n', time }, witness.key, witness.sign)).rejects.toThrow(TypeError);
  for (const other of [tooLong, 'no checkpoint\n']) {
    const note = formatNote({ text: other, signatures: [await signed()] });
    expect(openNote(note, [witness.key], checks)).toMatchObject({ ok: false, code: 'note-signature' });
  }
  const named = formatNote({ text, signatures: [{ ...(await signed()), name: at256.key.name, id: at256.key.id }] });
  expect(openNote(named, [at256.key], checks)).toMatchObject({ ok: false, code: 'note-signature' });
});

test('a log that is known by keys of both kinds must have signed with both', async () => {
  const whole = await signCheckpoint({ text, time }, [log, logPq]);
  expect(checkSignedCheckpoint(whole, both)).toMatchObject({ ok: true, value: { checkpoint: { origin, size: 7n } } });
  for (const signers of [[log], [logPq]]) {
    const downgraded = await signCheckpoint({ text, time }, signers);
    expect(checkSignedCheckpoint(downgraded, both)).toMatchObject({ ok: false, code: 'checkpoint-signature' });
    const alone = { ...both, logs: [{ origin, keys: signers.map(({ key }) => key) }] };
    expect(checkSignedCheckpoint(downgraded, alone).ok).toBe(true);
    expect(checkSignedCheckpoint(whole, alone).ok).toBe(true);
  }
  const successor = testSigner(origin, MLDSA_COSIGNATURE, 'log 2');
  const rotated = { ...both, logs: [{ origin, keys: [log.key, logPq.key, successor.key] }] };
  expect(checkSignedCheckpoint(await signCheckpoint({ text, time }, [log, successor]), rotated).ok).toBe(true);
});

test('no cosigning Ed25519 key makes up for the note signature of a log', async () => {
  const asWitness = testSigner(origin, COSIGNATURE, 'log');
  const note = await signCheckpoint({ text, time }, [asWitness, logPq]);
  const trust = { ...both, logs: [{ origin, keys: [log.key, asWitness.key, logPq.key] }] };
  expect(checkSignedCheckpoint(note, trust)).toMatchObject({ ok: false, code: 'checkpoint-signature' });
});

test('extension lines that an ML-DSA-44 cosignature does not cover may be changed by anybody, and are never part of what was checked', async () => {
  const extended = `${text}anything\n`;
  const line = await cosign({ text: extended, time }, witness.key, witness.sign);
  for (const other of [extended, text, `${text}something else\n`]) {
    const opened = openNote(formatNote({ text: other, signatures: [line] }), [witness.key], checks);
    expect(opened).toMatchObject({ ok: true, value: { verified: [{ time }] } });
    const onlyPq = { ...both, logs: [{ origin, keys: [logPq.key] }] };
    const checked = checkSignedCheckpoint(await signCheckpoint({ text: other, time }, [logPq]), onlyPq);
    expect(checked).toEqual({ ok: true, value: { checkpoint: { origin, size: 7n, root: new Uint8Array(root) }, witnessed: [] } });
  }
});
