import { Command } from 'commander';
import { say } from '../../words.ts';
import { buildCommand } from './build.ts';
import { checkCommand } from './check.ts';
import { diffCommand } from './diff.ts';
import { freezeCommand } from './freeze.ts';
import { impactCommand } from './impact.ts';
import { listCommand } from './list.ts';
import { searchCommand } from './search.ts';
import { showCommand } from './show.ts';
import { signCommand } from './sign.ts';

/** `comity law`: reading the law, checking it, building it, and seeing what a change of it would do. */
export function lawCommand(): Command {
  const law = new Command('law').description(say('law'));
  const reading = [listCommand, showCommand, searchCommand, diffCommand, impactCommand];
  for (const command of [...reading, checkCommand, freezeCommand, buildCommand, signCommand]) law.addCommand(command());
  return law;
}
