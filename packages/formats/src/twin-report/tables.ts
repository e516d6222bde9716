import { code, figure, type Line, note, plain, type Section } from '../print.ts';
import { zonedLines } from '../zoned.ts';
import type { TwinReportDocument } from './document.ts';
import type { ReportWordKey, ReportWords } from './words.ts';

type Listing = Extract<Section, { readonly kind: 'listing' }>;

const WAYS = ['one', 'two', 'three'] as const;

/** How far the tables lie apart, beside how far two real samples do; how closely columns go together; whether a learner tells the rows apart. */
export function fidelitySection({ judgement, columns }: TwinReportDocument, words: ReportWords): Listing {
  const { say, number, percent } = words;
  const { fidelity, floor, association, associationFloor, propensity } = judgement;
  const [a, b] = association.worst ?? [];
  const figures = { mean: number(association.mean, 3), greatest: number(association.greatest, 3) };
  const apart =
    propensity === null
      ? say('told-apart.none')
      : say('told-apart', { ratio: number(propensity.ratio, 2), rows: number(propensity.rows) });
  const together = [
    say('together', figures),
    ...(a === undefined || b === undefined ? [] : [say('together.worst', { a: columns[a] ?? '', b: columns[b] ?? '' })]),
    ...(associationFloor === null
      ? []
      : [say('together.floor', { mean: number(associationFloor.mean, 3), greatest: number(associationFloor.greatest, 3) })]),
  ];
  const heads: readonly ReportWordKey[] = [
    'close.mean',
    'close.p95',
    'close.worst',
    ...(floor === null ? [] : (['close.floor'] as const)),
  ];
  return {
    kind: 'listing',
    heading: say('close'),
    lines: [plain(say('close.lead')), ...(association.worst === null ? [] : [plain(together.join(' '))]), plain(apart)],
    columns: [{ label: '', width: 1.4 }, ...heads.map((key) => ({ label: say(key), width: 1 }))],
    rows: WAYS.filter((way) => fidelity[way].tables > 0).map((way) => [
      [plain(say(`close.${way}`))],
      ...[fidelity[way].mean, fidelity[way].p95, fidelity[way].greatest].map((share) => [figure(`${percent(share)} %`)]),
      ...(floor === null ? [] : [[figure(`${percent(floor[way].mean)} %`)]]),
    ]),
  };
}

const SHOWN_GROUPS = 12;

/** The groups of people that lose most. */
export function groupsSection({ groups }: TwinReportDocument, words: ReportWords): Listing {
  const { say, number, percent } = words;
  return {
    kind: 'listing',
    heading: say('groups'),
    lines: [plain(say('groups.lead'))],
    columns: [
      { label: say('group'), width: 2.4 },
      { label: say('group.rows'), width: 0.8 },
      { label: say('useful.on-real'), width: 1.2 },
      { label: say('useful.on-synthetic'), width: 1.2 },
      { label: say('group.loss'), width: 0.8 },
    ],
    rows: groups
      .slice(0, SHOWN_GROUPS)
      .map(({ column, value, rows, real, synthetic }) => [
        [{ ...plain(words.nameOf(value)), label: column }],
        [figure(number(rows))],
        [figure(`${percent(real)} %`)],
        [figure(`${percent(synthetic)} %`)],
        [figure(`${percent(real - synthetic)} %`)],
      ]),
  };
}

/** k, l, t and who is alone, of both tables. */
export function crowdsSection({ judgement: { crowds }, label }: TwinReportDocument, words: ReportWords): Listing {
  const { say, number, percent } = words;
  const count = (value: number | null): readonly Line[] => (value === null ? [] : [figure(number(value))]);
  const share = (value: number | null): readonly Line[] => (value === null ? [] : [figure(`${percent(value)} %`)]);
  const distance = (value: number | null): readonly Line[] => (value === null ? [] : [figure(number(value, 3))]);
  const both = (key: ReportWordKey, of: (crowd: typeof crowds.real) => readonly Line[]): readonly (readonly Line[])[] => [
    [plain(say(key, { label }))],
    of(crowds.real),
    of(crowds.synthetic),
  ];
  return {
    kind: 'listing',
    heading: say('crowds'),
    lines: [plain(say('crowds.lead', { label }))],
    columns: [
      { label: '', width: 2.6 },
      { label: say('real'), width: 1 },
      { label: say('synthetic'), width: 1 },
    ],
    rows: [
      both('crowds.k', ({ k }) => count(k)),
      both('crowds.unique', ({ unique }) => share(unique)),
      both('crowds.l', ({ l }) => count(l)),
      both('crowds.t', ({ t }) => distance(t)),
    ],
  };
}

/** The three questions of WP216, each with what was measured. */
export function criteriaSection({ judgement: { attacks } }: TwinReportDocument, words: ReportWords): readonly Section[] {
  const { say, percent } = words;
  if (attacks === null) return [];
  const worst = [...attacks.inference].sort((x, y) => y.beyond.value - x.beyond.value)[0];
  const answers = [
    ['criteria.singling-out', attacks.singlingOut.beyond],
    ['criteria.linkability', attacks.linkability.beyond],
    ...(worst === undefined ? [] : [['criteria.inference', worst.beyond] as const]),
  ] as const;
  const shown = (share: number): string => percent(Math.max(0, share));
  return [
    {
      kind: 'listing',
      heading: say('criteria'),
      lines: [plain(say('criteria.lead')), note(say('criteria.hipaa'))],
      columns: [
        { label: '', width: 3 },
        { label: say('attack.beyond'), width: 1.4 },
      ],
      rows: answers.map(([key, { value, low, high }]) => [
        [plain(say(key))],
        [figure(`${shown(value)} % (${shown(low)} – ${shown(high)} %)`)],
      ]),
    },
  ];
}

/** What it took, and where the report comes from. */
export function provenanceSection({ guarantee, cost, issued, zone }: TwinReportDocument, words: ReportWords): Section {
  const { say } = words;
  const rows: readonly (readonly [string, readonly Line[]])[] = [
    [say('cost'), cost === null ? [] : [plain(say('cost.says', costWords(cost, words)))]],
    [say('plan'), guarantee === null ? [] : [code(guarantee.plan)]],
    [say('made'), zonedLines(issued, zone)],
  ];
  return {
    kind: 'pairs',
    heading: say('provenance'),
    rows: rows.filter(([, lines]) => lines.length > 0).map(([label, lines]) => ({ label, lines })),
  };
}

function costWords(cost: NonNullable<TwinReportDocument['cost']>, { number }: ReportWords): Readonly<Record<string, string>> {
  return {
    rows: number(cost.rows),
    made: number(cost.made, 1),
    speed: number(cost.rows / Math.max(0.001, cost.made)),
    judged: number(cost.judged, 1),
    memory: `${number(cost.memory / 1e6)} MB`,
  };
}
