import type { Result } from '@comity/core';
import type { Container } from '@comity/formats/container';
import { Command } from 'commander';
import { extractTo } from '../../container/extract.ts';
import { checkContainer, unaltered, withContainer } from '../../container/open.ts';
import { print, refuseWith } from '../../output.ts';
import { say } from '../../words.ts';

interface Options {
  readonly output: string;
  readonly lenient?: boolean;
  readonly unsigned?: boolean;
  readonly json?: boolean;
}

/** `comity container extract`: unpacks what signatures cover, and nothing else, once nothing of it was found altered. */
export function extractCommand(): Command {
  return new Command('extract')
    .description(say('container.extract'))
    .argument('<file>', say('container.file'))
    .requiredOption('-o, --output <dir>', say('container.extract.output'))
    .option('--lenient', say('container.lenient'))
    .option('--unsigned', say('container.unsigned'))
    .option('--json', say('option.json'))
    .action(run);
}

async function run(file: string, { output, lenient = false, unsigned = false, json = false }: Options): Promise<void> {
  const unpack = async (container: Container): Promise<Result<readonly string[]>> => {
    const report = await checkContainer(container, []);
    const sound = report.ok ? unaltered(report.value) : report;
    return sound.ok ? extractTo(output, container, { report: sound.value, unsigned }) : sound;
  };
  const written = await withContainer(file, unpack, { lenient });
  if (!written.ok) return refuseWith(written.refusal, { json });
  if (json) print(JSON.stringify({ ok: true, files: written.value }));
  else print(say('container.extracted', { dir: output, count: written.value.length }));
}
