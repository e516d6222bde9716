import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Keystore } from '@comity/node';
import type { About, CaseFile, Finding, Report } from '@comity/verify';
import { cooperation } from './cooperation.ts';
import { insiders } from './insider.ts';
import { outsiders } from './outsider.ts';
import type { Place } from './place.ts';
import type { Tampering } from './tampering.ts';
import { type Teller, teller } from './teller.ts';
import { sentenceOf, verdictOf, verifyApart } from './verifier.ts';

/** What came of a story of tampering. */
export interface Tried {
  readonly acts: number;
  /** The genuine file is by the book, and every tampering was named for exactly what it is. */
  readonly ok: boolean;
  readonly findings: readonly object[];
}

/** Plays cooperation once, then tampers with its file in every way a bystander or an insider could, and asks the verifier each time. */
export async function tampered(place: Place, tell: Teller): Promise<Tried> {
  tell.say('tampered.play');
  const told = await cooperation(place.sandbox, teller({}, true));
  const [holder] = told.holders;
  if (holder === undefined) throw new Error('nobody holds the case');
  const genuine = await holder.get<CaseFile>(`/api/cases/${told.case}/proof`);
  const folder = join(place.dir, 'tampered');
  mkdirSync(folder, { recursive: true });
  const before = await ask(place, join(folder, 'genuine.comity'), genuine);
  tell.say('tampered.genuine', { verdict: verdictOf(before) });
  const scene = { file: genuine, keys: keysOf(genuine, place) };
  const attempts = [...(await outsiders(scene)), ...(await insiders(scene))];
  tell.say('tampered.now', { count: attempts.length });
  const results: { readonly tampering: string; readonly expected: string; readonly named: boolean; readonly verdict: string }[] =
    [];
  for (const attempt of attempts) {
    const report = await ask(place, join(folder, `${attempt.name}.comity`), attempt.file);
    const found = report.findings.find((finding) => isNamed(attempt, finding));
    const named = found !== undefined && report.verdict !== 'by-the-book' && report.verdict !== 'cannot-tell';
    tell.row(`tampered.${attempt.name}`, named ? sentenceOf(found) : verdictOf(report), named);
    results.push({ tampering: attempt.name, expected: attempt.expect.code, named, verdict: report.verdict });
  }
  const missed = results.filter(({ named }) => !named).length;
  tell.say(missed === 0 ? 'tampered.all' : 'tampered.missed', { count: results.length, missed });
  return { acts: before.timeline.length, ok: before.verdict === 'by-the-book' && missed === 0, findings: results };
}

async function ask({ trustFile }: Place, file: string, content: CaseFile): Promise<Report> {
  writeFileSync(file, JSON.stringify(content));
  return (await verifyApart(file, trustFile)).report;
}

/** The expected finding, about the very act, party, entry or item. */
function isNamed({ expect }: Tampering, { code, about }: Finding): boolean {
  const same = (name: keyof About): boolean => expect.about[name] === undefined || expect.about[name] === about[name];
  return code === expect.code && same('act') && same('party') && same('index') && same('item');
}

/** The keys of everybody in the case, as their nodes keep them. */
function keysOf(file: CaseFile, place: Place): ReadonlyMap<string, Keystore> {
  const { keys } = place;
  if (keys === undefined) throw new Error('the keys of the organisations are not at hand');
  // Parser: written by the sandbox's own nodes.
  const read = (party: string): Keystore => JSON.parse(readFileSync(join(keys, party, 'keys.json'), 'utf8')) as Keystore;
  return new Map(file.logs.map(({ party }) => [party, read(party)]));
}
