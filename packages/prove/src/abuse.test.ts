import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  COSIGNATURE,
  cosign,
  decodeBundle,
  decodeEntry,
  emptyEdge,
  formatCheckpoint,
  formatNote,
  formatPolicy,
  formatProof,
  formatVerifierKey,
  growTree,
  inclusionProof,
  MLDSA_COSIGNATURE,
  NOTE_SIGNATURE,
  type NoteSignature,
  openNote,
  type Policy,
  parseAddCheckpoint,
  parseCheckpoint,
  parseCosignatures,
  parseEdge,
  parseNote,
  parsePolicy,
  parseProof,
  parseSize,
  parseTilePath,
  parseVerifierKey,
  signNote,
  treeHasher,
} from './index.ts';
import { TileStore } from './testing/plain-tree.ts';
import { checks, sha256, testSigner } from './testing/signer.ts';

const origin = 'log.example/2026';
const log = testSigner(origin, NOTE_SIGNATURE, 'log');
const logPq = testSigner(origin, MLDSA_COSIGNATURE, 'log');
const witness = testSigner('witness.example/w1', MLDSA_COSIGNATURE, 'w1');
const hasher = treeHasher(sha256);
const entries = Array.from({ length: 300 }, (_, i) => Buffer.from(`entry ${i}`));
const store = new TileStore();
const { edge, root, tiles } = growTree(emptyEdge(), hasher.hashLeaves(entries), hasher);
store.keep(tiles);
const text = formatCheckpoint({ origin, size: edge.size, root });
const time = 1_700_000_000n;
const signatures: readonly NoteSignature[] = [
  await signNote(text, log.key, log.sign),
  await cosign({ text, time }, logPq.key, logPq.sign),
  await cosign({ text, time }, witness.key, witness.sign),
];
const checkpoint = formatNote({ text, signatures });
const hashes = await inclusionProof({ index: 17n, size: edge.size }, store.read, sha256);
const proof = formatProof({ index: 17n, hashes, checkpoint });
const policy: Policy = {
  logs: [{ key: log.key }, { key: logPq.key }],
  witnesses: [{ name: 'W1', key: witness.key }],
  groups: [],
  quorum: 'W1',
};

/** Every parser of the package, on bytes. */
const PARSERS: Readonly<Record<string, (bytes: Uint8Array) => { readonly ok: boolean }>> = {
  note: (bytes) => parseNote(bytes),
  checkpoint: (bytes) => parseCheckpoint(latin1(bytes)),
  'verifier key': (bytes) => parseVerifierKey(latin1(bytes), sha256),
  size: (bytes) => parseSize(latin1(bytes)),
  'tile path': (bytes) => parseTilePath(latin1(bytes)),
  proof: (bytes) => parseProof(bytes),
  policy: (bytes) => parsePolicy(bytes, sha256),
  'add-checkpoint request': (bytes) => parseAddCheckpoint(bytes),
  'answer of a witness': (bytes) => parseCosignatures(bytes, { checkpoint, keys: [witness.key] }, checks),
  edge: (bytes) => parseEdge(latin1(bytes)),
  bundle: (bytes) => decodeBundle(bytes),
  entry: (bytes) => decodeEntry(bytes),
};

/** A text that each parser reads. */
const GOOD: readonly (readonly [string, string])[] = [
  ['note', checkpoint],
  ['checkpoint', text],
  ['verifier key', formatVerifierKey(witness.key)],
  ['size', '300'],
  ['tile path', 'tile/0/x001/234.p/17'],
  ['proof', proof],
  ['policy', formatPolicy(policy, sha256)],
  ['add-checkpoint request', `old 0\n\n${checkpoint}`],
  ['answer of a witness', formatNote({ text: '\n', signatures: signatures.slice(2) }).slice(2)],
];
const parse = (name: string, value: string | Uint8Array): boolean => PARSERS[name]?.(Buffer.from(value)).ok ?? true;

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

test.each(GOOD)('a %s is read as it is, and not with CRLF, a CR, a NUL, a tail or bytes that are no UTF-8', (name, good) => {
  expect(parse(name, good)).toBe(true);
  expect(parse(name, `${good.replaceAll('\n', '\r\n')}\r\n`)).toBe(false);
  expect(parse(name, `${good}\r`)).toBe(false);
  expect(parse(name, `${good.slice(0, 2)}\0${good.slice(2)}`)).toBe(false);
  expect(parse(name, `${good}trailing`)).toBe(false);
  expect(parse(name, Buffer.concat([Buffer.from(good), Buffer.of(0xff)]))).toBe(false);
});

