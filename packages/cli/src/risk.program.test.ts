import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileIn, runIn } from './testing/run.ts';

function table(count: number, from: number): string {
  const lines = Array.from({ length: count }, (_, i) =>
    [((i + from) * 7919) % 61, ((i + from) * 104_729) % 53, (i + from) % 2 ? 'a' : 'b'].join(','),
  );
  return `x,y,kind\n${lines.join('\n')}\n`;
}

test('comity risk finds a copy, says when it has no control, and names columns that are not in common', () => {
  const dir = mkdtempSync(join(tmpdir(), 'comity-risk-'));
  fileIn(dir, 'real.csv', table(1_500, 0));
  fileIn(dir, 'copy.csv', table(1_500, 0));
  fileIn(dir, 'others.csv', table(1_500, 100_000));
  fileIn(dir, 'strange.csv', 'z\n1\n2\n');
  const judged = runIn(dir, 'risk', 'real.csv', 'copy.csv', '--holdout', 'others.csv', '--json');
  expect(judged.code).toBe(0);
  expect(JSON.parse(judged.out)).toMatchObject({
    internal: true,
    label: 'kind',
    columns: ['x', 'y', 'kind'],
    attacks: { exact: { attack: { value: 1 } } },
  });
  expect(runIn(dir, 'risk', 'real.csv', 'copy.csv').out).toContain('No attack was tried');
  const printed = runIn(dir, 'risk', 'real.csv', 'copy.csv', '--holdout', 'others.csv', '--pdf', 'report.pdf');
  expect(printed.code).toBe(0);
  // A copy is nearer than another sample could be, and no row of it is away from itself.
  for (const said of ['real ones 0.00 times', 'fewer than three', 'inside differ in 0.00 columns'])
    expect(printed.out).toContain(said);
  expect(readFileSync(join(dir, 'report.pdf'), 'latin1')).toContain('pdfaid:part>2');
  const strange = runIn(dir, 'risk', 'real.csv', 'strange.csv');
  expect([strange.code, strange.err.includes('x')]).toEqual([1, true]);
  expect(runIn(dir, 'risk', 'real.csv', 'missing.csv').code).toBe(1);
});
