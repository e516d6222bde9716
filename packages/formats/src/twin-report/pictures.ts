import { type BarTable, figure, note, type Pictured, plain, type RangeRow, type Section } from '../print.ts';
import type { ReportedGuarantee, TriedAttack, TwinReportDocument } from './document.ts';
import type { ReportWords } from './words.ts';

/** What the guarantee means, in words and as a hundred dots; then as a formula. */
export function guaranteeSection({ guarantee }: TwinReportDocument, words: ReportWords): Section {
  const { say, number } = words;
  const heading = say('guarantee');
  if (guarantee === null) return { kind: 'text', heading, lines: [plain(say('guarantee.none'))] };
  const more = Math.ceil(50 * guarantee.advantage);
  const { epsilon, delta, rho } = guarantee;
  return {
    kind: 'dots',
    heading,
    lines: [
      plain(say('guarantee.guesses', { right: 50 + more, percent: words.percent(guarantee.advantage) })),
      note(say('guarantee.formal', { epsilon: number(epsilon, 3), delta: powerOfTen(delta), rho: number(rho, 5) })),
      ...boundsOf(guarantee, words).map(note),
    ],
    rows: [
      { label: say('guarantee.coin', { count: 50 }), count: 50, tone: 'plain' },
      { label: say('guarantee.more', { count: more }), count: more, tone: 'strong' },
    ],
  };
}

/** For whom it holds, and what it does not speak of. */
function boundsOf({ unit, domain, dropped, wide }: ReportedGuarantee, { say, number }: ReportWords): readonly string[] {
  return [
    unit.column === null ? say('unit.row') : say('unit.subject', { column: unit.column, rows: number(unit.rows) }),
    say(`domain.${domain}`),
    ...(dropped.length === 0 ? [] : [say('dropped', { columns: dropped.join(', ') })]),
    ...(wide ? [say('wide')] : []),
  ];
}

/** What attackers got, each on one scale from nothing to all, beside its control. */
export function attackSection(document: TwinReportDocument, words: ReportWords): Section {
  const { say, number } = words;
  const { attacks } = document.judgement;
  if (attacks === null) return { kind: 'text', heading: say('attacks'), lines: [plain(say('no-control'))] };
  const { inside, outside, contrast } = attacks.nearest;
  const near = { inside: number(inside, 2), outside: number(outside, 2), contrast: number(contrast.value, 3) };
  return {
    kind: 'ranges',
    heading: say('attacks'),
    lines: [
      plain(say('attacks.lead', { tries: number(attacks.exact.tries) })),
      plain(say('nearest', { ...near, low: number(contrast.low, 3), high: number(contrast.high, 3) })),
      note(say('legend')),
    ],
    columns: [
      { label: say('attack'), width: 2.3 },
      { label: '', width: 2.6 },
      { label: say('attack.inside'), width: 1 },
      { label: say('attack.control'), width: 0.9 },
      { label: say('attack.beyond'), width: 1.2 },
    ],
    scale: ['0', '1'],
    rows: attackRows(attacks, document.columns, words),
  };
}

type Attacks = NonNullable<TwinReportDocument['judgement']['attacks']>;

function attackRows(attacks: Attacks, columns: readonly string[], words: ReportWords): readonly RangeRow[] {
  const { say } = words;
  return [
    membershipRow(attacks.membership, words),
    attackRow(say('attack.caught'), attacks.caught, words),
    attackRow(say('attack.exact'), attacks.exact, words),
    attackRow(say('attack.singling-out'), attacks.singlingOut, words),
    attackRow(say('attack.linkability'), attacks.linkability, words),
    ...attacks.inference.map((tried) =>
      attackRow(say('attack.inference', { column: columns[tried.column] ?? '' }), tried, words),
    ),
  ];
}

function attackRow(label: string, { attack, control, beyond }: TriedAttack, words: ReportWords): RangeRow {
  const shown = (share: number) => [figure(`${words.percent(share)} %`)];
  return {
    label,
    at: attack.value,
    low: attack.low,
    high: attack.high,
    mark: control.value,
    cells: [shown(attack.value), shown(control.value), beyondLines(beyond, words)],
  };
}

