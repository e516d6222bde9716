import { Command } from 'commander';
import type { MonitorOptions } from '../log/monitor.ts';
import { EXIT, print, refuseWith } from '../output.ts';
import { say } from '../words.ts';
import { exportCommand } from './log/export.ts';
import { orderCommand } from './log/order.ts';
import { redactCommand } from './log/redact.ts';

interface Options {
  readonly databaseUrl: string;
  readonly vkey: readonly string[];
  readonly json?: boolean;
}

/**
 * `comity log fsck`: derives a node's whole log again from its entries and compares it with the stored tiles and the signed head.
 * `comity log monitor`: follows any log at its public address.
 */
export function logCommand(): Command {
  const log = new Command('log').description(say('log'));
  log
    .command('fsck')
    .description(say('log.fsck'))
    .requiredOption('--database-url <url>', say('log.database'))
    .requiredOption('--vkey <key...>', say('log.vkey'))
    .option('--json', say('option.json'))
    .action(run);
  for (const command of [monitorCommand, orderCommand, redactCommand, exportCommand]) log.addCommand(command());
  return log;
}

function monitorCommand(): Command {
  return new Command('monitor')
    .description(say('log.monitor'))
    .argument('<url>', say('log.monitor.url'))
    .requiredOption('--vkey <key...>', say('log.monitor.vkey'))
    .requiredOption('--state <dir>', say('log.monitor.state'))
    .option('--policy <file>', say('log.monitor.policy'))
    .option('--once', say('log.monitor.once'))
    .option('--every <seconds>', say('log.monitor.every'), '60')
    .option('--stale <minutes>', say('log.monitor.stale'), '90')
    .option('--json', say('option.json'))
    .addHelpText('after', `\n${say('log.monitor.codes')}`)
    .action(async (url: string, options: MonitorOptions) => (await import('../log/monitor.ts')).monitor(url, options));
}

async function run({ databaseUrl, vkey, json = false }: Options): Promise<void> {
  // Loaded when asked for: the other commands need no database.
  const [{ readLogState }, { checkLog }] = await Promise.all([import('@comity/node/beside'), import('../log/fsck.ts')]);
  const state = readLogState(databaseUrl);
  try {
    const checked = await checkLog(state, vkey);
    if (!checked.ok) return refuseWith(checked.refusal, { json });
    const { size, tiles, blanked, faults } = checked.value;
    if (json) print(JSON.stringify({ ok: faults.length === 0, size: String(size), tiles, blanked, faults }));
    else {
      for (const { kind, place } of faults) print(say(`log.fault.${kind}`, { place }));
      print(
        say(faults.length === 0 ? 'log.sound' : 'log.damaged', { size: String(size), tiles, blanked, faults: faults.length }),
      );
    }
    process.exitCode = faults.length === 0 ? EXIT.ok : EXIT.refused;
  } finally {
    await state.close();
  }
}
