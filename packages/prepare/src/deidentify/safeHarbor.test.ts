import { describe, expect, test } from 'vitest';
import { linesOf, ON, RESTRICTED } from '../testing/deidentify.ts';
import { csvFile, value } from '../testing/files.ts';
import { CLASS_RULES, LETTERS } from './identifiers.ts';
import { released } from './plan.ts';
import { checklistOf, readClasses, safeHarborPlan } from './safeHarbor.ts';

const OPTIONS = { on: ON, restrictedZip3: RESTRICTED };

function harbor(columns: readonly string[], classes: unknown) {
  return value(safeHarborPlan(columns, value(readClasses(classes)), OPTIONS));
}

describe('Safe Harbor', () => {
  test('every identifier of the list has a class, and nothing that has a letter leaves as it is', () => {
    const letters = new Set(Object.values(CLASS_RULES).flatMap(({ letter }) => letter ?? []));
    expect([...letters].sort()).toEqual([...LETTERS]);
    for (const { letter, does } of Object.values(CLASS_RULES)) if (letter !== null) expect(does).not.toBe('keep');
  });

  test('what nobody classified, what is unknown and free text do not leave', () => {
    const plan = harbor(['a', 'b', 'c', 'sex'], { b: 'shoe-size', c: 'free-text', sex: 'gender' });
    expect(plan.columns.map(({ name, why, operation }) => [name, why, operation.op])).toEqual([
      ['a', 'unclassified', 'drop'],
      ['b', 'class-unknown', 'drop'],
      ['c', 'free-text', 'drop'],
      ['sex', 'not-identifying', 'keep'],
    ]);
    expect(released(plan).map(({ name }) => name)).toEqual(['sex']);
  });

  test('a column called like something of the language is no class', () => {
    const plan = harbor(['constructor', 'toString'], { constructor: 'toString' });
    expect(released(plan)).toEqual([]);
    expect(checklistOf(plan).entries.every(({ state }) => state === 'absent')).toBe(true);
  });

  test('the checklist answers each letter, and leaves actual knowledge to a person', () => {
    const classes = Object.fromEntries(Object.keys(CLASS_RULES).map((one) => [`col-${one}`, one]));
    const { entries, actualKnowledge } = checklistOf(harbor(Object.keys(classes), classes));
    expect(entries.map(({ letter, state }) => `${letter} ${state}`)).toEqual(
      LETTERS.map((letter) => `${letter} ${letter === 'B' || letter === 'C' ? 'generalised' : 'removed'}`),
    );
    expect(entries[1]?.citation).toBe('45 CFR 164.514(b)(2)(i)(B)');
    expect(entries[1]?.columns.map(({ class: of, op }) => `${of} ${op}`)).toEqual([
      'address drop',
      'postal-code zip3',
      'city drop',
    ]);
    expect(actualKnowledge).toEqual({ citation: '45 CFR 164.514(b)(2)(ii)', answer: 'left-to-a-person' });
  });

  test('of a file takes out or makes coarser all that the list names', async () => {
    const path = csvFile('name;visit;zip;born;age;fax;plan;icd\nAnn;31/12/2019;3601;26/11/1936;90;+1 212;H1;E11\n;;;;;;;\n');
    const classes = {
      name: 'name',
      visit: { class: 'date', order: 'dmy' },
      zip: 'postal-code',
      born: { class: 'birth-date', order: 'dmy' },
      age: 'age',
      fax: 'fax',
      plan: 'health-plan-number',
      icd: 'diagnosis',
    };
    const plan = harbor(Object.keys(classes), classes);
    expect(await linesOf(path, plan)).toEqual(['2019,000,90+,90+,E11', ',,,,']);
  });

  test('without the list of areas where few people live no ZIP code leaves', () => {
    const stated = value(readClasses({ a: 'postal-code' }));
    const none = { ...OPTIONS, restrictedZip3: [] };
    expect(safeHarborPlan(['a'], stated, none)).toMatchObject({ ok: false, refusal: { code: 'zip-list-missing' } });
    expect(safeHarborPlan(['a'], {}, none).ok).toBe(true);
  });

  test('classes that are none are refused, and so is a class for a column that is not there', () => {
    for (const json of [null, [], { a: 1 }, { a: { class: 'date', order: 'ymd' } }]) {
      expect(readClasses(json)).toMatchObject({ ok: false, refusal: { code: 'plan-invalid' } });
    }
    const stated = value(readClasses({ b: 'name' }));
    expect(safeHarborPlan(['a'], stated, OPTIONS)).toMatchObject({ refusal: { code: 'column-missing', field: 'b' } });
  });
});
