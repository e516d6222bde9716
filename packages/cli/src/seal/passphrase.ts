import { openSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { ok, type Result, refuse } from '@comity/core';
import { readText } from '../output.ts';
import { say } from '../words.ts';

/** A passphrase: the first line of a file, or what somebody types at the terminal. Never from arguments or the environment, which others can see. */
export async function readPassphrase(file: string | undefined): Promise<Result<string>> {
  if (file === undefined) return askPassphrase(say('passphrase'));
  const text = readText(file);
  if (!text.ok) return text;
  const line = text.value.split(/\r?\n/)[0] ?? '';
  return line === '' ? refuse('field-missing', file) : ok(line);
}

/** A new passphrase; typed ones are asked twice. */
export async function newPassphrase(file: string | undefined): Promise<Result<string>> {
  const first = await readPassphrase(file);
  if (!first.ok || file !== undefined) return first;
  const second = await askPassphrase(say('passphrase.again'));
  if (!second.ok) return second;
  return first.value !== '' && first.value === second.value ? first : refuse('field-invalid', say('passphrase.differs'));
}

/** Asks at the terminal, also when standard input is data; what is typed does not show. Refuses `field-missing` where there is no terminal. */
async function askPassphrase(question: string): Promise<Result<string>> {
  const terminal = openTerminal();
  if (terminal === undefined) return refuse('field-missing', '--passphrase-file');
  process.stderr.write(`${question} `);
  terminal.setRawMode(true);
  try {
    return ok(await readLine(terminal));
  } finally {
    terminal.setRawMode(false);
    terminal.destroy();
    process.stderr.write('\n');
  }
}

function openTerminal(): ReadStream | undefined {
  if (process.platform === 'win32') return process.stdin.isTTY ? process.stdin : undefined;
  try {
    return new ReadStream(openSync('/dev/tty', 'r'));
  } catch {
    // No terminal belongs to this process.
    return undefined;
  }
}

async function readLine(terminal: ReadStream): Promise<string> {
  let line = '';
  for await (const piece of terminal.setEncoding('utf8')) {
    for (const key of String(piece)) {
      if (key === '\r' || key === '\n') return line;
      // Ctrl-C and Ctrl-D, which a raw terminal gives as they are.
      if (key === '\u0003' || key === '\u0004') process.exit(130);
      line = key === '\u007f' || key === '\b' ? [...line].slice(0, -1).join('') : line + key;
    }
  }
  return line;
}