/** The area under the curve: a half is a coin, so what is beyond it is twice what exceeds a half. */
function membershipRow({ value, low, high }: Attacks['membership'], words: ReportWords): RangeRow {
  const { say, number } = words;
  const beyond = { value: 2 * value - 1, low: 2 * low - 1, high: 2 * high - 1 };
  const label = `${say('attack.membership')} (AUC)`;
  const cells = [[figure(number(value, 3))], [figure(number(0.5, 1))], beyondLines(beyond, words)];
  return { label, at: value, low, high, mark: 0.5, cells };
}

/** What is below the control is nothing beyond it. */
function beyondLines({ value, low, high }: TriedAttack['beyond'], { percent }: ReportWords) {
  const shown = (share: number): string => percent(Math.max(0, share));
  return [figure(`${shown(value)} %`), { ...figure(`${shown(low)} – ${shown(high)} %`), tone: 'quiet' as const }];
}

/** Every column, real beside synthetic. */
export function chartSection({ charts }: TwinReportDocument, words: ReportWords): Pictured {
  const { say, percent } = words;
  const tables = charts.map(({ column, bars, distance }): BarTable => {
    const most = Math.max(1e-9, ...bars.flatMap(({ real, synthetic }) => [real, synthetic]));
    return {
      name: column,
      note: say('distance', { percent: percent(distance) }),
      rows: bars.map((bar) => ({
        label: words.nameOf(bar),
        quiet: 'only' in bar,
        bars: [bar.real / most, bar.synthetic / most],
        figures: [`${percent(bar.real)} %`, `${percent(bar.synthetic)} %`],
      })),
    };
  });
  return {
    kind: 'bars',
    heading: say('pictures'),
    lines: [plain(say('pictures.lead'))],
    names: [say('value'), say('real'), say('synthetic')],
    rows: tables,
  };
}

const SHOWN_FEATURES = 8;

/** What learners get right, and which columns they rest on, taught on real and on synthetic rows. */
export function usefulnessSection(document: TwinReportDocument, words: ReportWords): Section {
  const { say, number, percent } = words;
  const { judgement, columns, label } = document;
  const heading = say('useful');
  if (judgement.usefulness.length === 0) return { kind: 'text', heading, lines: [plain(say('useful.none'))] };
  const tables = judgement.usefulness.flatMap(({ learner, real, synthetic, importance }): readonly BarTable[] => {
    const shown = importance.columns.slice(0, SHOWN_FEATURES);
    const most = Math.max(1e-9, ...shown.flatMap((one) => [one.real, one.synthetic]));
    const { correlation } = importance;
    return [
      {
        name: say(`useful.${learner}`),
        note: '',
        rows: [
          {
            label: say('useful.right'),
            quiet: false,
            bars: [real.accuracy, synthetic.accuracy],
            figures: [`${percent(real.accuracy)} %`, `${percent(synthetic.accuracy)} %`],
          },
          {
            label: say('useful.auc'),
            quiet: false,
            bars: [real.area.value, synthetic.area.value],
            figures: [number(real.area.value, 3), number(synthetic.area.value, 3)],
          },
        ],
      },
      {
        name: say('useful.rests'),
        note: `${say('useful.features')}: ${correlation === null ? say('useful.features.none') : number(correlation, 2)}`,
        rows: shown.map((one) => ({
          label: columns[one.column] ?? '',
          quiet: false,
          bars: [one.real / most, one.synthetic / most],
          figures: [number(one.real, 3), number(one.synthetic, 3)],
        })),
      },
    ];
  });
  return {
    kind: 'bars',
    heading,
    lines: [plain(say('useful.lead', { label })), note(say('useful.features.says'))],
    names: [say('value'), say('real'), say('synthetic')],
    rows: tables,
  };
}

/** A very small number as a power of ten: `1e-9` stands as 10⁻⁹. */
function powerOfTen(value: number): string {
  const [factor = '', exponent = ''] = value.toExponential(1).split('e');
  const raised = exponent
    .replace('-', '⁻')
    .replace('+', '')
    .replaceAll(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] ?? '');
  return factor === '1.0' ? `10${raised}` : `${factor} × 10${raised}`;
}
