import { directoryBytes, type Result } from '@comity/core';
import { sharesOf } from '@comity/procedure';
import { type ReadCase, readCase } from './case.ts';
import { type CaseFile, claimsToBeCaseFile, parseCaseFile } from './casefile.ts';
import { readActs } from './check-acts.ts';
import { checkAssessments } from './check-assessments.ts';
import { checkCopies } from './check-copies.ts';
import { checkCrossLog } from './check-crosslog.ts';
import { checkHeads } from './check-heads.ts';
import { checkLogging } from './check-logging.ts';
import { CLOCK_TOLERANCE, readLogs } from './check-logs.ts';
import { checkManifests } from './check-manifests.ts';
import { checkOpenings } from './check-openings.ts';
import { checkProcedure, checkVerdicts } from './check-procedure.ts';
import { readReceipts } from './check-receipts.ts';
import { checkRedactions } from './check-redactions.ts';
import { checkRemoved, type Known } from './check-removed.ts';
import { type Finding, finding, type Report, verdictOf } from './report.ts';
import { type Functions, fits, type Scene } from './scene.ts';
import { readingsOf, timelineOf } from './timeline.ts';
import type { Trust } from './trust.ts';

/**
 * Whether a case was done by the book. In: the parsed case file, what is trusted beforehand, and SHA-256 and the checks of signatures. Out: the verdict, every finding, the
 * timeline. Believes nothing in the file before it is checked, needs no network and no clock, and never throws on what a file holds.
 */
export function verifyCase(file: unknown, trust: Trust, functions: Functions): Report {
  const parsed = attempt(() => parseCaseFile(file));
  if (parsed === undefined || !parsed.ok) return refused(file, parsed);
  const strangers = checkDirectory(parsed.value, trust, functions);
  const fatal = strangers.some(({ code }) => code !== 'directory-out-of-date');
  // Without a directory that is believed there are no keys, and nothing else can be checked.
  return fatal
    ? summarise(parsed.value, { findings: strangers })
    : verifyParsed(parsed.value, { trust, functions, findings: strangers });
}

function refused(file: unknown, parsed: Result<CaseFile> | undefined): Report {
  const path = parsed?.ok === false ? (parsed.refusal.field ?? '') : '';
  const findings = [claimsToBeCaseFile(file) ? finding('form', {}, { path }) : finding('not-a-case-file')];
  return { verdict: verdictOf(findings), case: '', madeBy: '', findings, timeline: [], readings: [], checked: NOTHING };
}

/** The directory is the one that the trusted key signed, of the trusted environment, and was in force when the file was made. */
function checkDirectory(file: CaseFile, trust: Trust, functions: Functions): readonly Finding[] {
  const { directory, signature } = file.directory;
  if (!fits(functions, directoryBytes(directory), { key: trust.directoryKey, signature })) return [finding('directory-forged')];
  const stranger = [file.env, directory.env].find((env) => env !== trust.env);
  if (stranger !== undefined) return [finding('environment', {}, { given: stranger, trusted: trust.env, type: '' })];
  return file.madeAt < directory.until ? [] : [finding('directory-out-of-date', {}, { until: directory.until })];
}

interface Believing {
  readonly trust: Trust;
  readonly functions: Functions;
  readonly findings: readonly Finding[];
}

