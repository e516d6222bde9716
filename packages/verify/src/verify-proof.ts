import { fromBase64Url, fromUtf8, type Json, toBase64Url, toHex, utf8 } from '@comity/core';
import {
  checkSignedCheckpoint,
  decodeEntry,
  type KnownLog,
  type LogEntry,
  leafHash,
  logsOf,
  NO_QUORUM,
  openNote,
  type Policy,
  parseProof,
  type TlogProof,
  verifyInclusion,
} from '@comity/prove';
import { witnessFindings } from './check-witnesses.ts';
import { originOfNote } from './log-keys.ts';
import { parseExtra } from './proof-extra.ts';
import { type Finding, finding, type ProofReport, verdictOf } from './report.ts';
import type { Functions } from './scene.ts';

/** Whether something begins as a proof does (C2SP tlog-proof). */
export function claimsToBeProof(bytes: Uint8Array): boolean {
  return utf8('c2sp.org/tlog-proof@').every((byte, i) => bytes[i] === byte);
}

/**
 * Whether a proof holds: leaf from the entry in `extra`, origin and signatures of the log, cosignatures by the policy, inclusion, disclosures against the entry's
 * commitments, in this order. In: the file, and a policy that names the log with its keys. Never throws on what a file holds, needs no network and no clock.
 */
export function verifyProof(file: Uint8Array | string, policy: Policy, functions: Functions): ProofReport {
  const parsed = parseProof(file);
  if (!parsed.ok) return refused('proof-unreadable');
  const extra = parseExtra(parsed.value.extra);
  const entry = extra === undefined ? undefined : decodeEntry(extra.entry);
  if (extra === undefined || entry?.ok !== true) return refused('proof-entry-missing');
  const proof = { proof: parsed.value, bytes: extra.entry, entry: entry.value, disclosures: extra.disclosures };
  return report(proof, checkAll(proof, policy, functions), functions);
}

interface ReadProof {
  readonly proof: TlogProof;
  readonly bytes: Uint8Array;
  readonly entry: LogEntry;
  readonly disclosures: readonly string[];
}

interface Checks {
  readonly findings: readonly Finding[];
  readonly witnessed: ProofReport['witnessed'];
  readonly disclosed: ProofReport['disclosed'];
}

const NOTHING: Omit<Checks, 'findings'> = { witnessed: [], disclosed: [] };

function checkAll({ proof, bytes, entry, disclosures }: ReadProof, policy: Policy, functions: Functions): Checks {
  const { sha256, checks } = functions;
  const origin = originOfNote(proof.checkpoint) ?? '';
  const index = String(proof.index);
  const about = { log: origin, index };
  const log = logsOf(policy).find((known) => known.origin === origin);
  if (log === undefined) return { ...NOTHING, findings: [finding('proof-log-unknown', about, { party: origin })] };
  const signed = checkSignedCheckpoint(proof.checkpoint, { logs: [log], sha256, checks });
  if (!signed.ok) return { ...NOTHING, findings: [finding(forgery(proof, log, functions), about, { party: origin })] };
  const { size, root } = signed.value.checkpoint;
  const leaf = leafHash(bytes, sha256);
  const stands = verifyInclusion({ index: proof.index, size, leaf, root, proof: proof.hashes }, sha256);
  const included = stands ? [] : [finding('entry-not-included', about, { party: origin, index, t: entry.t })];
  const opened = openDisclosures(entry, disclosures, functions);
  const differing = opened.wrong ? [finding('disclosure-differs', about, { party: origin, index })] : [];
  const quorum = checkSignedCheckpoint(proof.checkpoint, { logs: [log], quorum: policy, sha256, checks });
  return {
    findings: [...witnesses({ proof, log, policy }, functions), ...included, ...differing],
    witnessed: quorum.ok ? quorum.value.witnessed.map(({ name, time }) => ({ name, at: instantOf(time) })) : [],
    disclosed: stands ? opened.shown : [],
  };
}

function forgery(proof: TlogProof, log: KnownLog, { checks }: Functions): 'checkpoint-downgraded' | 'checkpoint-forged' {
  return openNote(proof.checkpoint, log.keys, checks).ok ? 'checkpoint-downgraded' : 'checkpoint-forged';
}

function witnesses(
  { proof, log, policy }: { readonly proof: TlogProof; readonly log: KnownLog; readonly policy: Policy },
  functions: Functions,
): readonly Finding[] {
  if (policy.quorum === NO_QUORUM) return [finding('witness-not-asked', { log: log.origin }, { party: log.origin })];
  return witnessFindings({ note: proof.checkpoint, log, policy }, { about: { log: log.origin }, party: log.origin }, functions);
}

/** What the disclosures say, each only where the entry commits to it, under a name that no other bears. */
function openDisclosures(
  { _sd = [] }: LogEntry,
  disclosures: readonly string[],
  { sha256 }: Functions,
): { readonly shown: ProofReport['disclosed']; readonly wrong: boolean } {
  const shown = disclosures.flatMap((text) => {
    const read = disclosureOf(text);
    return read !== undefined && _sd.includes(toBase64Url(sha256(utf8(text)))) ? [read] : [];
  });
  const names = new Set(shown.map(({ name }) => name));
  return { shown, wrong: shown.length < disclosures.length || names.size < shown.length };
}

function disclosureOf(text: string): { readonly name: string; readonly value: Json } | undefined {
  try {
    const parts: unknown = JSON.parse(fromUtf8(fromBase64Url(text)));
    if (!Array.isArray(parts) || parts.length !== 3) return undefined;
    const [salt, name, value] = parts as [unknown, unknown, Json]; // parser: JSON.parse gives JSON
    return typeof salt === 'string' && typeof name === 'string' ? { name, value } : undefined;
  } catch {
    // Not base64url, not UTF-8 or not JSON: no disclosure.
    return undefined;
  }
}

/** A time of a cosignature as text; beyond what calendars reach, its seconds. */
function instantOf(seconds: bigint): string {
  return seconds < 253_402_300_800n ? new Date(Number(seconds) * 1000).toISOString() : `${seconds} s`;
}

function refused(code: 'proof-unreadable' | 'proof-entry-missing'): ProofReport {
  const findings = [finding(code)];
  return { verdict: verdictOf(findings), origin: '', index: '', leaf: '', findings, witnessed: [], disclosed: [] };
}

function report({ proof, bytes, entry }: ReadProof, checks: Checks, { sha256 }: Functions): ProofReport {
  const verdict = verdictOf(checks.findings);
  const leaf = toHex(leafHash(bytes, sha256));
  const said = { verdict, origin: originOfNote(proof.checkpoint) ?? '', index: String(proof.index), leaf, ...checks };
  // What is not shown to stand in the log is not shown as if it did.
  return checks.findings.some(({ kind }) => kind === 'tampered') ? { ...said, disclosed: [] } : { ...said, entry };
}
