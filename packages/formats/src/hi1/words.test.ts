import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { FINDINGS } from './finding.ts';
import { SIGNATURE_FAULTS } from './signature.ts';

const MESSAGES = resolve(import.meta.dirname, '../../messages');
type Words = Readonly<Record<string, unknown>>;
const words = (folder: string, name: string): Words => JSON.parse(readFileSync(resolve(MESSAGES, folder, name), 'utf8'));
const placeholders = (text: unknown): readonly string[] => (String(text).match(/\{\w+/g) ?? []).toSorted();

it.each(['hi1', 'intake'])('the words of %s are the same in every language, with the same placeholders', (folder) => {
  const english = words(folder, 'en.json');
  for (const name of readdirSync(resolve(MESSAGES, folder))) {
    const found = words(folder, name);
    expect([name, Object.keys(found).filter((key) => key !== 'meta')]).toEqual([
      name,
      Object.keys(english).filter((key) => key !== 'meta'),
    ]);
    for (const [key, text] of Object.entries(english))
      if (key !== 'meta') expect([name, key, placeholders(found[key])]).toEqual([name, key, placeholders(text)]);
  }
});

it('every finding and every fault of a signature has words', () => {
  const english = words('hi1', 'en.json');
  const keys = [...Object.keys(FINDINGS).map((code) => `hi1.${code}`), ...SIGNATURE_FAULTS.map((why) => `hi1.signature.${why}`)];
  expect(keys.filter((key) => typeof english[key] !== 'string')).toEqual([]);
});
