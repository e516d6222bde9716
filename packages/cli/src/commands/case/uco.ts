import { writeFileSync } from 'node:fs';
import { fromUtf8 } from '@comity/core';
import { caseGraphBytes } from '@comity/formats/case-uco';
import { sha256 } from '@comity/node/keys';
import { openCaseFile, tellCase } from '@comity/verify';
import { Command } from 'commander';
import { print, refuseWith } from '../../output.ts';
import { readCase } from '../../verify/readCase.ts';
import { say } from '../../words.ts';

/** `comity case uco FILE`: the custody of a case as a graph of CASE and UCO. */
export function ucoCommand(): Command {
  return new Command('uco')
    .description(say('case.uco'))
    .argument('<file>', say('case.file'))
    .option('-o, --output <file>', say('case.output'))
    .option('--json', say('option.json'))
    .action(run);
}

async function run(file: string, { output, json = false }: { readonly output?: string; readonly json?: boolean }): Promise<void> {
  const content = readCase(file);
  if (!content.ok) return refuseWith(content.refusal, { json });
  const open = openCaseFile(content.value, sha256);
  if (!open.ok) return refuseWith(open.refusal, { json });
  const bytes = caseGraphBytes(tellCase(open.value), sha256);
  if (output === undefined) return print(fromUtf8(bytes));
  try {
    writeFileSync(output, bytes, { flag: 'wx', mode: 0o600 });
  } catch {
    // There is a file of that name, or it cannot be written there.
    return refuseWith({ code: 'file-exists', field: output }, { json });
  }
  print(json ? JSON.stringify({ ok: true, file: output }) : say('hi1.written', { file: output }));
}
