import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  COSIGNATURE,
  formatPolicy,
  formatVerifierKey,
  logsOf,
  MLDSA_COSIGNATURE,
  meetsQuorum,
  NOTE_SIGNATURE,
  type Policy,
  parsePolicy,
  policyApart,
  soleOrganisations,
} from './index.ts';
import { sha256, testSigner } from './testing/signer.ts';

const vkey = (seed: string, kind: 1 | 4 | 6 = COSIGNATURE, name = `${seed}.example`): string =>
  formatVerifierKey(testSigner(name, kind, seed).key);
const names = ['X1', 'X2', 'X3', 'Y1', 'Y2', 'Y3'];

// The two levels of groups that C2SP tlog-policy shows, with keys.
const TWO_LEVELS = `# who must have seen it
log ${vkey('log', NOTE_SIGNATURE, 'log.example/2026')} https://log.example/2026

witness X1 ${vkey('X1')}
witness X2 ${vkey('X2', MLDSA_COSIGNATURE)} https://x2.example/submit
\twitness \t X3\t${vkey('X3')} \t
group X-witnesses 2 X1 X2 X3
witness Y1 ${vkey('Y1')}
witness Y2 ${vkey('Y2')}
witness Y3 ${vkey('Y3')}
group Y-witnesses any Y1 Y2 Y3
group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
`;

function read(text: string | Uint8Array): Policy {
  const policy = parsePolicy(text, sha256);
  if (!policy.ok) throw new Error(policy.detail);
  return policy.value;
}

test('the policy with two levels of groups is read as it is meant', () => {
  const policy = read(TWO_LEVELS);
  expect(policy).toMatchObject({
    logs: [{ key: { name: 'log.example/2026' }, url: 'https://log.example/2026' }],
    witnesses: names.map((name) => ({ name })),
    groups: [
      { name: 'X-witnesses', atLeast: 2, members: ['X1', 'X2', 'X3'] },
      { name: 'Y-witnesses', atLeast: 1, members: ['Y1', 'Y2', 'Y3'] },
      { name: 'X-and-Y', atLeast: 2, members: ['X-witnesses', 'Y-witnesses'] },
    ],
    quorum: 'X-and-Y',
  });
  expect(policy.witnesses[1]).toMatchObject({ url: 'https://x2.example/submit', key: { kind: MLDSA_COSIGNATURE } });
});

test('the quorum is met by exactly the sets that the rule allows', () => {
  const policy = read(TWO_LEVELS);
  for (let bits = 0; bits < 64; bits++) {
    const set = names.filter((_, i) => (bits >> i) & 1);
    const allowed = set.filter((name) => name.startsWith('X')).length >= 2 && set.some((name) => name.startsWith('Y'));
    expect(meetsQuorum(policy, new Set(set))).toBe(allowed);
  }
  expect(meetsQuorum(policy, new Set(['X-and-Y', 'X-witnesses', 'Y-witnesses', 'stranger']))).toBe(false);
  expect(meetsQuorum(read('quorum none\n'), new Set())).toBe(true);
});

test('a policy comes back as it was written', () => {
  const policy = read(TWO_LEVELS);
  const text = formatPolicy(policy, sha256);
  expect(read(text)).toEqual(policy);
  expect(formatPolicy(read(text), sha256)).toBe(text);
  expect(text.startsWith(`log ${vkey('log', NOTE_SIGNATURE, 'log.example/2026')} https://log.example/2026\nwitness X1 `)).toBe(
    true,
  );
});

test.each([
  ['a space in a name', { witnesses: [{ name: 'X 1', key: testSigner('x', COSIGNATURE, 'x').key }] }],
  ['a line in a URL', { logs: [{ key: testSigner('l', NOTE_SIGNATURE, 'l').key, url: 'x\nquorum none' }] }],
  ['an empty member', { groups: [{ name: 'g', atLeast: 1, members: [''] }] }],
  ['a quorum that is not there', { quorum: 'g' }],
  ['a lone surrogate', { quorum: '\udcff' }],
])('a policy with %s is never written', (_, wrong) => {
  expect(() => formatPolicy({ logs: [], witnesses: [], groups: [], quorum: 'none', ...wrong }, sha256)).toThrow(TypeError);
});

const witnesses = `witness a ${vkey('a')}\nwitness b ${vkey('b')}\n`;

