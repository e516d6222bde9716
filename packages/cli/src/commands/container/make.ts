import { randomBytes } from 'node:crypto';
import { canBeWritten, type Json, ok, type Result, refuse } from '@comity/core';
import { nodeHashes } from '@comity/formats';
import { askForStamps, type Stamp, writeContainer } from '@comity/formats/container';
import { Command } from 'commander';
import { filesAt } from '../../container/files.ts';
import { readSigner } from '../../container/signer.ts';
import { writeWhole } from '../../container/write.ts';
import { print, readJson, refuseWith } from '../../output.ts';
import { say } from '../../words.ts';

interface Options {
  readonly key: string;
  readonly cert: string;
  readonly output: string;
  readonly case: string;
  readonly by: string;
  readonly order?: string;
  readonly tsa?: string;
  readonly json?: boolean;
}

/** How long an authority may take before a stamp is pending. */
const TSA_MS = 10_000;

/** `comity container make`: packs and signs files as they lie; each is an item of its own. */
export function makeCommand(): Command {
  return new Command('make')
    .description(say('container.make'))
    .argument('<file...>', say('container.make.file'))
    .requiredOption('--key <file>', say('container.key'))
    .requiredOption('--cert <file>', say('container.cert'))
    .requiredOption('-o, --output <file>', say('container.output'))
    .option('--case <id>', say('container.case'), '')
    .option('--by <party>', say('container.by'), '')
    .option('--order <file>', say('container.order'))
    .option('--tsa <url>', say('container.tsa'))
    .option('--json', say('option.json'))
    .action(run);
}

async function run(paths: readonly string[], options: Options): Promise<void> {
  const { json = false, tsa } = options;
  const made = await make(paths, options);
  if (!made.ok) return refuseWith(made.refusal, { json });
  const pending = tsa !== undefined && made.value.stamp === 'pending';
  if (json) print(JSON.stringify({ ok: true, ...made.value }));
  else print(say(pending ? 'container.made.pending' : 'container.made', { file: made.value.file, count: made.value.count }));
}

interface Made {
  readonly file: string;
  readonly count: number;
  readonly stamp?: 'here' | 'pending';
}

async function make(paths: readonly string[], { key, cert, output, order, tsa, by, case: id }: Options): Promise<Result<Made>> {
  const signer = readSigner({ key, cert });
  if (!signer.ok) return signer;
  const files = await filesAt(paths);
  if (!files.ok) return files;
  const asked = readOrder(order);
  if (!asked.ok) return asked;
  const at = new Date().toISOString();
  let stamped = false;
  const stamp: Stamp | undefined = tsa === undefined ? undefined : noting(stampBy(tsa), () => (stamped = true));
  const custody = { case: id, actions: [{ name: 'pack', at, by }] };
  const request = { at, files: files.value, order: asked.value, custody, signer: signer.value };
  const written = await writeWhole(writeContainer(nodeHashes, { ...request, ...(stamp === undefined ? {} : { stamp }) }), output);
  if (!written.ok) return written;
  const answer = { file: written.value, count: files.value.length };
  return ok(tsa === undefined ? answer : { ...answer, stamp: stamped ? 'here' : 'pending' });
}

function readOrder(file: string | undefined): Result<Json> {
  if (file === undefined) return ok({});
  const json = readJson(file);
  if (!json.ok) return json;
  // Parser: what JSON.parse gives is JSON; lone surrogates are the one thing that cannot be written again.
  return canBeWritten(json.value) ? ok(json.value as Json) : refuse('body-not-json', file);
}

/** Time stamps of an authority's address. */
export function stampBy(url: string): Stamp {
  return askForStamps({ url, fetch, timeoutMs: TSA_MS, random: (bytes) => Uint8Array.from(randomBytes(bytes)) });
}

function noting(stamp: Stamp, note: () => void): Stamp {
  return async (sha256) => {
    const token = await stamp(sha256);
    if (token !== undefined) note();
    return token;
  };
}
