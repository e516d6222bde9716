import {
  digestOf,
  type Judgement,
  judgeBeside,
  labelOf,
  type Pictures,
  type SynthesisPlan,
  type SynthesisSource,
  type Synthetic,
} from '@comity/prepare';
import { say } from '../words.ts';

export interface Told {
  readonly rows: number;
  readonly columns: readonly string[];
  readonly dropped: readonly string[];
  /** What was run, and what was asked for. */
  readonly method: string;
  readonly asked: string;
  readonly epsilon: number;
  readonly delta: number;
  readonly rho: number;
  readonly advantage: number;
  readonly unit: { readonly column: string | null; readonly rows: number };
  readonly domain: 'declared' | 'bought';
  readonly plan: string;
  readonly input: string;
  /** ε that this data set has spent in all its releases together. */
  readonly spent: number;
}

interface Asked {
  readonly plan: SynthesisPlan;
  readonly source: SynthesisSource;
}

/** What can be told of a release to whoever gets it. */
export function toldOf({ domain, made, plan, rho, advantage }: Synthetic, asked: Asked & { readonly spent: number }): Told {
  const columns = domain.map(({ name }) => name);
  return {
    rows: made.rows[0]?.length ?? 0,
    columns,
    // A cluster's table is asked for the columns that are named, and for no list of others.
    dropped:
      'columns' in asked.source ? asked.source.columns.map(({ name }) => name).filter((name) => !columns.includes(name)) : [],
    method: made.method,
    asked: asked.plan.method,
    epsilon: asked.plan.epsilon,
    delta: asked.plan.delta,
    rho,
    advantage,
    unit: { column: asked.plan.subject?.column ?? null, rows: asked.plan.subject?.rows ?? 1 },
    domain: asked.plan.domain === null ? 'bought' : 'declared',
    plan,
    input: digestOf(asked.source),
    spent: asked.spent,
  };
}

export interface Report extends Judgement, Pictures {
  readonly label: string;
  readonly internal: true;
}

/** Judges a release against the real data: for the controller alone. */
export async function reportOn(synthetic: Synthetic): Promise<Report> {
  const label = labelOf(synthetic.domain, synthetic.data.sizes);
  const { domain, data, made } = synthetic;
  const judged = await judgeBeside({ domain, data, rows: made.rows }, { label });
  // Only a signal cancels it, and none is given.
  if (judged === undefined) throw new Error('judging ended without a judgement');
  const { judgement, charts, groups } = judged;
  return { ...judgement, charts, groups, label: domain[label]?.name ?? '', internal: true };
}

export function linesOf(told: Told, { output }: { readonly output: string }): readonly string[] {
  const unit = told.unit.column === null ? 'synthesise.unit.row' : 'synthesise.unit.subject';
  return [
    say('synthesise.made', { rows: told.rows, columns: told.columns.length, file: output }),
    ...(told.dropped.length === 0 ? [] : [say('synthesise.dropped', { columns: told.dropped.join(', ') })]),
    ...(told.method === told.asked ? [] : [say('synthesise.wide', { method: told.method })]),
    say('synthesise.guarantee', { epsilon: told.epsilon, delta: String(told.delta), advantage: beyondCoin(told.advantage) }),
    say(unit, { column: told.unit.column ?? '', rows: told.unit.rows }),
    say(`synthesise.domain.${told.domain}`),
    say('synthesise.spent', { spent: told.spent.toFixed(2), delta: String(told.delta) }),
  ];
}

/** What a judgement says, a line each. */
export function judgedLines({
  fidelity,
  floor,
  association,
  propensity,
  usefulness,
  attacks,
  label,
}: Judgement & { readonly label: string }): readonly string[] {
  const distance = { two: percent(fidelity.two.mean), three: percent(fidelity.three.mean) };
  return [
    ...(floor === null
      ? [say('risk.distance', distance)]
      : [say('synthesise.distance', { ...distance, floor: percent(floor.two.mean) })]),
    ...(propensity === null ? [] : [say('risk.told-apart', { ratio: propensity.ratio.toFixed(2), rows: propensity.rows })]),
    say('risk.together', { mean: association.mean.toFixed(3), greatest: association.greatest.toFixed(3) }),
    ...usefulness.map(({ learner, real, synthetic }) =>
      say(`synthesise.learner.${learner}`, { label, real: percent(real.accuracy), synthetic: percent(synthetic.accuracy) }),
    ),
    ...usefulness.map(({ learner, importance: { correlation } }) =>
      correlation === null
        ? say(`risk.features.${learner}.none`)
        : say(`risk.features.${learner}`, { correlation: correlation.toFixed(2) }),
    ),
    ...(attacks === null ? [say('risk.no-control')] : attackLines(attacks)),
    say('synthesise.inside'),
  ];
}

function attackLines({
  membership,
  caught,
  nearest,
  exact,
  singlingOut,
  linkability,
  inference,
}: NonNullable<Judgement['attacks']>): readonly string[] {
  const worst = inference.reduce((most, one) => Math.max(most, one.beyond.value), 0);
  const beyond = (value: number): string => percent(Math.max(0, value));
  return [
    say('synthesise.membership', {
      value: membership.value.toFixed(3),
      low: membership.low.toFixed(3),
      high: membership.high.toFixed(3),
    }),
    say('risk.caught', {
      inside: percent(caught.attack.value),
      low: percent(caught.attack.low),
      high: percent(caught.attack.high),
    }),
    say('risk.nearest', { inside: nearest.inside.toFixed(2), outside: nearest.outside.toFixed(2) }),
    say('synthesise.exact', { inside: percent(exact.attack.value), outside: percent(exact.control.value) }),
    say('risk.beyond', {
      singlingOut: beyond(singlingOut.beyond.value),
      linkability: beyond(linkability.beyond.value),
      inference: beyond(worst),
    }),
  ];
}

/** An advantage is hits less false alarms; so many of a hundred guesses more than a coin's fifty are right. Rounded up: a bound is never told smaller than it is. */
function beyondCoin(advantage: number): string {
  return (Math.ceil(advantage * 500) / 10).toFixed(1);
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}
