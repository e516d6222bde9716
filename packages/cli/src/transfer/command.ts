import { Command } from 'commander';
import { refuseWith } from '../output.ts';
import { PACKS } from '../places.ts';
import { say } from '../words.ts';
import { type Asked, lawsIn, readTransfer } from './read.ts';

/** Options of every command that asks about one transfer. */
export interface TransferOptions {
  readonly on?: string;
  readonly law: string;
  readonly json?: boolean;
}

/** A command that reads one transfer from a file and answers about it; what cannot be read is refused by name. */
export function transferCommand(name: string, answer: (asked: Asked, options: TransferOptions) => void): Command {
  return new Command(name)
    .description(say(name))
    .argument('<file>', say('transfer.file'))
    .option('--on <day>', say('assess.on'))
    .option('--law <dir>', say('assess.law'), PACKS)
    .option('--json', say('option.json'))
    .action((file: string, options: TransferOptions) => {
      const asked = readTransfer(file, lawsIn(options.law), options.on);
      if (asked.ok) answer(asked.value, options);
      else refuseWith(asked.refusal, options);
    });
}
