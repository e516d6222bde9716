import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkSource } from '../check-source.ts';
import { csvFile, value } from '../testing/files.ts';
import { BULK_CATEGORIES, factsOfScan, type ScanFacts } from './facts.ts';
import { scan } from './scan.ts';

const law = join(import.meta.dirname, '../../../../law');
const thresholds = JSON.parse(readFileSync(join(law, 'thresholds/us.dsp.json'), 'utf8')).over;

async function factsOf(text: string, options: { subject?: string; nothingElseSent?: boolean } = {}): Promise<ScanFacts> {
  const { subject, nothingElseSent = false } = options;
  const report = value(await scan(value(await checkSource(csvFile(text), 'csv', [])), subject === undefined ? {} : { subject }));
  return factsOfScan(report, { asOf: '2026-11-26', thresholds, nothingElseSent });
}

const people = `person,email,diagnosis,lat\n${Array.from({ length: 120 }, (_, i) => `p${i % 40},u${i}@example.org,asthma,4${i % 10}.1`).join('\n')}\n`;

describe('facts from a scan', () => {
  test('say what was found, and never that something is absent', async () => {
    const { facts, evidence } = await factsOf(people);
    const categories = facts.find((fact) => fact.name === 'data.categories');
    expect(categories).toMatchObject({
      source: 'derived',
      asOf: '2026-11-26',
      value: { has: ['contact', 'health', 'personal'] },
    });
    expect(categories?.value).not.toHaveProperty('lacks');
    expect(categories?.evidence).toMatch(/^scan sha256:[0-9a-f]{64}$/);
    expect(evidence).toContainEqual({
      fact: 'data.categories',
      value: 'health',
      column: 'diagnosis',
      class: 'health-condition',
      rateRows: 1,
    });
  });

  test('do not call coordinates of one decimal precise', async () => {
    const { facts } = await factsOf(people);
    expect(JSON.stringify(facts)).not.toContain('geolocation');
  });

  test('leave the number of people unknown without a subject, and bound it with one', async () => {
    const without = await factsOf(people);
    expect(without.facts.map((fact) => fact.name)).not.toContain('data.subjects.count');
    expect(without.unknown).toContain('data.subjects.count');
    expect(without.bulk.every((one) => one.atMost === null && one.alone === 'unknown')).toBe(true);
    const { facts, bulk } = await factsOf(people, { subject: 'person' });
    expect(facts).toContainEqual(expect.objectContaining({ name: 'data.subjects.count', value: { max: 40 } }));
    expect(bulk).toContainEqual({ category: 'health', over: 1_000, atMost: 40, alone: 'cannot-exceed' });
  });

  test('bound the US people of twelve months only where somebody answers for it that nothing else went', async () => {
    const names = (all: ScanFacts): readonly string[] =>
      all.facts.map((fact) => fact.name).filter((name) => name.startsWith('data.us_people'));
    expect(names(await factsOf(people, { subject: 'person' }))).toEqual([]);
    const sure = await factsOf(people, { subject: 'person', nothingElseSent: true });
    expect(names(sure)).toContain('data.us_people_12m.health');
    expect(names(sure)).not.toContain('data.us_people_12m.geolocation');
  });

  test('hold a mixed set against the lowest of its thresholds', async () => {
    const rows = Array.from({ length: 1_500 }, (_, i) => `p${i},asthma,4${i % 10}.12`).join('\n');
    const { bulk } = await factsOf(`person,diagnosis,lat\n${rows}\n`, { subject: 'person' });
    expect(bulk.map(({ category, over, alone }) => [category, over, alone])).toEqual([
      ['geolocation', 1_000, 'unknown'],
      ['health', 1_000, 'may-exceed'],
    ]);
  });

  test('know that a threshold may be passed', async () => {
    const many = `person,rsid\n${Array.from({ length: 150 }, (_, i) => `p${i},rs${1_000_000 + i}`).join('\n')}\n`;
    const { bulk } = await factsOf(many, { subject: 'person' });
    expect(bulk).toEqual([{ category: 'genomic', over: 100, atMost: 150, alone: 'may-exceed' }]);
  });
});

describe('the thresholds', () => {
  const { examples } = JSON.parse(readFileSync(join(law, 'packs/us.dsp.json'), 'utf8')).define.bulk;
  const alone = (list: readonly Record<string, unknown>[], category: string): readonly unknown[] =>
    list
      .filter((one) => JSON.stringify(one['data.categories']) === `["personal","${category}"]`)
      .map((one) => one[`data.us_people_12m.${category}`]);

  test.each(BULK_CATEGORIES)('of %s are those of the pack of 28 CFR part 202', (category) => {
    expect(alone(examples.fails, category)).toContain(thresholds[category]);
    expect(alone(examples.holds, category)).toContain(thresholds[category] + 1);
  });

  test('name only categories and identifiers of the vocabulary', async () => {
    const { DATA_CATEGORY_OF, IDENTIFIER_OF } = await import('./fact-words.ts');
    const { facts } = JSON.parse(readFileSync(join(law, 'packs/vocabulary.json'), 'utf8'));
    const categories = Object.keys(facts['data.categories'].values);
    const identifiers = Object.keys(facts['data.identifiers'].values);
    expect(
      Object.values(DATA_CATEGORY_OF)
        .flat()
        .filter((word) => !categories.includes(word)),
    ).toEqual([]);
    expect(Object.values(IDENTIFIER_OF).filter((word) => !identifiers.includes(word))).toEqual([]);
  });
});
