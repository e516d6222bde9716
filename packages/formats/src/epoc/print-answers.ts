import { type Line, plain, type Section } from '../print.ts';
import { zonedLines } from '../zoned.ts';
import type { FollowingForm, ObstacleForm } from './form.ts';
import { lettered, row } from './print-rows.ts';
import type { FormWords } from './words.ts';

/** Form 3, sections A to H: reasons stand per identifier, and so does what is preserved meanwhile. */
export function obstacleSections(form: ObstacleForm, words: FormWords): readonly Section[] {
  const { a, b, c, h } = form;
  return [
    lettered(words, { letter: 'A', heading: 'heading.certificate' }, [
      ...row(words, 'label.certificate', a.certificate),
      ...row(words, 'label.reference', a.reference),
    ]),
    lettered(words, { letter: 'B', heading: 'heading.authorities' }, [
      ...row(words, 'label.issuing', b.issuing),
      ...row(words, 'label.enforcing', b.enforcing),
    ]),
    lettered(words, { letter: 'C', heading: 'heading.addressee' }, [
      ...row(words, 'label.addressee', c.addressee),
      ...row(words, 'label.received', zonedLines(c.received, 'UTC')),
    ]),
    ...reasons(form, words),
    ...preserved(form, words),
    lettered(words, { letter: 'H', heading: 'heading.contact' }, [
      ...row(words, 'label.name', h.name),
      ...row(words, 'label.contact', h.contact),
      ...row(words, 'label.on', h.on),
    ]),
  ];
}

function reasons({ d, e, f }: ObstacleForm, words: FormWords): readonly Section[] {
  const linesOf = (one: ObstacleForm['d'][number]): readonly Line[] => [
    ...one.reasons.map((reason) => plain(`✓ ${words[`obstacle.${reason}`]}`)),
    plain(one.words),
  ];
  const given: Section = {
    kind: 'pairs',
    heading: `D · ${words['heading.obstacles']}`,
    rows: d.map((one) => ({ label: one.item, lines: linesOf(one) })),
  };
  const conflict =
    e === undefined
      ? []
      : [
          lettered(words, { letter: 'E', heading: 'heading.conflict' }, [
            ...row(words, 'label.law', e.law),
            ...row(words, 'label.applies', e.applies),
            ...row(words, 'label.conflict', e.conflict),
          ]),
        ];
  const asked =
    f === undefined ? [] : [lettered(words, { letter: 'F', heading: 'heading.asked-back' }, row(words, 'label.asked-back', f))];
  return [given, ...conflict, ...asked];
}

function preserved({ g }: ObstacleForm, words: FormWords): readonly Section[] {
  const rows = g.map((one) => ({
    label: one.item,
    lines: [plain(one.preserved ? words['value.preserved'] : words['value.not-preserved']), plain(one.words)],
  }));
  return rows.length === 0 ? [] : [{ kind: 'pairs', heading: `G · ${words['heading.preserved']}`, rows }];
}

/** Forms 5 and 6. */
export function followingSections(form: FollowingForm, words: FormWords): readonly Section[] {
  const { production, by } = form;
  return [
    lettered(words, { letter: 'A', heading: 'heading.authorities' }, [
      ...row(words, 'label.issuing', form.issuing),
      ...row(words, 'label.reference', form.reference),
    ]),
    lettered(words, { letter: 'B', heading: 'heading.addressee' }, row(words, 'label.addressee', form.addressee)),
    lettered(words, { letter: 'C', heading: form.form === 5 ? 'heading.production-follows' : 'heading.extended' }, [
      ...row(words, 'label.preserved-since', zonedLines(form.preservedSince, 'UTC')),
      ...(production === undefined
        ? []
        : [...row(words, 'label.production', production.reference), ...row(words, 'label.on', production.on)]),
      ...(form.form === 6 ? row(words, 'label.extension', words['value.extension']) : []),
    ]),
    lettered(words, { letter: 'D', heading: 'heading.contact' }, [
      ...row(words, 'label.name', by.name),
      ...row(words, 'label.contact', by.contact),
      ...row(words, 'label.signed-on', by.on),
      ...row(words, 'label.signature', words['value.signature']),
    ]),
  ];
}
