import { ok, type Result, refuse } from '@comity/core';
import type { EpocForm, ProductionForm } from './form.ts';

/** Who receives what is made of a form. */
export type FormRecipient = 'addressee' | 'enforcing';

/** Words of section M that would give it away elsewhere: shorter agreement is chance. */
const TELLING = 40;

/**
 * A form as one recipient may have it. INVARIANT: no package for the addressee holds section M, nor its words in another section (arts 5(5)(i)-(j), 9(2)). It is not left out in silence: whoever builds such a
 * package has made a mistake, and gets `section-m-in-package`, with the section, and no package.
 */
export function packageFor(recipient: FormRecipient, form: EpocForm): Result<EpocForm> {
  if (recipient === 'enforcing' || form.form !== 1) return ok(form);
  return form.m === undefined ? ok(form) : refuse('section-m-in-package', 'M');
}

/** Both packages of a production order: the addressee's without section M, and the enforcing authority's with it. Refuses `section-m-in-package` where words of section M stand elsewhere in the form. */
export function splitForm(
  form: ProductionForm,
): Result<{ readonly addressee: ProductionForm; readonly enforcing: ProductionForm }> {
  const { m, ...addressee } = form;
  const leak = m === undefined ? undefined : leakOf(addressee, [m.necessity, m.summary]);
  if (leak !== undefined) return refuse('section-m-in-package', leak);
  return ok({ addressee, enforcing: form });
}

/** The section in which a telling run of secret words stands. */
function leakOf(form: object, secrets: readonly string[]): string | undefined {
  const runs = secrets.flatMap(runsOf);
  return Object.entries(form).find(([, section]) => {
    const text = plain(JSON.stringify(section));
    return runs.some((run) => text.includes(run));
  })?.[0];
}

function runsOf(secret: string): readonly string[] {
  const text = plain(secret);
  // Windows that overlap by half: a run of twice the telling length always holds one whole.
  return Array.from({ length: Math.max(0, Math.floor((text.length - TELLING) / (TELLING / 2)) + 1) }, (_, index) =>
    text.slice((index * TELLING) / 2, (index * TELLING) / 2 + TELLING),
  );
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ');
}
