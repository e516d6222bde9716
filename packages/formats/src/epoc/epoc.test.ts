import { canonicalJson, type Json, type JsonObject } from '@comity/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ETSI_VERSION,
  type Hi1Message,
  hasFault,
  lintMessage,
  messageJson,
  type OrderIds,
  PROFILE,
  readMessageJson,
} from '../hi1/index.ts';
import { draftFromFile } from '../intake/index.ts';
import { WORDS } from '../words.ts';
import { checkForm, FORM_FINDINGS } from './check-form.ts';
import {
  DEADLINE_TICKS,
  type EpocForm,
  OBSTACLES,
  type PreservationForm,
  type ProductionForm,
  SUBSCRIBER_OPTIONS,
} from './form.ts';
import { formActions, formFrom } from './hi1-form.ts';
import { packageFor, splitForm } from './package-form.ts';
import { formPdf, formPrint } from './print-form.ts';
import { readForm } from './read-form.ts';
import { FORM_1, FORM_2, FORM_3, FORM_6 } from './testing/forms.ts';
import { FORM_WORDS } from './words.ts';
import { formXml } from './xml-form.ts';

const codes = (form: EpocForm): readonly string[] => checkForm(form).map(({ code }) => code);
const changed = (part: Partial<ProductionForm>): ProductionForm => ({ ...FORM_1, ...part });
const { m: SECRET, ...WITHOUT_M } = FORM_1;
const SHEET = {
  env: 'sandbox',
  issuer: 'Ministério Público',
  reference: 'P-17/26',
  made: '2026-11-26T10:00:00.000Z',
  digest: 'ab'.repeat(32),
} as const;
const both = (language: 'en' | 'fr' | 'ar') => ({ general: WORDS[language], form: FORM_WORDS[language] });

describe('section M', () => {
  it('is never in a package for the addressee: the package is not made', () => {
    expect(packageFor('addressee', FORM_1)).toMatchObject({ ok: false, refusal: { code: 'section-m-in-package', field: 'M' } });
    expect(packageFor('addressee', WITHOUT_M).ok).toBe(true);
    expect(packageFor('enforcing', FORM_1).ok).toBe(true);
  });

  it('goes to the enforcing authority alone when a form is split', () => {
    const split = splitForm(FORM_1);
    expect(split.ok && [split.value.addressee.m, split.value.enforcing.m]).toEqual([undefined, SECRET]);
    expect(split.ok && JSON.stringify(split.value.addressee)).not.toContain('learnt in any other way');
  });

  it('may not stand in another section either, in whatever spacing or case', () => {
    fc.assert(
      fc.property(fc.constantFrom('c', 'g', 'l', 'h'), fc.string({ maxLength: 20 }), (letter, noise) => {
        const told = `${noise} WHO OPENED the account,  and when it was used in March, cannot be learnt in any other way ${noise}`;
        const parts = {
          c: { ...FORM_1.c, reasons: told },
          g: { ...FORM_1.g, offence: told },
          h: { delayed: true, reasons: told },
          l: { ...FORM_1.l, name: told },
        };
        const split = splitForm(changed({ [letter]: parts[letter as keyof typeof parts] }));
        expect(split).toMatchObject({ ok: false, refusal: { code: 'section-m-in-package', field: letter } });
      }),
      { numRuns: 40 },
    );
  });

  it('never goes into a message to the provider, and a message that has it is refused', () => {
    expect(formActions(FORM_1, way(FORM_1))).toMatchObject({ ok: false, refusal: { code: 'section-m-in-package' } });
    const message = messageOf(WITHOUT_M);
    const wire = JSON.stringify(messageJson(message));
    const body = Buffer.from(canonicalJson(WITHOUT_M)).toString('base64');
    const read = readMessageJson(
      JSON.parse(wire.replace(body, Buffer.from(canonicalJson(FORM_1)).toString('base64'))) as JsonObject,
    );
    expect(read.ok && formFrom(read.value.message)).toMatchObject({ ok: false, refusal: { code: 'section-m-in-package' } });
  });
});

