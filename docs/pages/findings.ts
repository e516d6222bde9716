import { FINDINGS } from '@comity/verify';
import { head, table, wordsOf } from './page.ts';

/** Every finding of the verifier with its kind and sentence. Throws when one has no words. */
export function findings(): string {
  const words = wordsOf('packages/verify/messages/en.json');
  const rows = Object.entries(FINDINGS).map(([code, kind]) => {
    const text = words(`finding.${code}`);
    if (text === undefined) throw new Error(`packages/verify/messages/en.json has no finding.${code}`);
    return [`\`${code}\``, kind, text];
  });
  return [
    head('Findings', '`packages/verify/src/report.ts` and `packages/verify/messages/en.json`'),
    'What the verifier can find in a case file or a proof. `tampered`: cryptography or a log contradicts. `departure`: done and logged, but not by the book.',
    '`gap`: cannot be told from this file. `remark`: worth knowing, and as it may be. The gravest kind decides the verdict; a remark does not change it.',
    '',
    table(['code', 'kind', 'what it says'], rows),
    '',
  ].join('\n');
}
