import { Command } from 'commander';
import { reportLines } from '../../container/lines.ts';
import { checkContainer, withContainer } from '../../container/open.ts';
import { print, refuseWith } from '../../output.ts';
import { say } from '../../words.ts';

interface Options {
  readonly trust?: readonly string[];
  readonly lenient?: boolean;
  readonly json?: boolean;
}

/** The exit code is the verdict; 3 when there is none, as with `comity verify`. */
const EXIT_CODES = { sound: 0, open: 1, altered: 2, unchecked: 3 } as const;
const UNREADABLE = 3;

/** `comity container verify`: is everything in it what somebody trusted has signed? */
export function verifyContainerCommand(): Command {
  return new Command('verify')
    .description(say('container.verify'))
    .argument('<file>', say('container.file'))
    .option('--trust <cert...>', say('container.trust'))
    .option('--lenient', say('container.lenient'))
    .option('--json', say('option.json'))
    .addHelpText('after', `\n${say('container.verify.codes')}`)
    .action(run);
}

async function run(file: string, { trust = [], lenient = false, json = false }: Options): Promise<void> {
  const report = await withContainer(file, (container) => checkContainer(container, trust), { lenient });
  if (!report.ok) return refuseWith(report.refusal, { json, code: UNREADABLE });
  if (json) print(JSON.stringify(report.value));
  else for (const line of reportLines(report.value)) print(line);
  process.exitCode = EXIT_CODES[report.value.verdict];
}
