import { DATA_CATEGORIES, IDENTIFIER_TYPES, isInstant, isJsonObject, type Json, ok, type Result, refuse } from '@comity/core';
import { ADDRESSEE_KINDS, AUTHORITY_TYPES, DEADLINE_TICKS, type EpocForm, OBSTACLES, SUBSCRIBER_OPTIONS } from './form.ts';

/** What a member must be: a test on its value, which gives the path of what is wrong, or undefined. A name that ends in `?` may be absent. */
type Test = (value: Json, path: string) => string | undefined;

const fails = (holds: boolean, path: string): string | undefined => (holds ? undefined : path);
const text: Test = (value, path) => fails(typeof value === 'string' && value.length <= 20_000 && value.isWellFormed(), path);
const flag: Test = (value, path) => fails(typeof value === 'boolean', path);
const count: Test = (value, path) =>
  fails(typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value < 1000, path);
const instant: Test = (value, path) => fails(isInstant(value), path);
const one =
  (words: readonly Json[]): Test =>
  (value, path) =>
    fails(words.includes(value), path);
const many =
  (test: Test): Test =>
  (value, path) =>
    Array.isArray(value) && value.length <= 1000
      ? value.map((member: Json, index) => test(member, `${path}.${index}`)).find((wrong) => wrong !== undefined)
      : path;

function object(members: Readonly<Record<string, Test>>): Test {
  const names = Object.keys(members).map((name) => name.replace(/\?$/, ''));
  return (value, path) => {
    if (!isJsonObject(value)) return path;
    const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
    const unknown = Object.keys(value).find((name) => !names.includes(name));
    if (unknown !== undefined) return at(unknown.slice(0, 60));
    for (const [key, test] of Object.entries(members)) {
      const name = key.replace(/\?$/, '');
      const member = value[name];
      const wrong = member === undefined ? (key.endsWith('?') ? undefined : at(name)) : test(member, at(name));
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
}

const AUTHORITY = {
  type: one(AUTHORITY_TYPES),
  ...{ name: text, representative: text, post: text, reference: text, address: text, phone: text, email: text },
  languages: many(text),
  signedOn: text,
};
const authority = object(AUTHORITY);
const issuing = object({ ...AUTHORITY, withoutValidation: flag });
const sectionA = object({ state: text, issuing: text, 'validating?': text, issuingFile: text, 'validatingFile?': text });
const sectionB = object({
  addressee: text,
  kind: one(ADDRESSEE_KINDS),
  'because?': one(['no-reaction', 'not-appointed']),
  address: text,
  'contact?': text,
  'provider?': text,
  'technicalId?': object({ country: text, id: text }),
});
const items = many(
  object({
    id: text,
    identifier: object({ type: one(IDENTIFIER_TYPES), value: text }),
    category: one(DATA_CATEGORIES.filter((category) => category !== 'records')),
    options: many(one(SUBSCRIBER_OPTIONS)),
    'other?': text,
    'period?': object({ from: instant, until: instant }),
    'zone?': text,
  }),
);
const CONDITIONS = {
  proceedings: one(['criminal', 'sentence']),
  offence: text,
  statute: text,
  'maxPenaltyYears?': count,
  forPublicAuthority: flag,
};

const FORMS: Readonly<Record<string, Test>> = {
  1: object({
    form: one([1]),
    a: sectionA,
    b: sectionB,
    c: object({ ticks: many(one(DEADLINE_TICKS)), 'reasons?': text, procedural: many(object({ what: text, at: instant })) }),
    'd?': object({ kind: one(['preservation', 'production', 'other']), reference: text, on: text, 'addressee?': text }),
    items,
    g: object({
      ...CONDITIONS,
      'category?': text,
      addressedAs: one(['controller', 'processor']),
      'processorReason?': text,
      forProfessionalSecrecy: flag,
    }),
    h: object({ delayed: flag, 'reasons?': text }),
    i: issuing,
    'j?': authority,
    'k?': object({ state: text, name: text, contact: text }),
    l: object({ to: one(['issuing', 'validating', 'other']), name: text, contact: text, format: text }),
    'm?': object({ necessity: text, summary: text }),
  }),
  2: object({
    form: one([2]),
    a: sectionA,
    b: sectionB,
    items,
    e: object(CONDITIONS),
    f: issuing,
    'g?': authority,
    'reasons?': text,
  }),
  3: object({
    form: one([3]),
    a: object({ certificate: one(['EPOC', 'EPOC-PR']), reference: text }),
    b: object({ issuing: text, 'enforcing?': text }),
    c: object({ addressee: text, received: instant }),
    d: many(object({ item: text, reasons: many(one(OBSTACLES)), words: text })),
    'e?': object({ law: text, applies: text, conflict: text }),
    'f?': text,
    g: many(object({ item: text, preserved: flag, words: text })),
    h: object({ name: text, contact: text, on: text }),
  }),
};
const following = object({
  form: one([5, 6]),
  ...{ issuing: text, reference: text, addressee: text },
  preservedSince: instant,
  'production?': object({ reference: text, on: text }),
  by: object({ name: text, contact: text, on: text }),
});

/** Reads a form from JSON: exactly its members, each of its type. Refuses `form-invalid` with the path of the first that is not. What the form says is for `checkForm`. */
export function readForm(json: Json): Result<EpocForm> {
  const number = isJsonObject(json) ? json['form'] : undefined;
  const test =
    number === 5 || number === 6 ? following : Object.hasOwn(FORMS, String(number)) ? FORMS[String(number)] : undefined;
  const wrong = test === undefined ? 'form' : test(json, '');
  return wrong === undefined ? ok(json as unknown as EpocForm) : refuse('form-invalid', wrong); // parser: every member was tested
}
