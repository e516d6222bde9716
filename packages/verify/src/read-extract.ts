import { type Directory, fromBase64, toHex } from '@comity/core';
import {
  type Checkpoint,
  decodeEntry,
  type LogEntry,
  leafHash,
  type Policy,
  parseSize,
  parseVerifierKey,
  policyApart,
  unblind,
  verifyInclusion,
} from '@comity/prove';
import type { CaseFile, LogExtract } from './casefile.ts';
import { witnessFindings } from './check-witnesses.ts';
import { openCheckpoint } from './log-keys.ts';
import { type Finding, finding } from './report.ts';
import { type Functions, type KnownEntry, type KnownHead, ownerOf, type Place, partyOf } from './scene.ts';
import type { Trust } from './trust.ts';

/** What is needed to read logs. */
export interface LogScene extends Functions {
  readonly file: CaseFile;
  readonly trust: Trust;
  readonly directory: Directory;
}

/** One extract as far as it may be believed. */
export interface ReadExtract {
  readonly trusted: boolean;
  readonly head?: KnownHead;
  readonly entries: readonly KnownEntry[];
  readonly blanks: readonly Place[];
  /** Everything that is proven to stand somewhere: blank, blinded, or to be read. */
  readonly places: readonly Place[];
  readonly unproven: readonly string[];
  readonly findings: readonly Finding[];
}

const DISTRUSTED = { trusted: false, entries: [], blanks: [], places: [], unproven: [] };

/** Reads one extract: whose log it is, its checkpoint's signatures and witnesses, the form and place of each entry. */
export function readExtract(scene: LogScene, extract: LogExtract): ReadExtract {
  const { party, origin, checkpoint: note } = extract;
  const about = { party, log: origin };
  if (ownerOf(scene.directory, origin)?.id !== party)
    return { ...DISTRUSTED, findings: [finding('log-unknown', about, { party })] };
  const places = [extract.entries, extract.redactions ?? [], extract.disclosed ?? []];
  // A log without entries has no checkpoint yet.
  if (note === '' && places.every((list) => list.length === 0)) return { ...DISTRUSTED, trusted: true, findings: [] };
  const opened = openCheckpoint(scene, { note, origin, at: scene.file.madeAt });
  if (!opened.ok) return { ...DISTRUSTED, findings: [finding(opened.code, about, { party })] };
  const { size, root } = opened.checkpoint;
  const head = { origin, size, root: toHex(root), by: party };
  const read = readPlaces(scene, extract, opened.checkpoint);
  const { policy } = scene.trust;
  const asked = policy === undefined ? undefined : policyApart(policy, witnessesOf(scene, party, policy));
  const witnessed = asked === undefined ? [] : witnessFindings({ note, log: opened.log, policy: asked }, { about, party }, scene);
  return { trusted: true, head, ...read, findings: [...witnessed, ...read.findings] };
}

/** Names of the witnesses of a policy that are this party itself, by the keys that the directory gives it. */
function witnessesOf({ directory, sha256 }: LogScene, party: string, policy: Policy): ReadonlySet<string> {
  const keys = partyOf(directory, party)?.keys.filter(({ use }) => use === 'witness') ?? [];
  const own = new Set(
    keys.flatMap((key) => {
      const parsed = parseVerifierKey(key.public, sha256);
      return parsed.ok ? [parsed.value.name] : [];
    }),
  );
  return new Set(policy.witnesses.filter(({ key }) => own.has(key.name)).map(({ name }) => name));
}

type Places = Pick<ReadExtract, 'entries' | 'blanks' | 'places' | 'unproven' | 'findings'>;

function readPlaces(scene: LogScene, extract: LogExtract, checkpoint: Checkpoint): Places {
  const { party, origin } = extract;
  const findings: Finding[] = [];
  const entries: KnownEntry[] = [];
  const unproven: string[] = [];
  let last = -1n;
  for (const filed of extract.entries) {
    const about = { party, log: origin, index: filed.index };
    const read = readEntry(scene, filed, checkpoint);
    if (read === undefined) {
      findings.push(finding('entry-unreadable', about, { party, index: filed.index }));
      continue;
    }
    const named = read.entry.act === undefined ? about : { ...about, act: read.entry.act };
    const values = { party, index: filed.index, t: read.entry.t };
    if (read.index === undefined) {
      findings.push(finding('entry-not-included', named, values));
      if (read.entry.act !== undefined) unproven.push(read.entry.act);
      continue;
    }
    if (read.index <= last) findings.push(finding('entry-order', named, values));
    else entries.push({ origin, index: read.index, entry: read.entry, leaf: toHex(read.leaf) });
    last = read.index > last ? read.index : last;
  }
  const blanks = readBlanks(scene, extract, checkpoint);
  const shown = disclose(scene, extract, entries);
  return {
    entries: shown.entries.filter(({ entry }) => entry.case === scene.file.case),
    blanks: blanks.blanks,
    places: [...entries, ...blanks.blanks].map(({ index, leaf }) => ({ origin, index, leaf })),
    unproven,
    findings: [
      findings,
      blanks.findings,
      shown.findings,
      shown.entries.flatMap((known) => checkEntry(scene, party, known)),
    ].flat(),
  };
}

