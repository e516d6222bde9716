import { type LibraryPack, library } from '@comity/assess';
import { Command } from 'commander';
import { print } from '../../output.ts';
import { PACKS } from '../../places.ts';
import { lawsIn } from '../../transfer/read.ts';
import { say } from '../../words.ts';

interface Options {
  readonly law: string;
  readonly json?: boolean;
}

/** `comity law list`: the packs loaded, with their dates, how well they were confirmed, and who reviewed them. */
export function listCommand(): Command {
  return new Command('list')
    .description(say('law.list'))
    .option('--law <dir>', say('assess.law'), PACKS)
    .option('--json', say('option.json'))
    .action(({ law, json = false }: Options) => {
      const { assess, cooperation } = lawsIn(law);
      const packs = [...library(assess), ...library(cooperation)];
      if (json)
        return print(JSON.stringify(packs.map(({ rules, terms, sources, ...head }) => ({ ...head, rules: rules.length }))));
      for (const line of packs.flatMap(linesOf)) print(line);
    });
}

function linesOf({ id, title, version, days, rules, counts, reviewed }: LibraryPack): readonly string[] {
  const who =
    reviewed.by.length === 0
      ? say('law.not-reviewed')
      : say('law.reviewed', { by: reviewed.by.join(', '), on: reviewed.on ?? '' });
  return [
    `${id.padEnd(18)} ${title}`,
    `${' '.repeat(18)} ${say('law.list.line', { version, from: days[0] ?? '', rules: rules.length, ...counts })} ${who}`,
  ];
}
