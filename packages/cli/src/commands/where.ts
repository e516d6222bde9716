import { acrossCountries } from '@comity/assess';
import { Command } from 'commander';
import { print, refuseWith } from '../output.ts';
import { PACKS } from '../places.ts';
import { lawsIn, readTransfer } from '../transfer/read.ts';
import { whereLines } from '../transfer/words.ts';
import { say } from '../words.ts';

interface Options {
  readonly on?: string;
  readonly law: string;
  readonly json?: boolean;
}

/** `comity where`: the verdict for each country and territory as destination, reasons grouped. */
export function whereCommand(): Command {
  return new Command('where')
    .description(say('where'))
    .argument('<file>', say('transfer.file'))
    .option('--on <day>', say('assess.on'))
    .option('--law <dir>', say('assess.law'), PACKS)
    .option('--json', say('option.json'))
    .action((file: string, options: Options) => {
      const asked = readTransfer(file, lawsIn(options.law), options.on);
      if (!asked.ok) return refuseWith(asked.refusal, options);
      const { law, on } = asked.value;
      const countries = acrossCountries(law, asked.value, [...law.vocabulary.countries]);
      if (options.json === true) return print(JSON.stringify({ on, countries }));
      for (const line of whereLines(countries)) print(line);
    });
}
