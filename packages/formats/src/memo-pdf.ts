import type { Day, Env, Instant } from '@comity/core';
import { code, digest, type Line, note, type Print, plain, type Section, strong } from './print.ts';
import { setPdf } from './set-pdf.ts';
import { say, type WordKey, type Words } from './words.ts';
import { fileDate, zonedLines } from './zoned.ts';

/** How well a text of law was confirmed. */
export type MemoConfirmation = 'official' | 'secondary' | 'unconfirmed';
export type MemoVerdict = 'free' | 'conditional' | 'authorisation' | 'prohibited' | 'undecided' | 'conflict';

export interface MemoRegime {
  readonly name: string;
  readonly verdict: MemoVerdict;
  readonly confirmed: MemoConfirmation;
  readonly reasons: readonly {
    readonly says: string;
    readonly cite: string;
    readonly confirmed: MemoConfirmation;
    readonly basis?: string;
  }[];
  readonly missing: readonly string[];
}

/** A memo for counsel about one question. Names of facts, duties, regimes and countries are texts in the reader's language; what rules say is in the packs'. */
export interface MemoDocument {
  readonly env: Env;
  readonly issuer: string;
  readonly reference: string;
  readonly issued: Instant;
  readonly zone: string;
  /** Day whose law was applied. */
  readonly on: Day;
  readonly verdict: MemoVerdict;
  readonly confirmed: MemoConfirmation;
  readonly lawfulUntil: Day | null;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly regimes: readonly MemoRegime[];
  /** Regimes that were asked and stand against nothing. */
  readonly silent: readonly string[];
  readonly conflicts: readonly { readonly demanding: string; readonly forbidding: string }[];
  readonly duties: readonly {
    readonly phase: 'pre' | 'during' | 'post';
    readonly what: string;
    readonly cite: string;
    readonly met?: boolean;
  }[];
  /** Facts still to be found out, with the regimes that ask. */
  readonly open: readonly { readonly fact: string; readonly means: string; readonly asks: string }[];
  readonly ways: readonly { readonly changes: readonly string[]; readonly verdict: MemoVerdict; readonly duties: number }[];
  readonly never: readonly { readonly says: string; readonly cite: string }[];
  /** What the asker took for granted of an importer in another country. */
  readonly elsewhere: readonly { readonly name: string; readonly value: string }[];
  readonly notAssessed: readonly string[];
  /** Countries whose own law no pack covers. */
  readonly countriesNotAssessed: readonly string[];
  readonly packs: readonly {
    readonly name: string;
    readonly version: number;
    readonly sha256: string;
    readonly reviewed: boolean;
  }[];
  /** Digest of the decision record, printed at the foot of every page. */
  readonly digest: string;
}

/** The memo as PDF. Same document and words, same bytes. */
export async function memoPdf(document: MemoDocument, words: Words): Promise<Uint8Array> {
  return setPdf(memoPrint(document, words));
}

/** What is printed, before it is set. */
export function memoPrint(document: MemoDocument, words: Words): Print {
  return {
    lang: words.lang,
    dir: words.dir,
    title: say(words, 'memo.title'),
    lead: say(words, 'memo.lead'),
    issuer: document.issuer,
    reference: document.reference,
    band: document.env === 'sandbox' ? say(words, 'band.sandbox') : null,
    date: fileDate(document.issued),
    foot: { label: say(words, 'memo.digest'), digest: document.digest, page: words.texts.page },
    sections: [
      answer(document, words),
      ...document.regimes.map((regime) => regimeSection(regime, words)),
      conflicts(document, words),
      duties(document, words),
      open(document, words),
      ...ways(document, words),
      pairs(say(words, 'memo.elsewhere'), document.ways.length > 0 ? document.elsewhere : []),
      list(say(words, 'memo.silent', { count: document.silent.length }), document.silent),
      list(say(words, 'memo.not-assessed'), document.notAssessed, say(words, 'memo.not-assessed.lead')),
      pairs(say(words, 'memo.facts', { count: document.facts.length }), document.facts),
      packs(document, words),
    ].filter(isFilled),
  };
}

function isFilled(section: Section): boolean {
  return section.kind === 'text' ? section.lines.length > 0 : section.rows.length > 0;
}

const MARKS = { free: '✓', conditional: '○', authorisation: '○', prohibited: '✕', undecided: '○', conflict: '✕' } as const;
const TONES: Readonly<Record<MemoVerdict, Pick<Line, 'tone'>>> = {
  free: { tone: 'good' },
  conditional: {},
  authorisation: {},
  undecided: {},
  prohibited: { tone: 'bad' },
  conflict: { tone: 'bad' },
};

function verdictLine(verdict: MemoVerdict, words: Words): Line {
  return { text: `${MARKS[verdict]} ${say(words, `memo.verdict.${verdict}`)}`, style: 'strong', ...TONES[verdict] };
}

