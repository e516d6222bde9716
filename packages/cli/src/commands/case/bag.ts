import { createReadStream, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { canonicalJson, ok, type Result, refuse, utf8 } from '@comity/core';
import { writeCaseFile } from '@comity/formats';
import { type BagFile, writeBag } from '@comity/formats/bagit';
import { caseGraphBytes } from '@comity/formats/case-uco';
import { sha256, sha256Hex } from '@comity/node/keys';
import { type CaseTold, type OpenCase, openCaseFile, tellCase } from '@comity/verify';
import { Command } from 'commander';
import { newFolder } from '../../container/extract.ts';
import { writeWhole } from '../../container/write.ts';
import { print, refuseWith } from '../../output.ts';
import { readCase } from '../../verify/readCase.ts';
import { say } from '../../words.ts';

interface Options {
  readonly output: string;
  readonly delivery?: readonly string[];
  readonly json?: boolean;
}

/** `comity case bag FILE`: a case as a bag (BagIt, RFC 8493): the order, the sealed deliveries, the graph of custody, and the proof. */
export function bagCommand(): Command {
  return new Command('bag')
    .description(say('case.bag'))
    .argument('<file>', say('case.file'))
    .requiredOption('-o, --output <dir>', say('container.extract.output'))
    .option('--delivery <file...>', say('case.bag.delivery'))
    .option('--json', say('option.json'))
    .action(run);
}

async function run(file: string, { output, delivery = [], json = false }: Options): Promise<void> {
  const content = readCase(file);
  if (!content.ok) return refuseWith(content.refusal, { json });
  const open = openCaseFile(content.value, sha256);
  if (!open.ok) return refuseWith(open.refusal, { json });
  const told = tellCase(open.value);
  const deliveries = deliveriesIn(told, delivery);
  if (!deliveries.ok) return refuseWith(deliveries.refusal, { json });
  const missing = told.objects.filter(({ sha256: wanted }) => !deliveries.value.some(({ digest }) => digest === wanted));
  const written = await bagTo(output, { open: open.value, told, deliveries: deliveries.value, missing: missing.length });
  if (!written.ok) return refuseWith(written.refusal, { json });
  const counts = { dir: output, count: written.value, missing: missing.length };
  print(
    json
      ? JSON.stringify({ ok: true, files: written.value, missing: missing.map(({ sha256: wanted }) => wanted) })
      : say('case.bagged', counts),
  );
}

interface Delivery {
  readonly path: string;
  readonly digest: string;
}

/** Files that an act of the case announces; any other is refused, for a bag must not hold what the proof knows nothing of. */
function deliveriesIn({ objects }: CaseTold, files: readonly string[]): Result<readonly Delivery[]> {
  const found: Delivery[] = [];
  for (const path of files) {
    let digest: string;
    try {
      digest = sha256Hex(readFileSync(path));
    } catch {
      // Whatever the reason, the file cannot be had.
      return refuse('not-found', path);
    }
    if (!objects.some(({ sha256: known }) => known === digest)) return refuse('delivery-unknown', path);
    found.push({ path, digest });
  }
  return ok(found);
}

interface Bag {
  readonly open: OpenCase;
  readonly told: CaseTold;
  readonly deliveries: readonly Delivery[];
  readonly missing: number;
}

async function bagTo(dir: string, bag: Bag): Promise<Result<number>> {
  const root = newFolder(dir);
  if (!root.ok) return root;
  const payload = [...partsOf(bag)];
  const info = [
    ['External-Identifier', bag.told.case],
    ['External-Description', bag.told.procedure],
    ['Comity-Deliveries-Missing', String(bag.missing)],
  ] as const;
  for await (const { path, bytes } of writeBag({ payload, on: new Date().toISOString().slice(0, 10), info })) {
    const file = join(root.value, ...path.split('/'));
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const done = await writeWhole(bytes, file);
    if (!done.ok) return done;
  }
  return ok(payload.length);
}

/** The case file is the proof, byte for byte what it says; the order is its acts up to the sending, as they were signed. */
function* partsOf({ open, told, deliveries }: Bag): Generator<BagFile> {
  const { file } = open;
  const sent = file.acts.findIndex(({ body }) => body.type === 'send');
  const order = { case: told.case, procedure: told.procedure, acts: file.acts.slice(0, sent === -1 ? undefined : sent + 1) };
  yield { path: 'proof/case.comity', bytes: once(writeCaseFile(JSON.parse(canonicalJson(file)))) };
  yield { path: 'order/order.json', bytes: once(utf8(canonicalJson(order))) };
  yield { path: 'custody/custody.case.jsonld', bytes: once(caseGraphBytes(told, sha256)) };
  for (const { path, digest } of deliveries) yield { path: `deliveries/${digest}.age`, bytes: createReadStream(path) };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
