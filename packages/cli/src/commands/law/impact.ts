import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compileLaw, type Impact, impact, type Law, type LiveTransfer } from '@comity/assess';
import { isDay, isJsonObject, ok, type Result, refuse } from '@comity/core';
import { sha256 } from '@comity/node/keys';
import { Command } from 'commander';
import { compileVocabularies } from '../../law/compilepacks.ts';
import { casesOf } from '../../law/guards.ts';
import { readPackFile } from '../../law/packs.ts';
import { parseJson, print, readText, refuseWith } from '../../output.ts';
import { PACKS, ROOT } from '../../places.ts';
import { lawsIn, readAsked } from '../../transfer/read.ts';
import { say } from '../../words.ts';

interface Options {
  readonly live?: string;
  readonly on?: string;
  readonly law: string;
  readonly dir: string;
  readonly json?: boolean;
}

/** `comity law impact NEW`: which live transfers a changed pack decides otherwise, from what to what, since when. Exit code 2 when some change. */
export function impactCommand(): Command {
  return new Command('impact')
    .description(say('law.impact'))
    .argument('<new>', say('law.new'))
    .option('--live <file>', say('law.live'))
    .option('--on <day>', say('assess.on'))
    .option('--law <dir>', say('assess.law'), PACKS)
    .option('--dir <dir>', say('law.dir'), join(ROOT, 'law'))
    .option('--json', say('option.json'))
    .action(run);
}

async function run(fresh: string, options: Options): Promise<void> {
  const found = await impactOf(fresh, options);
  if (!found.ok) return refuseWith(found.refusal, options);
  if (found.value.changed.length > 0) process.exitCode = 2;
  if (options.json === true) return print(JSON.stringify(found.value));
  for (const line of linesOf(found.value)) print(line);
}

async function impactOf(fresh: string, options: Options): Promise<Result<Impact>> {
  const on = options.on ?? new Date().toISOString().slice(0, 10);
  if (!isDay(on)) return refuse('field-invalid', '--on', { kind: 'YYYY-MM-DD' });
  const words = await compileVocabularies(options.dir);
  if (!words.ok) return words;
  const pack = await readPackFile(
    fresh,
    words.value.map(({ vocabulary }) => vocabulary),
  );
  if (!pack.ok) return pack;
  const laws = lawsIn(options.law);
  const before = pack.value.vocabulary.id === laws.cooperation.vocabulary.id ? laws.cooperation : laws.assess;
  const kept = before.loaded.filter(({ id }) => id !== pack.value.pack.id);
  const after = compileLaw(before.vocabulary, [...kept, pack.value.pack], sha256);
  const live = options.live === undefined ? ok(sample(options.dir, before)) : readLive(options.live, options.law, on);
  return live.ok ? ok(impact({ before, after }, live.value, on)) : live;
}

/** Without live transfers: the cases that come with the law. */
function sample(dir: string, law: Law): readonly LiveTransfer[] {
  const regimes = readdirSync(join(dir, 'cases'))
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => name.replace(/\.jsonl$/, ''));
  return regimes
    .filter((regime) => law.vocabulary.regimes.includes(regime))
    .flatMap((regime) => casesOf(dir, regime).map(({ id, facts }) => ({ id, facts })));
}

/** Lines of `{id, facts}`. A line that cannot be used stops the answer, for it would be counted as unchanged. */
function readLive(file: string, lawDir: string, on: string): Result<readonly LiveTransfer[]> {
  const text = readText(file);
  if (!text.ok) return text;
  const laws = lawsIn(lawDir);
  const live: LiveTransfer[] = [];
  for (const [i, line] of text.value.split('\n').entries()) {
    if (line.trim() === '') continue;
    const json = parseJson(line, `${file}:${i + 1}`);
    if (!json.ok) return json;
    const asked = readAsked(laws, isJsonObject(json.value) ? { ...json.value, on } : json.value);
    if (!asked.ok) return { ok: false, refusal: { ...asked.refusal, field: `${file}:${i + 1}: ${asked.refusal.field ?? ''}` } };
    live.push({ id: asked.value.id, facts: asked.value.facts });
  }
  return ok(live);
}

function linesOf({ decided, changed }: Impact): readonly string[] {
  return [
    say('law.impact.sum', { decided, changed: changed.length }),
    ...changed.flatMap(({ id, from, to, since, regimes }) => [
      say('law.impact.changed', { id, from, to, since }),
      ...regimes.map(({ regime, from: was, to: is, duties }) => {
        const come = duties.come.map((duty) => `+${duty}`);
        const go = duties.go.map((duty) => `-${duty}`);
        return `    ${regime}: ${was === is ? was : `${was} → ${is}`} ${[...come, ...go].join(' ')}`.trimEnd();
      }),
    ]),
  ];
}
