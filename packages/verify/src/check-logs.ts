import { type Directory, fromBase64, holdsAt, type Party } from '@comity/core';
import {
  type Checkpoint,
  COSIGNATURE,
  checkSignedCheckpoint,
  decodeEntry,
  type LogEntry,
  leafHash,
  NOTE_SIGNATURE,
  type Policy,
  parseSize,
  parseVerifierKey,
  type VerifierKey,
  verifierKey,
  verifyInclusion,
} from '@comity/prove';
import type { CaseFile, LogExtract } from './casefile.ts';
import { type Finding, finding } from './report.ts';
import { type Functions, type KnownEntry, type KnownLog, partyOf } from './scene.ts';
import type { Trust } from './trust.ts';

/** Two clocks of honest machines may differ by so much, in milliseconds. */
export const CLOCK_TOLERANCE = 60_000;

/** What is needed to read logs. */
export interface LogScene extends Functions {
  readonly file: CaseFile;
  readonly trust: Trust;
  readonly directory: Directory;
}

interface ReadLog {
  readonly log: KnownLog;
  readonly findings: readonly Finding[];
}

/** Reads every log of the file: checkpoint against the directory's key, each entry's form and inclusion, order of indexes and times. */
export function readLogs(scene: LogScene): { readonly logs: readonly KnownLog[]; readonly findings: readonly Finding[] } {
  const findings: (readonly Finding[])[] = [];
  const logs = new Map<string, KnownLog>();
  for (const extract of scene.file.logs) {
    if (logs.has(extract.origin)) {
      findings.push([finding('log-twice', { party: extract.party }, { party: extract.party })]);
      continue;
    }
    const read = readLog(scene, extract);
    logs.set(extract.origin, read.log);
    findings.push(read.findings);
  }
  return { logs: [...logs.values()], findings: findings.flat() };
}

function readLog(scene: LogScene, extract: LogExtract): ReadLog {
  const about = { party: extract.party };
  const distrusted: KnownLog = { party: extract.party, trusted: false, entries: [], unproven: new Set() };
  const party = partyOf(scene.directory, extract.party);
  if (party === undefined || !isLogOf(party, extract.origin))
    return { log: distrusted, findings: [finding('log-unknown', about, { party: extract.party })] };
  // A log without entries has no checkpoint yet.
  if (extract.checkpoint === '' && extract.entries.length === 0) return { log: { ...distrusted, trusted: true }, findings: [] };
  const logs = [{ origin: extract.origin, keys: logKeys(scene, party, extract.origin) }];
  const believe = { sha256: scene.sha256, checks: scene.checks };
  const signed = checkSignedCheckpoint(extract.checkpoint, { logs, ...believe });
  if (!signed.ok) return { log: distrusted, findings: [finding('checkpoint-forged', about, { party: extract.party })] };
  const witnessed = checkSignedCheckpoint(extract.checkpoint, { logs, ...believe, quorum: anyWitness(scene) });
  const unwitnessed = scene.trust.witnesses !== undefined && !witnessed.ok;
  const read = readEntries(scene, extract, signed.value.checkpoint);
  return unwitnessed ? { ...read, findings: [...read.findings, finding('unwitnessed', about, { party: extract.party })] } : read;
}

/** A party has one log for each year, `<logOrigin>/<year>`. */
function isLogOf({ logOrigin }: Party, origin: string): boolean {
  return origin.startsWith(`${logOrigin}/`) && /^[0-9]{4}$/.test(origin.slice(logOrigin.length + 1));
}

/** The keys of a party's logs, under the name of one of them: the directory lists them under the name that all years share. */
function logKeys({ file, sha256 }: LogScene, party: Party, origin: string): readonly VerifierKey[] {
  return party.keys
    .filter((key) => key.use === 'log' && holdsAt(key, file.madeAt))
    .flatMap((key) => {
      const parsed = parseVerifierKey(key.public, sha256);
      return parsed.ok && parsed.value.kind !== COSIGNATURE ? [verifierKey({ ...parsed.value, name: origin }, sha256)] : [];
    });
}

