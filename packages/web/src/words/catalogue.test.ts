import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CODES, DATA_CATEGORIES, IDENTIFIER_TYPES } from '@comity/core';
import { DROP_REASONS, KEEP_REASONS, ROW_REASONS } from '@comity/prepare';
import { COPY_STATUSES } from '@comity/procedure';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { describe, expect, test } from 'vitest';
import { PURPOSES } from '../things/purposes.ts';
import { LANGUAGES, PRINT_LANGUAGES } from './language.ts';

const WEB = join(import.meta.dirname, '..');
const ROOT = join(WEB, '..', '..', '..');
const PROCEDURES = readdirSync(join(ROOT, 'law/procedures'))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.replace(/\.yaml$/, ''));

const VERDICTS = ['free', 'conditional', 'authorisation', 'prohibited', 'undecided', 'conflict'];
const REPORTS = ['by-the-book', 'departures', 'tampered', 'cannot-tell'];

/** Languages that were put from English into another. */
const TRANSLATED = LANGUAGES.filter((language) => language !== 'en');

type Words = Record<string, string>;
type Tree = Record<string, Record<string, Record<string, unknown>>>;

function json(path: string): never {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as never;
}

function words(folder: string, language: string): Words {
  const { meta: _, ...found } = json(`packages/${folder}/${language}.json`) as Words;
  return found;
}

const FOLDERS = {
  core: 'core/messages',
  errors: 'core/error-messages',
  desk: 'core/desk-messages',
  law: 'core/law-messages',
  steps: 'core/gate-messages',
  web: 'web/src/messages',
  pages: 'web/src/messages/law',
  inner: 'web/src/messages/inner',
  work: 'web/src/messages/work',
  coop: 'web/src/messages/coop',
  gate: 'web/src/messages/gate',
  look: 'web/src/messages/look',
  papers: 'web/src/messages/papers',
  classes: 'prepare/messages',
  prepare: 'web/src/messages/prepare',
  open: 'web/src/messages/open',
  offline: 'web/src/messages/offline',
} as const;

/** Of these a language may have none yet: its readers are shown the English. */
const PARTLY: readonly string[] = [FOLDERS.steps];

/** The page that verifies without a network carries its words in itself, in the languages of papers only; steps of gates speak English where a language has not their words yet. */
function languagesOf(folder: string): readonly string[] {
  if (PARTLY.includes(folder))
    return LANGUAGES.filter((language) => existsSync(join(ROOT, `packages/${folder}/${language}.json`)));
  return folder === FOLDERS.offline ? PRINT_LANGUAGES : LANGUAGES;
}

/** Every word that a procedure uses, found by walking the compiled procedure and nothing else. */
function procedureWords(id: string): readonly string[] {
  const text = readFileSync(join(ROOT, 'law/packs', `${id}.json`), 'utf8');
  const p = JSON.parse(text) as Tree;
  const keys = (part: string): readonly string[] => Object.keys(p[part] ?? {});
  const acts = Object.values(p['acts'] ?? {}) as ActWords[];
  const choices = acts.flatMap((act) => Object.entries(act.items?.choices ?? {}));
  const tracks = [...Object.entries(p['tracks'] ?? {}), ...Object.entries(p['item-tracks'] ?? p['itemTracks'] ?? {})];
  const seats = Object.values(p['seats'] ?? {}) as { roles?: string[] }[];
  return [
    `procedure.${id}`,
    `instrument.${String((p as Record<string, unknown>)['instrument'])}`,
    ...[...text.matchAll(/"because":\s*"([^"]+)"/g)].map((match) => `because.${match[1]}`),
    ...keys('seats').map((seat) => `seat.${seat}`),
    ...seats.flatMap((seat) => seat.roles ?? []).map((role) => `role.${role}`),
    ...keys('acts').flatMap((act) => [`act.${act}`, `act.${act}.done`]),
    ...tracks.flatMap(([track, { states }]) => [
      `track.${track}`,
      ...(states as unknown as string[]).map((state) => `track.${track}.${state}`),
    ]),
    ...choices.map(([choice]) => `choice.${choice}`),
    ...choices.flatMap(([, choice]) => choice.grounds ?? []).map((ground) => `ground.${ground}`),
    ...acts.flatMap(memberWords),
    ...keys('custody').map((kind) => `copy.${kind}`),
    ...keys('duties').map((duty) => `duty.${duty}`),
    ...keys('clocks').flatMap((clock) => [`clock.${clock}`, `clock.${clock}.then`]),
    ...acts.flatMap((act) => Object.keys(act.sections ?? {})).map((section) => `section.${section}`),
  ];
}