/** The caveat stands beside the verdict: how well the law was confirmed, and that nobody has reviewed it. */
function answer(document: MemoDocument, words: Words): Section {
  const { verdict, confirmed, packs, on, lawfulUntil, issued, zone } = document;
  const reviewed = packs.every((pack) => pack.reviewed);
  const countries = document.countriesNotAssessed.join(', ');
  const caveats = [
    ...(countries === '' ? [] : [say(words, 'memo.countries', { countries })]),
    ...(confirmed === 'official' ? [] : [say(words, `memo.confirmed.${confirmed}`)]),
    ...(reviewed ? [] : [say(words, 'memo.unreviewed')]),
  ];
  return {
    kind: 'pairs',
    heading: say(words, 'memo.answer'),
    rows: [
      {
        label: say(words, 'memo.verdict'),
        lines: [verdictLine(verdict, words), plain(say(words, `memo.says.${verdict}`)), ...caveats.map(note)],
      },
      { label: say(words, 'memo.on'), lines: [code(on)] },
      {
        label: say(words, 'memo.until'),
        lines: [
          lawfulUntil === null ? plain(say(words, 'memo.until.none')) : plain(say(words, 'memo.until.day', { day: lawfulUntil })),
        ],
      },
      { label: say(words, 'memo.made'), lines: zonedLines(issued, zone) },
    ],
  };
}

function regimeSection(regime: MemoRegime, words: Words): Section {
  const rows = regime.reasons.map(({ says, cite, confirmed, basis }) => [
    [plain(says), ...(basis === undefined ? [] : [note(say(words, 'memo.basis', { basis }))])],
    [note(cite)],
    [note(say(words, `memo.source.${confirmed}`))],
  ]);
  const missing = regime.missing.map((fact) => [[plain(say(words, 'memo.waits', { fact }))], [], []]);
  return {
    kind: 'listing',
    heading: `${regime.name}: ${say(words, `memo.verdict.${regime.verdict}`)}`,
    columns: [
      { label: say(words, 'memo.rule'), width: 4 },
      { label: say(words, 'memo.cite'), width: 1.9 },
      { label: say(words, 'memo.source'), width: 1.6 },
    ],
    rows: [...rows, ...missing],
  };
}

function conflicts({ conflicts: found }: MemoDocument, words: Words): Section {
  return {
    kind: 'text',
    heading: say(words, 'memo.conflicts'),
    lines: found.map((conflict) => plain(say(words, 'memo.conflict', { ...conflict }))),
  };
}

const STATES = { met: 'memo.duty.met', open: 'memo.duty.open', task: 'memo.duty.task' } as const;
const PHASES = { pre: 'memo.phase.pre', during: 'memo.phase.during', post: 'memo.phase.post' } as const;

function duties({ duties: owed }: MemoDocument, words: Words): Section {
  const phases = ['pre', 'during', 'post'] as const;
  const stateOf = (met: boolean | undefined): WordKey => STATES[met === undefined ? 'task' : met ? 'met' : 'open'];
  return {
    kind: 'listing',
    heading: say(words, 'memo.duties', { count: owed.length }),
    columns: [
      { label: say(words, 'memo.when'), width: 1.2 },
      { label: say(words, 'memo.owed'), width: 3.4 },
      { label: say(words, 'memo.cite'), width: 2 },
      { label: say(words, 'memo.state'), width: 0.9 },
    ],
    rows: phases.flatMap((phase) =>
      owed
        .filter((duty) => duty.phase === phase)
        .map(({ what, cite, met }) => [
          [plain(say(words, PHASES[phase]))],
          [strong(what)],
          [note(cite)],
          [plain(say(words, stateOf(met)))],
        ]),
    ),
  };
}

function open({ open: questions }: MemoDocument, words: Words): Section {
  return {
    kind: 'listing',
    heading: say(words, 'memo.open', { count: questions.length }),
    columns: [
      { label: say(words, 'memo.fact'), width: 2.4 },
      { label: say(words, 'memo.means'), width: 3 },
      { label: say(words, 'memo.asks'), width: 2.2 },
    ],
    rows: questions.map(({ fact, means, asks }) => [[strong(fact)], [note(means)], [note(asks)]]),
  };
}

/** Not this way, but this way; or the rules that no change moves. */
function ways({ ways: found, never }: MemoDocument, words: Words): readonly Section[] {
  const rows = found.map(({ changes, verdict, duties: owed }) => [
    changes.map(plain),
    [verdictLine(verdict, words)],
    [plain(String(owed))],
  ]);
  const columns = [
    { label: say(words, 'memo.changes'), width: 4.4 },
    { label: say(words, 'memo.verdict'), width: 1.8 },
    { label: say(words, 'memo.then-owed'), width: 1 },
  ];
  return [
    { kind: 'listing', heading: say(words, 'memo.ways'), columns, rows },
    { kind: 'text', heading: say(words, 'memo.never'), lines: never.flatMap(({ says, cite }) => [plain(says), note(cite)]) },
  ];
}

function list(heading: string, names: readonly string[], lead?: string): Section {
  const lines = [...(lead === undefined ? [] : [note(lead)]), ...names.map((name): Line => plain(name))];
  return { kind: 'text', heading, lines: names.length === 0 ? [] : lines };
}

function pairs(heading: string, given: MemoDocument['facts']): Section {
  return { kind: 'pairs', heading, rows: given.map(({ name, value }) => ({ label: name, lines: [plain(value)] })) };
}

function packs({ packs: used }: MemoDocument, words: Words): Section {
  return {
    kind: 'pairs',
    heading: say(words, 'memo.packs'),
    rows: used.map(({ name, version, sha256, reviewed }) => ({
      label: say(words, 'memo.pack', { name, version }),
      lines: [digest(sha256), note(say(words, reviewed ? 'memo.pack.reviewed' : 'memo.pack.unreviewed'))],
    })),
  };
}