// The text of a note is free to begin with these, and a policy with spaces and tabs; everything else begins with a word of its own.
test.each(GOOD.filter(([name]) => !['note', 'checkpoint', 'policy'].includes(name)))(
  'a %s does not begin with white space or a byte order mark',
  (name, good) => {
    for (const space of [' ', '\t', '\n', '\u00a0', '\u2028', '\ufeff']) expect(parse(name, space + good)).toBe(false);
  },
);

test.each(GOOD.filter(([name]) => !['size', 'tile path'].includes(name)))(
  'a %s that is cut off is refused, unless whole signature lines are left',
  (name, good) => {
    const bytes = Buffer.from(good);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        const rest = bytes.subarray(0, length);
        const isWhole = good.includes('\u2014') && /(?:^|\n)\u2014 [^\n]+\n$/.test(rest.toString());
        expect(parse(name, rest)).toBe(isWhole);
      }),
    );
  },
);

test('no parser throws, whatever the bytes', () => {
  const seeds = GOOD.map(([, good]) => Buffer.from(good));
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 600 }),
    fc.tuple(fc.constantFrom(...seeds), fc.nat(), fc.uint8Array({ maxLength: 8 })).map(([seed, place, bytes]) => {
      const at = place % seed.length;
      return Buffer.concat([seed.subarray(0, at), bytes, seed.subarray(at + bytes.length)]);
    }),
  );
  fc.assert(
    fc.property(noise, (bytes) => {
      for (const parser of Object.values(PARSERS)) expect(typeof parser(bytes).ok).toBe('boolean');
    }),
    { numRuns: 300 },
  );
});

test('what a parser reads is written again as the very same text: there is no second spelling', () => {
  const changed = (good: string): fc.Arbitrary<string> =>
    fc
      .tuple(fc.nat(good.length - 1), fc.constantFrom(...'\n 0Aa+/=—x\u00a0'))
      .map(([at, c]) => good.slice(0, at) + c + good.slice(at + 1));
  fc.assert(
    fc.property(changed(checkpoint), changed(proof), changed(formatVerifierKey(log.key)), (note, other, vkey) => {
      const [readNote, readProof, readKey] = [parseNote(note), parseProof(other), parseVerifierKey(vkey, sha256)];
      if (readNote.ok) expect(formatNote(readNote.value)).toBe(note);
      if (readProof.ok) expect(formatProof(readProof.value)).toBe(other);
      if (readKey.ok) expect(formatVerifierKey(readKey.value)).toBe(vkey);
    }),
    { numRuns: 300 },
  );
});

const SIZES: readonly (readonly [string, boolean])[] = [
  ['9007199254740991', true],
  ['9007199254740992', true],
  ['9007199254740993', true],
  ['9223372036854775807', true],
  ['9223372036854775808', false],
  ['18446744073709551615', false],
  ['18446744073709551616', false],
  ['9'.repeat(100_000), false],
  ['0300', false],
  ['-0', false],
  ['+300', false],
  ['3e2', false],
  ['0x12c', false],
  ['300.0', false],
  ['3_00', false],
  ['\u0663\u0660\u0660', false],
];

test.each(SIZES)('the number %.30s is read exactly everywhere or refused everywhere', (decimal, good) => {
  const head = text.replace('\n300\n', `\n${decimal}\n`);
  expect(parseSize(decimal).ok).toBe(good);
  const read = parseCheckpoint(head);
  expect(read.ok).toBe(good);
  const signed = checkpoint.replace('\n300\n', `\n${decimal}\n`);
  const bigProof = parseProof(proof.replace('index 17', `index ${decimal}`));
  const request = parseAddCheckpoint(`old ${decimal}\n\n${signed}`);
  expect([bigProof.ok, request.ok]).toEqual([good, good]);
  if (!read.ok || !bigProof.ok || !request.ok) return;
  const sizes = [read.value.size, bigProof.value.index, request.value.oldSize, request.value.head.size];
  expect(sizes.map(String)).toEqual([decimal, decimal, decimal, decimal]);
});