test.each([
  ['nothing in it', ''],
  ['no quorum', witnesses],
  ['two quorums', `${witnesses}quorum a\nquorum b\n`],
  ['no newline at the end', `${witnesses}quorum a`],
  ['CRLF', `${witnesses}quorum a\r\n`],
  ['a form feed', `${witnesses}\u000c\nquorum a\n`],
  ['a NUL in a comment', `# \u0000\n${witnesses}quorum a\n`],
  ['a DEL in a comment', `# \u007f\n${witnesses}quorum a\n`],
  ['a lone surrogate', `# \ud800\n${witnesses}quorum a\n`],
  ['an unknown keyword', `${witnesses}witnesses c\nquorum a\n`],
  ['a keyword in capitals', `${witnesses}Quorum a\n`],
  ['a quorum of two names', `${witnesses}quorum a b\n`],
  ['a quorum without name', `${witnesses}quorum\n`],
  ['a quorum named later', `quorum a\n${witnesses}`],
  ['an unknown quorum', `${witnesses}quorum c\n`],
  ['a name twice', `${witnesses}witness a ${vkey('c')}\nquorum a\n`],
  ['a group with the name of a witness', `${witnesses}group a any b\nquorum a\n`],
  ['a witness called none', `witness none ${vkey('c')}\nquorum none\n`],
  ['a group called none', `${witnesses}group none any a\nquorum none\n`],
  ['none as a member', `${witnesses}group g any none\nquorum g\n`],
  ['a group without members', `${witnesses}group g all\nquorum a\n`],
  ['a member that comes later', `group g any a\n${witnesses}quorum g\n`],
  ['a group in itself', `${witnesses}group g any g\nquorum g\n`],
  ['a member twice in a group', `${witnesses}group g 2 a a\nquorum g\n`],
  ['a member of two groups', `${witnesses}group g any a\ngroup h any a b\nquorum h\n`],
  ['0 of 2', `${witnesses}group g 0 a b\nquorum g\n`],
  ['3 of 2', `${witnesses}group g 3 a b\nquorum g\n`],
  ['01 of 2', `${witnesses}group g 01 a b\nquorum g\n`],
  ['+1 of 2', `${witnesses}group g +1 a b\nquorum g\n`],
  ['0x1 of 2', `${witnesses}group g 0x1 a b\nquorum g\n`],
  ['2^53 of 2', `${witnesses}group g 9007199254740992 a b\nquorum g\n`],
  ['a witness without key', 'witness a\nquorum a\n'],
  ['more after the URL', `witness a ${vkey('a')} https://a.example more\nquorum a\n`],
  ['a key that is none', `witness a ${vkey('a').slice(0, -2)}\nquorum a\n`],
  ['a key for notes as a witness', `witness a ${vkey('a', NOTE_SIGNATURE)}\nquorum a\n`],
  ['a cosigning Ed25519 key as a log', `log ${vkey('l', COSIGNATURE)}\nquorum none\n`],
  ['a log twice', `log ${vkey('l', NOTE_SIGNATURE)}\nlog ${vkey('l', NOTE_SIGNATURE, 'other.example')}\nquorum none\n`],
  ['one key under two names', `${witnesses}witness c ${vkey('a', COSIGNATURE, 'other.example')}\nquorum a\n`],
  ['more than 1,000 lines', `${'\n'.repeat(1000)}quorum none\n`],
])('a policy with %s is refused', (_, text) => {
  expect(parsePolicy(text, sha256)).toMatchObject({ ok: false, code: 'malformed-policy' });
});

test('the refusal says in which line', () => {
  expect(parsePolicy(`${witnesses}\nquorum c\n`, sha256)).toMatchObject({ detail: expect.stringMatching(/^line 4: /) });
});

test('names are octets: what looks alike is not alike, and what is no UTF-8 keeps its own name', () => {
  const kelvin = `witness K ${vkey('a')}\nwitness \u212a ${vkey('b')}\ngroup g all K \u212a\nquorum g\n`;
  expect(read(kelvin).groups[0]?.members).toEqual(['K', '\u212a']);
  const composed = `witness \u00e9 ${vkey('a')}\nwitness e\u0301 ${vkey('b')}\nquorum \u00e9\n`;
  expect(meetsQuorum(read(composed), new Set(['e\u0301']))).toBe(false);
  const nextLine = `witness a\u0085b ${vkey('a')}\nquorum a\u0085b\n`;
  expect(read(nextLine).witnesses[0]?.name).toBe('a\u0085b');
  const raw = Buffer.concat([
    Buffer.from('# \u00e9 or \xe9\n', 'latin1'),
    ...[0xfe, 0xff].map((octet) => Buffer.from(`witness ${String.fromCharCode(octet)} ${vkey(String(octet))}\n`, 'latin1')),
    Buffer.from('group g all \xfe \xff\nquorum g\n', 'latin1'),
  ]);
  const policy = read(raw);
  expect(new Set(policy.groups[0]?.members).size).toBe(2);
  expect(meetsQuorum(policy, new Set(policy.witnesses.map(({ name }) => name)))).toBe(true);
  expect(() => formatPolicy(policy, sha256)).toThrow(TypeError);
});

