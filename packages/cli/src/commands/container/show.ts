import { Command } from 'commander';
import { contentLines } from '../../container/lines.ts';
import { checkContainer, withContainer } from '../../container/open.ts';
import { print, refuseWith } from '../../output.ts';
import { say } from '../../words.ts';

/** `comity container show`: what is in it and who signed it, without a verdict on whom to trust. */
export function showCommand(): Command {
  return new Command('show')
    .description(say('container.show'))
    .argument('<file>', say('container.file'))
    .option('--lenient', say('container.lenient'))
    .option('--json', say('option.json'))
    .action(run);
}

async function run(
  file: string,
  { lenient = false, json = false }: { readonly lenient?: boolean; readonly json?: boolean },
): Promise<void> {
  const report = await withContainer(file, (container) => checkContainer(container, []), { lenient });
  if (!report.ok) return refuseWith(report.refusal, { json });
  const { files, signatures, stamps, items } = report.value;
  if (json) print(JSON.stringify({ files, signatures, stamps, items }));
  else for (const line of contentLines(report.value).slice(1)) print(line);
}
