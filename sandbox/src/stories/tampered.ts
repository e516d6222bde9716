import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '@comity/core';
import type { Keystore } from '@comity/node';
import type { About, CaseFile, Finding, Report } from '@comity/verify';
import { cooperation } from './cooperation.ts';
import { insiders } from './insider.ts';
import { liars } from './liar.ts';
import { outsiders } from './outsider.ts';
import type { Place } from './place.ts';
import type { Tampering } from './tampering.ts';
import { type Teller, teller } from './teller.ts';
import { isRefused, type Refused, refusalOf, sentenceOf, verdictOf, verifyApart } from './verifier.ts';

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
  const before = await ask(place.trustFile, join(folder, 'genuine.comity'), genuine);
  tell.say('tampered.genuine', { verdict: isRefused(before) ? '' : verdictOf(before) });
  const trust: JsonObject = JSON.parse(readFileSync(place.trustFile, 'utf8'));
  const scene = { file: genuine, keys: keysFor(genuine, place), trust };
  const attempts = [...(await outsiders(scene)), ...(await insiders(scene)), ...(await liars(scene))];
  tell.say('tampered.now', { count: attempts.length });
  const results = await inPairs(attempts, (attempt) => tryOne(place, folder, attempt));
  for (const { attempt, named, said } of results) tell.row(`tampered.${attempt.name}`, said, named);
  const missed = results.filter(({ named }) => !named).length;
  tell.say(missed === 0 ? 'tampered.all' : 'tampered.missed', { count: results.length, missed });
  const sound = !isRefused(before) && before.verdict === 'by-the-book';
  const findings = results.map(({ attempt, named, verdict }) => ({
    ...{ tampering: attempt.name, expected: attempt.expect.code, named, verdict },
  }));
  return { acts: isRefused(before) ? 0 : before.timeline.length, ok: sound && missed === 0, findings };
}

interface Outcome {
  readonly attempt: Tampering;
  readonly named: boolean;
  readonly verdict: string;
  readonly said: string;
}

/** Gives a tampered file to the verifier, in a process that has nothing else, and looks whether it names what was done. */
async function tryOne(place: Place, folder: string, attempt: Tampering): Promise<Outcome> {
  const trustFile = attempt.trust === undefined ? place.trustFile : join(folder, `${attempt.name}.trust.json`);
  if (attempt.trust !== undefined) writeFileSync(trustFile, JSON.stringify(attempt.trust));
  const report = await ask(trustFile, join(folder, `${attempt.name}.comity`), attempt.file);
  if (isRefused(report)) {
    const { code, field = '' } = report.refusal;
    return { attempt, named: code === attempt.expect.code, verdict: code, said: `${refusalOf(code)} (${field})` };
  }
  const found = report.findings.find((finding) => isNamed(attempt, finding));
  const named = found !== undefined && report.verdict !== 'by-the-book' && report.verdict !== 'cannot-tell';
  return { attempt, named, verdict: report.verdict, said: named ? sentenceOf(found) : verdictOf(report) };
}

/** Two processes at a time: the machine has other things to do. */
async function inPairs<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<readonly R[]> {
  const done: R[] = [];
  for (let i = 0; i < all.length; i += 2) done.push(...(await Promise.all(all.slice(i, i + 2).map(work))));
  return done;
}

async function ask(trustFile: string, file: string, content: CaseFile): Promise<Report | Refused> {
  writeFileSync(file, JSON.stringify(content));
  return (await verifyApart(file, trustFile)).report;
}

/** The expected finding, about the very act, party, entry or item. */
function isNamed({ expect }: Tampering, { code, about }: Finding): boolean {
  const same = (name: keyof About): boolean => expect.about[name] === undefined || expect.about[name] === about[name];
  return code === expect.code && same('act') && same('party') && same('index') && same('item');
}

/** The keys of everybody in the case, as their nodes keep them. */
function keysFor(file: CaseFile, place: Place): ReadonlyMap<string, Keystore> {
  const { keysOf } = place;
  if (keysOf === undefined) throw new Error('the keys of the organisations are not at hand');
  return new Map(file.logs.map(({ party }) => [party, keysOf(party)]));
}
