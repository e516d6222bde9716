import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SCAN_CLASSES } from './classes.ts';
import { classesOfHeader } from './header-words.ts';
import { SCAN_REGIMES } from './regimes.ts';
import { SCAN_REASONS } from './report.ts';
import { plain } from './words.ts';

const folder = join(import.meta.dirname, '..', '..', 'messages');
const files = readdirSync(folder);

describe('words of a scan', () => {
  test.each(files)('%s has a word for every class, group of rules and reason, and the keys of all', (file) => {
    const words: Record<string, unknown> = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    const english: Record<string, unknown> = JSON.parse(readFileSync(join(folder, 'en.json'), 'utf8'));
    const needed = [
      ...SCAN_CLASSES.map((name) => `class.${name}`),
      ...Object.keys(SCAN_REGIMES).map((name) => `regime.${name}`),
      ...SCAN_REASONS.map((name) => `reason.${name}`),
    ];
    expect(needed.filter((key) => typeof words[key] !== 'string')).toEqual([]);
    expect(Object.keys(words).toSorted()).toEqual(Object.keys(english).toSorted());
  });

  test('there are ten languages', () => {
    expect(files.length).toBe(10);
  });
});

describe('a header', () => {
  test.each([
    ['dateOfBirth', ['birth-date']],
    ['DATE_OF_BIRTH', ['birth-date']],
    ['dob', ['birth-date']],
    ["Date d'embauche", ['date']],
    ['Prénom', ['given-name']],
    ['FECHA-NACIMIENTO', ['birth-date']],
    ['Straße', ['postal-address']],
    ['customer_email_address', ['email']],
    ['home phone 2', ['phone']],
    ['phone1', ['phone']],
    ['رقم الهاتف', ['phone']],
    ['患者姓名', ['person-name']],
    ['电子邮件地址', ['email']],
    ['メールアドレス', ['email']],
    ['주민등록번호', ['kr-rrn']],
    ['Дата рождения', ['birth-date']],
    ['जन्म तिथि', ['birth-date']],
    ['IPAddress', ['ip-address']],
    ['product_name', []],
    ['file name', []],
    ['company', []],
    ['email_count', []],
    ['quantity', []],
    ['', []],
  ])('%s speaks of %j', (header, classes) => {
    expect(classesOfHeader(header)).toEqual(classes);
  });

  test('is the same word however it is written', () => {
    expect(
      new Set(['Numéro de Téléphone', 'numero_de_telephone', 'NumeroDeTelephone', 'NUMERO-DE-TELEPHONE'].map(plain)).size,
    ).toBe(1);
  });
});
