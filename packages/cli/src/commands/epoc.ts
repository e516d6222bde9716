import { readFileSync, writeFileSync } from 'node:fs';
import { canonicalJson, digestJson, type Json, ok, type Result, readStrictJson, refuse, toInstant } from '@comity/core';
import { WORDS } from '@comity/formats';
import {
  checkForm,
  type EpocForm,
  FORM_WORDS,
  type FormFinding,
  formPdf,
  formXml,
  packageFor,
  readForm,
} from '@comity/formats/epoc';
import { sha256 } from '@comity/node/keys';
import { Command } from 'commander';
import { EXIT, print, refuseWith } from '../output.ts';
import { say } from '../words.ts';

const LIMITS = { bytes: 4 * 1024 * 1024, depth: 16 } as const;

/** `comity epoc`: the forms of Regulation (EU) 2023/1543 as data: looked through, and printed. */
export function epocCommand(): Command {
  const epoc = new Command('epoc').description(say('epoc'));
  epoc
    .command('check')
    .description(say('epoc.check'))
    .argument('<file>', say('epoc.file'))
    .option('--json', say('option.json'))
    .action(check);
  epoc
    .command('print')
    .description(say('epoc.print'))
    .argument('<file>', say('epoc.file'))
    .requiredOption('-o, --output <file>', say('epoc.output'))
    .option('--for <recipient>', say('epoc.for'), 'addressee')
    .option('--lang <language>', say('epoc.lang'), 'en')
    .option('--json', say('option.json'))
    .action(printForm);
  epoc
    .command('xml')
    .description(say('epoc.xml'))
    .argument('<file>', say('epoc.file'))
    .requiredOption('-o, --output <file>', say('epoc.xml.output'))
    .option('--json', say('option.json'))
    .action(writeXml);
  return epoc;
}

async function writeXml(
  file: string,
  { output, json = false }: { readonly output: string; readonly json?: boolean },
): Promise<void> {
  const form = formIn(file);
  if (!form.ok) return refuseWith(form.refusal, { json });
  if (form.value.form !== 1 && form.value.form !== 2) return refuseWith({ code: 'form-invalid', field: 'form' }, { json });
  const xml = formXml(form.value);
  if (!xml.ok) return refuseWith(xml.refusal, { json });
  try {
    writeFileSync(output, xml.value.bytes, { flag: 'wx', mode: 0o600 });
  } catch {
    // There is a file of that name, or it cannot be written there.
    return refuseWith({ code: 'file-exists', field: output }, { json });
  }
  const { left } = xml.value;
  print(
    json ? JSON.stringify({ ok: true, file: output, left }) : say('epoc.xml.written', { file: output, left: left.join('; ') }),
  );
}

async function check(file: string, { json = false }: { readonly json?: boolean }): Promise<void> {
  const form = formIn(file);
  if (!form.ok) return refuseWith(form.refusal, { json });
  const findings = checkForm(form.value);
  if (json) print(JSON.stringify({ ok: !hasFault(findings), findings }));
  else for (const { code, at } of findings) print(`${at}: ${FORM_WORDS.en[`finding.${code}`]}`);
  if (!json && findings.length === 0) print(say('epoc.nothing-found'));
  process.exitCode = hasFault(findings) ? EXIT.refused : EXIT.ok;
}

function hasFault(findings: readonly FormFinding[]): boolean {
  return findings.some(({ weight }) => weight === 'fault');
}

interface Printing {
  readonly output: string;
  readonly for: string;
  readonly lang: string;
  readonly json?: boolean;
}

async function printForm(file: string, { output, lang, json = false, ...rest }: Printing): Promise<void> {
  const form = formIn(file);
  if (!form.ok) return refuseWith(form.refusal, { json });
  const recipient = rest.for === 'addressee' || rest.for === 'enforcing' ? rest.for : undefined;
  if (recipient === undefined)
    return refuseWith({ code: 'field-invalid', field: '--for', values: { kind: 'addressee, enforcing' } }, { json });
  const language = lang === 'en' || lang === 'fr' || lang === 'ar' ? lang : undefined;
  if (language === undefined)
    return refuseWith({ code: 'field-invalid', field: '--lang', values: { kind: 'en, fr, ar' } }, { json });
  const packed = packageFor(recipient, form.value);
  if (!packed.ok) return refuseWith(packed.refusal, { json });
  const pdf = await formPdf(packed.value, sheetOf(packed.value), { general: WORDS[language], form: FORM_WORDS[language] });
  try {
    writeFileSync(output, pdf, { flag: 'wx', mode: 0o600 });
  } catch {
    // There is a file of that name, or it cannot be written there.
    return refuseWith({ code: 'file-exists', field: output }, { json });
  }
  print(json ? JSON.stringify({ ok: true, file: output }) : say('hi1.written', { file: output }));
}

function sheetOf(form: EpocForm): Parameters<typeof formPdf>[1] {
  const plain: Json = JSON.parse(canonicalJson(form));
  const issuer = form.form === 1 || form.form === 2 ? form.a.issuing : form.form === 3 ? form.c.addressee : form.issuing;
  const reference = form.form === 1 || form.form === 2 ? form.a.issuingFile : form.form === 3 ? form.a.reference : form.reference;
  // Whoever prints by hand prints what counts: the band of the sandbox is for what the sandbox makes.
  return { env: 'production', issuer, reference, made: toInstant(Date.now()), digest: digestJson(plain, sha256) };
}

function formIn(file: string): Result<EpocForm> {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(readFileSync(file));
  } catch {
    // Whatever the reason, the file cannot be had.
    return refuse('not-found', file);
  }
  const json = readStrictJson(bytes, LIMITS);
  if (!json.ok) return json;
  const form = readForm(json.value);
  return form.ok ? ok(form.value) : form;
}
