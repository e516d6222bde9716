import { alternatives } from '@comity/assess';
import { Command } from 'commander';
import { print, refuseWith } from '../output.ts';
import { PACKS } from '../places.ts';
import { lawsIn, readTransfer } from '../transfer/read.ts';
import { insteadLines } from '../transfer/words.ts';
import { say } from '../words.ts';

interface Options {
  readonly on?: string;
  readonly law: string;
  readonly json?: boolean;
}

/** `comity instead`: not this way, but this way. Exit code 0: there is a way; 2: nothing that can be changed helps. */
export function insteadCommand(): Command {
  return new Command('instead')
    .description(say('instead'))
    .argument('<file>', say('transfer.file'))
    .option('--on <day>', say('assess.on'))
    .option('--law <dir>', say('assess.law'), PACKS)
    .option('--json', say('option.json'))
    .action((file: string, options: Options) => {
      const asked = readTransfer(file, lawsIn(options.law), options.on);
      if (!asked.ok) return refuseWith(asked.refusal, options);
      const found = alternatives(asked.value.law, asked.value);
      if (found.never.length > 0) process.exitCode = 2;
      if (options.json === true) return print(JSON.stringify(found));
      for (const line of insteadLines(found)) print(line);
    });
}
