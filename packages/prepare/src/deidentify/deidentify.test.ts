import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkSource } from '../check-source.ts';
import { ADULT, linesOf, ON, outputName, planOf, RESTRICTED, run, sha256, sourceOf } from '../testing/deidentify.ts';
import { csvFile, value } from '../testing/files.ts';
import { deidentify } from './deidentify.ts';
import { readHierarchies } from './hierarchy.ts';
import { kAnonymityPlan } from './kAnonymity.ts';
import { deidentifyDigest } from './plan.ts';
import { readDeidentifyPlan } from './readPlan.ts';

const KEEP = { op: 'keep' };
const TABLE = 'age,city,ill\n31,Rome,a\n32,Rome,b\n33,Rome,a\n34,Oslo,b\n35,Oslo,a\n71,Kyiv,c\n';

function coarse(over: object = {}) {
  return planOf({
    columns: [
      { name: 'age', operation: { op: 'generalise', level: 1 } },
      { name: 'city', operation: KEEP },
      { name: 'ill', operation: KEEP },
    ],
    hierarchies: { age: { widths: [10, 20] } },
    verify: { quasi: ['age', 'city'], sensitive: ['ill'], ...over },
  });
}

describe('a release', () => {
  test('leaves the rows behind whose class is too small, in the order of the file, and names its plan, input and engine', async () => {
    const path = csvFile(TABLE);
    const plan = coarse({ k: 2, suppress: 0.2 });
    const { result, output } = await run(path, plan);
    expect(value(result)).toMatchObject({
      plan: deidentifyDigest(plan, sha256),
      input: (await sourceOf(path)).sha256,
      output: (await sourceOf(output)).sha256,
      rows: { read: 6, written: 5, suppressed: 1 },
      risk: { smallest: 2, classes: 2, rows: 5 },
    });
    expect(value(result).engine).toMatch(/^DuckDB v\d/);
    expect(readFileSync(output, 'utf8').split('\r\n')[1]).toBe('"[30, 40)",Rome,a');
  });

  test('exists only if what is demanded holds: sizes are told, values are not, and nothing is left lying about', async () => {
    const refused = [
      [coarse({ k: 2 }), { code: 'risk-too-high', values: { smallest: 1, k: 2, classes: 1, below: 1, rows: 6 } }],
      [coarse({ k: 2, l: 3, suppress: 0.2 }), { code: 'diversity-too-low' }],
      [coarse({ k: 1, t: 0.1 }), { code: 'closeness-too-low', values: { column: 'ill', t: 0.1 } }],
    ] as const;
    for (const [plan, refusal] of refused) {
      const { result, output } = await run(csvFile(TABLE), plan);
      expect(result).toMatchObject({ ok: false, refusal });
      expect(JSON.stringify(result)).not.toContain('Kyiv');
      expect(existsSync(output)).toBe(false);
    }
    expect(readdirSync(dirname(outputName())).filter((name) => name.includes('partial'))).toEqual([]);
  });

  test('a refused run leaves what stood under the name before', async () => {
    const output = outputName();
    writeFileSync(output, 'before');
    await run(csvFile(TABLE), coarse({ k: 2 }), { output });
    expect(readFileSync(output, 'utf8')).toBe('before');
  });

  test('with l, rows of classes with too few values stay behind too', async () => {
    const lines = await linesOf(
      csvFile('a,s\nx,1\nx,2\ny,1\ny,1\n'),
      planOf({
        columns: [
          { name: 'a', operation: KEEP },
          { name: 's', operation: KEEP },
        ],
        verify: { quasi: ['a'], sensitive: ['s'], k: 2, l: 2, suppress: 0.5 },
      }),
    );
    expect(lines).toEqual(['x,1', 'x,2']);
  });

  test('what stays behind counts before it is ciphered, and a column that is ciphered can be a quasi-identifier', async () => {
    const lines = await linesOf(
      csvFile('a,s\nx,1\nx,2\ny,1\n'),
      planOf({
        columns: [
          { name: 'a', operation: { op: 'siv' } },
          { name: 's', operation: KEEP },
        ],
        verify: { quasi: ['a'], k: 2, suppress: 0.34 },
      }),
    );
    expect(lines.map((line) => line.split(',')[1])).toEqual(['1', '2']);
  });

  test('no value goes below its least number because rows stayed behind with it', async () => {
    const { result } = await run(
      csvFile('a,v\nx,1\nx,2\nx,2\ny,1\n'),
      planOf({
        columns: [
          { name: 'a', operation: KEEP },
          { name: 'v', operation: { op: 'suppressIf', k: 2 } },
        ],
        verify: { quasi: ['a'], k: 2, suppress: 0.25 },
      }),
    );
    expect(result).toMatchObject({ ok: false, refusal: { code: 'risk-too-high', values: { k: 2 } } });
  });

  test('an empty file gives an empty result, in which there is nobody to find', async () => {
    const { result, output } = await run(csvFile('age,city,ill\n'), coarse({ k: 5, l: 2, t: 0.1 }));
    expect(value(result)).toMatchObject({ rows: { read: 0, written: 0 }, risk: { rows: 0, smallest: null, sensitive: [] } });
    expect(readFileSync(output, 'utf8')).toBe('age,city,ill\r\n');
    const all = await run(csvFile('age,city,ill\n1,a,b\n'), coarse({ k: 2, suppress: 1 }));
    expect(value(all.result).rows).toEqual({ read: 1, written: 0, suppressed: 1 });
  });

  test('is Parquet where the name says so, with the same cells', async () => {
    const plan = planOf({
      columns: [
        { name: 'a', operation: KEEP },
        { name: 'b', operation: { op: 'year', on: null } },
      ],
    });
    const { result, output } = await run(csvFile('a,b,c\n"x, ""y""",2020-01-01,1\n,,2\n'), plan, {
      output: outputName('parquet'),
    });
    expect(value(result).rows.written).toBe(2);
    const columns = [
      { name: 'a', operation: KEEP },
      { name: 'b', operation: KEEP },
    ];
    expect(await linesOf(output, planOf({ columns }))).toEqual(['"x, ""y""",2020', ',']);
  });

  test('a file that changes under it is refused', async () => {
    const path = csvFile(TABLE);
    const source = await sourceOf(path);
    appendFileSync(path, '36,Rome,a\n');
    const output = outputName();
    const result = await deidentify(source, coarse(), { output, key: undefined, population: undefined, sha256 });
    expect([result.ok, existsSync(output)]).toEqual([false, false]);
  });

  test('a column that the plan does not name does not leave, and one that is not there stops it', async () => {
    const plan = planOf({ columns: [{ name: 'b', operation: KEEP }] });
    expect(await linesOf(csvFile('a,b\nsecret,1\n'), plan)).toEqual(['1']);
    expect((await run(csvFile('a\n1\n'), plan)).result).toMatchObject({ refusal: { code: 'column-missing' } });
    const nothing = planOf({ columns: [{ name: 'a', operation: { op: 'drop' } }] });
    expect((await run(csvFile('a\n1\n'), nothing)).result).toMatchObject({ refusal: { code: 'nothing-selected' } });
  });
});

