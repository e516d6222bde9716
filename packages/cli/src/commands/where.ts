import { acrossCountries } from '@comity/assess';
import type { Command } from 'commander';
import { print } from '../output.ts';
import { transferCommand } from '../transfer/command.ts';
import { whereLines } from '../transfer/words.ts';

/** `comity where`: the verdict for each country and territory as destination, reasons grouped. */
export function whereCommand(): Command {
  return transferCommand('where', (asked, { json }) => {
    const { law, on } = asked;
    const countries = acrossCountries(law, asked, [...law.vocabulary.countries]);
    if (json === true) return print(JSON.stringify({ on, countries }));
    for (const line of whereLines(countries)) print(line);
  });
}
