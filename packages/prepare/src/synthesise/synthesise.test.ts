import { createHash, randomBytes } from 'node:crypto';
import { ok, refuse } from '@comity/core';
import { describe, expect, test } from 'vitest';
import { checkSource } from '../check-source.ts';
import { readDomain } from '../domain/readDomain.ts';
import { judge } from '../evaluate/judge.ts';
import type { Debit, Ledger } from '../ledger.ts';
import { csvFile } from '../testing/files.ts';
import { seededDice } from '../testing/seeded.ts';
import { aim } from './aim.ts';
import { discreteGaussian, varianceOf } from './noise.ts';
import { csvOf, type SynthesisPlan, type Synthetic, synthesise } from './synthesise.ts';
import { rhoOf } from './zcdp.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const random = (length: number): Uint8Array => randomBytes(length);

/** People whose income hangs on education and age, and whose region hangs on nothing. */
function people(count: number, seed: number): string {
  const dice = seededDice(seed);
  const lines = Array.from({ length: count }, (_, i) => {
    const [age, education] = [dice.below(80), dice.below(5)];
    const rich = dice.below(100) < 5 + education * 15 + (age > 30 ? 20 : 0) ? 1 : 0;
    return `p${i >> 1},${age},${education},${dice.below(4)},${rich}`;
  });
  return `person,age,education,region,rich\n${lines.join('\n')}\n`;
}

const DOMAIN = { age: 80, education: 5, region: 4, rich: 2 };

function planned(changed: Partial<SynthesisPlan> = {}): SynthesisPlan {
  const domain = readDomain(DOMAIN);
  if (!domain.ok) throw new Error('domain');
  return {
    v: 1,
    method: 'aim',
    epsilon: 2,
    delta: 1e-9,
    subject: null,
    domain: domain.value,
    zeros: [],
    rows: null,
    judge: 0,
    ...changed,
  };
}

function ledgerOf(debits: Debit[]): Ledger {
  return {
    debit: async (debit) => {
      debits.push(debit);
      return ok(null);
    },
  };
}

async function run(csv: string, plan: SynthesisPlan, ledger = ledgerOf([])) {
  const source = await checkSource(csvFile(csv), 'csv', []);
  if (!source.ok) throw new Error(source.refusal.code);
  return synthesise(source.value, plan, { ledger, random, sha256, at: '2026-11-26T12:00:00.000Z' });
}

async function made(csv: string, plan: SynthesisPlan): Promise<Synthetic> {
  const result = await run(csv, plan);
  if (!result.ok || result.value === undefined) throw new Error(result.ok ? 'cancelled' : result.refusal.code);
  return result.value;
}

describe('a synthetic twin', () => {
  test('shows what the real rows show, is about as long, and tells apart nobody who was in from who was not', async () => {
    for (const method of ['aim', 'mst'] as const) {
      const twin = await made(people(12_000, 1), planned({ method, judge: 0.2 }));
      expect(Math.abs((twin.made.rows[0]?.length ?? 0) - 9_600)).toBeLessThan(600);
      const judged = await judge(twin.data, twin.made.rows, { label: 3, dice: seededDice(2) });
      twin.data.close();
      expect(judged.fidelity.two.mean).toBeLessThan(0.06);
      expect(judged.usefulness[0]?.ratio).toBeGreaterThan(0.95);
      // The noise is real: an interval of 95 of 100 misses by itself now and then, so each bound is given four standard deviations.
      expect(judged.attacks?.membership.low).toBeLessThan(0.53);
      expect(judged.attacks?.membership.high).toBeGreaterThan(0.47);
      expect(judged.attacks?.exact.beyond.low).toBeLessThan(0.12);
    }
  });

  test('is written as CSV of the domain’s columns alone, as many rows as were asked for', async () => {
    const twin = await made(people(3_000, 3), planned({ rows: 500 }));
    twin.data.close();
    const lines = [...csvOf(twin, random)].join('').trimEnd().split('\r\n');
    expect(lines[0]).toBe('age,education,region,rich');
    expect(lines.length).toBe(501);
    for (const line of lines.slice(1)) {
      const [age, education, region, rich] = line.split(',').map(Number);
      expect([Number(age) < 80, Number(education) < 5, Number(region) < 4, Number(rich) < 2]).toEqual([true, true, true, true]);
    }
  });

  test.each(['aim', 'mst'] as const)(
    'has no row that cannot be, although noise and even real rows would have it: %s',
    async (method) => {
      const zeros = [
        {
          columns: ['education', 'rich'],
          rows: [
            ['0', '1'],
            ['4', '0'],
          ],
          are: 'never' as const,
        },
      ];
      const twin = await made(people(3_000, 5), planned({ method, zeros }));
      twin.data.close();
      const [, education = [], , rich = []] = twin.made.rows;
      const cannot = [...education].filter((value, i) => (value === 0 && rich[i] === 1) || (value === 4 && rich[i] === 0));
      expect(cannot).toEqual([]);
      expect(education.length).toBeGreaterThan(2_000);
    },
  );

  test('of a bought domain takes no word on what cannot be', async () => {
    const zeros = [{ columns: ['education', 'rich'], rows: [['0', '1']], are: 'never' as const }];
    const refused = await run(people(500, 6), planned({ domain: null, zeros }));
    expect(refused).toMatchObject({ refusal: { code: 'field-invalid', field: 'zeros' } });
  });

  test('counts no more rows of a subject than the plan says', async () => {
    const twin = await made(people(4_000, 4), planned({ subject: { column: 'person', rows: 1 } }));
    expect(twin.data.rows.learn).toBe(2_000);
    twin.data.close();
  });

  test('never counts a subject on both sides', async () => {
    const twin = await made(`person,x\n${Array.from({ length: 6_000 }, (_, i) => `p${i % 10},${(i % 10) % 2}`).join('\n')}\n`, {
      ...planned({ judge: 0.3, subject: { column: 'person', rows: 600 }, epsilon: 50 }),
      domain: [{ name: 'x', kind: 'code', size: 2, missing: false }],
    });
    expect(twin.data.rows.learn % 600).toBe(0);
    expect(twin.data.rows.learn + twin.data.rows.judge).toBe(6_000);
    twin.data.close();
  });
});

