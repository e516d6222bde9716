import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { WORDS } from '@comity/formats';

/** Languages in which documents are printed. */
export type PrintLanguage = keyof typeof WORDS;

export type Say = (key: string) => string;

/** The words that every surface shares, in one language; a key that is missing prints as itself. */
export function sayIn(language: PrintLanguage): Say {
  return sayFrom({ ...wordsIn(`messages/${language}`), ...wordsIn(`desk-messages/${language}`) });
}

/** The same with the words of the law: facts, their values, regimes. A word that is missing is the vocabulary's own. */
export function sayLawIn(language: PrintLanguage): Say {
  const say = sayFrom({ ...wordsIn(`messages/${language}`), ...wordsIn(`law-messages/${language}`) });
  return (key) => {
    const said = say(key);
    return said === key ? key.replace(/^(fact|value|regime|owed)\./, '').replaceAll('_', ' ') : said;
  };
}

function sayFrom(words: Readonly<Record<string, unknown>>): Say {
  return (key) => (typeof words[key] === 'string' ? words[key] : key);
}

function wordsIn(name: string): Readonly<Record<string, unknown>> {
  const file = createRequire(import.meta.url).resolve(`@comity/core/${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8'));
}
