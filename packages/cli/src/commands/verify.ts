import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ok, type Result, refuse } from '@comity/core';
import { sha256, signatureChecks } from '@comity/node/keys';
import {
  type CaseVerdict,
  claimsToBeCertificate,
  claimsToBeProof,
  type DestructionReport,
  exitCodeOf,
  type ProofReport,
  parseTrust,
  type Report,
  readPolicy,
  verifyCase,
  verifyDestruction,
  verifyProof,
} from '@comity/verify';
import { Command } from 'commander';
import { print, readJson, readText, refuseWith } from '../output.ts';
import { caseLines, destructionLines, proofLines } from '../verify/lines.ts';
import { readCase } from '../verify/readCase.ts';
import { say } from '../words.ts';

const TRUST = join('.comity', 'trust.json');
/** The answer when there is none: 3, as the verifier says it. */
const CANNOT_TELL = exitCodeOf('cannot-tell');
const functions = { sha256, checks: signatureChecks };

interface Options {
  readonly trust?: string;
  readonly policy?: string;
  readonly page?: string;
  readonly json?: boolean;
}

/**
 * `comity verify FILE`: was this case done by the book, does this proof hold, or this certificate of destruction? Needs no network and nothing but the file and the trusted keys.
 * `comity verify --page OUT`: the same verifier as a page for whoever has no such program.
 */
export function verifyCommand(): Command {
  return new Command('verify')
    .description(say('verify'))
    .argument('[file]', say('verify.file'))
    .option('--trust <file>', say('verify.trust'))
    .option('--policy <file>', say('verify.policy'))
    .option('--page <file>', say('verify.page'))
    .option('--json', say('option.json'))
    .addHelpText('after', `\n${say('verify.codes')}`)
    .action(run);
}

async function run(file: string | undefined, options: Options): Promise<void> {
  const { page, json = false } = options;
  if (page !== undefined) {
    const { writePage } = await import('../verify/page.ts');
    const written = writePage(page);
    if (!written.ok) return refuseWith(written.refusal, { json });
    print(json ? JSON.stringify({ page: written.value }) : say('verify.page.written', { file: written.value }));
  }
  if (file === undefined) {
    if (page === undefined) refuseWith({ code: 'field-missing', field: 'FILE' }, { json, code: CANNOT_TELL });
    return;
  }
  const checked = check(file, options);
  if (!checked.ok) return refuseWith(checked.refusal, { json, code: CANNOT_TELL });
  const { report, lines } = checked.value;
  if (json) print(JSON.stringify(report));
  else for (const line of lines) print(line);
  process.exitCode = exitCodeOf(report.verdict);
}

interface Checked {
  readonly report: { readonly verdict: CaseVerdict } & (Report | ProofReport | DestructionReport);
  readonly lines: readonly string[];
}

function check(file: string, { trust, policy }: Options): Result<Checked> {
  return isProof(file) ? checkProof(file, policy) : checkCase(file, trust);
}

function checkProof(file: string, policyFile: string | undefined): Result<Checked> {
  if (policyFile === undefined) return refuse('trust-file-invalid', '--policy');
  const text = readText(policyFile);
  if (!text.ok) return text;
  const policy = readPolicy(text.value, sha256);
  if (!policy.ok) return policy;
  const report = verifyProof(readFileSync(file), policy.value, functions);
  return ok({ report, lines: proofLines(report) });
}

function checkCase(file: string, trust: string | undefined): Result<Checked> {
  const trustFile = trust ?? (existsSync(TRUST) ? TRUST : undefined);
  if (trustFile === undefined) return refuse('trust-file-invalid', '--trust');
  const json = readJson(trustFile);
  if (!json.ok) return json;
  const trusted = parseTrust(json.value, sha256);
  if (!trusted.ok) return trusted;
  const content = readCase(file);
  if (!content.ok) return content;
  if (claimsToBeCertificate(content.value)) {
    const report = verifyDestruction(content.value, trusted.value, functions);
    return ok({ report, lines: destructionLines(report) });
  }
  const report = verifyCase(content.value, trusted.value, functions);
  return ok({ report, lines: caseLines(report) });
}

function isProof(file: string): boolean {
  try {
    return claimsToBeProof(readFileSync(file));
  } catch {
    // A file that cannot be read is refused where a case is read.
    return false;
  }
}
