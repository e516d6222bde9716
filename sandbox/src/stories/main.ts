import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import type { CaseFile, Finding } from '@comity/verify';
import { ORDER } from '../organisations.ts';
import { conflict } from './conflict.ts';
import { cooperation, type Told } from './cooperation.ts';
import { defence } from './defence.ts';
import { emergency } from './emergency.ts';
import { jit } from './jit.ts';
import { mla } from './mla.ts';
import { notice } from './notice.ts';
import { outsourcing } from './outsourcing.ts';
import { type Place, type PlaceOptions, takePlace } from './place.ts';
import { preservation } from './preservation.ts';
import { refusals } from './refusals.ts';
import { rotation } from './rotation.ts';
import { tampered } from './tampered.ts';
import { type Teller, teller } from './teller.ts';
import { sentenceOf, verdictOf, verifyApart } from './verifier.ts';

/** How a story ended, and the last line of `--json`. */
interface Ending {
  readonly story: string;
  readonly ok: boolean;
  readonly acts: number;
  readonly verified: boolean;
  readonly findings: readonly object[];
}

type Story = (place: Place, tell: Teller) => Promise<Omit<Ending, 'story'>>;

/** Stories that need a sandbox of their own, because they use its keys or let days pass, and in which state it starts. */
const OWN: Readonly<Record<string, Pick<PlaceOptions, 'home' | 'suite' | 'only'>>> = {
  tampered: { only: ORDER },
  rotation: { home: 'rotation', suite: 'comity-seal-1' },
  ...Object.fromEntries(['preservation', 'emergency', 'jit', 'notice'].map((name) => [name, { home: `of-${name}` }])),
};

/** Stories of one or several cases, each verified at its end. */
const CASES: Readonly<Record<string, (place: Place, tell: Teller) => Promise<Told>>> = {
  cooperation: (place, tell) => cooperation(place.sandbox, tell),
  outsourcing: (place, tell) => outsourcing(place.sandbox, tell),
  preservation,
  emergency,
  mla,
  conflict,
  jit,
  defence,
  refusals,
  notice,
  rotation,
};

const STORIES: Readonly<Record<string, Story>> = {
  ...Object.fromEntries(
    Object.entries(CASES).map(([name, story]): [string, Story] => [
      name,
      async (place, tell) => verifyTold(place, tell, { name, told: await story(place, tell) }),
    ]),
  ),
  tampered: async (place, tell) => {
    const { ok, acts, findings } = await tampered(place, tell);
    return { ok, acts, findings, verified: ok };
  },
};

/** Takes the case file from each holder, writes it down, and has it verified by a process that has only the file and the trusted keys. */
async function verifyTold(
  place: Place,
  tell: Teller,
  { name, told }: { readonly name: string; readonly told: Told },
): Promise<Omit<Ending, 'story'>> {
  tell.say('verify.offline');
  const findings: (Finding & { readonly holder: string })[] = [];
  const files = [told, ...(told.also ?? [])].flatMap(({ case: id, holders }, part) =>
    holders.map((holder, index) => ({
      id,
      holder,
      called: [name, part + 1, holder.org].slice(0, part === 0 && index === 0 ? 1 : 3),
    })),
  );
  let [acts, verified] = [0, files.length > 0];
  for (const { id, holder, called } of files) {
    const file = join(place.dir, `${called.join('-')}.comity`);
    await holder.read(id);
    writeFileSync(file, JSON.stringify(await holder.get<CaseFile>(`/api/cases/${id}/proof`)));
    const { report, code } = await verifyApart(file, place.trustFile);
    tell.row(relative(process.cwd(), file), verdictOf(report), code === 0);
    for (const finding of report.findings) tell.row('', sentenceOf(finding), false);
    findings.push(...report.findings.map((finding) => ({ ...finding, holder: holder.org })));
    acts = Math.max(acts, report.timeline.length);
    verified = verified && code === 0 && report.verdict === 'by-the-book';
  }
  const kept = relative(process.cwd(), join(place.dir, `${name}.comity`));
  tell.say('verify.yourself', { file: kept, trust: relative(process.cwd(), place.trustFile) });
  return { ok: verified, acts, verified, findings };
}

const words: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'messages', 'stories.en.json'), 'utf8'),
);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, dir: { type: 'string' }, port: { type: 'string' } },
});
const [name = ''] = positionals;
const story = STORIES[name];
const tell = teller(words, values.json);

if (story === undefined) {
  process.stderr.write(`${words['unknown']?.replace('{given}', name).replace('{known}', Object.keys(STORIES).join(', '))}\n`);
  process.exit(64);
}

/** Plays the story; whatever stops it is a story that did not end well, said in the same form. */
async function play(played: Story): Promise<Ending> {
  try {
    const place = await takePlace({
      dir: values.dir,
      port: values.port === undefined ? undefined : Number(values.port),
      insiders: name in OWN,
      ...OWN[name],
    });
    try {
      return { story: name, ...(await played(place, tell)) };
    } finally {
      await place.leave();
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return { story: name, ok: false, acts: tell.count(), verified: false, findings: [] };
  }
}

const { story: told, ok, acts, verified, findings } = await play(story);
tell.say(ok ? 'ended.ok' : 'ended.not-ok');
if (values.json) process.stdout.write(`${JSON.stringify({ story: told, ok, acts, verified, findings })}\n`);
process.exit(ok ? 0 : 1);
