import { parseArgs } from 'node:util';
import { answerer } from './answerer.ts';
import { ours } from './ours.ts';
import { type Outcome, run } from './run.ts';
import { readSuites } from './vectors.ts';

// node conformance/src/main.ts [--with COMMAND] [--json]: runs the vectors against our packages, or against the program that COMMAND starts. Exit code 1 when one fails.
const { values } = parseArgs({ options: { with: { type: 'string' }, json: { type: 'boolean', default: false } } });
const outcomes = await run(readSuites(), values.with === undefined ? ours : answerer(values.with));
process.stdout.write(values.json ? `${JSON.stringify(outcomes)}\n` : report(outcomes));
if (outcomes.some((outcome) => !outcome.passed)) process.exitCode = 1;

function report(all: readonly Outcome[]): string {
  const suites = [...new Set(all.map((outcome) => outcome.suite))];
  const lines = suites.map((suite) => `${suite.padEnd(16)} ${tally(all.filter((outcome) => outcome.suite === suite))}`);
  const failed = all.filter((outcome) => !outcome.passed);
  const details = failed.map(({ id, wanted, got }) => `\nFAILED ${id}\n  wanted ${wanted}\n  got    ${got}`);
  return `${[...lines, ...details, '', tally(all)].join('\n')}\n`;
}

function tally(some: readonly Outcome[]): string {
  const passed = some.filter((outcome) => outcome.passed).length;
  return `${passed} passed, ${some.length - passed} failed`;
}
