import { toBase64Url } from '@comity/core';
import { formatNote, formatVerifierKey, type LogEntry, parseNote } from '@comity/prove';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CaseFile } from './casefile.ts';
import type { Finding, FindingCode, Report } from './report.ts';
import { edited, type Loose, logIn } from './testing/edit.ts';
import { play } from './testing/engagement.ts';
import { bytesFrom, functions, signerOf } from './testing/keys.ts';
import { type Extracting, extractOf, originOf, provenPlace, withLine, witnessHand } from './testing/log.ts';
import { CASE, receiptOf, TRUST, type World } from './testing/world.ts';
import { parseTrust, type Trust } from './trust.ts';
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
const about = (report: Report, code: FindingCode): readonly Finding['about'][] =>
  report.findings.filter((finding) => finding.code === code).map((finding) => finding.about);
const nonce = (seed: string): string => toBase64Url(bytesFrom(seed));

describe('a node that writes its log anew, with its own keys', () => {
  it('and drops an entry that it had shown, is found out by whoever was shown it', () => {
    const at = placeOf('vendor', 'received.approve');
    const report = verify(withLog('vendor', entriesOf('vendor').toSpliced(at, 1)));
    expect(codesOf(report)).toEqual(expect.arrayContaining(['received-unlogged', 'place-differs']));
    expect(report.verdict).toBe('tampered');
  });

  it('and changes an entry, is found out at that very place', () => {
    const at = placeOf('hospital', 'act.approve');
    const changed = entriesOf('hospital').map((entry, i) => (i === at ? { ...entry, nonce: nonce('other') } : entry));
    const report = verify(withLog('hospital', changed));
    expect(codesOf(report)).toEqual(['place-differs']);
    expect(about(report, 'place-differs')).toEqual([
      { party: 'hospital', log: originOf('hospital'), index: String(at), act: changed[at]?.act },
    ]);
  });

  it('and swaps two entries, is found out', () => {
    const [a, b] = [placeOf('vendor', 'act.agree'), placeOf('vendor', 'received.choose')];
    const swapped = entriesOf('vendor');
    [swapped[a], swapped[b]] = [swapped[b] as LogEntry, swapped[a] as LogEntry];
    expect(codesOf(verify(withLog('vendor', swapped)))).toEqual(expect.arrayContaining(['place-differs', 'act-out-of-order']));
  });

  it('and goes back to an earlier head, is found out', () => {
    const report = verify(withLog('vendor', entriesOf('vendor').slice(0, -3)));
    expect(codesOf(report)).toContain('log-rolled-back');
    expect(about(report, 'log-rolled-back')[0]).toMatchObject({ party: 'vendor' });
  });

  it('and leaves an entry out of the extract, is found out', () => {
    const hidden = { shown: (entry: LogEntry) => entry.t !== 'received.approve' };
    const report = verify(withLog('vendor', entriesOf('vendor'), hidden));
    expect(codesOf(report)).toEqual(expect.arrayContaining(['received-unlogged', 'entry-omitted']));
    const index = String(placeOf('vendor', 'received.approve'));
    expect(about(report, 'entry-omitted')[0]).toMatchObject({ party: 'vendor', index });
  });

  it('for one reader and another way for the next, is found out by two heads of one size', () => {
    const { seen } = entriesOf('hospital').findLast(({ t }) => t.startsWith('receipted.')) ?? {};
    const other = entriesOf('vendor').slice(0, Number(seen?.size));
    const last = other.length - 1;
    other[last] = { ...(other[last] as LogEntry), nonce: nonce('other') };
    const report = verify(withLog('vendor', other));
    expect(about(report, 'log-forked')).toEqual([{ party: 'vendor', log: originOf('vendor') }]);
  });

  it('twice into one file, is found out', () => {
    const other = entriesOf('vendor').map((entry, i) => (i === 2 ? { ...entry, nonce: nonce('other') } : entry));
    const report = verify(edited(file, (f) => f.logs.push(extractOf('vendor', other))));
    expect(codesOf(report)).toEqual(['log-twice', 'log-forked']);
  });
});