describe('the ledger', () => {
  test('is debited before anything is learned, once, with what the plan costs', async () => {
    const debits: Debit[] = [];
    const result = await run(people(2_000, 5), planned(), ledgerOf(debits));
    if (!result.ok || result.value === undefined) throw new Error('refused');
    result.value.data.close();
    expect(debits).toEqual([expect.objectContaining({ epsilon: 2, delta: 1e-9, rho: rhoOf(2, 1e-9), plan: result.value.plan })]);
    expect(result.value.made.spent).toBeLessThanOrEqual(rhoOf(2, 1e-9) * (1 + 1e-12));
  });

  test('that refuses lets nothing out', async () => {
    const refusing: Ledger = { debit: async () => refuse('budget-spent', 'budget', { left: 0, asked: 2 }) };
    expect(await run(people(2_000, 6), planned(), refusing)).toMatchObject({ ok: false, refusal: { code: 'budget-spent' } });
  });
});

describe('what cannot be told under the budget is refused, and nothing is charged', () => {
  test('fifty rows', async () => {
    const debits: Debit[] = [];
    expect(await run(people(50, 7), planned({ epsilon: 1 }), ledgerOf(debits))).toMatchObject({
      ok: false,
      refusal: { code: 'rows-too-few', values: { rows: 50 } },
    });
    expect(debits).toEqual([]);
  });

  test('no rows at all', async () => {
    expect(await run('person,age,education,region,rich\n', planned())).toMatchObject({
      ok: false,
      refusal: { code: 'rows-too-few' },
    });
  });

  test('a plan that makes no sense, by its member', async () => {
    const csv = people(200, 8);
    for (const [changed, field] of [
      [{ epsilon: 0 }, 'epsilon'],
      [{ epsilon: Number.NaN }, 'epsilon'],
      [{ delta: 0.5 }, 'delta'],
      [{ rows: 0 }, 'rows'],
      [{ judge: 0.9 }, 'judge'],
      [{ subject: { column: 'person', rows: 0 } }, 'subject.rows'],
    ] as const)
      expect(await run(csv, planned(changed))).toMatchObject({ ok: false, refusal: { code: 'field-invalid', field } });
  });
});

test('one column alone works, with either method', async () => {
  for (const method of ['aim', 'mst'] as const) {
    const twin = await made(`x\n${'0\n1\n1\n'.repeat(500)}`, {
      ...planned({ method }),
      domain: [{ name: 'x', kind: 'code', size: 2, missing: false }],
    });
    twin.data.close();
    const ones = twin.made.rows[0]?.filter((value) => value === 1).length ?? 0;
    expect(Math.abs(ones - 1_000)).toBeLessThan(150);
  }
});

test('a run that is cancelled gives nothing; what was debited stays debited', async () => {
  const source = await checkSource(csvFile(people(2_000, 9)), 'csv', []);
  if (!source.ok) throw new Error(source.refusal.code);
  const debits: Debit[] = [];
  const stop = new AbortController();
  const running = synthesise(source.value, planned(), {
    ...{ ledger: ledgerOf(debits), random, sha256, at: '2026-11-26T12:00:00.000Z', signal: stop.signal },
    onSpent: () => stop.abort(),
  });
  expect(await running).toEqual({ ok: true, value: undefined });
  expect(debits.length).toBe(1);
});