describe('a form', () => {
  it('that is sound has nothing found against it', () => {
    expect([FORM_1, FORM_2, FORM_3, FORM_6].map(codes)).toEqual([[], [], [], []]);
  });

  it('is read with exactly its members, each of its type', () => {
    const plain = (form: EpocForm): Json => JSON.parse(canonicalJson(form));
    for (const form of [FORM_1, FORM_2, FORM_3, FORM_6]) expect(readForm(plain(form))).toEqual({ ok: true, value: form });
    const wrong = (json: Json): string => {
      const read = readForm(json);
      return read.ok ? 'read' : String(read.refusal.field);
    };
    const loose = plain(FORM_1) as JsonObject;
    expect(wrong({ ...loose, n: 1 })).toBe('n');
    expect(wrong({ ...loose, h: {} })).toBe('h.delayed');
    expect(wrong({ ...loose, c: { ticks: ['soon'], procedural: [] } })).toBe('c.ticks.0');
    expect(wrong({ form: 4 })).toBe('form');
    expect(wrong([])).toBe('form');
    expect(wrong({ form: 'toString' })).toBe('form');
  });

  it.each<[string, EpocForm]>([
    ['both-ten-days', changed({ c: { ...FORM_1.c, ticks: ['as-soon-as-possible', 'end-of-ten-days'] } })],
    ['no-deadline', changed({ c: { ...FORM_1.c, ticks: [] } })],
    ['emergency-without-reasons', changed({ c: { ticks: ['threat-to-life'], procedural: [] } })],
    ['deadline-and-emergency', changed({ c: { ticks: ['threat-to-life', 'end-of-ten-days'], reasons: 'x', procedural: [] } })],
    ['notified-without-deadline', changed({ c: { ticks: ['as-soon-as-possible'], procedural: [] } })],
    ['contacts-swapped', changed({ i: { ...FORM_1.i, name: FORM_1.j?.name ?? '' }, j: FORM_1.i })],
    ['contacts-same', changed({ j: { ...FORM_1.i, name: 'Tribunal Central' } })],
    ['emergency-addressee', changed({ b: { ...FORM_1.b, kind: 'other-in-emergency' } })],
    ['issuer-alone', withoutJ()],
    ['validation-missing', withoutJ()],
    ['unvalidated-tier', changed({ i: { ...FORM_1.i, type: 'other', withoutValidation: true } })],
    ['zone-missing', changed({ items: FORM_1.items.map(({ zone: _zone, ...item }) => item) })],
    ['period-missing', changed({ items: FORM_1.items.map(({ period: _period, ...item }) => item) })],
    ['processor-without-reason', changed({ g: { ...FORM_1.g, addressedAs: 'processor' } })],
    ['threshold-missing', changed({ g: withoutPenalty() })],
    ['delay-without-reasons', changed({ h: { delayed: true } })],
    ['section-m-missing', WITHOUT_M],
    ['free-text', changed({ items: FORM_1.items.map((item) => ({ ...item, other: 'everything else' })) })],
    ['conflict-missing', withoutE()],
    ['conflict-unfounded', { ...FORM_3, e: { law: 'x', applies: 'x', conflict: 'The data are stored in the US.' } }],
    ['item-preservation', { ...FORM_3, g: [] }],
    ['production-missing', { ...FORM_6, form: 5 }],
    ['extension-late', { ...FORM_6, by: { ...FORM_6.by, on: '2026-12-02' } }],
  ])('that is not has it found: %s', (code, form) => {
    expect(codes(form)).toContain(code);
  });

  it.each(['en', 'fr', 'ar'] as const)(
    'is printed in %s with the letters of the annex in their order, twice the same bytes',
    async (language) => {
      const words = both(language);
      for (const form of [FORM_1, FORM_2, FORM_3, FORM_6]) {
        const once = await formPdf(form, SHEET, words);
        expect(Buffer.compare(once, await formPdf(form, SHEET, words))).toBe(0);
      }
      const letters = formPrint(FORM_1, SHEET, words).sections.map(({ heading }) => heading.split(' · ').slice(0, -1).join(''));
      expect(letters.filter((letter) => letter !== '')).toEqual(['A', 'B', 'C', 'D', 'EF', 'G', 'H', 'I', 'J', 'K', 'L', 'M']);
      expect(
        formPrint(FORM_3, SHEET, words)
          .sections.map(({ heading }) => heading.split(' · ')[0])
          .slice(0, 8),
      ).toEqual([...'ABCDEFGH']);
    },
  );

  it('says on paper how contradictory ticks are read, and that it bears no qualified signature', () => {
    const print = JSON.stringify(
      formPrint(changed({ c: { ...FORM_1.c, ticks: ['as-soon-as-possible', 'end-of-ten-days'] } }), SHEET, both('en')),
    );
    expect(print).toContain('It is read as the end of ten days');
    expect(print).toContain('asks for a qualified one');
  });

  it('has its words in every language', () => {
    for (const words of Object.values(FORM_WORDS)) expect(Object.keys(words)).toEqual(Object.keys(FORM_WORDS.en));
    const said = Object.keys(FORM_WORDS.en);
    for (const key of [
      ...Object.keys(FORM_FINDINGS).map((code) => `finding.${code}`),
      ...OBSTACLES.map((one) => `obstacle.${one}`),
      ...DEADLINE_TICKS.map((one) => `deadline.${one}`),
      ...SUBSCRIBER_OPTIONS.map((one) => `option.${one}`),
    ])
      expect(said).toContain(key);
  });
});

