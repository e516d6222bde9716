import { programOf } from '../../packages/cli/src/program.ts';
import { head, ROOT } from './page.ts';

type Command = Awaited<ReturnType<typeof programOf>>;

/** The command line, as its own `--help` explains it. */
export async function cli(): Promise<string> {
  const parts = helpOf(await programOf(), []).flatMap(({ command, text }) => [
    ...[`## \`${['comity', ...command].join(' ')}\``, '', '```', text, '```', ''],
  ]);
  return [head('Command line', '`comity --help`'), 'Run it as `npx comity …` in the project.', '', ...parts].join('\n');
}

interface Help {
  readonly command: readonly string[];
  readonly text: string;
}

/** What `--help` would print to a file, whose lines have 80 characters. */
function helpOf(command: Command, path: readonly string[]): readonly Help[] {
  let said = '';
  command.configureOutput({
    writeOut: (part) => {
      said += part;
    },
    getOutHelpWidth: () => 80,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  // Where the project lies decides where the help wraps around a default: such a default goes on one line.
  const text = said
    .replaceAll(ROOT, '.')
    .replaceAll(/\s+\(default:\s+/g, ' (default: ')
    .trimEnd();
  return [{ command: path, text }, ...command.commands.flatMap((inner) => helpOf(inner, [...path, inner.name()]))];
}

/** Names in the list of commands; `help` explains only itself. */
export function subcommandsOf(help: string): readonly string[] {
  const list = help.split(/^Commands:\n/m)[1]?.split('\n\n')[0] ?? '';
  const names = [...list.matchAll(/^ {2}([a-z][a-z0-9-]*)/gm)].map((match) => match[1] ?? '');
  return names.filter((name) => name !== '' && name !== 'help');
}
