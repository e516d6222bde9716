import { Command } from 'commander';
import { say } from '../words.ts';
import { lintCommand } from './hi1/lint.ts';
import { readCommand } from './hi1/read.ts';
import { writeCommand } from './hi1/write.ts';

/** `comity hi1`: messages of ETSI TS 103 120, in JSON. */
export function hi1Command(): Command {
  const hi1 = new Command('hi1').description(say('hi1'));
  for (const command of [lintCommand, readCommand, writeCommand]) hi1.addCommand(command());
  return hi1;
}
