import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ok, type Result } from '@comity/core';
import { nodeHashes } from '@comity/formats';
import { type BagFile, type BagReport, bagInFolder, checkBag, writeBag } from '@comity/formats/bagit';
import { type Container, type ContainerReport, readEntry } from '@comity/formats/container';
import { Command } from 'commander';
import { newFolder } from '../../container/extract.ts';
import { checkContainer, unaltered, withContainer } from '../../container/open.ts';
import { writeWhole } from '../../container/write.ts';
import { EXIT, print, refuseWith } from '../../output.ts';
import { say } from '../../words.ts';

/** `comity container bag`: what a container holds as a bag (BagIt, RFC 8493), for archives. */
export function bagCommand(): Command {
  return new Command('bag')
    .description(say('container.bag'))
    .argument('<file>', say('container.file'))
    .requiredOption('-o, --output <dir>', say('container.extract.output'))
    .option('--json', say('option.json'))
    .action(make);
}

async function make(file: string, { output, json = false }: { readonly output: string; readonly json?: boolean }): Promise<void> {
  const written = await withContainer(file, async (container) => {
    const report = await checkContainer(container, []);
    const sound = report.ok ? unaltered(report.value) : report;
    return sound.ok ? bagTo(output, container, sound.value) : sound;
  });
  if (!written.ok) return refuseWith(written.refusal, { json });
  print(
    json ? JSON.stringify({ ok: true, files: written.value }) : say('container.bagged', { dir: output, count: written.value }),
  );
}

/** Gives the number of payload files: all that signatures cover, and the signatures. */
async function bagTo(dir: string, container: Container, report: ContainerReport): Promise<Result<number>> {
  const root = newFolder(dir);
  if (!root.ok) return root;
  const kept = new Set(
    report.files.filter(({ state }) => state === 'as-signed' || state === 'signature').map(({ name }) => name),
  );
  const entries = container.zip.files.filter(({ name }) => kept.has(name));
  const payload = entries.map((entry): BagFile => ({ path: entry.name, bytes: readEntry(nodeHashes, container.zip, entry) }));
  const info = [['External-Identifier', report.items?.case ?? ''] as const];
  for await (const { path, bytes } of writeBag({ payload, on: new Date().toISOString().slice(0, 10), info })) {
    const file = join(root.value, ...path.split('/'));
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const done = await writeWhole(bytes, file);
    if (!done.ok) return done;
  }
  return ok(entries.length);
}

/** `comity container check-bag`: is a bag complete and undamaged? It bears no signature, so it cannot say who made it. */
export function checkBagCommand(): Command {
  return new Command('check-bag')
    .description(say('container.check-bag'))
    .argument('<dir>', say('container.extract.output'))
    .option('--json', say('option.json'))
    .action(check);
}

async function check(dir: string, { json = false }: { readonly json?: boolean }): Promise<void> {
  const bag = await bagInFolder(dir);
  if (!bag.ok) return refuseWith(bag.refusal, { json });
  const report = await checkBag(bag.value);
  if (json) print(JSON.stringify(report));
  else for (const line of linesOf(report)) print(line);
  process.exitCode = report.valid ? EXIT.ok : EXIT.refused;
}

function linesOf({ valid, version = '?', files, algorithm = '?', faults }: BagReport): readonly string[] {
  const weak = algorithm === 'md5' || algorithm === 'sha1' ? [say('container.bag.weak', { algorithm })] : [];
  return [
    say(valid ? 'container.bag.valid' : 'container.bag.invalid', { version, files, algorithm }),
    ...weak,
    ...faults.map(({ code, about }) => `  ${say(`container.bag.fault.${code}`, { about })}`),
  ];
}