/** One of the trusted witnesses; each is named by its place, since two of its keys may share its name. */
function anyWitness({ trust, sha256 }: LogScene): Policy {
  const witnesses = (trust.witnesses ?? []).flatMap((vkey, i) => {
    const parsed = parseVerifierKey(vkey, sha256);
    return parsed.ok && parsed.value.kind !== NOTE_SIGNATURE ? [{ name: `w${i}`, key: parsed.value }] : [];
  });
  const members = witnesses.map(({ name }) => name);
  return { logs: [], witnesses, groups: [{ name: 'any', atLeast: 1, members }], quorum: 'any' };
}

function readEntries(scene: LogScene, extract: LogExtract, checkpoint: Checkpoint): ReadLog {
  const findings: Finding[] = [];
  const entries: KnownEntry[] = [];
  const unproven = new Set<string>();
  let last = -1n;
  for (const { index: decimal, entry: encoded, proof } of extract.entries) {
    const about = { party: extract.party, index: decimal };
    const bytes = bytesOrNothing(encoded);
    const decoded = bytes === undefined ? undefined : decodeEntry(bytes);
    if (bytes === undefined || decoded === undefined || !decoded.ok) {
      findings.push(finding('entry-unreadable', about, { party: extract.party, index: decimal }));
      continue;
    }
    const named = decoded.value.act === undefined ? about : { ...about, act: decoded.value.act };
    const values = { party: extract.party, index: decimal, t: decoded.value.t };
    const index = parseSize(decimal);
    const hashes = proof.flatMap((hash) => bytesOrNothing(hash) ?? []);
    const claim = { size: checkpoint.size, root: checkpoint.root, leaf: leafHash(bytes, scene.sha256), proof: hashes };
    if (!index.ok || hashes.length !== proof.length || !verifyInclusion({ ...claim, index: index.value }, scene.sha256)) {
      findings.push(finding('entry-not-included', named, values));
      if (decoded.value.act !== undefined) unproven.add(decoded.value.act);
      continue;
    }
    if (index.value <= last) findings.push(finding('entry-order', named, values));
    findings.push(...checkEntry(scene, decoded.value, { named, values }));
    if (index.value > last && decoded.value.case === scene.file.case) entries.push({ index: index.value, entry: decoded.value });
    last = index.value > last ? index.value : last;
  }
  const log = { party: extract.party, trusted: true, entries, unproven };
  return { log, findings: [...findings, ...checkTimes(log)] };
}

interface Named {
  readonly named: Finding['about'];
  readonly values: Finding['values'];
}

function checkEntry(scene: LogScene, entry: LogEntry, { named, values }: Named): readonly Finding[] {
  if (entry.case !== scene.file.case) return [finding('entry-foreign', named, values)];
  return entry.actor.split('#')[0] === named.party ? [] : [finding('entry-differs', named, { ...values, field: 'actor' })];
}

/**
 * Time runs forward along a log. An act is dated when it is appended and never before what its maker knew, so its entry must not be earlier than any act or
 * receipt before it; other entries (a reading, a request for a payload) are written beside acts and may lag by the tolerance.
 */
function checkTimes(log: KnownLog): readonly Finding[] {
  const findings: Finding[] = [];
  let [latest, latestAct] = ['', ''];
  for (const { index, entry } of log.entries) {
    const about = { party: log.party, index: String(index) };
    const values = { party: log.party, index: String(index), t: entry.t, at: entry.at };
    const isAct = entry.t.startsWith('act.');
    if (isAct && entry.act !== undefined && entry.at < latestAct)
      findings.push(finding('act-back-dated', { ...about, act: entry.act }, { ...values, after: latestAct }));
    else if (latest !== '' && Date.parse(entry.at) < Date.parse(latest) - CLOCK_TOLERANCE)
      findings.push(
        finding('entry-back-dated', entry.act === undefined ? about : { ...about, act: entry.act }, { ...values, after: latest }),
      );
    if (entry.at > latest) latest = entry.at;
    if ((isAct || entry.t.startsWith('received.')) && entry.at > latestAct) latestAct = entry.at;
  }
  return findings;
}

function bytesOrNothing(text: string): Uint8Array | undefined {
  try {
    return fromBase64(text);
  } catch {
    // fromBase64 throws on every other spelling.
    return undefined;
  }
}
