import { refuse } from '@comity/core';
import { Command } from 'commander';
import { readConfig } from '../../node/config.ts';
import { print, refuseWith } from '../../output.ts';
import { say } from '../../words.ts';

interface Options {
  readonly config: string;
  readonly case: string;
  readonly act?: string;
  readonly section?: readonly string[];
  readonly wholeCase?: boolean;
  readonly reason: string;
  readonly authority: string;
  readonly person: string;
  readonly json?: boolean;
}

/** `comity node erase`: erases sections of an act, or all that the node holds of the persons in a case. */
export function eraseCommand(): Command {
  return new Command('erase')
    .description(say('node.erase'))
    .requiredOption('--config <file>', say('node.config'))
    .requiredOption('--case <id>', say('node.erase.case'))
    .option('--act <digest>', say('node.erase.act'))
    .option('--section <name...>', say('node.erase.section'))
    .option('--whole-case', say('node.erase.whole'))
    .requiredOption('--reason <code>', say('node.erase.reason'))
    .requiredOption('--authority <party>', say('node.erase.authority'))
    .requiredOption('--person <id>', say('node.erase.person'))
    .option('--json', say('option.json'))
    .action(run);
}

async function run({ config, json = false, ...ask }: Options): Promise<void> {
  const read = readConfig(config, process.env);
  if (!read.ok) return refuseWith(read.refusal, { json });
  // Loaded when asked for: the other commands need no database.
  const [{ asOperator }, { ERASURE_REASONS }] = await Promise.all([
    import('../../node/operator.ts'),
    import('@comity/node/beside'),
  ]);
  const reason = ERASURE_REASONS.find((one) => one === ask.reason);
  if (reason === undefined)
    return refuseWith({ code: 'field-invalid', field: '--reason', values: { kind: ERASURE_REASONS.join(', ') } }, { json });
  const person = read.value.people.find(({ id }) => id === ask.person);
  if (person === undefined) return refuseWith({ code: 'not-found', field: `people: ${ask.person}` }, { json });
  const { act, section: sections = [], wholeCase = false, authority } = ask;
  // Never the whole case by leaving something out.
  if (wholeCase === (act !== undefined || sections.length > 0))
    return refuseWith({ code: 'field-invalid', field: '--whole-case' }, { json });
  const warrant = { case: ask.case, reason, authority, person };
  const done = await asOperator(read.value, async (operator) => {
    if (wholeCase) return operator.eraseCase(warrant);
    return act === undefined ? refuse('field-missing', '--act') : operator.eraseSections({ ...warrant, act, sections });
  });
  if (!done.ok) return refuseWith(done.refusal, { json });
  print(
    json ? JSON.stringify({ ok: true, entries: done.value.entries }) : say('node.erased', { entries: done.value.entries.length }),
  );
}

interface ImportOptions {
  readonly config: string;
  readonly reason: string;
  readonly authority: string;
  readonly person: string;
  readonly json?: boolean;
}

/** `comity node erase-import`: erases what came from outside: the original, what was read out of it, and the words of whoever decided. */
export function eraseImportCommand(): Command {
  return new Command('erase-import')
    .description(say('node.erase-import'))
    .argument('<id>', say('node.erase-import.id'))
    .requiredOption('--config <file>', say('node.config'))
    .requiredOption('--reason <code>', say('node.erase.reason'))
    .requiredOption('--authority <party>', say('node.erase.authority'))
    .requiredOption('--person <id>', say('node.erase.person'))
    .option('--json', say('option.json'))
    .action(runImport);
}

async function runImport(id: string, { config, json = false, ...ask }: ImportOptions): Promise<void> {
  const read = readConfig(config, process.env);
  if (!read.ok) return refuseWith(read.refusal, { json });
  // Loaded when asked for: the other commands need no database.
  const [{ asOperator }, { ERASURE_REASONS }] = await Promise.all([
    import('../../node/operator.ts'),
    import('@comity/node/beside'),
  ]);
  const reason = ERASURE_REASONS.find((one) => one === ask.reason);
  if (reason === undefined)
    return refuseWith({ code: 'field-invalid', field: '--reason', values: { kind: ERASURE_REASONS.join(', ') } }, { json });
  const person = read.value.people.find((one) => one.id === ask.person);
  if (person === undefined) return refuseWith({ code: 'not-found', field: `people: ${ask.person}` }, { json });
  const done = await asOperator(read.value, (operator) => operator.eraseImport({ id, reason, authority: ask.authority, person }));
  if (!done.ok) return refuseWith(done.refusal, { json });
  print(
    json ? JSON.stringify({ ok: true, entries: done.value.entries }) : say('node.erased', { entries: done.value.entries.length }),
  );
}
