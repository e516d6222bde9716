import { fromHex, toBase64, toBase64Url, toHex } from '@comity/core';
import { blindEntry, encodeEntry, type LogEntry, leafHash, redactionMessage } from '@comity/prove';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CaseFile } from './casefile.ts';
import type { Finding, FindingCode, Report } from './report.ts';
import { edited, type Loose, logIn } from './testing/edit.ts';
import { play } from './testing/engagement.ts';
import { bytesFrom, functions, signerOf } from './testing/keys.ts';
import { type Extracting, extractOf, originOf } from './testing/log.ts';
import { CASE, digestOf, TRUST, World } from './testing/world.ts';
import type { Trust } from './trust.ts';
import { verifyCase } from './verify.ts';

const { sha256 } = functions;
let world: World;
let file: CaseFile;

beforeAll(async () => {
  world = play();
  file = await world.file();
});

const verify = (given: unknown, trust: Trust = TRUST): Report => verifyCase(given, trust, functions);
const codesOf = ({ findings }: Report): readonly FindingCode[] => [...new Set(findings.map(({ code }) => code))];
const entriesOf = (party: string): LogEntry[] => [...world.entriesOf(party)];
/** The file with another extract of a party's log, signed with the log's own keys. */
const withLog = (party: string, entries: readonly LogEntry[], how: Extracting = {}): Loose =>
  edited(file, (f) => Object.assign(logIn(f, party), extractOf(party, entries, how)));
const placeOf = (party: string, t: string): number => world.entriesOf(party).findIndex((entry) => entry.t === t);
const _about = (report: Report, code: FindingCode): readonly Finding['about'][] =>
  report.findings.filter((finding) => finding.code === code).map((finding) => finding.about);
const nonce = (seed: string): string => toBase64Url(bytesFrom(seed));

describe('an entry that was blanked', () => {
  const REASON = 'personal-data';
  /** The vendor's log with an entry blanked, and an entry of redaction under orders. */
  const blanked = (
    change: { readonly reason?: string; readonly keys?: readonly string[]; readonly was?: boolean } = {},
  ): Loose => {
    const entries = entriesOf('vendor');
    const at = placeOf('vendor', 'received.close');
    const gone = entries[at] as LogEntry;
    const leaf = toHex(leafHash(encodeEntry(gone), sha256));
    const order = redactionMessage({ origin: originOf('vendor'), index: String(at), leaf, reason: REASON });
    const orders = (change.keys ?? ['authority#sign']).map((key) => ({ key, signature: toBase64Url(signerOf(key).sign(order)) }));
    const redacted: LogEntry = {
      ...{
        v: 1,
        t: 'redacted',
        id: gone.id,
        nonce: nonce('redacted'),
        case: CASE,
        at: gone.at,
        actor: 'vendor#sign',
        role: 'node',
      },
      ...{ index: String(at), refs: [leaf], was: gone.t, decision: change.reason ?? REASON, act: gone.act ?? '', orders },
    };
    return withLog('vendor', change.was === false ? entries : [...entries, redacted], { blank: [at] });
  };

  it('by order of an overseer is neither tampered with nor a departure, and is told', () => {
    const report = verify(blanked());
    expect([report.verdict, codesOf(report)]).toEqual(['by-the-book', ['entry-redacted']]);
    expect(report.findings[0]?.values).toMatchObject({ t: 'received.close', reason: REASON, overseers: 'authority' });
  });

  it.each([
    ['nobody ordered', { was: false }],
    ['for another reason than was ordered', { reason: 'embarrassing' }],
    ['by order of its own party', { keys: ['vendor#sign'] }],
    ['by order of no overseer', { keys: ['stranger#sign'] }],
    ['by order of an overseer and somebody who is none', { keys: ['authority#sign', 'stranger#sign'] }],
  ])('that %s is tampered with', (_, change) => {
    const report = verify(blanked(change));
    expect([report.verdict, codesOf(report)]).toEqual(['tampered', expect.arrayContaining(['redaction-without-order'])]);
  });

  it('whose leaf is not the one in the tree is tampered with', () => {
    const file = edited(blanked(), (f) => (logIn(f, 'vendor').redactions[0].leaf = toBase64(fromHex('0'.repeat(64)))));
    expect(codesOf(verify(file))).toContain('entry-not-included');
  });
});

