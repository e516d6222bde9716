import { Command } from 'commander';
import { readConfig } from '../node/config.ts';
import { print, refuseWith } from '../output.ts';
import { say } from '../words.ts';
import { eraseCommand, eraseImportCommand } from './node/erase.ts';
import { keysCommand } from './node/keys.ts';
import { rewrapCommand } from './node/rewrap.ts';

interface Options {
  readonly config: string;
  readonly json?: boolean;
}

/** `comity node start`, `invite`, `erase`, `keys` and `rewrap`: one organisation's server, its people's first sign-in, the end of what it holds of somebody, its keys, and what is wrapped for them. */
export function nodeCommand(): Command {
  const node = new Command('node').description(say('node'));
  node
    .command('start')
    .description(say('node.start'))
    .requiredOption('--config <file>', say('node.config'))
    .option('--json', say('option.json'))
    .addHelpText('after', `\n${say('node.help')}`)
    .action(runStart);
  node
    .command('invite')
    .description(say('node.invite'))
    .argument('<person>', say('node.person'))
    .requiredOption('--config <file>', say('node.config'))
    .option('--json', say('option.json'))
    .action(runInvite);
  node.addCommand(eraseCommand());
  node.addCommand(eraseImportCommand());
  node.addCommand(keysCommand());
  node.addCommand(rewrapCommand());
  return node;
}

async function runStart({ config, json = false }: Options): Promise<void> {
  const read = readConfig(config, process.env);
  if (!read.ok) return refuseWith(read.refusal, { json });
  // Loaded when asked for: the other commands need no server.
  const { start } = await import('../node/start.ts');
  const started = await start(read.value);
  if (!started.ok) return refuseWith(started.refusal, { json });
  const { url, stop } = started.value;
  print(
    json ? JSON.stringify({ ok: true, url, party: read.value.party }) : say('node.started', { url, party: read.value.party }),
  );
  const end = async (): Promise<void> => {
    await stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void end());
}

async function runInvite(person: string, { config, json = false }: Options): Promise<void> {
  const read = readConfig(config, process.env);
  if (!read.ok) return refuseWith(read.refusal, { json });
  const { invite } = await import('../node/invite.ts');
  const invited = await invite(read.value, person);
  if (!invited.ok) return refuseWith(invited.refusal, { json });
  const { code, expires } = invited.value;
  print(json ? JSON.stringify({ ok: true, person, code, expires }) : say('node.invited', { person, code, expires }));
}
