import { join } from 'node:path';
import { type Difference, diffPacks } from '@comity/assess';
import { changedDecisions } from '@comity/assess/check';
import { Command } from 'commander';
import { compileVocabularies } from '../../law/compilepacks.ts';
import { frozenOf } from '../../law/guards.ts';
import { readPackFile } from '../../law/packs.ts';
import { print, refuseWith } from '../../output.ts';
import { ROOT } from '../../places.ts';
import { say } from '../../words.ts';
import { changedText } from './freeze.ts';

interface Options {
  readonly dir: string;
  readonly json?: boolean;
}

/** `comity law diff OLD NEW`: what differs between two versions of a pack, and which frozen decisions the new one takes otherwise. */
export function diffCommand(): Command {
  return new Command('diff')
    .description(say('law.diff'))
    .argument('<old>', say('law.old'))
    .argument('<new>', say('law.new'))
    .option('--dir <dir>', say('law.dir'), join(ROOT, 'law'))
    .option('--json', say('option.json'))
    .action(run);
}

async function run(old: string, fresh: string, { dir, json = false }: Options): Promise<void> {
  const words = await compileVocabularies(dir);
  if (!words.ok) return refuseWith(words.refusal, { json });
  const vocabularies = words.value.map(({ vocabulary }) => vocabulary);
  const before = await readPackFile(old, vocabularies);
  if (!before.ok) return refuseWith(before.refusal, { json });
  const after = await readPackFile(fresh, vocabularies);
  if (!after.ok) return refuseWith(after.refusal, { json });
  const differences = diffPacks(before.value.pack, after.value.pack);
  const decisions = changedDecisions(after.value.pack, after.value.vocabulary, frozenOf(dir, before.value.pack.id));
  if (json) return print(JSON.stringify({ differences, decisions }));
  for (const line of differences.flatMap(linesOf)) print(line);
  print(say('law.diff.decisions', { count: decisions.length }));
  for (const one of decisions) print(`  ${changedText(one)}`);
}

function linesOf({ what, name, change, fields }: Difference): readonly string[] {
  const short = (text: string): string => (text.length > 160 ? `${text.slice(0, 160)}…` : text);
  return [
    say(`law.diff.${change}`, { what, name }),
    ...fields.flatMap(({ field, before, after }) => [
      `    ${field}`,
      ...(before === '' ? [] : [`    - ${short(before)}`]),
      ...(after === '' ? [] : [`    + ${short(after)}`]),
    ]),
  ];
}
