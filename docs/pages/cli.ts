import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { head, ROOT } from './page.ts';

/** The command line, as its own `--help` explains it. */
export function cli(): string {
  const pages = helpOf([]);
  const parts = pages.flatMap(({ command, text }) => [`## \`${['comity', ...command].join(' ')}\``, '', '```', text, '```', '']);
  return [head('Command line', '`comity --help`'), 'Run it as `npx comity …` in the project.', '', ...parts].join('\n');
}

interface Help {
  readonly command: readonly string[];
  readonly text: string;
}

function helpOf(command: readonly string[]): readonly Help[] {
  const done = spawnSync(process.execPath, [join(ROOT, 'packages/cli/src/main.ts'), ...command, '--help'], {
    encoding: 'utf8',
    env: { ...process.env, COLUMNS: '120', NO_COLOR: '1' },
  });
  if (done.status !== 0) throw new Error(`comity ${command.join(' ')} --help: ${done.stderr}`);
  // Where the project lies decides where the help wraps around a default: such a default goes on one line.
  const text = done.stdout
    .replaceAll(ROOT, '.')
    .replaceAll(/\s+\(default:\s+/g, ' (default: ')
    .trimEnd();
  return [{ command, text }, ...subcommandsOf(text).flatMap((name) => helpOf([...command, name]))];
}

/** Names in the list of commands; `help` explains only itself. */
export function subcommandsOf(help: string): readonly string[] {
  const list = help.split(/^Commands:\n/m)[1]?.split('\n\n')[0] ?? '';
  const names = [...list.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map((match) => match[1] ?? '');
  return names.filter((name) => name !== '' && name !== 'help');
}