describe('the names of columns', () => {
  test('may be any, also those that the statements use themselves', async () => {
    const names = ['v', 'n', 'c0', 'c1', 'c2', 'q0', 'q1', 'x', 'd', 'c', 'place', 'a"b', "it's; --", 'naïve, 名前'];
    const header = names.map((name) => `"${name.replaceAll('"', '""')}"`).join(',');
    const rows = Array.from({ length: 12 }, (_, i) => names.map((_name, j) => (i + j) % (2 + (j % 3))).join(','));
    const source = await sourceOf(csvFile(`${header}\n${rows.join('\n')}\n`));
    for (const [i, name] of names.entries()) {
      const quasi = [name, names[(i + 5) % names.length] ?? ''];
      const sensitive = [names[(i + 9) % names.length] ?? ''];
      const verify = { quasi, sensitive, k: 2, l: 2, t: 0.9, suppress: 0.5 };
      const made = await kAnonymityPlan(source, { on: ON, restrictedZip3: RESTRICTED, classes: {}, verify, hierarchies: {} });
      const { plan, proposal } = value(made);
      const result = await deidentify(source, plan, { output: outputName(), key: undefined, population: undefined, sha256 });
      expect(value(result).rows.suppressed).toBe(proposal.suppressed);
      const rare = planOf({
        columns: [
          { name, operation: { op: 'suppressIf', k: 5 } },
          { name: quasi[1], operation: KEEP },
        ],
      });
      expect((await run(source.path, rare)).result.ok).toBe(true);
    }
  });
});

