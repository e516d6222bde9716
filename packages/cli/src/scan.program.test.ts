import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { fileIn, runIn } from './testing/run.ts';

let dir = '';

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'comity-scan-'));
  const rows = Array.from(
    { length: 200 },
    (_, i) => `p${i % 50},Zebulon${i}@example.org,asthma,${i},"Zebulon wrote about his neighbour ${i}"`,
  );
  fileIn(dir, 'people.csv', `person,email,diagnosis,zz,note\n${rows.join('\n')}\n`);
  fileIn(dir, 'latin.csv', 'name,x\nAndr\uFFFD,1,2\n');
});

describe('comity scan', () => {
  test('says what each column holds and which rules that falls under, and shows no value', () => {
    const { code, out } = runIn(dir, 'scan', 'people.csv', '--subject', 'person');
    expect(code).toBe(0);
    for (const part of [
      '200 rows, 5 columns',
      'E-mail address',
      'Illness',
      '(not classified)',
      'identifying',
      'article 9',
      'At most 50 persons',
    ])
      expect(out).toContain(part);
    expect(out).not.toMatch(/Zebulon|asthma/);
  });

  test('answers as data', () => {
    const { code, out } = runIn(dir, 'scan', 'people.csv', '--json', '--country', 'de,fr');
    expect(code).toBe(0);
    const told = JSON.parse(out);
    expect(told).toMatchObject({ rows: 200, header: true, subjects: null });
    expect(told.columns[1]).toMatchObject({
      name: 'email',
      identifying: true,
      classes: [{ class: 'email', rateRows: 1, confidence: 0.9 }],
    });
    expect(told.columns[3]).toMatchObject({ name: 'zz', classes: [], identifying: true, reason: 'unclassified' });
    expect(told.regimes['gdpr:art9']).toEqual(['diagnosis']);
    expect(told.facts.map((fact: { name: string }) => fact.name)).toContain('data.categories');
    expect(out).not.toMatch(/Zebulon/);
  });

  test('refuses what it cannot read, and names what is wrong with what it was given', () => {
    for (const [args, said] of [
      [['latin.csv'], 'latin.csv'],
      [['nowhere.csv'], 'nowhere.csv'],
      [['people.csv', '--subject', 'whom'], 'whom'],
      [['people.csv', '--seed', 'much'], '--seed'],
      [['people.csv', '--country', 'Germany'], '--country'],
    ] as const) {
      const { code, err } = runIn(dir, 'scan', ...args);
      expect(code).toBe(1);
      expect(err).toContain(said);
    }
  });
});
