import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvRecord } from '../csv.ts';
import { linesOf, planOf, run } from '../testing/deidentify.ts';
import { csvFile } from '../testing/files.ts';

/** Values of all sorts, and such as nearly are what an operation reads. */
const cell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    '2020-01-01',
    '1936-11-26',
    '31/12/2019',
    '2020-01-01 and Ann',
    '2020-13-01',
    '20200101',
    '0000-00-00',
    '9999-12-31T00:00',
    'infinity',
    'epoch',
  ),
  fc.constantFrom('12345', '03601', '1234', '12345-6789', '123456789', '١٢٣٤٥', ' 12345 ', '12345\nAnn', '012', '-1234'),
  fc.constantFrom('89', '90', '090', '89.99', '1e2', 'NaN', '90+', '90 +', '-0', '٨٩', '4.5.6'),
);

const SHAPES = {
  year: [{ op: 'year' }, /^(\d{4}|<=1936)$/],
  birthYear: [{ op: 'birthYear' }, /^(\d{4}|90\+)$/],
  ageTop90: [{ op: 'ageTop90' }, /^(\d|[1-8]\d|90\+)$/],
  zip3: [{ op: 'zip3' }, /^\d{3}$/],
  token: [{ op: 'token' }, /^[0-9a-f]{32}$/],
  siv: [{ op: 'siv' }, /^[A-Za-z0-9_-]{22,}$/],
  bin: [{ op: 'bin', edges: [0, 50] }, /^(<0|\[0, 50\)|>=50)$/],
  dateShift: [{ op: 'dateShift', subject: 'v', maxDays: 9 }, /^\d{4}-\d{2}-\d{2}$/],
} as const;

describe('whatever stands in a file', () => {
  test.each(Object.entries(SHAPES))(
    '%s lets nothing pass but what it makes',
    async (_op, [operation, shape]) => {
      const plan = planOf({ columns: [{ name: 'v', operation }] });
      await fc.assert(
        fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 3 }), async (cells) => {
          const path = csvFile(`v,w\r\n${cells.map((one) => csvRecord([one, 'w'])).join('')}`);
          const { result, output } = await run(path, plan);
          if (!result.ok) {
            expect(['value-unreadable', 'dataset-unreadable']).toContain(result.refusal.code);
            return;
          }
          const made = readFileSync(output, 'utf8').split('\r\n').slice(1, -1);
          expect(made).toHaveLength(cells.length);
          for (const one of made) if (one !== '""') expect(one.replaceAll('"', '')).toMatch(shape);
        }),
        { numRuns: 25 },
      );
    },
    60_000,
  );

  test('what is kept stays as it was, in its order, and what is dropped is gone', async () => {
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 });
    const plan = planOf({
      columns: [
        { name: 'kept', operation: { op: 'keep' } },
        { name: 'i', operation: { op: 'keep' } },
      ],
    });
    await fc.assert(
      fc.asyncProperty(rows, async (cells) => {
        const text = cells.map(([kept, gone], i) => csvRecord([kept, String(i), `gone-${gone}`])).join('');
        const lines = await linesOf(csvFile(`kept,i,gone\r\n${text}`), plan);
        expect(lines.join('\r\n')).not.toContain('gone-');
        expect(lines.join('\r\n')).toBe(
          cells
            .map(([kept], i) => csvRecord([kept, String(i)]))
            .join('')
            .trimEnd(),
        );
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
