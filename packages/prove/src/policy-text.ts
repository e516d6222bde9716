import { textOf, utf8 } from './bytes.ts';
import type { Sha256 } from './hash.ts';
import { COSIGNATURE, formatVerifierKey, NOTE_SIGNATURE, parseVerifierKey, samePublicKey, type VerifierKey } from './key.ts';
import { NO_QUORUM, type Policy, type PolicyGroup, type PolicyLog, type PolicyWitness } from './policy.ts';
import { found, type Outcome, type Refused, refused } from './refusal.ts';

/** Lines of the longest policy that is read; C2SP tlog-policy asks for room for 32 logs, witnesses and groups. */
export const MAX_POLICY_LINES = 1000;
const MAX_POLICY_BYTES = 4_000_000;

/** What has been read so far. */
interface Reading {
  readonly sha256: Sha256;
  readonly logs: PolicyLog[];
  readonly witnesses: PolicyWitness[];
  readonly groups: PolicyGroup[];
  /** Every witness and group, and whether it is a member already. */
  readonly taken: Map<string, boolean>;
  quorum?: string;
}

type Problem = string | undefined;

/**
 * Reads a policy (C2SP tlog-policy): octets, lines ended by a newline, items parted by spaces and tabs only, names compared as octets.
 * Refuses control characters, unknown keywords, a name defined twice or used before it is defined, a member listed twice, two logs or
 * two witnesses with one public key, a number of members that cannot be met, and all but exactly one quorum. Decisions: logs have keys
 * of kind 0x01 or 0x06 and witnesses of kind 0x04 or 0x06; k has no leading zeros; more than 1,000 lines are refused; octets that are
 * no UTF-8 may stand in comments and in names, where each of their high octets becomes a lone surrogate, so that names stay apart.
 */
export function parsePolicy(policy: Uint8Array | string, sha256: Sha256): Outcome<Policy> {
  const octets = typeof policy === 'string' ? utf8(policy) : policy;
  if (typeof policy === 'string' && !policy.isWellFormed()) return malformed(0, 'not UTF-8');
  if (octets.length > MAX_POLICY_BYTES || octets.some(isForbidden)) return malformed(0, 'too long, or with control characters');
  if (octets.at(-1) !== NEWLINE) return malformed(0, 'the last line is not ended by a newline');
  const lines = split(octets.subarray(0, -1), NEWLINE);
  if (lines.length > MAX_POLICY_LINES) return malformed(0, `more than ${MAX_POLICY_LINES} lines`);
  const reading: Reading = { sha256, logs: [], witnesses: [], groups: [], taken: new Map() };
  for (const [i, line] of lines.entries()) {
    const items = itemsOf(line);
    if (items.length === 0 || items[0]?.startsWith('#')) continue;
    const problem = readLine(items, reading);
    if (problem !== undefined) return malformed(i + 1, problem);
  }
  const { logs, witnesses, groups, quorum } = reading;
  return quorum === undefined ? malformed(lines.length, 'no quorum') : found({ logs, witnesses, groups, quorum });
}

/** The policy as text. Throws on what parsePolicy would refuse, and on names that are not UTF-8. */
export function formatPolicy(policy: Policy, sha256: Sha256): string {
  const { logs, witnesses, groups, quorum } = policy;
  const lines: (string | undefined)[][] = [
    ...logs.map(({ key, url }) => ['log', formatVerifierKey(key), url]),
    ...witnesses.map(({ name, key, url }) => ['witness', name, formatVerifierKey(key), url]),
    ...groups.map(({ name, atLeast, members }) => ['group', name, thresholdOf(atLeast, members.length), ...members]),
    ['quorum', quorum],
  ];
  const items = lines.map((line) => line.filter((item) => item !== undefined));
  if (!items.flat().every(isItem)) throw new TypeError('a name or URL that is empty, holds white space or is not UTF-8');
  const text = items.map((line) => `${line.join(' ')}\n`).join('');
  const read = parsePolicy(text, sha256);
  if (!read.ok) throw new TypeError(read.detail);
  return text;
}

function readLine([keyword, ...items]: readonly string[], reading: Reading): Problem {
  switch (keyword) {
    case 'log':
      return readLog(items, reading);
    case 'witness':
      return readWitness(items, reading);
    case 'group':
      return readGroup(items, reading);
    case 'quorum':
      return readQuorum(items, reading);
    default:
      return 'neither log, witness, group nor quorum';
  }
}

