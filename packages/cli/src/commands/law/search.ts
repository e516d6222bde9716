import { library, searchLibrary } from '@comity/assess';
import { Command } from 'commander';
import { EXIT, print } from '../../output.ts';
import { PACKS } from '../../places.ts';
import { lawsIn } from '../../transfer/read.ts';
import { say } from '../../words.ts';

interface Options {
  readonly law: string;
  readonly json?: boolean;
}

/** `comity law search`: where all the words stand. Exit code 1 when nowhere. */
export function searchCommand(): Command {
  return new Command('search')
    .description(say('law.search'))
    .argument('<words...>', say('law.words'))
    .option('--law <dir>', say('assess.law'), PACKS)
    .option('--json', say('option.json'))
    .action((words: readonly string[], { law, json = false }: Options) => {
      const { assess, cooperation } = lawsIn(law);
      const hits = searchLibrary([...library(assess), ...library(cooperation)], words.join(' '));
      if (hits.length === 0) process.exitCode = EXIT.refused;
      if (json) return print(JSON.stringify(hits));
      if (hits.length === 0) return print(say('law.search.none', { words: words.join(' ') }));
      for (const { pack, name, says, cite } of hits) print(`${pack}: ${name} — ${says}${cite === '' ? '' : ` (${cite})`}`);
    });
}
