import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { EXIT } from './output.ts';
import { say } from './words.ts';

/** Every command, loaded when it is asked for: what one needs must not keep the others from starting. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  assess: async () => (await import('./commands/assess.ts')).assessCommand(),
  gate: async () => (await import('./commands/gate.ts')).gateCommand(),
  where: async () => (await import('./commands/where.ts')).whereCommand(),
  instead: async () => (await import('./commands/instead.ts')).insteadCommand(),
  law: async () => (await import('./commands/law/index.ts')).lawCommand(),
  verify: async () => (await import('./commands/verify.ts')).verifyCommand(),
  seal: async () => (await import('./commands/seal.ts')).sealCommand(),
  unseal: async () => (await import('./commands/unseal.ts')).unsealCommand(),
  share: async () => (await import('./commands/share.ts')).shareCommand(),
  keys: async () => (await import('./commands/keys.ts')).keysCommand(),
  container: async () => (await import('./commands/container.ts')).containerCommand(),
  hi1: async () => (await import('./commands/hi1.ts')).hi1Command(),
  epoc: async () => (await import('./commands/epoc.ts')).epocCommand(),
  case: async () => (await import('./commands/case.ts')).caseCommand(),
  stats: async () => (await import('./commands/stats.ts')).statsCommand(),
  minimise: async () => (await import('./commands/minimise.ts')).minimiseCommand(),
  scan: async () => (await import('./commands/scan.ts')).scanCommand(),
  synthesise: async () => (await import('./commands/synthesise.ts')).synthesiseCommand(),
  deidentify: async () => (await import('./commands/deidentify.ts')).deidentifyCommand(),
  risk: async () => (await import('./commands/risk.ts')).riskCommand(),
  story: async () => (await import('./commands/story.ts')).storyCommand(),
  sandbox: async () => (await import('./commands/sandbox.ts')).sandboxCommand(),
  node: async () => (await import('./commands/node.ts')).nodeCommand(),
  directory: async () => (await import('./commands/directory.ts')).directoryCommand(),
  log: async () => (await import('./commands/log.ts')).logCommand(),
};

/** The `comity` program, with one command when it is known which, else with all. Every command carries its verdict in the exit code, and takes `--json`. */
export async function programOf(asked?: string): Promise<Command> {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'));
  const program = new Command('comity').description(say('comity')).version(version).showHelpAfterError(say('see-help'));
  const names = asked !== undefined && Object.hasOwn(COMMANDS, asked) ? [asked] : Object.keys(COMMANDS);
  for (const name of names) {
    const command = await COMMANDS[name]?.();
    if (command !== undefined) program.addCommand(command);
  }
  for (const command of everyCommand(program)) command.exitOverride((stop) => process.exit(stop.exitCode === 0 ? 0 : EXIT.usage));
  return program;
}

function everyCommand(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}