test('AIM never spends more than it was given, whatever the data', () => {
  for (let seed = 1; seed <= 6; seed++) {
    const dice = seededDice(seed);
    const sizes = [2 + dice.below(20), 2 + dice.below(4), 2 + dice.below(30)];
    const counts = (cells: number): Float64Array => Float64Array.from({ length: cells }, () => dice.below(200));
    const [a = 0, b = 0, c = 0] = sizes;
    const pairs = new Map([
      ['0,1', counts(a * b)],
      ['0,2', counts(a * c)],
      ['1,2', counts(b * c)],
    ]);
    const learnt = aim(
      { sizes, ones: sizes.map(counts), pairs },
      {
        rho: 0.05,
        rowsPerSubject: 2,
        dice,
        ordered: [true, false, true],
        masks: [],
        cap: 5_000,
        iterations: 10,
        lastIterations: 20,
      },
    );
    // What each measurement costs, added up from its noise: the sensitivity is two rows.
    const measured = learnt.measurements.reduce((sum, { sigma }) => sum + (2 * 2) / (2 * sigma * sigma), 0);
    expect(measured).toBeLessThanOrEqual(0.05 * (1 + 1e-9));
    expect(learnt.spent).toBeLessThanOrEqual(0.05 * (1 + 1e-9));
  }
});

test.runIf(process.env['SLOW'] === '1')(
  'an attacker who sees one noisy count many times, with and without a person, learns no more than ε: the empirical bound stays below the claim',
  () => {
    const [rho, delta, runs] = [rhoOf(1, 1e-6), 1e-6, 200_000];
    const dice = seededDice(11);
    const variance = varianceOf(Math.sqrt(1 / (2 * rho)));
    const threshold = 3;
    const hits = (count: number): number => {
      let above = 0;
      for (let i = 0; i < runs; i++) if (count + discreteGaussian(variance, dice) >= threshold) above += 1;
      return above / runs;
    };
    const [without, withPerson] = [hits(0), hits(1)];
    const slack = 3 / Math.sqrt(runs);
    expect(Math.log((withPerson - slack - delta) / (without + slack))).toBeLessThan(1);
    expect(withPerson).toBeGreaterThan(without);
  },
);

describe('what is wide', () => {
  test('ten thousand categories, most of them rare: the frequent ones come out as frequent as they are', async () => {
    const dice = seededDice(12);
    const lines = Array.from(
      { length: 8_000 },
      () => `${dice.below(2) === 0 ? dice.below(3) : dice.below(10_000)},${dice.below(2)}`,
    );
    const twin = await made(`x,y\n${lines.join('\n')}\n`, {
      ...planned(),
      domain: [
        { name: 'x', kind: 'category', values: Array.from({ length: 9_999 }, (_, i) => String(i)), other: true, missing: false },
        { name: 'y', kind: 'code', size: 2, missing: false },
      ],
    });
    twin.data.close();
    const [x = new Uint16Array(0)] = twin.made.rows;
    for (const value of [0, 1, 2]) {
      const found = x.filter((one) => one === value).length;
      expect(Math.abs(found / x.length - 1 / 6)).toBeLessThan(0.04);
    }
    expect(twin.made.spent).toBeLessThanOrEqual(twin.rho * (1 + 1e-9));
  });

  test('more columns than pairs can be counted for: by a tree of pairs, in which neighbours that depend on each other stay together', async () => {
    const dice = seededDice(13);
    const names = Array.from({ length: 120 }, (_, i) => `c${i}`);
    const lines = Array.from({ length: 2_000 }, () => {
      const row = names.map(() => dice.below(3));
      for (let i = 1; i < row.length; i += 2) row[i] = row[i - 1] ?? 0;
      return row.join(',');
    });
    const domain = names.map((name) => ({ name, kind: 'code', size: 3, missing: false }) as const);
    const twin = await made(`${names.join(',')}\n${lines.join('\n')}\n`, { ...planned({ epsilon: 20 }), domain });
    twin.data.close();
    const { rows } = twin.made;
    const agreeing = names
      .filter((_, i) => i % 2 === 1)
      .map((_, pair) => {
        const [a, b] = [rows[2 * pair], rows[2 * pair + 1]];
        return (a ?? new Uint16Array(0)).filter((value, row) => value === b?.[row]).length / (a?.length ?? 1);
      });
    expect(agreeing.filter((share) => share > 0.8).length).toBeGreaterThan(55);
  });
});
