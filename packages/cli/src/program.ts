import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { assessCommand } from './commands/assess.ts';
import { lawCommand } from './commands/law.ts';
import { logCommand } from './commands/log.ts';
import { nodeCommand } from './commands/node.ts';
import { sandboxCommand } from './commands/sandbox.ts';
import { storyCommand } from './commands/story.ts';
import { verifyCommand } from './commands/verify.ts';
import { EXIT } from './output.ts';
import { say } from './words.ts';

/** The `comity` program. Every command carries its verdict in the exit code, and takes `--json`. */
export function programOf(): Command {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'));
  const program = new Command('comity').description(say('comity')).version(version).showHelpAfterError(say('see-help'));
  const commands = [assessCommand, verifyCommand, storyCommand, sandboxCommand, nodeCommand, logCommand, lawCommand];
  for (const command of commands) program.addCommand(command());
  for (const command of everyCommand(program)) command.exitOverride((stop) => process.exit(stop.exitCode === 0 ? 0 : EXIT.usage));
  return program;
}

function everyCommand(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}
