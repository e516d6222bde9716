import {
  type Checklist,
  type ColumnPlan,
  checklistOf,
  type Deidentified,
  type DeidentifyPlan,
  heightOf,
  type Proposal,
  type Risk,
  released,
} from '@comity/prepare';
import { say } from '../words.ts';
import type { Planned } from './deidentifyPlan.ts';
import type { Zip3List } from './zip3.ts';

/** Everything that was done and found: for the controller, and the record. */
export interface Told {
  readonly method: DeidentifyPlan['method'];
  readonly made: Deidentified;
  readonly columns: readonly {
    readonly name: string;
    readonly class: string | null;
    readonly why: string;
    readonly op: string;
  }[];
  readonly dropped: readonly string[];
  readonly checklist: Checklist | null;
  readonly zip3: Pick<Zip3List, 'data' | 'read'> | null;
  readonly plan: DeidentifyPlan;
  /** What the levels cost that were searched for; null where a person stated everything. */
  readonly proposal: Proposal | null;
  /** Whether a scan said what the columns are, and no person. */
  readonly scanned: boolean;
}

/** What is told of a run, as data. Columns of the file that the plan does not name count as dropped. */
export function toldOf(
  made: Deidentified,
  { plan, proposal, scanned }: Planned,
  about: { readonly names: readonly string[]; readonly zip3: Zip3List },
): Told {
  const usesZip = plan.columns.some(({ operation }) => operation.op === 'zip3');
  const unnamed = about.names.filter((name) => !plan.columns.some((column) => column.name === name));
  return {
    method: plan.method,
    made,
    columns: plan.columns.map(({ name, class: of, why, operation }) => ({ name, class: of, why, op: operation.op })),
    dropped: [...plan.columns.filter(({ operation }) => operation.op === 'drop').map(({ name }) => name), ...unnamed],
    checklist: plan.method === 'safe-harbor' ? checklistOf(plan) : null,
    zip3: usesZip ? { data: about.zip3.data, read: about.zip3.read } : null,
    plan,
    proposal,
    scanned,
  };
}

/** The same in short sentences. */
export function linesOf(told: Told, output: string): readonly string[] {
  const { made, plan } = told;
  const { read, written, suppressed } = made.rows;
  return [
    say('deidentify.made', { file: output, rows: written, read, columns: released(plan).length }),
    ...(suppressed === 0 ? [] : [say('deidentify.suppressed', { rows: suppressed })]),
    ...(told.proposal === null ? [] : [proposalLine(told.proposal)]),
    ...(made.emptied === 0 ? [] : [say('deidentify.emptied', { cells: made.emptied })]),
    '',
    ...plan.columns.map((column) => columnLine(column, plan)),
    ...told.dropped.filter((name) => !plan.columns.some((column) => column.name === name)).map(unnamedLine),
    ...(told.scanned ? ['', say('deidentify.scanned')] : []),
    ...(told.checklist === null ? [] : ['', ...checklistLines(told.checklist)]),
    ...(told.zip3 === null ? [] : [say('deidentify.zip3', told.zip3)]),
    ...(made.risk === null ? [] : ['', ...riskLines(made.risk, plan)]),
    '',
    made.table === undefined
      ? say('deidentify.digests', { plan: made.plan, input: made.input ?? '', engine: made.engine })
      : say('deidentify.table', {
          plan: made.plan,
          name: made.table.name,
          cluster: made.table.engine,
          at: made.table.at,
          engine: made.engine,
        }),
  ];
}

function proposalLine({ loss, grouped, nodes }: Proposal): string {
  return say('deidentify.proposal', { loss: percent(loss), grouped, nodes });
}

function columnLine({ name, class: of, why, operation }: ColumnPlan, plan: DeidentifyPlan): string {
  const done = say(`deidentify.op.${wordsFor(operation, plan)}`, detailsOf(operation));
  return say('deidentify.column', { name, done, why: say(`deidentify.why.${why}`, { class: of ?? '' }) });
}

/** A level that changes nothing, or leaves nothing, is called so. */
function wordsFor(operation: ColumnPlan['operation'], { hierarchies }: DeidentifyPlan): string {
  if (operation.op !== 'generalise') return operation.op;
  const hierarchy = hierarchies[operation.hierarchy];
  if (operation.level === 0) return 'keep';
  return hierarchy !== undefined && operation.level >= heightOf(hierarchy) ? 'generalise.top' : 'generalise';
}

function unnamedLine(name: string): string {
  return say('deidentify.column', { name, done: say('deidentify.op.drop'), why: say('deidentify.why.unclassified') });
}

function detailsOf(operation: ColumnPlan['operation']): Readonly<Record<string, string | number>> {
  if (operation.op === 'generalise') return { level: operation.level };
  if (operation.op === 'suppressIf') return { k: operation.k };
  return operation.op === 'birthYear' ? { on: operation.on } : {};
}

function checklistLines({ entries, actualKnowledge }: Checklist): readonly string[] {
  const lettersIn = (state: string): string => {
    const letters = entries.filter((entry) => entry.state === state).map(({ letter }) => letter);
    return letters.length === 0 ? say('deidentify.none') : letters.join(', ');
  };
  return [
    say('deidentify.checklist', {
      removed: lettersIn('removed'),
      generalised: lettersIn('generalised'),
      absent: lettersIn('absent'),
    }),
    say('deidentify.knowledge', { citation: actualKnowledge.citation }),
  ];
}

const percent = (share: number): number => Math.round(share * 1000) / 10;

function riskLines(risk: Risk, { verify }: DeidentifyPlan): readonly string[] {
  const quasi = verify?.quasi.join(', ') ?? '';
  if (risk.smallest === null) return [say('deidentify.risk.empty')];
  return [
    say('deidentify.risk.k', { k: risk.smallest, quasi, classes: risk.classes }),
    say('deidentify.risk.prosecutor', { highest: percent(risk.prosecutor.highest), average: percent(risk.prosecutor.average) }),
    say('deidentify.risk.unique', { percent: percent(risk.unique) }),
    risk.population === null
      ? say('deidentify.risk.population.unknown')
      : say('deidentify.risk.population', { share: percent(risk.population.share), size: risk.population.size }),
    ...risk.sensitive.map(({ column, distinct, entropy, recursive, t, ordered }) =>
      say('deidentify.risk.sensitive', {
        column,
        distinct,
        entropy: rounded(entropy),
        recursive: recursive === null ? say('deidentify.none') : rounded(recursive),
        t: rounded(t),
        distance: say(ordered ? 'deidentify.distance.ordered' : 'deidentify.distance.equal'),
      }),
    ),
  ];
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
