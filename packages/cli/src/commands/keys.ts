import { Command } from 'commander';
import { say } from '../words.ts';
import { joinCommand } from './keys/join.ts';
import { newCommand } from './keys/new.ts';
import { protectCommand } from './keys/protect.ts';
import { recipientCommand } from './keys/recipient.ts';
import { rewrapCommand } from './keys/rewrap.ts';
import { splitCommand } from './keys/split.ts';

/** `comity keys`: an office's own keys, made and kept without a network. Nobody else holds any of them. */
export function keysCommand(): Command {
  const keys = new Command('keys').description(say('keys')).addHelpText('after', `\n${say('keys.help')}`);
  for (const command of [newCommand, recipientCommand, protectCommand, splitCommand, joinCommand, rewrapCommand])
    keys.addCommand(command());
  return keys;
}
