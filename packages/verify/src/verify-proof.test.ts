import { fromBase64, toBase64Url, utf8 } from '@comity/core';
import { encodeEntry, formatProof, formatVerifierKey, type LogEntry, parseProof } from '@comity/prove';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPolicy } from './policy.ts';
import { formatExtra, parseExtra } from './proof-extra.ts';
import { exitCodeOf, type ProofReport } from './report.ts';
import { bytesFrom, functions, signerOf } from './testing/keys.ts';
import { checkpointOf, logHands, originOf, provenPlace, withLine, witnessHand } from './testing/log.ts';
import { CASE } from './testing/world.ts';
import { claimsToBeProof, verifyProof } from './verify-proof.ts';

const disclosure = (name: string, value: unknown, salt = name): string =>
  toBase64Url(utf8(JSON.stringify([toBase64Url(bytesFrom(salt)), name, value])));
const digestOf = (text: string): string => toBase64Url(functions.sha256(utf8(text)));
const [reader, item] = [disclosure('reader', { purpose: 'work' }), disclosure('item', 'i1')];
const entries: readonly LogEntry[] = Array.from({ length: 11 }, (_, i) => ({
  ...{ v: 1, t: 'case.read', id: `01a20000-0000-7000-8000-0000000000${10 + i}`, nonce: toBase64Url(bytesFrom(`n${i}`)) },
  ...{ case: CASE, at: '2026-11-02T09:00:00.000Z', actor: 'vendor#sign', role: 'clerk' },
  ...{ _sd: [digestOf(reader), digestOf(item)], _sd_alg: 'sha-256' },
}));
const INDEX = 4;
const log = logHands('vendor', originOf('vendor'))
  .map(({ key }) => `log ${formatVerifierKey(key)}\n`)
  .join('');
const [first, second] = [witnessHand('overseer.test/witness'), witnessHand('neutral.test/witness')];
const witnesses = `witness o ${formatVerifierKey(first.key)}\nwitness n ${formatVerifierKey(second.key)}\ngroup both all o n\nquorum both\n`;
const witnessed = withLine(withLine(checkpointOf('vendor', entries), first), second);

interface Making {
  readonly checkpoint?: string;
  readonly extra?: Uint8Array;
  readonly index?: bigint;
  readonly disclosures?: readonly string[];
  readonly entry?: LogEntry;
}

function proofOf({ checkpoint = witnessed, index = BigInt(INDEX), disclosures = [reader], entry, extra }: Making = {}): string {
  const shown = entry ?? entries[INDEX];
  if (shown === undefined) throw new Error('no entry');
  return formatProof({
    extra: extra ?? formatExtra({ entry: encodeEntry(shown), disclosures }),
    index,
    hashes: provenPlace('vendor', entries, INDEX).proof.map(fromBase64),
    checkpoint,
  });
}

function check(proof: string | Uint8Array, policy = `${log}${witnesses}`): ProofReport {
  const read = readPolicy(policy, functions.sha256);
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  return verifyProof(proof, read.value, functions);
}
const codesOf = ({ findings }: ProofReport): readonly string[] => findings.map(({ code }) => code);

describe('a proof', () => {
  it('holds, and says what was disclosed, which log and which witnesses', () => {
    const report = check(proofOf());
    expect([report.verdict, exitCodeOf(report.verdict), codesOf(report)]).toEqual(['by-the-book', 0, []]);
    expect(report).toMatchObject({
      origin: originOf('vendor'),
      index: '4',
      entry: entries[INDEX],
      witnessed: [{ name: 'o' }, { name: 'n' }],
      disclosed: [{ name: 'reader', value: { purpose: 'work' } }],
    });
  });

  it.each<[string, Making, string]>([
    [
      'another entry than the one that stands there',
      { entry: { ...(entries[INDEX] as LogEntry), role: 'x' } },
      'entry-not-included',
    ],
    ['another place', { index: 5n }, 'entry-not-included'],
    ['a place beyond the tree', { index: 11n }, 'entry-not-included'],
    ['a disclosure that the entry does not commit to', { disclosures: [disclosure('reader', 'x')] }, 'disclosure-differs'],
    ['a disclosure twice', { disclosures: [reader, reader] }, 'disclosure-differs'],
    ['a disclosure that is none', { disclosures: ['eA'] }, 'disclosure-differs'],
    ['a head that another signed', { checkpoint: checkpointOf('vendor', entries, { seed: 'thief' }) }, 'checkpoint-forged'],
    [
      'a cosignature that the witness never gave',
      { checkpoint: withLine(checkpointOf('vendor', entries), { ...first, signer: signerOf('thief') }) },
      'witness-forged',
    ],
  ])('with %s does not hold, and shows nothing of what it says', (_, making, code) => {
    const report = check(proofOf(making));
    expect([report.verdict, codesOf(report)[0]]).toEqual(['tampered', code]);
    expect([report.entry, report.disclosed]).toEqual([undefined, []]);
  });

  it('with one kind of signature of its log is a downgrade', () => {
    const [head = '', tail = ''] = witnessed.split('\n\n');
    const one = `${head}\n\n${tail.split('\n').slice(0, 1).join('\n')}\n`;
    expect(codesOf(check(proofOf({ checkpoint: one })))).toEqual(['checkpoint-downgraded']);
  });

  it('cannot be told without the witnesses, the log’s keys, or the entry', () => {
    const alone = check(proofOf({ checkpoint: checkpointOf('vendor', entries) }));
    expect([alone.verdict, exitCodeOf(alone.verdict), codesOf(alone)]).toEqual(['cannot-tell', 3, ['unwitnessed']]);
    expect(codesOf(check(proofOf(), witnesses))).toEqual(['proof-log-unknown']);
    for (const extra of ['{}', '[]', 'x', '{"v":1,"entry":"!","disclosures":[]}', '{"v":1,"entry":"AAAA","disclosures":[]}'])
      expect(codesOf(check(proofOf({ extra: utf8(extra) })))).toEqual(['proof-entry-missing']);
  });

  it('without anybody asked to witness holds, and that is said', () => {
    const report = check(proofOf(), `${log}quorum none\n`);
    expect([report.verdict, codesOf(report)]).toEqual(['by-the-book', ['witness-not-asked']]);
  });

  it('of which any one character is changed never holds with another entry', () => {
    const text = proofOf();
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('A', 'b', '0', '\n', '\r', ' '), (at, other) => {
        const changed = text.slice(0, at) + other + text.slice(at + 1);
        const report = check(changed);
        // A signature line that no longer names its signer only takes its voice away.
        if (report.verdict === 'by-the-book') expect(report.entry).toEqual(entries[INDEX]);
      }),
      { numRuns: process.env['SLOW'] === '1' ? 5000 : 200 },
    );
  });

  it('of any bytes at all never throws', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void expect(check(bytes).verdict).toBe('cannot-tell')));
    fc.assert(fc.property(fc.uint8Array(), (extra) => void expect(parseExtra(extra)).toBeUndefined()));
  });

  it('is told from a case file by its first line', () => {
    expect([claimsToBeProof(utf8(proofOf())), claimsToBeProof(utf8('{}')), parseProof(proofOf()).ok]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