function readLog([vkey = '', url, ...more]: readonly string[], { logs, sha256 }: Reading): Problem {
  const key = parseVerifierKey(vkey, sha256);
  if (!key.ok || key.value.kind === COSIGNATURE || more.length > 0) return 'a log is a key for checkpoints and perhaps a URL';
  if (isListed(key.value, logs)) return 'a log with the public key of another';
  logs.push(url === undefined ? { key: key.value } : { key: key.value, url });
  return undefined;
}

function readWitness([name = '', vkey = '', url, ...more]: readonly string[], reading: Reading): Problem {
  const { witnesses, sha256 } = reading;
  const key = parseVerifierKey(vkey, sha256);
  if (!key.ok || key.value.kind === NOTE_SIGNATURE || more.length > 0)
    return 'a witness is a name, a key for cosigning and perhaps a URL';
  if (isListed(key.value, witnesses)) return 'a witness with the public key of another';
  witnesses.push(url === undefined ? { name, key: key.value } : { name, key: key.value, url });
  return define(name, reading);
}

function readGroup([name = '', threshold = '', ...members]: readonly string[], reading: Reading): Problem {
  const atLeast = threshold === 'any' ? 1 : threshold === 'all' ? members.length : countOf(threshold);
  if (members.length === 0 || atLeast < 1 || atLeast > members.length) return 'a group of k of n members has 1 <= k <= n';
  for (const member of members) {
    if (reading.taken.get(member) !== false) return 'a member that is not defined before, or a member already';
    reading.taken.set(member, true);
  }
  reading.groups.push({ name, atLeast, members });
  return define(name, reading);
}

function readQuorum([name = '', ...more]: readonly string[], reading: Reading): Problem {
  if (reading.quorum !== undefined) return 'a second quorum';
  if (more.length > 0 || (name !== NO_QUORUM && !reading.taken.has(name))) return 'a quorum is one name that is defined before';
  reading.quorum = name;
  return undefined;
}

function define(name: string, { taken }: Reading): Problem {
  if (name === NO_QUORUM || taken.has(name)) return 'a name that is taken';
  taken.set(name, false);
  return undefined;
}

function isListed(key: VerifierKey, listed: readonly { readonly key: VerifierKey }[]): boolean {
  return listed.some((other) => samePublicKey(other.key, key));
}

/** A number of members, or 0 for what is none. */
function countOf(decimal: string): number {
  return /^[1-9][0-9]{0,3}$/.test(decimal) ? Number(decimal) : 0;
}

function isItem(text: string): boolean {
  return /^[^ \t\n]+$/.test(text) && text.isWellFormed();
}

function thresholdOf(atLeast: number, members: number): string {
  if (atLeast === members) return 'all';
  return atLeast === 1 ? 'any' : String(atLeast);
}

const TAB = 0x09;
const NEWLINE = 0x0a;
const SPACE = 0x20;
const DELETE = 0x7f;

function isForbidden(octet: number): boolean {
  return (octet < SPACE && octet !== TAB && octet !== NEWLINE) || octet === DELETE;
}

function split(octets: Uint8Array, separator: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let start = 0;
  for (let end = octets.indexOf(separator); end >= 0; end = octets.indexOf(separator, start)) {
    parts.push(octets.subarray(start, end));
    start = end + 1;
  }
  return [...parts, octets.subarray(start)];
}

function itemsOf(line: Uint8Array): string[] {
  const spaced = line.map((octet) => (octet === TAB ? SPACE : octet));
  return split(spaced, SPACE)
    .filter((item) => item.length > 0)
    .map((item) => textOf(item) ?? opaqueText(item));
}

/** Octets that are not UTF-8, one code unit each; no UTF-8 text has lone surrogates, so two different names never become one. */
function opaqueText(octets: Uint8Array): string {
  return Array.from(octets, (octet) => String.fromCharCode(octet < 0x80 ? octet : 0xdc00 + octet)).join('');
}

function malformed(line: number, problem: string): Refused {
  return refused('malformed-policy', line === 0 ? problem : `line ${line}: ${problem}`);
}