function withoutJ(): ProductionForm {
  const { j: _j, ...rest } = FORM_1;
  return rest;
}

function withoutE(): EpocForm {
  const { e: _e, ...rest } = FORM_3;
  return rest;
}

function withoutPenalty(): ProductionForm['g'] {
  const { maxPenaltyYears: _years, ...rest } = FORM_1.g;
  return rest;
}

const uuid = (number: number): string => `${String(number).padStart(8, '0')}-b628-416d-bd22-404e68a0cd36`;

function way(form: ProductionForm | PreservationForm) {
  const ids: OrderIds = {
    authorisation: uuid(1),
    encryption: uuid(2),
    reasons: uuid(3),
    tasks: Object.fromEntries(form.items.map(({ id }, index) => [id, uuid(10 + index)])),
  };
  const ends = {
    from: { CountryCode: 'PT', UniqueIdentifier: 'pt-prosecution' },
    to: { CountryCode: 'IE', UniqueIdentifier: 'ie-skymail' },
  };
  return {
    ...ends,
    recipient: 'age1example',
    document: uuid(4),
    ids,
    ...(form.form === 2 ? { preserveUntil: '2027-01-25T00:00:00.000Z' } : {}),
  };
}

function messageOf(form: ProductionForm | PreservationForm): Hi1Message {
  const given = way(form);
  const actions = formActions(form, given);
  if (!actions.ok) throw new Error(JSON.stringify(actions.refusal));
  return {
    header: {
      sender: given.from,
      receiver: given.to,
      transaction: uuid(5),
      at: '2026-11-26T10:00:00.000Z',
      version: { etsi: ETSI_VERSION, ...PROFILE },
    },
    body: { kind: 'request', actions: actions.value },
  };
}

