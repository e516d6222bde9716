import { Command } from 'commander';
import { runHere } from '../spawn.ts';
import { say } from '../words.ts';

/** `comity story NAME`: plays a story of the sandbox and verifies its case file. */
export function storyCommand(): Command {
  return new Command('story')
    .description(say('story'))
    .argument('<name>', say('story.name'))
    .option('--json', say('option.json'))
    .option('--dir <dir>', say('story.dir'))
    .option('--port <port>', say('story.port'))
    .action((name: string, options: { readonly json?: boolean; readonly dir?: string; readonly port?: string }) =>
      runHere(
        ['sandbox', 'src', 'stories', 'main.ts'],
        [
          name,
          ...(options.json === true ? ['--json'] : []),
          ...(options.dir === undefined ? [] : ['--dir', options.dir]),
          ...(options.port === undefined ? [] : ['--port', options.port]),
        ],
      ),
    );
}
