import type { DestructionReport, Finding, ProofReport, Report } from '@comity/verify';
import { say, sayCode, sayFinding } from '../words.ts';

/** The report on a case in words: verdict first, then each finding as a sentence, the timeline, and who looked into it. */
export function caseLines(report: Report): readonly string[] {
  const { acts, entries, logs, assessments, manifests } = report.checked;
  return [
    sayFinding(`verdict.${report.verdict}`),
    say('verify.checked', { acts, entries, logs, assessments, manifests }),
    ...part('', report.findings.map(sentenceOf)),
    ...part(say('verify.timeline', { case: report.case, party: report.madeBy }), report.timeline.map(lineOf)),
    ...part(say('verify.readings'), report.readings.map(readingOf)),
  ];
}

/** The report on a proof in words. */
export function proofLines(report: ProofReport): readonly string[] {
  const { verdict, origin, index, leaf, entry, disclosed, witnessed } = report;
  const said = entry === undefined ? [] : [`  ${entry.at}  ${entry.t}  ${entry.actor} (${entry.role})`];
  return [
    say(`verify.proof.${verdict}`),
    ...(origin === '' ? [] : [say('verify.proof.place', { origin, index, leaf })]),
    ...part('', report.findings.map(sentenceOf)),
    ...part(say('verify.proof.entry'), said),
    ...part(
      say('verify.proof.disclosed'),
      disclosed.map(({ name, value }) => `  ${name}: ${JSON.stringify(value)}`),
    ),
    ...part(
      say('verify.proof.witnessed'),
      witnessed.map(({ name, at }) => `  ${at}  ${name}`),
    ),
  ];
}

/** The report on a certificate of destruction in words: what is gone, by whose word, and who validated it. */
export function destructionLines(report: DestructionReport): readonly string[] {
  const { verdict, copies, findings } = report;
  return [
    say(`verify.destruction.${verdict}`),
    ...part('', findings.map(sentenceOf)),
    ...part(
      say('verify.destruction.copies', { case: report.case, party: report.madeBy }),
      copies.flatMap(({ item, ciphertext, method, verified, destroyed, validated }) => [
        say('verify.destruction.copy', { item, ciphertext, method }),
        say('verify.destruction.destroyed', { ...destroyed, verified }),
        validated === undefined ? say('verify.destruction.open') : say('verify.destruction.validated', { ...validated }),
      ]),
    ),
  ];
}

function part(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  return title === '' ? ['', ...lines] : ['', title, ...lines];
}

function lineOf({ at, type, party, role, counted, logged, marks }: Report['timeline'][number]): string {
  const who = `${party} (${role})`.padEnd(40);
  const marked = marks.map((mark) => ` ${say(`verify.mark.${mark}`)}`).join('');
  return `  ${at}  ${counted ? ' ' : '×'} ${type.padEnd(22)} ${who} ${say('verify.logged', { count: logged.length })}${marked}`;
}

function readingOf({ at, t, party, role, purpose, index }: Report['readings'][number]): string {
  return `  ${at}    ${t.padEnd(22)} ${`${party} (${role})`.padEnd(40)} #${index} ${purpose}`.trimEnd();
}

function sentenceOf({ code, kind, about, values }: Finding): string {
  // What a refusal says stands inside a sentence, which has its own full stop.
  const refusal = typeof values['refusal'] === 'string' ? { refusal: sayCode(values['refusal'], values).replace(/\.$/, '') } : {};
  const act = about.act === undefined ? '' : ` [${about.act.slice(0, 12)}]`;
  return `  ${sayFinding(`kind.${kind}`)}: ${sayFinding(`finding.${code}`, { ...values, ...refusal })}${act}`;
}
