import { Command } from 'commander';
import { say } from '../words.ts';
import { bagCommand } from './case/bag.ts';
import { ucoCommand } from './case/uco.ts';

/** `comity case`: what a case file becomes for others. */
export function caseCommand(): Command {
  const command = new Command('case').description(say('case'));
  for (const make of [ucoCommand, bagCommand]) command.addCommand(make());
  return command;
}