describe('a plan', () => {
  const known = { on: ON, restrictedZip3: RESTRICTED };
  test('reads back as it was written, and its digest does not change', () => {
    const plan = coarse({ k: 2, l: 2, t: 0.5, suppress: 0.1 });
    const again = value(readDeidentifyPlan(JSON.parse(JSON.stringify(plan)), known));
    expect(deidentifyDigest(again, sha256)).toBe(deidentifyDigest(plan, sha256));
  });

  test.each([
    [{}],
    [{ columns: [{ name: 'a' }] }],
    [{ columns: [{ name: 'a', operation: { op: 'hash' } }] }],
    [{ columns: [{ name: 'a', operation: { op: 'ff1', alphabet: 'aab' } }] }],
    [{ columns: [{ name: 'a', operation: { op: 'ff1', alphabet: '0-1' } }] }],
    [{ columns: [{ name: 'a', operation: { op: 'bin', edges: [2, 1] } }] }],
    [{ columns: [{ name: 'a', operation: { op: 'year', order: 'ymd' } }] }],
    [{ columns: [{ name: 'a', operation: { op: 'dateShift', subject: 's', maxDays: 0 } }] }],
    [{ columns: [{ name: 'a', operation: { op: 'generalise', level: 1 } }] }],
    [{ columns: [{ name: 'a', operation: { op: 'generalise', level: 3 } }], hierarchies: { a: '*' } }],
    [
      {
        columns: [
          { name: 'a', operation: KEEP },
          { name: 'a', operation: KEEP },
        ],
      },
    ],
    [{ columns: [{ name: 'a', operation: { op: 'drop' } }], verify: { quasi: ['a'], k: 2 } }],
    [{ columns: [{ name: 'a', operation: KEEP }], verify: { quasi: ['a'], l: 2 } }],
    [{ columns: [{ name: 'a', operation: KEEP }], verify: { quasi: ['a'], suppress: 2 } }],
  ])('that makes no sense is refused: %j', (json) => {
    expect(readDeidentifyPlan(json, known)).toMatchObject({ ok: false, refusal: { code: 'plan-invalid' } });
  });

  test.each([
    [{ a: { widths: [10, 15] } }],
    [{ a: { widths: [] } }],
    [{ a: { prefix: [2, 3] } }],
    [
      {
        a: {
          rows: [
            ['x', '1'],
            ['x', '2'],
          ],
        },
      },
    ],
    [{ a: { rows: [['x', '1'], ['y']] } }],
    [
      {
        a: {
          rows: [
            ['x', 'g', 'p'],
            ['y', 'g', 'q'],
          ],
        },
      },
    ],
    [{ a: { dates: 'ymd' } }],
    [{ a: 'all' }],
  ])('a hierarchy that tears a group apart, or is none, is refused: %j', (json) => {
    expect(readHierarchies(json)).toMatchObject({ ok: false, refusal: { code: 'hierarchy-invalid', values: { column: 'a' } } });
  });
});

describe('k-anonymity', () => {
  const harbor = { on: ON, restrictedZip3: RESTRICTED, classes: {} };

  test('makes the quasi-identifiers just coarse enough, keeps what is sensitive and drops the rest', async () => {
    const source = value(await checkSource(csvFile(`id,${TABLE.replaceAll('\n', '\n9,').slice(0, -2)}`), 'csv', []));
    const hierarchies = value(readHierarchies({ age: { widths: [10, 20] } }));
    const verify = { quasi: ['age', 'city'], sensitive: ['ill'], k: 2, l: null, t: null, suppress: 0.2 };
    const { plan, proposal } = value(await kAnonymityPlan(source, { ...harbor, verify, hierarchies }));
    expect(proposal).toMatchObject({ levels: [1, 0], suppressed: 1, nodes: 8 });
    expect(plan.columns.map(({ name, operation, why }) => [name, operation.op, why])).toEqual([
      ['id', 'drop', 'unclassified'],
      ['age', 'generalise', 'quasi'],
      ['city', 'generalise', 'quasi'],
      ['ill', 'keep', 'sensitive'],
    ]);
    const made = value(await deidentify(source, plan, { output: outputName(), key: undefined, population: undefined, sha256 }));
    expect(made.rows.suppressed).toBe(proposal.suppressed);
  });

  test('says so where a hierarchy does not know a value, or nothing is safe enough', async () => {
    const source = await sourceOf(csvFile('a,s\nx,1\ny,1\nz,1\n'));
    const verify = { quasi: ['a'], sensitive: ['s'], k: 2, l: null, t: null, suppress: 0 };
    const unknown = value(
      readHierarchies({
        a: {
          rows: [
            ['x', 'g'],
            ['y', 'g'],
          ],
        },
      }),
    );
    expect(await kAnonymityPlan(source, { ...harbor, verify, hierarchies: unknown })).toMatchObject({
      refusal: { code: 'value-unreadable', values: { column: 'a', rows: 1 } },
    });
    expect(await kAnonymityPlan(source, { ...harbor, verify: { ...verify, l: 2 }, hierarchies: {} })).toMatchObject({
      refusal: { code: 'generalisation-not-found' },
    });
  });

  const present = existsSync(ADULT);
  test.skipIf(!present)(
    present ? 'of Adult with k = 5 is found and holds on the file' : 'of Adult (skipped: dataset not present)',
    async () => {
      const source = await sourceOf(ADULT);
      const verify = {
        quasi: ['sex', 'age', 'race', 'marital-status', 'education', 'native-country', 'workclass', 'occupation'],
        sensitive: ['salary-class'],
        k: 5,
        l: 2,
        t: null,
        suppress: 0.05,
      };
      const hierarchies = value(readHierarchies({ age: { widths: [5, 10, 20, 40] } }));
      const { plan, proposal } = value(await kAnonymityPlan(source, { ...harbor, verify, hierarchies }));
      expect(proposal.grouped).toBeLessThan(proposal.nodes / 2);
      const made = value(await deidentify(source, plan, { output: outputName(), key: undefined, population: undefined, sha256 }));
      expect(made.risk?.smallest).toBeGreaterThanOrEqual(5);
      expect(made.risk?.sensitive[0]?.distinct).toBeGreaterThanOrEqual(2);
      expect(made.rows.suppressed).toBe(proposal.suppressed);
      expect(made.rows.suppressed).toBeLessThanOrEqual(0.05 * 30_162);
    },
    60_000,
  );
});
