import { expect, it } from 'vitest';
import { ON, RESTRICTED, sourceOf } from '../testing/deidentify.ts';
import { csvFile } from '../testing/files.ts';
import { readOwnPlan, settlePlan } from './ownPlan.ts';

/** Four hundred people: five of each age, of whom three are of one sex and two of the other. */
const rows = Array.from({ length: 400 }, (_, i) => `${i % 80},${Math.floor(i / 80) % 2 === 0 ? 'F' : 'M'},${i % 7},x`);
const people = (): ReturnType<typeof sourceOf> => sourceOf(csvFile(['age,sex,income,race', ...rows].join('\n')));

const known = { on: ON, restrictedZip3: RESTRICTED };
const asked = {
  columns: [
    { name: 'age', operation: { op: 'search' } },
    { name: 'sex', operation: { op: 'search' } },
    { name: 'income', operation: { op: 'keep' } },
    { name: 'race', operation: { op: 'drop' } },
  ],
  hierarchies: { age: { widths: [5, 10, 20, 40] } },
  verify: { quasi: ['age', 'sex'], sensitive: ['income'], k: 10, l: 2, suppress: 0 },
};

it('leaves levels open that the search then finds: those that hold k, and no coarser', async () => {
  const plan = readOwnPlan(asked, known);
  if (!plan.ok) throw new Error(plan.refusal.code);
  expect(plan.value.columns[0]).toEqual({ name: 'age', operation: { op: 'search' } });
  expect(plan.value.hierarchies['sex']).toEqual({ kind: 'all' });
  const settled = await settlePlan(await people(), plan.value, new AbortController().signal);
  if (settled?.ok !== true) throw new Error('nothing was found');
  const levels = settled.value.plan.columns.map(({ operation }) => ('level' in operation ? operation.level : operation.op));
  expect(settled.value.proposal?.levels).toEqual(levels.slice(0, 2));
  expect(levels).toEqual([1, 0, 'keep', 'drop']);
});

it('without columns that are searched runs as it is', async () => {
  const plan = readOwnPlan({ columns: [{ name: 'age', operation: { op: 'ageTop90' } }] }, known);
  if (!plan.ok) throw new Error(plan.refusal.code);
  const settled = await settlePlan(await people(), plan.value, new AbortController().signal);
  expect(settled).toMatchObject({ ok: true, value: { proposal: null, plan: { columns: [{ operation: { op: 'ageTop90' } }] } } });
});

it('stops when it is told to', async () => {
  const plan = readOwnPlan(asked, known);
  const stop = new AbortController();
  stop.abort();
  if (!plan.ok) throw new Error(plan.refusal.code);
  expect(await settlePlan(await people(), plan.value, stop.signal)).toBeUndefined();
});

it.each([
  [{ ...asked, verify: null }, 'age'],
  [{ ...asked, verify: { ...asked.verify, quasi: ['age'] } }, 'sex'],
  [{ ...asked, verify: { ...asked.verify, quasi: ['age', 'sex', 'income'], sensitive: [], l: null } }, 'income'],
  [{ ...asked, verify: { ...asked.verify, sensitive: ['race'] } }, 'race'],
  [{ ...asked, columns: [{ name: 'age', operation: { op: 'melt' } }], verify: null }, 'age'],
  ['nothing', 'columns'],
])(
  'is no plan where k is counted over others than those that are searched, or it says nothing that can be done: %#',
  (json, column) => {
    expect(readOwnPlan(json, known)).toMatchObject({ ok: false, refusal: { code: 'plan-invalid', values: { column } } });
  },
);