test('the keywords of groups may be names, and 32 logs, witnesses and groups have room', () => {
  expect(read(`witness all ${vkey('a')}\nwitness any ${vkey('b')}\ngroup 2 all all any\nquorum 2\n`).groups[0]).toEqual({
    name: '2',
    atLeast: 2,
    members: ['all', 'any'],
  });
  const each = (line: (i: number) => string): string => Array.from({ length: 40 }, (_, i) => line(i)).join('');
  const policy = read(
    each((i) => `log ${vkey(`l${i}`, MLDSA_COSIGNATURE)}\n`) +
      each((i) => `witness w${i} ${vkey(`w${i}`, MLDSA_COSIGNATURE)}\n`) +
      each((i) => `group g${i} all w${i}${i > 0 ? ` g${i - 1}` : ''}\n`) +
      'quorum g39\n',
  );
  const all = policy.witnesses.map(({ name }) => name);
  expect(meetsQuorum(policy, new Set(all))).toBe(true);
  for (const missing of all) expect(meetsQuorum(policy, new Set(all.filter((name) => name !== missing)))).toBe(false);
});

test('the organisations that alone make a quorum are named', () => {
  const byLetter = (name: string): string => name.slice(0, 1);
  expect(soleOrganisations(read(TWO_LEVELS), byLetter)).toEqual([]);
  const anyGroup = TWO_LEVELS.replace('group X-and-Y all', 'group X-and-Y any');
  expect(soleOrganisations(read(anyGroup), byLetter)).toEqual(['X', 'Y']);
  expect(soleOrganisations(read(TWO_LEVELS.replace('quorum X-and-Y', 'quorum Y-witnesses')), byLetter)).toEqual(['Y']);
  expect(soleOrganisations(read(TWO_LEVELS), () => 'all of them')).toEqual(['all of them']);
  expect(soleOrganisations(read(`${witnesses}quorum none\n`), byLetter)).toBe('nobody-needed');
});

test('an organisation is named if and only if its own witnesses meet the quorum', () => {
  const policy = read(TWO_LEVELS);
  fc.assert(
    fc.property(fc.array(fc.constantFrom('p', 'q', 'r'), { minLength: 6, maxLength: 6 }), (owners) => {
      const ownerOf = (name: string): string => owners[names.indexOf(name)] ?? '';
      const sole = soleOrganisations(policy, ownerOf);
      for (const owner of new Set(owners))
        expect(sole.includes(owner)).toBe(meetsQuorum(policy, new Set(names.filter((name) => ownerOf(name) === owner))));
    }),
  );
});

test('lines of one origin are one log with the keys of both kinds', () => {
  const lines = [vkey('l', NOTE_SIGNATURE), vkey('l', MLDSA_COSIGNATURE), vkey('m', NOTE_SIGNATURE)];
  const logs = logsOf(read(`${lines.map((line) => `log ${line}\n`).join('')}quorum none\n`));
  expect(logs.map(({ origin, keys }) => [origin, keys.map(({ kind }) => kind)])).toEqual([
    ['l.example', [NOTE_SIGNATURE, MLDSA_COSIGNATURE]],
    ['m.example', [NOTE_SIGNATURE]],
  ]);
});

test('for the log of one of the witnesses nobody asks that witness, and never fewer of the others', () => {
  const policy = read(TWO_LEVELS);
  const ofY1 = policyApart(policy, new Set(['Y1']));
  expect(meetsQuorum(ofY1, new Set(['X1', 'X2', 'Y1']))).toBe(false);
  expect(meetsQuorum(ofY1, new Set(['X1', 'X2', 'Y2']))).toBe(true);
  // Where all of a group are the log's own, the group asks for nothing; the other still does.
  const ofAllY = policyApart(policy, new Set(['Y1', 'Y2', 'Y3']));
  expect([meetsQuorum(ofAllY, new Set(['X1'])), meetsQuorum(ofAllY, new Set(['X1', 'X3']))]).toEqual([false, true]);
  // A policy of which nobody would be left stays as it is.
  expect(policyApart(policy, new Set(names))).toEqual(policy);
});
