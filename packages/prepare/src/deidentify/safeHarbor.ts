import { type Day, isJsonObject, ok, type Result, refuse } from '@comity/core';
import { CLASS_RULES, LETTERS, type Letter } from './identifiers.ts';
import { type ColumnPlan, DATE_ORDERS, type DateOrder, type DeidentifyPlan, type Op, type Operation, type Why } from './plan.ts';

/** What a person or the scan says of a column: its class, and for dates in which order they are written. */
export interface ClassStated {
  readonly class: string;
  readonly order: DateOrder;
}

export type Classes = Readonly<Record<string, ClassStated>>;

/**
 * Reads a map of column -> class: `{"born": "birth-date"}`, or `{"born": {"class": "birth-date", "order": "mdy"}}`.
 * Refuses `plan-invalid` naming the column.
 */
export function readClasses(json: unknown): Result<Classes> {
  if (!isJsonObject(json)) return refuse('plan-invalid', 'classes', { column: 'classes' });
  const read: [string, ClassStated][] = [];
  for (const [column, stated] of Object.entries(json)) {
    const { class: name, order: given = 'iso' } = isJsonObject(stated) ? stated : { class: stated };
    const order = DATE_ORDERS.find((one) => one === given);
    if (typeof name !== 'string' || order === undefined) return refuse('plan-invalid', column, { column });
    read.push([column, { class: name, order }]);
  }
  return ok(Object.fromEntries(read));
}

export interface SafeHarborOptions {
  /** The day on which somebody is 90 or not. */
  readonly on: Day;
  /** Areas of three digits with 20,000 people or fewer, or none. */
  readonly restrictedZip3: readonly string[];
}

/**
 * The plan of 45 CFR 164.514(b)(2)(i) for the columns of a file: what identifies is dropped or made coarser, and so is what nobody classified,
 * free text, and every class that this table does not know. Refuses `column-missing` for a class of a column that is not there,
 * `zip-list-missing` where there are postal codes and no areas were given: an empty list is one that is not known.
 */
export function safeHarborPlan(columns: readonly string[], classes: Classes, options: SafeHarborOptions): Result<DeidentifyPlan> {
  const absent = Object.keys(classes).find((name) => !columns.includes(name));
  if (absent !== undefined) return refuse('column-missing', absent, { column: absent });
  const plans = columns.map((name) => planFor(name, Object.hasOwn(classes, name) ? classes[name] : undefined, options));
  if (options.restrictedZip3.length === 0 && plans.some(({ operation }) => operation.op === 'zip3'))
    return refuse('zip-list-missing');
  return ok({ v: 1, method: 'safe-harbor', columns: plans, hierarchies: {}, verify: null });
}

function planFor(name: string, stated: ClassStated | undefined, options: SafeHarborOptions): ColumnPlan {
  if (stated === undefined) return { name, class: null, why: 'unclassified', operation: { op: 'drop' } };
  const rule = Object.hasOwn(CLASS_RULES, stated.class) ? CLASS_RULES[stated.class] : undefined;
  if (rule === undefined) return { name, class: stated.class, why: 'class-unknown', operation: { op: 'drop' } };
  return {
    name,
    class: stated.class,
    why: whyOf(rule.letter, rule.does),
    operation: operationFor(rule.does, stated.order, options),
  };
}

function whyOf(letter: Letter | null, does: string): Why {
  if (letter !== null) return 'identifier';
  return does === 'keep' ? 'not-identifying' : 'free-text';
}

function operationFor(
  does: (typeof CLASS_RULES)[string]['does'],
  order: DateOrder,
  { on, restrictedZip3: restricted }: SafeHarborOptions,
): Operation {
  if (does === 'zip3') return { op: 'zip3', restricted };
  return does === 'year' || does === 'birthYear' ? { op: does, order, on } : { op: does };
}

/** One identifier of the list, and what was done about it. */
export interface ChecklistEntry {
  readonly letter: Letter;
  readonly citation: string;
  /** `absent`: no column was classified as such. `removed`: all were dropped. `generalised`: at least one left in the coarser form that is allowed. */
  readonly state: 'absent' | 'removed' | 'generalised';
  readonly columns: readonly { readonly name: string; readonly class: string; readonly op: Op }[];
}

export interface Checklist {
  readonly entries: readonly ChecklistEntry[];
  /** The other half of Safe Harbor, which no program can answer. */
  readonly actualKnowledge: { readonly citation: string; readonly answer: 'left-to-a-person' };
}

/** Answers each of the eighteen identifiers for a plan, whoever made it; and names what a person must still answer. */
export function checklistOf(plan: DeidentifyPlan): Checklist {
  const entries = LETTERS.map((letter): ChecklistEntry => {
    const columns = plan.columns.flatMap(({ name, class: of, operation }) =>
      of !== null && Object.hasOwn(CLASS_RULES, of) && CLASS_RULES[of]?.letter === letter
        ? [{ name, class: of, op: operation.op }]
        : [],
    );
    const left = columns.some(({ op }) => op !== 'drop');
    const state = columns.length === 0 ? 'absent' : left ? 'generalised' : 'removed';
    return { letter, citation: `45 CFR 164.514(b)(2)(i)(${letter})`, state, columns };
  });
  return { entries, actualKnowledge: { citation: '45 CFR 164.514(b)(2)(ii)', answer: 'left-to-a-person' } };
}
