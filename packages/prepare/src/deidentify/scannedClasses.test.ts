import { describe, expect, test } from 'vitest';
import { scan } from '../scan/scan.ts';
import { ON, RESTRICTED, sourceOf } from '../testing/deidentify.ts';
import { csvFile, value } from '../testing/files.ts';
import { safeHarborPlan } from './safeHarbor.ts';
import { scannedClasses } from './scannedClasses.ts';

const NAMES = ['Ann Lee', 'Bob Day', 'Maria Garcia', 'Ivan Petrov', 'Hana Kim'];

function table(count: number): string {
  const rows = Array.from({ length: count }, (_, i) =>
    [
      NAMES[i % 5],
      `19${30 + (i % 70)}-0${1 + (i % 9)}-1${i % 10}`,
      String(10_000 + i * 7),
      i % 2 ? 'M' : 'F',
      `"seen with ${NAMES[(i + 1) % 5]}, better"`,
      i % 95,
      `p${i}@example.org`,
      1 + (i % 20),
      `078-05-${1000 + i}`,
    ].join(','),
  );
  return `name,born,zip,sex,note,age,email,stay,ssn\n${rows.join('\n')}\n`;
}

async function classesOf(text: string) {
  const source = await sourceOf(csvFile(text));
  return { source, classes: scannedClasses(value(await scan(source)), source) };
}

describe('what a scan says', () => {
  test('is taken in the words of Safe Harbor, and what it does not know is dropped', async () => {
    const { source, classes } = await classesOf(table(300));
    const names = source.columns.map(({ name }) => name);
    const plan = value(safeHarborPlan(names, value(classes), { on: ON, restrictedZip3: RESTRICTED }));
    expect(plan.columns.map(({ name, operation }) => `${name} ${operation.op}`)).toEqual([
      'name drop',
      'born birthYear',
      'zip zip3',
      'sex keep',
      'note drop',
      'age ageTop90',
      'email drop',
      'stay drop',
      'ssn drop',
    ]);
    expect(value(classes)['ssn']?.class).toBe('ssn');
  });

  test('lets no column leave as it is because of its name alone, or where other values stand among its own', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => `${i % 5 === 0 ? NAMES[i % 3] : i % 2 ? 'M' : 'F'},${NAMES[i % 5]}`);
    const { classes } = await classesOf(`sex,income\n${rows.join('\n')}\n`);
    for (const column of ['sex', 'income']) expect([undefined, 'name', 'free-text']).toContain(value(classes)[column]?.class);
  });

  test('of a file without names of columns is of no use', async () => {
    const { classes } = await classesOf(table(50).split('\n').slice(1).join('\n'));
    expect(classes).toMatchObject({ ok: false, refusal: { code: 'column-names-missing' } });
  });
});
