import { Command } from 'commander';
import { runHere } from '../spawn.ts';
import { say } from '../words.ts';

/** `comity sandbox`: the same as `npm start`. */
export function sandboxCommand(): Command {
  return new Command('sandbox')
    .description(say('sandbox'))
    .option('--dir <dir>', say('sandbox.dir'))
    .option('--port <port>', say('sandbox.port'))
    .option('--fresh', say('sandbox.fresh'))
    .option('--json', say('option.json'))
    .action((options: { readonly dir?: string; readonly port?: string; readonly fresh?: boolean; readonly json?: boolean }) =>
      runHere(
        ['sandbox', 'src', 'main.ts'],
        [
          ...(options.dir === undefined ? [] : ['--dir', options.dir]),
          ...(options.port === undefined ? [] : ['--port', options.port]),
          ...(options.fresh === true ? ['--fresh'] : []),
          ...(options.json === true ? ['--json'] : []),
        ],
      ),
    );
}
