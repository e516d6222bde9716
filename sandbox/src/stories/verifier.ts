import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding, Report } from '@comity/verify';
import { ROOT } from '../sandbox.ts';

const require = createRequire(import.meta.url);
const words = read('@comity/verify/messages/en.json');
const refusals = read('@comity/core/error-messages/en.json');

/** What the verifier answered: its report, and the verdict again as exit code. */
export interface Answer {
  readonly report: Report;
  readonly code: number | null;
}

/** What it answers instead where it will not verify with this trust file. */
export interface Refused {
  readonly ok: false;
  readonly refusal: { readonly code: string; readonly field?: string };
}

/** Whether an answer is a refusal. */
export function isRefused(report: Report | Refused): report is Refused {
  return 'refusal' in report;
}

/** Verifies a case file in a process of its own, which has the file, the trusted keys, and nothing else: no environment, no folder of ours, no network is asked. */
export async function verifyApart(file: string, trustFile: string): Promise<Answer> {
  const program = join(ROOT, 'packages', 'cli', 'bin', 'comity.js');
  const child = spawn(process.execPath, [program, 'verify', file, '--trust', trustFile, '--json'], {
    cwd: tmpdir(),
    env: {},
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  // Parser: our own verifier wrote it; a program that failed writes no JSON, and that throws.
  return { report: JSON.parse(Buffer.concat(chunks).toString()) as Report, code };
}

/** The verdict in words. */
export function verdictOf(report: Report): string {
  return words[`verdict.${report.verdict}`] ?? report.verdict;
}

/** A refusal in words. */
export function refusalOf(code: string): string {
  return refusals[`error.${code}`] ?? code;
}

/** A finding in words. */
export function sentenceOf({ code, values }: Finding): string {
  const refusal =
    typeof values['refusal'] === 'string'
      ? { refusal: (refusals[`error.${values['refusal']}`] ?? values['refusal']).replace(/\.$/, '') }
      : {};
  const filled = Object.entries({ ...values, ...refusal });
  return filled.reduce((text, [name, value]) => text.replaceAll(`{${name}}`, String(value)), words[`finding.${code}`] ?? code);
}

function read(catalogue: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(require.resolve(catalogue), 'utf8'));
}