describe('a checkpoint', () => {
  const checkpoint = (party: string, change: (note: string) => string): Loose =>
    edited(file, (f) => (logIn(f, party).checkpoint = change(logIn(f, party).checkpoint)));
  const [first, second] = [witnessHand('overseer.test/witness'), witnessHand('neutral.test/witness')];
  const policy = `witness o ${formatVerifierKey(first.key)}\nwitness n ${formatVerifierKey(second.key)}\ngroup both all o n\nquorum both\n`;
  const trusted = parseTrust({ ...TRUST, policy }, sha256);
  const trust = trusted.ok ? trusted.value : TRUST;

  it.each([0, 1])('with one of its two signatures is named a downgrade', (kept) => {
    const report = verify(
      checkpoint('vendor', (note) => {
        const parsed = parseNote(note);
        if (!parsed.ok) throw new Error(parsed.detail);
        return formatNote({ ...parsed.value, signatures: parsed.value.signatures.slice(kept, kept + 1) });
      }),
    );
    expect(codesOf(report)).toEqual(['checkpoint-downgraded']);
  });

  it('without the witnesses that the reader asks for leaves a gap, with them none', () => {
    expect([codesOf(verify(file, trust)), verify(file, trust).verdict]).toEqual([['unwitnessed'], 'cannot-tell']);
    const witnessed = edited(file, (f) => {
      for (const log of f.logs) log.checkpoint = withLine(withLine(log.checkpoint, first), second);
    });
    expect(codesOf(verify(witnessed, trust))).toEqual([]);
    const half = checkpoint('vendor', (note) => withLine(note, first));
    expect(about(verify(half, trust), 'unwitnessed').map(({ party }) => party)).toEqual(['hospital', 'vendor']);
  });

  it('with a cosignature that the witness never gave is named for it', () => {
    const forged = { ...first, signer: signerOf('thief') };
    const report = verify(
      checkpoint('vendor', (note) => withLine(withLine(note, forged), second)),
      trust,
    );
    expect(report.findings).toContainEqual(
      expect.objectContaining({ code: 'witness-forged', values: { party: 'vendor', witness: 'overseer.test/witness' } }),
    );
  });
});

describe('a receipt', () => {
  const told = (act: string): Loose => ({ digest: act, verdict: 'counted' });
  const place = (t: string): Loose => provenPlace('vendor', world.entriesOf('vendor'), placeOf('vendor', t));
  const [ask] = ['ask'];
  const withReceipt = (content: (act: string) => Loose): Loose =>
    edited(file, (f) => {
      const act = f.receipts[0].act;
      f.receipts[0].receipt = receiptOf('vendor', { at: f.madeAt, acts: [content(act)] });
    });

  it('whose proof does not lead to a head that its log signed is refused', () => {
    const { checkpoint, ...rest } = place(`received.${ask}`);
    for (const wrong of [
      { ...rest, checkpoint, index: '3' },
      { ...rest, checkpoint, leaf: '0'.repeat(64) },
      { ...rest, checkpoint, proof: [] },
      { ...rest, checkpoint, proof: 'x' },
      { ...rest, checkpoint: extractOf('vendor', world.entriesOf('vendor'), { seed: 'thief' }).checkpoint },
      { ...rest, checkpoint: file.logs[0]?.checkpoint },
      { ...rest, checkpoint: 'x' },
      rest,
    ])
      expect(codesOf(verify(withReceipt((act) => ({ ...told(act), ...wrong }))))).toEqual(['receipt-proof']);
  });

  it('that rests on another history of its log is found out', () => {
    const entries = entriesOf('vendor');
    const at = placeOf('vendor', `received.${ask}`);
    const other = entries.map((entry, i) => (i === at ? { ...entry, nonce: nonce('other') } : entry));
    const report = verify(withReceipt((act) => ({ ...told(act), ...provenPlace('vendor', other, at) })));
    expect(codesOf(report)).toEqual(['log-forked', 'place-differs']);
  });

  it('that names an entry about something else is found out', () => {
    const report = verify(withReceipt((act) => ({ ...told(act), ...place('received.choose') })));
    expect(codesOf(report)).toEqual(['place-differs']);
  });
});

describe('the logs of a party', () => {
  const reading: LogEntry = {
    ...{ v: 1, t: 'payload.asked', case: CASE, at: '2026-11-02T09:14:30.000Z', role: 'vendor_manager', decision: 'audit' },
    ...{ id: '01a20000-0000-7000-8000-00000000000f', nonce: nonce('reading'), actor: 'vendor#sign' },
  };

  it('are one through the years, and tell who looked into the case', () => {
    const years = edited(file, (f) => {
      f.logs.unshift(extractOf('vendor', [reading], { year: 2027 }));
      f.logs.push({ ...extractOf('hospital', [], { year: 2025 }), checkpoint: '' });
    });
    const report = verify(years);
    expect([report.verdict, codesOf(report)]).toEqual(['by-the-book', []]);
    expect(report.readings).toEqual([
      { party: 'vendor', index: '0', at: reading.at, role: 'vendor_manager', t: 'payload.asked', purpose: 'audit' },
    ]);
  });

  it('are missed when a year that was shown to somebody is left out', () => {
    const report = verify(edited(file, (f) => Object.assign(logIn(f, 'vendor'), extractOf('vendor', [reading], { year: 2027 }))));
    expect(codesOf(report)).toContain('entry-omitted');
  });

  it('under another name than that of a year are not the party’s', () => {
    expect(codesOf(verify(edited(file, (f) => (logIn(f, 'vendor').origin = 'vendor.test/log'))))).toContain('log-unknown');
  });

  it('say on the timeline what was done without witnesses, or in an emergency', async () => {
    const marked = play({ end: (draft) => ({ ...draft, marks: ['emergency', 'unwitnessed'] }) });
    const report = verify(await marked.file());
    expect(report.verdict).toBe('by-the-book');
    expect(report.timeline.find(({ type }) => type === 'end')?.marks).toEqual(['emergency', 'unwitnessed']);
    expect(report.timeline.filter(({ marks }) => marks.length > 0)).toHaveLength(1);
  });
});
