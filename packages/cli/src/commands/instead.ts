import { alternatives } from '@comity/assess';
import type { Command } from 'commander';
import { print } from '../output.ts';
import { transferCommand } from '../transfer/command.ts';
import { insteadLines } from '../transfer/words.ts';

/** `comity instead`: not this way, but this way. Exit code 0: there is a way, or none is needed; 2: nothing that can be changed helps. */
export function insteadCommand(): Command {
  return transferCommand('instead', (asked, { json }) => {
    const found = alternatives(asked.law, asked);
    if (found.never.length > 0) process.exitCode = 2;
    if (json === true) return print(JSON.stringify(found));
    for (const line of insteadLines(found)) print(line);
  });
}
