import { createHash, randomBytes } from 'node:crypto';
import { isJsonObject, isZone, ok, type Result, refuse, toInstant } from '@comity/core';
import { sha256 } from '@comity/node/keys';
import { type OpenCase, openCaseFile, sectionOf } from '@comity/verify';
import { type CountedCase, definitionsIn, statisticsOf } from '@comity/verify/statistics';
import { Command } from 'commander';
import { print, refuseWith } from '../output.ts';
import { readCase } from '../verify/readCase.ts';
import { say } from '../words.ts';

interface Options {
  readonly year: string;
  readonly zone: string;
  readonly json?: boolean;
}

/** `comity stats FILE…`: the figures of article 28 of the e-Evidence Regulation from case files. */
export function statsCommand(): Command {
  return new Command('stats')
    .description(say('stats'))
    .argument('<file...>', say('case.file'))
    .requiredOption('--year <year>', say('stats.year'))
    .option('--zone <zone>', say('stats.zone'), 'UTC')
    .option('--json', say('option.json'))
    .action(run);
}

async function run(files: readonly string[], { year, zone, json = false }: Options): Promise<void> {
  if (!/^2\d{3}$/.test(year)) return refuseWith({ code: 'field-invalid', field: '--year', values: { kind: '2026' } }, { json });
  if (!isZone(zone)) return refuseWith({ code: 'field-invalid', field: '--zone', values: { kind: 'Europe/Lisbon' } }, { json });
  const cases = countedIn(files);
  if (!cases.ok) return refuseWith(cases.refusal, { json });
  const figures = statisticsOf(cases.value, { year: Number(year), zone, now: toInstant(Date.now()) });
  const whole = { ...figures, definitions: definitionsIn('en') };
  if (json) return print(JSON.stringify(whole));
  const { definitions, ...told } = whole;
  for (const [name, value] of Object.entries(told)) print(`${name}: ${JSON.stringify(value)}`);
  print();
  for (const definition of Object.values(definitions)) print(definition);
}

/** Each case once: the same case in two files of two parties is one request. */
function countedIn(files: readonly string[]): Result<readonly CountedCase[]> {
  const salt = randomBytes(32);
  const found = new Map<string, CountedCase>();
  for (const file of files) {
    const content = readCase(file);
    if (!content.ok) return content;
    const open = openCaseFile(content.value, sha256);
    if (!open.ok) return refuse(open.refusal.code, file);
    const { state } = open.value.folded;
    const before = found.get(state.case);
    const counted = { procedure: open.value.procedure.id, state, ...identifiersOf(open.value, salt) };
    // The copy that shows more is the one to count from.
    if (before === undefined || state.done.length > before.state.done.length) found.set(state.case, counted);
  }
  return ok([...found.values()]);
}

function identifiersOf(open: OpenCase, salt: Uint8Array): Pick<CountedCase, 'identifiers'> {
  const values = sectionOf(open, 'identifiers');
  if (!isJsonObject(values)) return {};
  const named = Object.entries(values).map(
    ([item, value]) => [item, createHash('sha256').update(salt).update(JSON.stringify(value)).digest('hex')] as const,
  );
  return { identifiers: new Map(named) };
}
