import type { Env, Instant } from '@comity/core';
import { type Line, note, type Print, plain, type Section, strong } from '../print.ts';
import { setPdf } from '../set-pdf.ts';
import { say, type Words } from '../words.ts';
import { fileDate } from '../zoned.ts';
import { checkForm } from './check-form.ts';
import type { EpocForm } from './form.ts';
import { followingSections, obstacleSections } from './print-answers.ts';
import { preservationSections, productionSections } from './print-orders.ts';
import type { FormWords } from './words.ts';

/** What surrounds a form on paper. */
export interface FormSheet {
  readonly env: Env;
  readonly issuer: string;
  readonly reference: string;
  readonly made: Instant;
  /** Digest of the form's canonical JSON, printed at the foot of every page. */
  readonly digest: string;
}

/** A form as PDF, in the order and with the letters of the annex, in our own words. Same form, sheet and words, same bytes. It is not the official form, and bears no qualified signature: it says so. */
export async function formPdf(
  form: EpocForm,
  sheet: FormSheet,
  words: { readonly general: Words; readonly form: FormWords },
): Promise<Uint8Array> {
  return setPdf(formPrint(form, sheet, words));
}

/** What is printed, before it is set. */
export function formPrint(form: EpocForm, sheet: FormSheet, words: { readonly general: Words; readonly form: FormWords }): Print {
  const { general, form: own } = words;
  return {
    lang: general.lang,
    dir: general.dir,
    title: own[`title.${form.form}`],
    lead: own[`lead.${form.form}`],
    issuer: sheet.issuer,
    reference: sheet.reference,
    band: sheet.env === 'sandbox' ? say(general, 'band.sandbox') : null,
    date: fileDate(sheet.made),
    foot: { label: own['foot.digest'], digest: sheet.digest, page: general.texts.page },
    sections: [
      ...sectionsOf(form, words),
      ...findings(form, own),
      { kind: 'text', heading: own['note.heading'], lines: [note(own['note.unofficial']), note(own['note.signature'])] },
    ],
  };
}

function sectionsOf(form: EpocForm, words: { readonly general: Words; readonly form: FormWords }): readonly Section[] {
  if (form.form === 1) return productionSections(form, words);
  if (form.form === 2) return preservationSections(form, words);
  return form.form === 3 ? obstacleSections(form, words.form) : followingSections(form, words.form);
}

/** What a reader must know of how the form is read: contradictory ticks, free words. */
function findings(form: EpocForm, words: FormWords): readonly Section[] {
  const lines = checkForm(form).map(({ code, at, weight }): Line => {
    const text = `${at}: ${words[`finding.${code}`]}`;
    return weight === 'fault' ? { ...strong(text), tone: 'bad' } : plain(text);
  });
  return lines.length === 0 ? [] : [{ kind: 'text', heading: words['findings.heading'], lines }];
}
