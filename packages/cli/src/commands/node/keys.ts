import type { Result } from '@comity/core';
import type { KeyChanged } from '@comity/node/beside';
import { Command } from 'commander';
import { type NodeSettings, readConfig } from '../../node/config.ts';
import type { ChangeAsk } from '../../node/keys.ts';
import { print, refuseWith } from '../../output.ts';
import { say } from '../../words.ts';

interface Options extends ChangeAsk {
  readonly config: string;
  readonly json?: boolean;
}

/** `comity node keys list`, `rotate`, `revoke`, `export` and `import`: the keys of one organisation. */
export function keysCommand(): Command {
  const keys = new Command('keys').description(say('node.keys'));
  keys
    .command('list')
    .description(say('node.keys.list'))
    .requiredOption('--config <file>', say('node.config'))
    .option('--json', say('option.json'))
    .action(runList);
  keys
    .command('rotate')
    .description(say('node.keys.rotate'))
    .requiredOption('--config <file>', say('node.config'))
    .requiredOption('--use <use>', say('node.keys.use'))
    .requiredOption('-o, --output <file>', say('node.keys.output'))
    .option('--reason <code>', say('node.keys.reason'), 'scheduled')
    .option('--held <name>', say('node.keys.held'))
    .option('--from <instant>', say('node.keys.from'))
    .option('--overlap-days <number>', say('node.keys.overlap'), '7')
    .option('--json', say('option.json'))
    .action((options: Options) => change(options, 'rotate', options));
  keys
    .command('revoke')
    .description(say('node.keys.revoke'))
    .argument('<key>', say('node.keys.id'))
    .requiredOption('--config <file>', say('node.config'))
    .requiredOption('-o, --output <file>', say('node.keys.output'))
    .option('--reason <code>', say('node.keys.reason'), 'compromised')
    .option('--since <instant>', say('node.keys.since'))
    .option('--no-successor', say('node.keys.no-successor'))
    .option('--json', say('option.json'))
    .action((id: string, options: Options) => change(options, 'revoke', { ...options, id }));
  addMoves(keys);
  return keys;
}

/** What brings an office key out of the keystore, and back in. */
function addMoves(keys: Command): void {
  keys
    .command('export')
    .description(say('node.keys.export'))
    .argument('<key>', say('node.keys.office'))
    .requiredOption('--config <file>', say('node.config'))
    .requiredOption('-o, --output <file>', say('node.keys.export.output'))
    .option('--json', say('option.json'))
    .action((id: string, options: Options) => move(options, { id, output: options.output }));
  keys
    .command('import')
    .description(say('node.keys.import'))
    .argument('<key>', say('node.keys.office'))
    .argument('<file>', say('node.keys.import.file'))
    .requiredOption('--config <file>', say('node.config'))
    .option('--json', say('option.json'))
    .action((id: string, file: string, options: Options) => move(options, { id, file }));
}

/** An office key out of the keystore, or into it. */
async function move(
  { config, json = false }: Options,
  ask: { readonly id: string } & ({ readonly output: string } | { readonly file: string }),
): Promise<void> {
  const read = readConfig(config, process.env);
  if (!read.ok) return refuseWith(read.refusal, { json });
  // Loaded when asked for: the other commands need no node.
  const { exportOffice, importOffice } = await import('../../node/keys.ts');
  const done = 'output' in ask ? await exportOffice(read.value, ask) : await importOffice(read.value, ask);
  if (!done.ok) return refuseWith(done.refusal, { json });
  const words =
    'output' in ask ? say('node.keys.exported', { id: ask.id, file: ask.output }) : say('node.keys.imported', { id: ask.id });
  print(json ? JSON.stringify({ ok: true, key: ask.id }) : words);
}

async function runList({ config, json = false }: Options): Promise<void> {
  const read = readConfig(config, process.env);
  if (!read.ok) return refuseWith(read.refusal, { json });
  const { listKeys } = await import('../../node/keys.ts');
  const listed = await listKeys(read.value);
  if (!listed.ok) return refuseWith(listed.refusal, { json });
  if (json) return print(JSON.stringify({ ok: true, keys: listed.value }));
  const widest = Math.max(...listed.value.map(({ id }) => id.length));
  for (const { id, from, until, state } of listed.value) {
    const span = say('node.keys.span', { from: from ?? '…', until: until ?? '…' });
    print(`${id.padEnd(widest)}  ${span}  ${say(`node.keys.state.${state}`)}`);
  }
}

async function change({ config, json = false }: Options, what: 'rotate' | 'revoke', ask: ChangeAsk): Promise<void> {
  const read = readConfig(config, process.env);
  if (!read.ok) return refuseWith(read.refusal, { json });
  const changed = await changeIn(read.value, what, ask);
  if (!changed.ok) return refuseWith(changed.refusal, { json });
  const { wish } = changed.value.statement;
  if (json) return print(JSON.stringify({ ok: true, change: wish.change, old: wish.old?.id ?? null, new: wish.new?.id ?? null }));
  const values = { old: wish.old?.id ?? '', new: wish.new?.id ?? '', until: wish.old?.until ?? '', from: wish.new?.from ?? '' };
  print(say(wish.new === undefined ? 'node.keys.ended' : `node.${wish.change}`, values));
  print(say('node.keys.next', { file: ask.output }));
}

async function changeIn(settings: NodeSettings, what: 'rotate' | 'revoke', ask: ChangeAsk): Promise<Result<KeyChanged>> {
  // Loaded when asked for: the other commands need no node.
  const { revoke, rotate } = await import('../../node/keys.ts');
  return what === 'rotate' ? rotate(settings, ask) : revoke(settings, ask);
}
