import { beforeAll, describe, expect, it } from 'vitest';
import type { CaseFile } from './casefile.ts';
import type { FindingCode, Report } from './report.ts';
import { actIn, edited, entryIn, type Loose, logIn } from './testing/edit.ts';
import { deliver, manifestFor, play } from './testing/engagement.ts';
import { functions } from './testing/keys.ts';
import { extractOf } from './testing/log.ts';
import { digestOf, directoryOf, receiptOf, signaturesOf, TRUST, type World } from './testing/world.ts';
import { verifyCase } from './verify.ts';

let world: World;
let file: CaseFile;

beforeAll(async () => {
  world = play();
  file = await world.file();
});

const verify = (given: unknown): Report => verifyCase(given, TRUST, functions);
const codesOf = (report: Report): readonly FindingCode[] => [...new Set(report.findings.map(({ code }) => code))];
const digestFor = (type: string): string =>
  world.acts.filter(({ body }) => body.type === type).map(({ body }) => digestOf(body))[0] ?? '';

/** Edits of the file by somebody without keys; each names the codes that must come out, and the act they must be about. */
const EDITS: [name: string, edit: (file: Loose) => void, codes: readonly FindingCode[], type?: string][] = [
  ['a member that no case file has', (f) => (f.extra = 1), ['form']],
  ['another environment', (f) => (f.env = 'production'), ['environment']],
  ['a directory signed by somebody else', (f) => (f.directory = directoryOf((party) => party, 'thief')), ['directory-forged']],
  ['a key in the directory changed', (f) => (f.directory.directory.parties[0].keys[0].until = f.madeAt), ['directory-forged']],
  ['an altered act', (f) => (actIn(f, 'agree').body.data.storedIn = 'CN'), ['act-altered', 'acts-unjudged']],
  ['an altered date', (f) => (actIn(f, 'close').body.at = '2026-11-02T09:00:00.000Z'), ['act-altered']],
  ['a signature by nobody', (f) => (actIn(f, 'close').signatures[0].signature = 'AA'), ['act-altered'], 'close'],
  ['a third signature', (f) => actIn(f, 'close').signatures.push({ key: 'x', signature: 'x' }), ['act-altered'], 'close'],
  ['an act of another case', (f) => (f.case = '01a20000-0000-7000-8000-000000000002'), ['act-elsewhere', 'entry-foreign']],
  ['an act given twice', (f) => f.acts.push(f.acts[0]), ['act-twice'], 'ask'],
  ['a removed act', (f) => f.acts.splice(2, 1), ['act-removed', 'acts-unjudged'], 'choose'],
  ['the last act removed', (f) => f.acts.pop(), ['act-removed'], 'close'],
  ['a section swapped', (f) => (actIn(f, 'ask').openings.need.value.text = 'other'), ['section-altered'], 'ask'],
  ['a section made up', (f) => (actIn(f, 'end').openings.need = { salt: 'x', value: 1 }), ['section-altered']],
  [
    'an own log entry removed',
    (f) => logIn(f, 'hospital').entries.splice(entryIn(f, 'hospital', 'act.approve'), 1),
    ['act-unlogged'],
    'approve',
  ],
  [
    'an entry of receipt removed',
    (f) => logIn(f, 'vendor').entries.splice(entryIn(f, 'vendor', 'received.end'), 1),
    ['received-unlogged'],
    'end',
  ],
  ['an entry in another place', (f) => (logIn(f, 'vendor').entries[3].index = '4'), ['entry-not-included']],
  [
    'a proof of another entry',
    (f) => (logIn(f, 'vendor').entries[3].proof = logIn(f, 'vendor').entries[5].proof),
    ['entry-not-included'],
  ],
  ['an entry that is no entry', (f) => (logIn(f, 'vendor').entries[0].entry = 'AAAA'), ['entry-unreadable', 'received-unlogged']],
  ['an entry given twice', (f) => logIn(f, 'vendor').entries.splice(1, 0, logIn(f, 'vendor').entries[0]), ['entry-order']],
  ['a log of another origin', (f) => (logIn(f, 'vendor').origin = 'stranger.test/log'), ['log-unknown']],
  ['a log of a stranger', (f) => (logIn(f, 'vendor').party = 'nobody'), ['log-unknown', 'log-absent']],
  ['two logs of one party', (f) => f.logs.push(f.logs[0]), ['log-twice']],
  ['a log left out', (f) => f.logs.pop(), ['log-absent']],
  [
    'a checkpoint with another size',
    (f) => (logIn(f, 'vendor').checkpoint = logIn(f, 'vendor').checkpoint.replace(/\n\d+\n/, '\n1\n')),
    ['checkpoint-forged'],
  ],
  ['another procedure', (f) => (f.procedure.seats.vendor.roles = []), ['procedure-swapped']],
  ['another pack of law', (f) => (f.law[Object.keys(f.law)[1] ?? ''].version = 2), ['pack-swapped']],
  ['a pack of law left out', (f) => delete f.law[Object.keys(f.law)[1] ?? ''], ['pack-missing']],
  [
    'a receipt signed by somebody else',
    (f) => (f.receipts[0].receipt = receiptOf('vendor', { at: f.madeAt, acts: [] }, 'thief')),
    ['receipt-forged'],
    'ask',
  ],
  ['a receipt for another act', (f) => (f.receipts[0].receipt = f.receipts[1].receipt), ['receipt-contradicts'], 'ask'],
  ['a file dated before what it proves', (f) => (f.madeAt = '2026-11-02T09:02:00.000Z'), ['dated-after-file']],
];