interface ReadEntry {
  readonly entry: LogEntry;
  readonly leaf: Uint8Array;
  /** Undefined where the proof does not lead to the checkpoint. */
  readonly index: bigint | undefined;
}

function readEntry({ sha256 }: LogScene, filed: LogExtract['entries'][number], checkpoint: Checkpoint): ReadEntry | undefined {
  const bytes = bytesOrNothing(filed.entry);
  const decoded = bytes === undefined ? undefined : decodeEntry(bytes);
  if (bytes === undefined || decoded === undefined || !decoded.ok) return undefined;
  const leaf = leafHash(bytes, sha256);
  return { entry: decoded.value, leaf, index: provenIndex({ ...filed, leaf, checkpoint }, sha256) };
}

interface Claim {
  readonly index: string;
  readonly leaf: Uint8Array;
  readonly proof: readonly string[];
  readonly checkpoint: Pick<Checkpoint, 'size' | 'root'>;
}

/** The index of a leaf that a proof shows to stand in the tree of a checkpoint; undefined where it does not. */
export function provenIndex({ index: decimal, leaf, proof, checkpoint }: Claim, sha256: Functions['sha256']): bigint | undefined {
  const index = parseSize(decimal);
  const hashes = proof.flatMap((hash) => bytesOrNothing(hash) ?? []);
  if (!index.ok || hashes.length !== proof.length) return undefined;
  const { size, root } = checkpoint;
  return verifyInclusion({ index: index.value, size, root, leaf, proof: hashes }, sha256) ? index.value : undefined;
}

function readBlanks(
  scene: LogScene,
  { party, origin, redactions = [] }: LogExtract,
  checkpoint: Checkpoint,
): { readonly blanks: readonly Place[]; readonly findings: readonly Finding[] } {
  const blanks: Place[] = [];
  const findings: Finding[] = [];
  for (const { index: decimal, leaf: encoded, proof } of redactions) {
    const leaf = bytesOrNothing(encoded);
    const index = leaf === undefined ? undefined : provenIndex({ index: decimal, leaf, proof, checkpoint }, scene.sha256);
    if (leaf !== undefined && index !== undefined) blanks.push({ origin, index, leaf: toHex(leaf) });
    else
      findings.push(
        finding('entry-not-included', { party, log: origin, index: decimal }, { party, index: decimal, t: 'redacted' }),
      );
  }
  return { blanks, findings };
}

/** Puts what blinded entries hid in their place, where it was disclosed and is what they commit to. */
function disclose(
  scene: LogScene,
  { party, origin, disclosed = [] }: LogExtract,
  entries: readonly KnownEntry[],
): { readonly entries: readonly KnownEntry[]; readonly findings: readonly Finding[] } {
  const opened = new Map<bigint, KnownEntry>();
  const findings: Finding[] = [];
  const places = new Map(entries.map((known) => [String(known.index), known]));
  for (const { index: decimal, salt, inner } of disclosed) {
    const blinded = places.get(decimal);
    const bytes = bytesOrNothing(inner);
    const shown = blinded && bytes ? unblind(blinded.entry, { salt, inner: bytes }, scene.sha256) : undefined;
    if (blinded !== undefined && shown?.ok === true) opened.set(blinded.index, { ...blinded, entry: shown.value, blinded: true });
    else findings.push(finding('disclosure-differs', { party, log: origin, index: decimal }, { party, index: decimal }));
  }
  const late = entries.filter(({ index, entry }) => entry.t === BLINDED && !opened.has(index));
  return {
    entries: entries.map((known) => opened.get(known.index) ?? known),
    findings: [findings, late.map((known) => checkBlinded(scene, party, known))].flat(),
  };
}

const BLINDED = 'blinded';

/** A blinded entry is to be disclosed at its date, and says nothing before. */
function checkBlinded({ file }: LogScene, party: string, { origin, index, entry }: KnownEntry): Finding {
  const { until = '' } = entry;
  const code = until <= file.madeAt ? 'blinded-overdue' : 'entry-blinded';
  return finding(code, { party, log: origin, index: String(index) }, { party, index: String(index), until });
}

function checkEntry(scene: LogScene, party: string, { origin, index, entry }: KnownEntry): readonly Finding[] {
  const about = { party, log: origin, index: String(index), ...(entry.act === undefined ? {} : { act: entry.act }) };
  const values = { party, index: String(index), t: entry.t };
  if (entry.t !== BLINDED && entry.case !== scene.file.case) return [finding('entry-foreign', about, values)];
  return entry.actor.split('#')[0] === party ? [] : [finding('entry-differs', about, { ...values, field: 'actor' })];
}

function bytesOrNothing(text: string): Uint8Array | undefined {
  try {
    return fromBase64(text);
  } catch {
    // fromBase64 throws on every other spelling.
    return undefined;
  }
}
