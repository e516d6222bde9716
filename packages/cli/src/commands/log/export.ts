import { ok, type Result, refuse } from '@comity/core';
import { Command } from 'commander';
import { readConfig } from '../../node/config.ts';
import { print, refuseWith } from '../../output.ts';
import { say } from '../../words.ts';

interface Options {
  readonly config?: string;
  readonly databaseUrl?: string;
  readonly output: string;
  readonly year?: string;
  readonly json?: boolean;
}

/** `comity log export`: writes a node's log as the static files of C2SP tlog-tiles, a folder for each year. */
export function exportCommand(): Command {
  return new Command('export')
    .description(say('log.export'))
    .option('--config <file>', say('node.config'))
    .option('--database-url <url>', say('log.database'))
    .requiredOption('-o, --output <dir>', say('log.export.output'))
    .option('--year <year>', say('log.export.year'))
    .option('--json', say('option.json'))
    .action(run);
}

async function run({ output, year, json = false, ...where }: Options): Promise<void> {
  if (year !== undefined && !/^[0-9]{4}$/.test(year))
    return refuseWith({ code: 'field-invalid', field: '--year', values: { kind: 'YYYY' } }, { json });
  const database = await databaseOf(where);
  if (!database.ok) return refuseWith(database.refusal, { json });
  // Loaded when asked for: the other commands need no database.
  const [{ readLogState }, { exportLog }] = await Promise.all([import('@comity/node/beside'), import('../../log/export.ts')]);
  const state = readLogState(database.value.url);
  try {
    const written = await exportLog(state, { dir: output, ...(year === undefined ? {} : { year: Number(year) }) });
    if (!written.ok) return refuseWith(written.refusal, { json });
    if (json) print(JSON.stringify({ ok: true, logs: written.value }));
    else for (const { dir, size } of written.value) print(say('log.exported', { dir, size }));
  } finally {
    await state.close();
    await database.value.stop();
  }
}

async function databaseOf({
  config,
  databaseUrl,
}: Pick<Options, 'config' | 'databaseUrl'>): Promise<Result<{ readonly url: string; readonly stop: () => Promise<void> }>> {
  if ((config === undefined) === (databaseUrl === undefined)) return refuse('field-missing', '--config, --database-url');
  if (databaseUrl !== undefined) return ok({ url: databaseUrl, stop: async () => undefined });
  const read = readConfig(config ?? '', process.env);
  if (!read.ok) return read;
  const { openDatabase } = await import('../../node/database.ts');
  return ok(await openDatabase(read.value));
}
