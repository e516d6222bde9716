import { type Decision, decisionsOf } from '@comity/procedure';
import type { LogEntry } from '@comity/prove';
import { CLOCK_TOLERANCE } from './check-logs.ts';
import { redactionOf } from './check-redactions.ts';
import { type Finding, finding } from './report.ts';
import { type KnownAct, type KnownEntry, type KnownLog, logOf, type Scene } from './scene.ts';

/** Acts against the logs: each act has its one entry in its maker's log, and an entry of receipt in the log of everybody who is shown to hold it. */
export function checkLogging(scene: Scene): readonly Finding[] {
  const findings = scene.acts.filter((act) => act.signed).flatMap((act) => checkMakersLog(scene, act));
  const held = scene.acts
    .filter((act) => act.signed)
    .flatMap((act) => holdersOf(scene, act).flatMap((party) => checkHolder(scene, act, party)));
  return [...findings, ...held];
}

function checkMakersLog(scene: Scene, act: KnownAct): readonly Finding[] {
  const { party } = act.body.by;
  const log = logOf(scene, party);
  if (log === undefined) return [];
  const about = { act: act.digest, party };
  const mine = log.entries.filter(({ entry }) => entry.act === act.digest && entry.t.startsWith('act.'));
  const [first] = mine;
  // An entry that was blanked by order says in another entry what act it was about; whether it was by order is checked apart.
  if (first === undefined)
    return log.unproven.has(act.digest) || redactionOf(log, act.digest) !== undefined
      ? []
      : [finding('act-unlogged', about, { type: act.body.type, party })];
  const twice = mine.length > 1 ? [finding('act-logged-twice', about, { type: act.body.type, party })] : [];
  return [...twice, ...checkSame(act, first), ...checkSealed(log, act, first), ...checkKnown(log, act, first)];
}

/** The entry says of the act what the act says of itself. */
function checkSame({ body, digest }: KnownAct, { index, entry }: KnownEntry): readonly Finding[] {
  const told: readonly (readonly [string, unknown, unknown])[] = [
    ['t', entry.t, `act.${body.type}`],
    ['at', entry.at, body.at],
    ['role', entry.role, body.by.role],
    ['policy', entry.policy ?? body.procedure.sha256, body.procedure.sha256],
    ...sealedObject(body.data, entry),
  ];
  const about = { act: digest, party: body.by.party, index: String(index) };
  return told
    .filter(([, said, is]) => said !== is)
    .map(([field]) => finding('entry-differs', about, { party: body.by.party, index: String(index), t: entry.t, field }));
}

function sealedObject(data: KnownAct['body']['data'], { obj }: LogEntry): readonly (readonly [string, unknown, unknown])[] {
  const decisions = Array.isArray(data['decisions']) ? data['decisions'] : [];
  if (obj === undefined) return [];
  const same = decisions.some((decision) => decision?.['ciphertext'] === obj.ct_sha256 && decision?.['size'] === obj.bytes);
  return [['obj', same, true]];
}

/** Where several payloads leave in one act, each has an entry of its own, before that of the act: no payload is announced that was not logged. */
function checkSealed(log: KnownLog, { body, digest }: KnownAct, own: KnownEntry): readonly Finding[] {
  const sent = decisionsOf(body.data).filter(({ delivery, ciphertext }) => delivery !== undefined && ciphertext !== undefined);
  if (sent.length < 2) return [];
  const before = log.entries.slice(0, log.entries.indexOf(own)).filter(({ entry }) => entry.t === 'sealed');
  const logged = ({ ciphertext, size }: Decision): boolean =>
    before.some(({ entry }) => entry.obj?.ct_sha256 === ciphertext && entry.obj?.bytes === size);
  const about = { act: digest, party: log.party };
  return sent
    .filter((decision) => !logged(decision))
    .map(({ item }) => finding('payload-unlogged', { ...about, item }, { party: log.party, item }));
}

/** Whatever an act was made in knowledge of had arrived, by its maker's own log, before the act was logged. */
function checkKnown(log: KnownLog, { body, digest }: KnownAct, own: KnownEntry): readonly Finding[] {
  const place = log.entries.indexOf(own);
  const late = body.prev.filter((earlier) => {
    const known = log.entries.findIndex(({ entry }) => entry.act === earlier && !entry.t.startsWith('receipted.'));
    return known > place;
  });
  const about = { act: digest, party: log.party, index: String(own.index) };
  return late.map((earlier) => finding('act-out-of-order', about, { type: body.type, party: log.party, other: earlier }));
}

/** Who is shown to hold an act made by somebody else: who made the file, who made an act in direct knowledge of it, and whose log names it. */
function holdersOf(scene: Scene, { body, digest }: KnownAct): readonly string[] {
  const answering = scene.acts.filter((other) => other.sound && other.body.prev.includes(digest));
  const naming = scene.logs.filter((log) => log.entries.some(({ entry }) => entry.act === digest));
  const holders = new Set([
    scene.file.madeBy,
    ...answering.map((other) => other.body.by.party),
    ...naming.map((log) => log.party),
  ]);
  return [...holders].filter((party) => party !== body.by.party);
}

/** That a holder's log says when it received the act, and not before the act was made. */
export function checkHolder(scene: Scene, { body, digest }: KnownAct, party: string): readonly Finding[] {
  const log = logOf(scene, party);
  if (log === undefined || log.unproven.has(digest)) return [];
  const about = { act: digest, party };
  const values = { type: body.type, party };
  if (redactionOf(log, digest) !== undefined) return [];
  const received = log.entries.find(({ entry }) => entry.act === digest);
  if (received === undefined) return [finding('received-unlogged', about, values)];
  const { entry } = received;
  const index = String(received.index);
  if (entry.t !== `received.${body.type}`)
    return [finding('entry-differs', { ...about, index }, { party, index, t: entry.t, field: 't' })];
  const early = Date.parse(entry.at) < Date.parse(body.at) - CLOCK_TOLERANCE;
  return early ? [finding('received-before-made', { ...about, index }, { ...values, at: entry.at, made: body.at })] : [];
}