test.each([
  ['tile/0/x009/x007/x199/x254/x740/993', true],
  ['tile/0/x009/x223/x372/x036/x854/x775/807', true],
  ['tile/0/x009/x223/x372/x036/x854/x775/808', false],
  ['tile/0/x018/x446/x744/x073/x709/x551/615', false],
  [`tile/0/${'x999/'.repeat(10_000)}999`, false],
  ['tile/0/x000/001', false],
  ['tile/0/1', false],
  ['tile/00/001', false],
  ['tile/64/001', false],
  ['tile/0/001.p/0', false],
  ['tile/0/001.p/01', false],
  ['tile/0/001.p/256', false],
  ['tile/0/001.p/257', false],
  ['tile/0/../001', false],
  ['/tile/0/001', false],
  ['tile/0/001/', false],
  ['tile/0/%30%30%31', false],
])('the path %.60s is read exactly or refused', (path, good) => {
  expect(parseTilePath(path).ok).toBe(good);
});

describe('many signatures', () => {
  const [line = { name: 'a', id: '00000000', signature: new Uint8Array(64) }] = signatures;
  const others = (count: number): NoteSignature[] =>
    Array.from({ length: count }, (_, i) => ({ name: `other.example/${i}`, id: '00000001', signature: new Uint8Array(2428) }));

  test('16 and 100 are read, the largest of their kind, and the known one is found at the end', () => {
    for (const count of [16, 100]) {
      const note = formatNote({ text, signatures: [...others(count - 1), line] });
      expect(openNote(note, [log.key], checks)).toMatchObject({ ok: true, value: { verified: { length: 1 } } });
    }
  });

  test('101 are refused', () => {
    const lines = formatNote({ text, signatures: others(100) }) + formatNote({ text: '\n', signatures: [line] }).slice(2);
    expect(parseNote(lines)).toMatchObject({ ok: false, code: 'malformed-note' });
    expect(() => formatNote({ text, signatures: [...others(100), line] })).toThrow(TypeError);
  });

  test('the same signature a hundred times is one signer', () => {
    const note = formatNote({ text, signatures: Array.from({ length: 100 }, () => line) });
    expect(openNote(note, [log.key], checks)).toMatchObject({ ok: true, value: { verified: { length: 1 } } });
  });

  test('a good signature does not save a note that holds a bad one of the same key', () => {
    const bad = { ...line, signature: new Uint8Array(64) };
    for (const lines of [
      [line, bad],
      [bad, line],
    ])
      expect(openNote(formatNote({ text, signatures: lines }), [log.key], checks)).toMatchObject({ code: 'note-signature' });
  });
});

describe('colliding key ids', () => {
  const stranger = testSigner(origin, NOTE_SIGNATURE, 'stranger');
  const collided = { ...stranger.key, id: log.key.id };

  test('a key of another name with the id of a known one is unknown', async () => {
    const elsewhere = testSigner('other.example', NOTE_SIGNATURE, 'other');
    const line = { ...(await signNote(text, elsewhere.key, elsewhere.sign)), id: log.key.id };
    expect(openNote(formatNote({ text, signatures: [line] }), [log.key], checks)).toMatchObject({ code: 'note-unsigned' });
    expect(openNote(formatNote({ text, signatures: [...signatures.slice(0, 1), line] }), [log.key], checks).ok).toBe(true);
  });

  test('a key made to share name and id gets only a refusal', async () => {
    const line = { ...(await signNote(text, stranger.key, stranger.sign)), id: log.key.id };
    expect(openNote(formatNote({ text, signatures: [line] }), [log.key], checks)).toMatchObject({ code: 'note-signature' });
  });

  test('when both are known each is tried, and two kinds with one id are not mixed up', () => {
    const note = formatNote({ text, signatures });
    for (const keys of [
      [collided, log.key],
      [log.key, collided],
    ])
      expect(openNote(note, keys, checks)).toMatchObject({ ok: true, value: { verified: [{ key: log.key }] } });
    const asCosigner = { ...testSigner(origin, COSIGNATURE, 'log').key, id: log.key.id };
    expect(openNote(note, [asCosigner], checks)).toMatchObject({ code: 'note-signature' });
    expect(openNote(note, [asCosigner, log.key], checks)).toMatchObject({ ok: true, value: { verified: [{ key: log.key }] } });
  });
});