describe('whoever changes a file without keys', () => {
  it.each(EDITS.map(([name, edit, codes, type]) => ({ name, edit, codes, type })))(
    'is found out: $name',
    ({ edit, codes, type }) => {
      const report = verify(edited(file, edit));
      expect(codesOf(report)).toEqual(expect.arrayContaining([...codes]));
      expect(report.verdict).not.toBe('by-the-book');
      if (type !== undefined) expect(report.findings.map(({ about }) => about.act)).toContain(digestFor(type));
    },
  );

  it('is named with nothing else, where one thing was altered', () => {
    const report = verify(edited(file, (f) => (actIn(f, 'close').body.data.x = 1)));
    expect(codesOf(report)).toEqual(['act-altered']);
  });

  it('is told from somebody whose file is no case file at all', () => {
    for (const other of [null, 1, 'x', [], {}, { format: 'comity-case', v: 1 }]) {
      expect(verify(other).findings.map(({ code }) => code)).toEqual(['not-a-case-file']);
      expect(verify(other).verdict).toBe('cannot-tell');
    }
  });
});

describe('an insider who holds keys', () => {
  const verdictOn = async (made: World, edit: (f: Loose) => void = () => undefined): Promise<Report> =>
    verify(edited(await made.file(), edit));

  it('cannot sign as a stranger to the directory', async () => {
    const made = play({}, 'end');
    made.act({ party: 'hospital', person: 'nobody', role: 'project_owner', type: 'close' });
    expect(codesOf(await verdictOn(made))).toContain('signer-unknown');
  });

  it('cannot sign with a key that is no longer valid', async () => {
    const report = verify(
      edited(file, (f) => {
        f.directory = directoryOf((party) => ({
          ...party,
          persons: party.persons.map((person) => ({ ...person, key: { ...person.key, until: '2026-11-02T09:00:30.000Z' } })),
        }));
      }),
    );
    expect(codesOf(report)).toContain('key-not-valid');
  });

  it('cannot say two things under one id', async () => {
    const made = play();
    const close = made.acts.find(({ body }) => body.type === 'close');
    if (close === undefined) throw new Error('no close');
    const body = { ...close.body, data: { other: true } };
    made.acts.push({ ...close, body, signatures: signaturesOf(body) });
    expect(codesOf(await verdictOn(made))).toEqual(expect.arrayContaining(['act-forked', 'act-unlogged']));
  });

  it('cannot forge a checkpoint with another key', async () => {
    const forged = extractOf('vendor', world.entriesOf('vendor'), { seed: 'thief' });
    const report = verify(edited(file, (f) => (f.logs[1] = forged)));
    expect(codesOf(report)).toEqual(['checkpoint-forged']);
  });

  it('cannot date an act back', async () => {
    const made = play({ destroy: (draft) => ({ ...draft, at: '2026-11-02T09:10:01.000Z', prev: [] }) }, 'destroy');
    const report = await verdictOn(made);
    const act = digestOf(made.acts.at(-1)?.body ?? file.acts[0]?.body ?? world.acts[0]?.body ?? ({} as never));
    expect(report.findings).toContainEqual(
      expect.objectContaining({ code: 'act-back-dated', about: expect.objectContaining({ act }) }),
    );
  });

  it('cannot leave an act out of the log', async () => {
    expect(codesOf(await verdictOn(play({ open: (draft) => ({ ...draft, logged: false }) })))).toContain('act-unlogged');
  });

  it('cannot log an act twice, nor log something else than was done', async () => {
    const made = play();
    const close = made.acts.at(-1);
    if (close === undefined) throw new Error('no close');
    made.log('hospital', 'act.close', { act: digestOf(close.body), at: close.body.at, role: 'project_owner' });
    expect(codesOf(await verdictOn(made))).toEqual(['act-logged-twice']);
    const other = play({ close: (draft) => ({ ...draft, logged: false }) });
    other.log('hospital', 'act.close', {
      act: digestOf(other.acts.at(-1)?.body ?? close.body),
      at: other.tick(),
      role: 'counsel',
    });
    expect(codesOf(await verdictOn(other))).toContain('entry-differs');
  });

  it('cannot log an answer before the question', async () => {
    const made = play({}, 'agree');
    const entries = [...(made.logs.get('vendor') ?? [])];
    const [last] = entries.splice(
      entries.findIndex(({ t }) => t === 'act.agree'),
      1,
    );
    if (last === undefined) throw new Error('no entry');
    made.logs.set('vendor', [last, ...entries]);
    expect(codesOf(await verdictOn(made))).toContain('act-out-of-order');
  });

  it('cannot receive an act before it was made, nor write other entries back in time', async () => {
    const made = play({ close: (draft) => ({ ...draft, shared: false }) });
    made.log('vendor', 'received.close', {
      act: digestOf(made.acts.at(-1)?.body ?? ({} as never)),
      at: '2026-11-02T09:00:00.000Z',
    });
    expect(codesOf(await verdictOn(made))).toEqual(['entry-back-dated', 'received-before-made']);
  });

  it('cannot acknowledge what its log does not know', async () => {
    const made = play({ close: (draft) => ({ ...draft, shared: false }) });
    const act = digestOf(made.acts.at(-1)?.body ?? ({} as never));
    made.receipts.push({
      party: 'vendor',
      act,
      receipt: receiptOf('vendor', { at: made.tick(), acts: [{ digest: act, verdict: 'counted' }] }),
    });
    expect(codesOf(await verdictOn(made))).toEqual(['received-unlogged']);
  });

  it('cannot judge otherwise than the procedure does', async () => {
    const made = play();
    const receipt = made.receipts[0];
    if (receipt === undefined) throw new Error('no receipt');
    made.receipts[0] = {
      ...receipt,
      receipt: receiptOf('vendor', { at: made.tick(), acts: [{ digest: receipt.act, verdict: 'void' }] }),
    };
    expect(codesOf(await verdictOn(made))).toEqual(['receipt-disagrees']);
  });

  it('cannot put an act under another procedure, alone or with all others', async () => {
    const other = play({
      close: (draft) => ({ ...draft, body: (body) => ({ ...body, procedure: { ...body.procedure, sha256: '0'.repeat(64) } }) }),
    });
    expect(codesOf(await verdictOn(other))).toEqual(['act-procedure']);
  });

  it('cannot announce one manifest and enclose another, nor have it signed by somebody else', async () => {
    const swapped = play({
      deliver: (draft, w) => {
        const other = deliver({ ...manifestFor(w), at: w.tick(0.01) });
        return { ...draft, sections: other.sections ?? {} };
      },
    });
    expect(codesOf(await verdictOn(swapped))).toEqual(['manifest-swapped']);
    const forged = play({ deliver: (_draft, w) => deliver(manifestFor(w), 'thief') });
    expect(codesOf(await verdictOn(forged))).toEqual(['manifest-forged']);
  });

  it('cannot bring a procedure that nobody can read, nor a directory that ran out', () => {
    const empty = { ...file, procedure: { unknown: 1 }, acts: [], logs: [], receipts: [] };
    expect(codesOf(verify(empty))).toContain('procedure-unreadable');
    expect(codesOf(verify(edited(file, (f) => (f.madeAt = '2027-12-01T00:00:00.000Z'))))).toContain('directory-out-of-date');
  });

  it('cannot stop the verifier with a date that no calendar reaches', async () => {
    const made = play({ end: (draft) => ({ ...draft, at: '9999-12-31T23:59:59.999Z' }) }, 'end');
    expect(codesOf(await verdictOn(made))).toEqual(expect.arrayContaining(['dated-after-file', 'check-failed']));
  });
});