describe('a blinded entry', () => {
  const about = { id: '01a20000-0000-7000-8000-00000000000e', nonce: nonce('blind'), actor: 'hospital#sign' };
  const inner: LogEntry = {
    ...{ v: 1, t: 'case.read', case: CASE, at: '2026-11-02T09:14:30.000Z', role: 'owner', decision: 'work' },
    ...{ ...about, nonce: nonce('inner') },
  };
  const salt = nonce('salt');
  const blinded = (until: string): Loose => {
    const entry = blindEntry(encodeEntry(inner), { ...about, at: inner.at, salt, until }, sha256);
    return withLog('hospital', [...entriesOf('hospital'), entry]);
  };
  const disclose = (given: Loose, change: Loose = {}): Loose =>
    edited(given, (f) => {
      const log = logIn(f, 'hospital');
      const index = log.entries.at(-1).index;
      log.disclosed = [{ index, salt, inner: toBase64(encodeEntry(inner)), ...change }];
    });

  it('says nothing before its date, and must be opened after it', () => {
    const early = verify(blinded('2027-11-02T00:00:00.000Z'));
    expect([early.verdict, codesOf(early)]).toEqual(['by-the-book', ['entry-blinded']]);
    const late = verify(blinded('2026-11-02T09:00:00.000Z'));
    expect([late.verdict, codesOf(late)]).toEqual(['departures', ['blinded-overdue']]);
  });

  it('counts as what it hid once it is opened, and only with what it commits to', () => {
    const report = verify(disclose(blinded('2026-11-02T09:00:00.000Z')));
    expect([report.verdict, report.readings]).toEqual([
      'by-the-book',
      [expect.objectContaining({ t: 'case.read', purpose: 'work' })],
    ]);
    for (const wrong of [
      { salt: nonce('x') },
      { inner: toBase64(encodeEntry({ ...inner, role: 'x' })) },
      { index: '1' },
      { inner: '!' },
    ])
      expect(codesOf(verify(disclose(blinded('2027-11-02T00:00:00.000Z'), wrong)))).toContain('disclosure-differs');
  });
});

describe('an opening', () => {
  it('under another section’s name, or salts that changed places, are named for it', () => {
    const moved = edited(file, (f) => (f.acts[0].openings.need = f.acts[0].openings.datasets));
    expect(codesOf(verify(moved))).toEqual(['section-renamed', 'salt-repeated']);
    const swapped = edited(file, (f) => {
      const { need, datasets } = f.acts[0].openings;
      [need.salt, datasets.salt] = [datasets.salt, need.salt];
    });
    expect(codesOf(verify(swapped))).toEqual(['salts-swapped']);
  });

  it('under a salt that was used before is a departure', async () => {
    const salt = nonce('once');
    const again = play({ ask: (draft) => ({ ...draft, salt }), open: (draft) => ({ ...draft, salt }) });
    const report = verify(await again.file());
    expect([report.verdict, codesOf(report)]).toEqual(['departures', ['salt-repeated']]);
  });

  it('of a reader is committed to once', () => {
    const twice = new World();
    const _sd = [nonce('reader')];
    for (const at of ['2026-11-02T09:00:01.000Z', '2026-11-02T09:00:02.000Z'])
      twice.log('hospital', 'case.read', { at, _sd, _sd_alg: 'sha-256' });
    const entries = [...entriesOf('hospital'), ...twice.entriesOf('hospital')];
    expect(codesOf(verify(withLog('hospital', entries)))).toContain('salt-repeated');
    expect(digestOf(world.acts[0]?.body ?? ({} as never))).toHaveLength(64);
  });
});
