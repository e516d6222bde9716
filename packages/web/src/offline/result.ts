import { momentIn } from '../words/when.ts';
import { caseResult } from './caseResult.ts';
import type { Answer } from './check.ts';
import { element } from './element.ts';
import { proofResult } from './proofResult.ts';
import { factList, verdictLine } from './report.ts';
import { locale, say, wordFor } from './words.ts';

/** An answer, and what was asked: enough to print it and keep it. */
export interface Checked {
  readonly answer: Exclude<Answer, { readonly kind: 'failed' }>;
  readonly file: string;
  /** SHA-256 of the file. */
  readonly fingerprint: string;
  readonly at: string;
}

/** What the verifier says, as elements. */
export function resultOf(checked: Checked): readonly Node[] {
  const { answer } = checked;
  if (answer.kind === 'refused') return refusal(checked, answer);
  if (answer.kind === 'proof') {
    const { verdict } = answer.report;
    return [
      verdictLine(verdict, say(`offline.proof.${verdict}`)),
      element('p', {}, say(`offline.proof.says.${verdict}`)),
      factList(factsOf(checked, [])),
      ...proofResult(answer.report),
    ];
  }
  const { report } = answer;
  const names = [['case', report.case] as const, ['made-by', report.madeBy] as const];
  return [
    verdictLine(report.verdict, say(`verdict.${report.verdict}`)),
    element('p', {}, say(`verify.says.${report.verdict}`)),
    factList(factsOf(checked, report.case === '' ? [] : names)),
    ...caseResult(report),
  ];
}

function refusal(checked: Checked, { refusal: why }: Extract<Answer, { readonly kind: 'refused' }>): readonly Node[] {
  const { code, field = '', values = {} } = why;
  const details = [field, ...Object.values(values).map(String)].filter((text) => text !== '');
  return [
    verdictLine('cannot-tell', say('verdict.cannot-tell')),
    element('p', {}, wordFor(`error.${code}`) ?? code),
    ...(details.length === 0 ? [] : [element('p', { class: 'small quiet mono', dir: 'ltr' }, details.join(': '))]),
    factList(factsOf(checked, [])),
  ];
}

function factsOf(
  { file, fingerprint, at }: Checked,
  more: readonly (readonly [string, string])[],
): readonly (readonly [string, string])[] {
  return [['name', file], ...more, ['fingerprint', fingerprint], ['at', momentIn(at, 'UTC', locale())]];
}
