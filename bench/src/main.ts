import { parseArgs } from 'node:util';
import { BENCHES } from './list.ts';
import { lines } from './print.ts';

// npm run bench -- NAME [PART] [--json]: runs one measurement, or a part of it; without a name, says which there are. With --json the last line is the array of figures.
const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean', default: false } } });
const [name, part] = positionals;
const bench = name === undefined ? undefined : BENCHES[name];
const say = (line: string): void => void process.stdout.write(`${line}\n`);

if (name === undefined || bench === undefined) {
  if (name !== undefined) process.stderr.write(`There is no bench ${name}.\n`);
  for (const [known, { about }] of Object.entries(BENCHES)) say(`${known.padEnd(8)} ${about}`);
  process.exitCode = name === undefined ? 0 : 64;
} else {
  const sheet = await bench.run(part);
  for (const line of lines(name, sheet)) say(line);
  if (values.json) say(JSON.stringify(sheet.figures));
}
