import type { OwnReport, PreparationView, PreparePreview } from '@comity/node/api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { codeOf } from './importing.ts';
import { Actor } from './stories/actor.ts';
import { endOf, handInDataset } from './stories/preparing.ts';
import { testSandbox } from './testing.ts';

const HOSPITAL = 'us-hospital';

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let engineer: Actor;
let dataset: string;

/** Eight hundred people: ten of each age; the ward follows the age in part. */
const rows = Array.from({ length: 800 }, (_, i) => {
  const [age, ward] = [i % 80, i % 3 === 0 ? 'surgery' : 'cardiology'];
  return `person${i}@mail.example,${age},${Math.floor(i / 80) % 2 === 0 ? 'F' : 'M'},${ward},2026-0${1 + (i % 9)}-15`;
});

beforeAll(async () => {
  sandbox = await testSandbox({ only: ['us-hospital', 'cn-vendor'] });
  engineer = await Actor.signIn(sandbox, HOSPITAL, 'engineer-1');
  const content = ['mail,age,sex,ward,seen', ...rows].join('\n');
  dataset = await handInDataset(engineer, { name: 'stays', population: 'stayed', content });
});
afterAll(() => sandbox.stop());

const op = (name: string, operation: object) => ({ name, operation });
const search = { op: 'search' };
const PLAN = {
  columns: [
    op('mail', { op: 'token' }),
    op('age', search),
    op('sex', search),
    op('ward', { op: 'keep' }),
    op('seen', { op: 'dateShift', order: 'iso', subject: 'mail', maxDays: 20 }),
  ],
  hierarchies: { age: { widths: [5, 10, 20], from: 0 } },
  verify: { quasi: ['age', 'sex'], sensitive: ['ward'], k: 20, l: 2, suppress: 0 },
};

async function make(plan: object): Promise<PreparationView> {
  const asked = { kind: 'own', plan };
  const { preparation } = await engineer.post<{ preparation: string }>(`/api/datasets/${dataset}/preparations`, asked);
  return endOf(engineer, dataset, preparation);
}

it('a preview counts how easily somebody is found as the data are now', async () => {
  const preview = await engineer.post<PreparePreview>(`/api/datasets/${dataset}/preview`, { kind: 'own', plan: PLAN });
  expect(preview).toEqual({
    kind: 'own',
    columns: ['mail', 'age', 'sex', 'ward', 'seen'],
    now: { rows: 800, classes: 160, smallest: 5, alone: 0, below: 800 },
  });
});

it('a plan of one’s own makes columns just coarse enough, and the new file holds what was asked', async () => {
  const done = await make(PLAN);
  expect(done.refusal).toBeNull();
  const report = done.report as OwnReport;
  expect(report.levels).toEqual([
    { name: 'age', level: 1, hierarchy: { kind: 'number', widths: [5, 10, 20], from: 0 } },
    { name: 'sex', level: 0, hierarchy: { kind: 'all' } },
  ]);
  expect(report.risk).toMatchObject({ k: 25, highest: 1 / 25, sensitive: [{ column: 'ward', distinct: 2 }] });
  const text = Buffer.from(await engineer.bytes(`/api/preparations/${done.id}/output`)).toString();
  const lines = text.trimEnd().split('\r\n').slice(1);
  const alike = new Map<string, number>();
  for (const line of lines) {
    const group = /^[0-9a-f]{32},(.*),(?:surgery|cardiology),\d{4}-\d\d-\d\d$/.exec(line)?.[1] ?? line;
    alike.set(group, (alike.get(group) ?? 0) + 1);
  }
  expect([lines.length, alike.size, Math.min(...alike.values())]).toEqual([800, 32, 25]);
});

it('where no level holds what was asked nothing is made, and somebody is told', async () => {
  const alone = { ...PLAN, verify: { ...PLAN.verify, k: 900 } };
  expect(await make(alone)).toMatchObject({ state: 'refused', refusal: { code: 'generalisation-not-found' }, output: null });
});

it.each([
  ['without a column that leaves', { columns: [op('age', { op: 'drop' })] }, 'nothing-selected'],
  ['of columns that the file has not', { columns: [op('height', { op: 'keep' })] }, 'column-missing'],
  [
    'that moves dates by a column that the file has not',
    { columns: [op('seen', { op: 'dateShift', subject: 'x', maxDays: 3 })] },
    'column-missing',
  ],
  ['that asks for k over nothing', { ...PLAN, verify: null }, 'plan-invalid'],
])('a plan %s is not begun', async (_, plan, code) => {
  expect(await codeOf(engineer.post(`/api/datasets/${dataset}/preparations`, { kind: 'own', plan }))).toBe(code);
});
