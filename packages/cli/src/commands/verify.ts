import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sha256, signatureChecks } from '@comity/node/keys';
import { exitCodeOf, type Finding, parseTrust, type Report, verifyCase } from '@comity/verify';
import { Command } from 'commander';
import { print, readCase, readJson, refuseWith } from '../output.ts';
import { say, sayCode, sayFinding } from '../words.ts';

const TRUST = join('.comity', 'trust.json');
/** The answer when there is none: 3, as the verifier says it. */
const CANNOT_TELL = exitCodeOf('cannot-tell');

interface Options {
  readonly trust?: string;
  readonly json?: boolean;
}

/** `comity verify FILE`: was this case done by the book? Needs no network and nothing but the file and the trusted keys. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description(say('verify'))
    .argument('<file>', say('verify.file'))
    .option('--trust <file>', say('verify.trust'))
    .option('--json', say('option.json'))
    .addHelpText('after', `\n${say('verify.codes')}`)
    .action(run);
}

function run(file: string, { trust, json = false }: Options): void {
  const how = { json, code: CANNOT_TELL };
  const trustFile = trust ?? (existsSync(TRUST) ? TRUST : undefined);
  if (trustFile === undefined) {
    refuseWith({ code: 'trust-file-invalid', field: '--trust' }, how);
    return;
  }
  const trustJson = readJson(trustFile);
  if (!trustJson.ok) {
    refuseWith(trustJson.refusal, how);
    return;
  }
  const trusted = parseTrust(trustJson.value);
  if (!trusted.ok) {
    refuseWith(trusted.refusal, how);
    return;
  }
  const content = readCase(file);
  if (!content.ok) {
    refuseWith(content.refusal, how);
    return;
  }
  const report = verifyCase(content.value, trusted.value, { sha256, checks: signatureChecks });
  if (json) print(JSON.stringify(report));
  else for (const line of linesOf(report)) print(line);
  process.exitCode = exitCodeOf(report.verdict);
}

/** The report in words: verdict first, then each finding as a sentence, then the timeline. */
function linesOf(report: Report): readonly string[] {
  const { acts, entries, logs, assessments, manifests } = report.checked;
  return [
    sayFinding(`verdict.${report.verdict}`),
    say('verify.checked', { acts, entries, logs, assessments, manifests }),
    ...(report.findings.length === 0 ? [] : ['', ...report.findings.map(sentenceOf)]),
    ...(report.timeline.length === 0 ? [] : ['', say('verify.timeline', { case: report.case, party: report.madeBy })]),
    ...report.timeline.map(
      ({ at, type, party, role, counted, logged }) =>
        `  ${at}  ${counted ? ' ' : '×'} ${type.padEnd(22)} ${`${party} (${role})`.padEnd(40)} ${say('verify.logged', { count: logged.length })}`,
    ),
  ];
}

function sentenceOf({ code, kind, about, values }: Finding): string {
  const refusal = typeof values['refusal'] === 'string' ? { refusal: sayCode(values['refusal'], values) } : {};
  const act = about.act === undefined ? '' : ` [${about.act.slice(0, 12)}]`;
  return `  ${sayFinding(`kind.${kind}`)}: ${sayFinding(`finding.${code}`, { ...values, ...refusal })}${act}`;
}
