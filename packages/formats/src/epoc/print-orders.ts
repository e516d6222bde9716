import { type Line, plain, type Section } from '../print.ts';
import type { Words } from '../words.ts';
import { zonedLines } from '../zoned.ts';
import { DEADLINE_TICKS, type PreservationForm, type ProductionForm, type SectionG, type SectionM } from './form.ts';
import { authoritySection, boxes, itemsSection, lettered, row, sectionA, sectionB } from './print-rows.ts';
import type { FormWords } from './words.ts';

interface Both {
  readonly general: Words;
  readonly form: FormWords;
}

/** Form 1, sections A to M in their order; M only where the copy has it. */
export function productionSections(form: ProductionForm, words: Both): readonly Section[] {
  const own = words.form;
  const { j, m } = form;
  return [
    sectionA(form.a, own),
    sectionB(form.b, own),
    deadlines(form, own),
    ...earlier(form, own),
    itemsSection(form.items, `E · F · ${own['heading.items']}`, words),
    conditions(form.g, 'G', own),
    user(form, own),
    authoritySection(form.i, { letter: 'I', heading: 'heading.issuing' }, own),
    ...(j === undefined ? [] : [authoritySection(j, { letter: 'J', heading: 'heading.validating' }, own)]),
    ...enforcing(form, own),
    transfer(form, own),
    ...(m === undefined ? [] : [necessity(m, own)]),
  ];
}

function earlier({ d }: ProductionForm, words: FormWords): readonly Section[] {
  if (d === undefined) return [];
  return [
    lettered(words, { letter: 'D', heading: 'heading.earlier' }, [
      ...row(words, 'label.earlier', words[`earlier.${d.kind}`]),
      ...row(words, 'label.reference', d.reference),
      ...row(words, 'label.on', d.on),
      ...row(words, 'label.addressee', d.addressee),
    ]),
  ];
}

function user({ h }: ProductionForm, words: FormWords): Section {
  return lettered(words, { letter: 'H', heading: 'heading.user' }, [
    ...row(words, 'label.delay', boxes([{ text: words['value.delay'], ticked: h.delayed }])),
    ...row(words, 'label.reasons', h.reasons),
  ]);
}

function enforcing({ k }: ProductionForm, words: FormWords): readonly Section[] {
  if (k === undefined) return [];
  return [
    lettered(words, { letter: 'K', heading: 'heading.enforcing' }, [
      ...row(words, 'label.state', k.state),
      ...row(words, 'label.name', k.name),
      ...row(words, 'label.contact', k.contact),
    ]),
  ];
}

function transfer({ l }: ProductionForm, words: FormWords): Section {
  const kinds = (['issuing', 'validating', 'other'] as const).map((to) => ({
    text: words[`transfer.${to}`],
    ticked: l.to === to,
  }));
  return lettered(words, { letter: 'L', heading: 'heading.transfer' }, [
    ...row(words, 'label.to', boxes(kinds)),
    ...row(words, 'label.name', l.name),
    ...row(words, 'label.contact', l.contact),
    ...row(words, 'label.format', l.format),
  ]);
}

function necessity({ necessity: grounds, summary }: SectionM, words: FormWords): Section {
  return lettered(words, { letter: 'M', heading: 'heading.necessity' }, [
    ...row(words, 'label.necessity', grounds),
    ...row(words, 'label.summary', summary),
  ]);
}

function deadlines({ c }: ProductionForm, words: FormWords): Section {
  const ticks = DEADLINE_TICKS.map((tick) => ({ text: words[`deadline.${tick}`], ticked: c.ticks.includes(tick) }));
  const procedural = c.procedural.flatMap(({ what, at }): readonly Line[] => [plain(what), ...zonedLines(at, 'UTC')]);
  return lettered(words, { letter: 'C', heading: 'heading.deadlines' }, [
    ...row(words, 'label.deadline', boxes(ticks)),
    ...row(words, 'label.reasons', c.reasons),
    ...row(words, 'label.procedural', procedural),
  ]);
}

type Conditions = PreservationForm['e'] &
  Partial<Pick<SectionG, 'category' | 'addressedAs' | 'processorReason' | 'forProfessionalSecrecy'>>;

function conditions(given: Conditions, letter: string, words: FormWords): Section {
  const { proceedings, offence, statute, maxPenaltyYears, category, addressedAs, processorReason } = given;
  const kinds = (['criminal', 'sentence'] as const).map((kind) => ({
    text: words[`proceedings.${kind}`],
    ticked: proceedings === kind,
  }));
  const roles = (['controller', 'processor'] as const).map((role) => ({
    text: words[`addressed.${role}`],
    ticked: addressedAs === role,
  }));
  const special = [
    { text: words['value.public-authority'], ticked: given.forPublicAuthority },
    ...(given.forProfessionalSecrecy === undefined
      ? []
      : [{ text: words['value.secrecy'], ticked: given.forProfessionalSecrecy }]),
  ];
  return lettered(words, { letter, heading: 'heading.conditions' }, [
    ...row(words, 'label.proceedings', boxes(kinds)),
    ...row(words, 'label.offence', [plain(offence), plain(statute)]),
    ...row(words, 'label.max-penalty', maxPenaltyYears === undefined ? undefined : String(maxPenaltyYears)),
    ...row(words, 'label.category', category),
    ...(addressedAs === undefined ? [] : row(words, 'label.addressed-as', boxes(roles))),
    ...row(words, 'label.reasons', processorReason),
    ...row(words, 'label.special', boxes(special)),
  ]);
}

/** Form 2, sections A to G. */
export function preservationSections(form: PreservationForm, words: Both): readonly Section[] {
  const own = words.form;
  return [
    sectionA(form.a, own),
    sectionB(form.b, own),
    itemsSection(form.items, `C · D · ${own['heading.items-preserved']}`, words),
    conditions(form.e, 'E', own),
    ...(form.reasons === undefined
      ? []
      : [lettered(own, { letter: 'E', heading: 'heading.emergency' }, row(own, 'label.reasons', form.reasons))]),
    authoritySection(form.f, { letter: 'F', heading: 'heading.issuing' }, own),
    ...(form.g === undefined ? [] : [authoritySection(form.g, { letter: 'G', heading: 'heading.validating' }, own)]),
  ];
}
