import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { assessCommand } from './commands/assess.ts';
import { directoryCommand } from './commands/directory.ts';
import { insteadCommand } from './commands/instead.ts';
import { lawCommand } from './commands/law/index.ts';
import { logCommand } from './commands/log.ts';
import { nodeCommand } from './commands/node.ts';
import { sandboxCommand } from './commands/sandbox.ts';
import { storyCommand } from './commands/story.ts';
import { verifyCommand } from './commands/verify.ts';
import { whereCommand } from './commands/where.ts';
import { EXIT } from './output.ts';
import { say } from './words.ts';

/** The `comity` program. Every command carries its verdict in the exit code, and takes `--json`. */
export function programOf(): Command {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'));
  const program = new Command('comity').description(say('comity')).version(version).showHelpAfterError(say('see-help'));
  const transfers = [assessCommand, whereCommand, insteadCommand, lawCommand];
  const commands = [...transfers, verifyCommand, storyCommand, sandboxCommand, nodeCommand, directoryCommand, logCommand];
  for (const command of commands) program.addCommand(command());
  for (const command of everyCommand(program)) command.exitOverride((stop) => process.exit(stop.exitCode === 0 ? 0 : EXIT.usage));
  return program;
}

function everyCommand(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}