interface Carrying {
  readonly carries?: Readonly<Record<string, unknown>>;
  readonly 'may-carry'?: Readonly<Record<string, unknown>>;
  readonly grounds?: readonly string[];
}

interface ActWords extends Carrying {
  readonly sections?: object;
  readonly items?: { readonly choices: Readonly<Record<string, Carrying>> };
}

/** What an act and its decisions say besides: where one of a list of words is to be chosen, each of them. */
function memberWords(act: ActWords): readonly string[] {
  const said = Object.entries({ ...act.carries, ...act['may-carry'] });
  const decided = Object.values(act.items?.choices ?? {}).flatMap((choice) => Object.entries(choice.carries ?? {}));
  const chosen = [...said, ...decided].flatMap(([member, kind]) =>
    Array.isArray(kind) ? kind.map((word) => `member.${member}.${word}`) : [],
  );
  return [...said.map(([member]) => `member.${member}`), ...chosen];
}

function coreWords(): readonly string[] {
  const duties = ['vocabulary', 'cooperation'].flatMap((id) =>
    Object.keys((json(`law/packs/${id}.json`) as { duties: Record<string, unknown> }).duties),
  );
  const all = [
    ...Object.keys(CODES).flatMap((code) => [`error.${code}`, `error.${code}.next`]),
    ...PROCEDURES.flatMap(procedureWords),
    ...DATA_CATEGORIES.map((category) => `category.${category}`),
    ...IDENTIFIER_TYPES.map((type) => `identifier.${type}`),
    ...[...VERDICTS, ...REPORTS].map((verdict) => `verdict.${verdict}`),
    ...[...KEEP_REASONS, ...DROP_REASONS, ...ROW_REASONS].map((reason) => `reason.${reason}`),
    ...PURPOSES.map((purpose) => `purpose.${purpose}`),
    ...duties.map((duty) => `owed.${duty}`),
    ...COPY_STATUSES.map((status) => `copy.status.${status}`),
  ];
  return [...new Set(all)].sort();
}

/** Names of the placeholders of a message, those inside its plurals included: a compiled part is a text, or a name with its choices. */
function placeholders(message: string): readonly string[] {
  const visit = (part: unknown): readonly string[] => {
    if (!Array.isArray(part)) return [];
    const [name, , choices] = part as [unknown, unknown, unknown];
    const inner = typeof choices === 'object' && choices !== null ? Object.values(choices).flat() : [];
    return [...(typeof name === 'string' ? [name] : []), ...inner.flatMap(visit)];
  };
  return [...new Set([...compileMessage(message)].flatMap(visit))].filter((name) => name !== '#').sort();
}

describe('the words that every surface shares', () => {
  test.each(LANGUAGES)('%s: every code, every word of every procedure, once, and nothing else', (language) => {
    const page = Object.keys(words(FOLDERS.work, language));
    const shared = [FOLDERS.core, FOLDERS.errors, FOLDERS.desk].flatMap((folder) => Object.keys(words(folder, language)));
    // Some members have their words on the pages already.
    const wanted = coreWords().filter((key) => !page.includes(key));
    expect(shared.sort()).toEqual(wanted);
  });
});

interface Vocabulary {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly regimes: Readonly<Record<string, unknown>>;
}

test.each(LANGUAGES)('%s: every fact of a transfer and every body of rules has a name', (language) => {
  const found = words(FOLDERS.law, language);
  const { facts, regimes } = json('law/packs/vocabulary.json') as Vocabulary;
  const cooperation = json('law/packs/cooperation.json') as Vocabulary;
  const wanted = [
    ...Object.keys(facts).map((fact) => `fact.${fact}`),
    ...Object.keys({ ...regimes, ...cooperation.regimes }).map((regime) => `regime.${regime}`),
  ];
  expect(wanted.filter((key) => found[key] === undefined)).toEqual([]);
});

test('the English words of the steps of gates are those of the law', () => {
  const gates = readdirSync(join(ROOT, 'law/packs')).filter((name) => name.startsWith('gate.'));
  const steps = gates.flatMap(
    (name) => (json(`law/packs/${name}`) as unknown as { steps: { id: string; says: string }[] }).steps,
  );
  expect(words(FOLDERS.steps, 'en')).toEqual(Object.fromEntries(steps.map(({ id, says }) => [`step.${id}`, says])));
});

