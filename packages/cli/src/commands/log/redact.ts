import { type JsonObject, ok, type Result } from '@comity/core';
import { Command } from 'commander';
import { readConfig } from '../../node/config.ts';
import { print, readJson, refuseWith } from '../../output.ts';
import { say } from '../../words.ts';

interface Options {
  readonly config: string;
  readonly json?: boolean;
}

/** `comity log redact`: blanks one entry of the node's own log by order of overseers. */
export function redactCommand(): Command {
  return new Command('redact')
    .description(say('log.redact'))
    .argument('<order...>', say('log.redact.orders'))
    .requiredOption('--config <file>', say('node.config'))
    .option('--json', say('option.json'))
    .action(run);
}

/** How long to wait for the entry's place: a node that runs takes it within a second. */
const PATIENCE = 5000;

async function run(files: readonly string[], { config, json = false }: Options): Promise<void> {
  const read = readConfig(config, process.env);
  if (!read.ok) return refuseWith(read.refusal, { json });
  const orders = readAll(files);
  if (!orders.ok) return refuseWith(orders.refusal, { json });
  // Loaded when asked for: the other commands need no database.
  const { asOperator } = await import('../../node/operator.ts');
  const done = await asOperator(read.value, async (operator) => {
    const redacted = await operator.redact(orders.value);
    if (!redacted.ok) return redacted;
    const { place, entry } = redacted.value;
    return ok({ place, said: await operator.placeOf(entry, PATIENCE) });
  });
  if (!done.ok) return refuseWith(done.refusal, { json });
  const { place, said } = done.value;
  const answer: JsonObject = {
    ok: true,
    year: place.year,
    index: String(place.index),
    entry: said === undefined ? null : String(said.index),
  };
  const values = { year: place.year, index: String(place.index), entry: String(said?.index ?? '') };
  print(json ? JSON.stringify(answer) : say(said === undefined ? 'log.redacted.staged' : 'log.redacted', values));
}

function readAll(files: readonly string[]): Result<readonly unknown[]> {
  const orders: unknown[] = [];
  for (const file of files) {
    const order = readJson(file);
    if (!order.ok) return order;
    orders.push(order.value);
  }
  return ok(orders);
}