const text = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' });
const day = fc
  .integer({ min: 0, max: 3000 })
  .map((days) => new Date(Date.UTC(2025, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));
const at = day.map((one) => `${one}T08:00:00.000Z`);
const item = fc.record(
  {
    category: fc.constantFrom('subscriber' as const, 'identification' as const, 'traffic' as const, 'content' as const),
    value: fc.emailAddress(),
    options: fc.uniqueArray(fc.constantFrom(...SUBSCRIBER_OPTIONS)),
    other: text,
    period: fc.record({ from: at, until: at }),
    zone: fc.constantFrom('Europe/Lisbon', 'Asia/Tokyo'),
  },
  { requiredKeys: ['category', 'value', 'options'] },
);
const form1 = fc
  .record({
    ticks: fc.uniqueArray(fc.constantFrom(...DEADLINE_TICKS)),
    reasons: text,
    delayed: fc.boolean(),
    file: text,
    signedOn: day,
    validated: fc.boolean(),
    notified: fc.boolean(),
    procedural: fc.array(fc.record({ what: text, at }), { maxLength: 2 }),
    items: fc.array(item, { minLength: 1, maxLength: 4 }),
  })
  .map(({ ticks, reasons, delayed, file, signedOn, validated, notified, procedural, items }): ProductionForm => {
    const { j, k, ...rest } = WITHOUT_M;
    return {
      ...rest,
      a: { ...rest.a, issuingFile: file },
      c: { ticks, reasons, procedural },
      h: { delayed },
      i: { ...rest.i, signedOn },
      ...(validated && j !== undefined ? { j } : {}),
      ...(notified && k !== undefined ? { k } : {}),
      items: items.map(({ value, ...one }, index) => ({ id: `i${index}`, identifier: { type: 'email', value }, ...one })),
    };
  });

describe('a form in a message of TS 103 120', () => {
  it('comes back as it went in, whatever stands in it', () => {
    fc.assert(
      fc.property(form1, (form) => {
        const read = readMessageJson(messageJson(messageOf(form)));
        expect(read.ok && formFrom(read.value.message)).toEqual({ ok: true, value: form });
      }),
    );
    const preserved = { ...FORM_2, items: FORM_2.items.map((one) => one) };
    expect(formFrom(messageOf(preserved))).toEqual({ ok: true, value: preserved });
  });

  it('satisfies the linter, with the free words for a person', () => {
    const read = readMessageJson(messageJson(messageOf(WITHOUT_M)));
    expect(read.ok && hasFault(lintMessage(read.value))).toBe(false);
  });

  it('is not believed when the tasks beside it ask for something else', () => {
    const wire = JSON.stringify(messageJson(messageOf(WITHOUT_M)));
    for (const [one, other] of [
      ['TrafficData', 'StoredContentData'],
      ['192.0.2.7', '192.0.2.8'],
      ['TenDaysSubjectToEA', 'EightHours'],
    ] as const) {
      const read = readMessageJson(JSON.parse(wire.replace(one, other)) as JsonObject);
      expect(read.ok && formFrom(read.value.message)).toMatchObject({ ok: false, refusal: { code: 'form-invalid' } });
    }
  });
});

describe('a form in XML with the observed names', () => {
  it('is read back as the items that it asks for, whatever their values hold', () => {
    fc.assert(
      fc.property(form1, text, (form, name) => {
        const xml = formXml({ ...form, b: { ...form.b, addressee: `<${name}>&"` } });
        const draft = xml.ok ? draftFromFile('txt', xml.value.bytes) : xml;
        if (!draft.ok) {
          // XML has no place for control characters, and the reader takes none.
          expect(JSON.stringify([form, name])).toMatch(/\\u|\\b|\\f/);
          return;
        }
        expect(draft.value.items.map(({ item: one, identifier }) => [one.id, one.category, one.period, identifier])).toEqual(
          form.items.map(({ id, category, period, identifier }) => [id, category, period, identifier]),
        );
        expect(draft.value.values.filter(({ field }) => field === 'deadline')).toHaveLength(form.c.ticks.length);
      }),
    );
  });

  it('names what it leaves out, and never holds section M', () => {
    const xml = formXml(WITHOUT_M);
    expect(xml.ok && xml.value.left).toContain('G');
    expect(formXml(FORM_1)).toMatchObject({ ok: false, refusal: { code: 'section-m-in-package' } });
    const preserved = formXml(FORM_2);
    const draft = preserved.ok ? draftFromFile('txt', preserved.value.bytes) : preserved;
    expect(draft.ok && draft.value.items.map(({ does }) => does)).toEqual(['preserve', 'preserve']);
  });
});