describe.each(Object.entries(FOLDERS))('%s', (_, folder) => {
  const english = words(folder, 'en');
  const languages = languagesOf(folder);
  const others = languages.filter((language) => language !== 'en');

  test.each(languages)('%s has the same words as English, none of them empty', (language) => {
    const found = words(folder, language);
    expect(Object.keys(found)).toEqual(Object.keys(english));
    expect(Object.entries(found).filter(([, word]) => word.trim() === '')).toEqual([]);
  });

  test.each(languages)('%s: every word is a sound ICU message', (language) => {
    const parts = Object.entries(words(folder, language)).map(([key, word]) => [key, compileMessage(word)]);
    expect(parts.filter(([, compiled]) => compiled === undefined || compiled.length === 0)).toEqual([]);
  });

  test.each(others)('%s names no placeholder that English does not fill', (language) => {
    const strange = Object.entries(words(folder, language)).filter(
      ([key, word]) => !placeholders(word).every((name) => placeholders(english[key] ?? '').includes(name)),
    );
    expect(strange).toEqual([]);
  });

  test.each(others)('%s says of itself that nobody has reviewed it, and is no copy of the English', (language) => {
    expect((json(`packages/${folder}/${language}.json`) as unknown as { meta: unknown }).meta).toEqual({
      lang: language,
      reviewed: false,
    });
    const found = words(folder, language);
    const copied = Object.keys(english).filter((key) => (english[key]?.length ?? 0) > 90 && found[key] === english[key]);
    expect(copied).toEqual([]);
  });
});

describe('legal terms are locked', () => {
  const terms = json('packages/core/terms.json') as Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  const everywhere = [
    ...Object.values(FOLDERS).filter((folder) => folder !== FOLDERS.offline),
    'formats/messages/container',
    'verify/messages',
  ];
  const printed = [FOLDERS.offline, 'formats/messages', 'formats/messages/hi1'];

  test.each(TRANSLATED)('%s says each of them in one way, wherever English says it', (language) => {
    const all = PRINT_LANGUAGES.some((known) => known === language) ? [...everywhere, ...printed] : everywhere;
    const folders = all.filter((folder) => !PARTLY.includes(folder) || languagesOf(folder).includes(language));
    const strayed = folders.flatMap((folder) => {
      const [english, found] = [words(folder, 'en'), words(folder, language)];
      return Object.entries(english).flatMap(([key, text]) =>
        Object.entries(terms)
          // Some catalogues keep lists beside their texts.
          .filter(([term]) => typeof text === 'string' && text.toLowerCase().includes(term.toLowerCase()))
          .filter(([, forms]) => !(forms[language] ?? []).some((form) => found[key]?.toLowerCase().includes(form.toLowerCase())))
          .map(([term]) => `${folder} ${key}: ${term}`),
      );
    });
    expect(strayed).toEqual([]);
  });
});

/** Families of which a page makes the last part from data. */
const FAMILIES =
  /^(act|aim|ask\.(example|group)|assess\.says|card|category|cell|change\.(kind|says)|clock|confirmed|consequence|decide\.reasons|decision|diff|emergency\.statement|complaint|fact|figures\.(col|letter|outcome|part)|forecast|gatefact|hand|identifier\.warning|import\.answer\.state|item|law\.(about|kind|what)|look\.(join|kind|tool)|mail|offline\.(fact|proof)|oversight\.(evidence|opened)|query|member|method|moves|order|owed|refusal\.(by|confirmed)|regime|role|route|smaller|spell|step|told|transform|value|verify\.(kind|mark|reading|says))\./;

test('no page word is left over', () => {
  const sources = readdirSync(WEB, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !name.includes('.test.'),
  );
  const text = [...sources, '../vite.offline.config.ts'].map((name) => readFileSync(join(WEB, name), 'utf8')).join('\n');
  const all = Object.keys({
    ...words(FOLDERS.web, 'en'),
    ...words(FOLDERS.pages, 'en'),
    ...words(FOLDERS.inner, 'en'),
    ...words(FOLDERS.work, 'en'),
    ...words(FOLDERS.coop, 'en'),
    ...words(FOLDERS.gate, 'en'),
    ...words(FOLDERS.look, 'en'),
    ...words(FOLDERS.papers, 'en'),
    ...words(FOLDERS.open, 'en'),
    ...words(FOLDERS.offline, 'en'),
  });
  const unused = all.filter((key) => !FAMILIES.test(key) && !text.includes(`'${key}'`));
  expect(unused).toEqual([]);
});