function verifyParsed(file: CaseFile, { trust, functions, findings }: Believing): Report {
  const { directory } = file.directory;
  const { sha256, checks } = functions;
  const all = [...findings];
  const take = <T extends { readonly findings: readonly Finding[] }>(step: string, read: () => T): T | undefined => {
    const result = attempt(read);
    // Not spread into arguments: a hostile file makes more findings than a call can take.
    for (const one of result?.findings ?? [finding('check-failed', {}, { step })]) all.push(one);
    return result;
  };
  const acts = take('acts', () => readActs({ file, directory, sha256, checks }))?.acts ?? [];
  const { logs = [], others = [] } = take('logs', () => readLogs({ file, trust, directory, sha256, checks })) ?? {};
  const scene: Scene = { file, trust, directory, acts, logs, sha256, checks };
  const receipts = take('receipts', () => readReceipts(scene))?.receipts ?? [];
  const read = take('procedure', () => readCase(scene))?.read;
  take('redactions', () => ({ findings: checkRedactions(scene) }));
  take('heads', () => ({ findings: checkHeads(scene, others, receipts) }));
  take('cross-log', () => ({ findings: checkCrossLog(scene, receipts) }));
  take('openings', () => ({ findings: checkOpenings(scene) }));
  take('dates', () => ({ findings: checkDates(scene) }));
  take('logging', () => ({ findings: checkLogging(scene) }));
  take('removed', () => ({ findings: checkRemoved(scene, { read, receipts }) }));
  take('absent', () => ({ findings: checkAbsent(scene, { read, receipts }) }));
  if (read === undefined) return summarise(file, { findings: all, scene });
  take('procedure', () => ({ findings: checkProcedure(scene, read) }));
  take('receipts', () => ({ findings: checkVerdicts(receipts, read) }));
  const assessments = take('assessments', () => checkAssessments(scene, read))?.count ?? 0;
  const manifests = take('deliveries', () => checkManifests(scene, read))?.count ?? 0;
  take('copies', () => ({ findings: checkCopies(scene, read) }));
  return summarise(file, { findings: all, scene, read, assessments, manifests });
}

/** Parties that made an act or were sent one, and whose log is not in the file: whether they logged it cannot be told. */
function checkAbsent({ file, acts }: Scene, known: Known): readonly Finding[] {
  const { read, receipts } = known;
  const sent = (read?.counted ?? []).flatMap(({ body }) =>
    read === undefined ? [] : sharesOf(read.setting, read.folded.state, body),
  );
  const makers = acts.map((act) => act.body.by.party);
  const involved = new Set([...makers, ...sent, ...receipts.map((receipt) => receipt.party), file.madeBy]);
  const there = new Set(file.logs.map((log) => log.party));
  return [...involved].filter((party) => !there.has(party)).map((party) => finding('log-absent', { party }, { party }));
}

/** The file's own time is not signed: no act in it and no entry of its maker's log, which are of one moment, can be later. Other logs are asked afterwards. */
function checkDates({ file, acts, logs }: Scene): readonly Finding[] {
  const end = Date.parse(file.madeAt) + CLOCK_TOLERANCE;
  const late = acts.filter((act) => act.sound && Date.parse(act.body.at) > end);
  const own = logs.filter((log) => log.party === file.madeBy).flatMap((log) => log.entries);
  const party = file.madeBy;
  return [
    ...late.map(({ digest, body }) =>
      finding('dated-after-file', { act: digest, party: body.by.party }, { party: body.by.party, at: body.at }),
    ),
    ...own
      .filter(({ entry }) => Date.parse(entry.at) > end)
      .map(({ index, entry }) => finding('dated-after-file', { party, index: String(index) }, { party, at: entry.at })),
  ];
}

const NOTHING: Report['checked'] = { acts: 0, entries: 0, logs: 0, assessments: 0, manifests: 0 };
const GRAVITY = ['tampered', 'departure', 'gap', 'remark'];

interface Checked {
  readonly findings: readonly Finding[];
  readonly scene?: Scene;
  readonly read?: ReadCase;
  readonly assessments?: number;
  readonly manifests?: number;
}

function summarise(file: CaseFile, { findings, scene, read, assessments = 0, manifests = 0 }: Checked): Report {
  const distinct = [...new Map(findings.map((one) => [JSON.stringify([one.code, one.about, one.values]), one])).values()];
  const entries = scene?.logs.reduce((sum, log) => sum + log.entries.length, 0) ?? 0;
  const logs = scene?.logs.filter((log) => log.trusted).length ?? 0;
  return {
    verdict: verdictOf(distinct),
    case: file.case,
    madeBy: file.madeBy,
    findings: distinct.sort((a, b) => GRAVITY.indexOf(a.kind) - GRAVITY.indexOf(b.kind)),
    timeline: scene === undefined ? [] : timelineOf(scene, read),
    readings: scene === undefined ? [] : readingsOf(scene),
    checked: { acts: scene?.acts.length ?? 0, entries, logs, assessments, manifests },
  };
}

/**
 * Runs a step on foreign input. A step that fails where no check foresaw it leaves a gap that is named, so that a hostile file can neither stop the others
 * nor pass for sound.
 */
function attempt<T>(step: () => T): T | undefined {
  try {
    return step();
  } catch {
    return undefined;
  }
}
