import { type Directory, fromBase64Url, fromUtf8, holdsAt, isJsonObject, type JsonObject, utf8 } from '@comity/core';
import type { FiledReceipt } from './casefile.ts';
import { checkHolder } from './check-logging.ts';
import { type OpenedNotes, placeIn, type ReceiptPlace } from './receipt-place.ts';
import { type Finding, finding } from './report.ts';
import { type Functions, fits, partyOf, type Scene } from './scene.ts';

/** What a receiver signed: which acts its application took, when, and what it made of each. */
export interface ReadReceipt {
  readonly party: string;
  readonly act: string;
  readonly at: string;
  readonly verdict: string;
  /** Whom it was given to. */
  readonly to: string;
  /** Where the receiver's log has its entry of receipt, where the receipt says so. */
  readonly place?: ReceiptPlace;
}

/** Reads the receipts of the file: each signed by the receiver (JWS, RFC 7515; Ed25519, RFC 8037), for this file's maker and this act, and borne out by the receiver's log. */
export function readReceipts(scene: Scene): { readonly receipts: readonly ReadReceipt[]; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const receipts: ReadReceipt[] = [];
  const opened = new Map<string, JsonObject | undefined>();
  const notes: OpenedNotes = new Map();
  for (const filed of scene.file.receipts) {
    const known = opened.has(filed.receipt) ? opened.get(filed.receipt) : openReceipt(scene, scene.directory, filed.receipt);
    opened.set(filed.receipt, known);
    const about = { act: filed.act, party: filed.party };
    if (known === undefined || known['to'] !== filed.party) {
      findings.push(finding('receipt-forged', about, { party: filed.party }));
      continue;
    }
    const read = readReceipt(scene, { content: known, filed }, notes);
    if (typeof read === 'string') findings.push(finding(read, about, { party: filed.party }));
    else receipts.push(read);
  }
  return { receipts, findings: [...findings, ...receipts.flatMap((receipt) => checkReceived(scene, receipt))] };
}

/** The content of a compact JWS whose signer is the party that `to` names; undefined when anything about it is not as it must be. */
function openReceipt(functions: Functions, directory: Directory, jws: string): JsonObject | undefined {
  const [head = '', payload = '', signature = '', ...rest] = jws.split('.');
  const [header, content] = [jsonOf(head), jsonOf(payload)];
  if (rest.length > 0 || header === undefined || content === undefined) return undefined;
  const { to, at } = content;
  const party = typeof to === 'string' ? partyOf(directory, to) : undefined;
  const key = party?.keys.find((candidate) => candidate.use === 'sign' && candidate.id === header['kid']);
  if (header['alg'] !== 'EdDSA' || key === undefined || typeof at !== 'string' || !holdsAt(key, at)) return undefined;
  return fits(functions, utf8(`${head}.${payload}`), { key: key.public, signature }) ? content : undefined;
}

function readReceipt(
  scene: Scene,
  { content, filed }: { readonly content: JsonObject; readonly filed: FiledReceipt },
  notes: OpenedNotes,
): ReadReceipt | 'receipt-contradicts' | 'receipt-proof' {
  const { file } = scene;
  const acts = Array.isArray(content['acts']) ? content['acts'] : [];
  const told = acts.find((act) => isJsonObject(act) && act['digest'] === filed.act);
  const ours = content['env'] === file.env && content['from'] === file.madeBy;
  if (!ours || !isJsonObject(told) || typeof told['verdict'] !== 'string') return 'receipt-contradicts';
  const place = placeIn(scene, { told, content, party: filed.party }, notes);
  if (place === false) return 'receipt-proof';
  const read = { party: filed.party, act: filed.act, at: String(content['at']), verdict: told['verdict'], to: file.madeBy };
  return place === 'none' ? read : { ...read, place };
}

function checkReceived(scene: Scene, { act: digest, party }: ReadReceipt): readonly Finding[] {
  const act = scene.acts.find((candidate) => candidate.digest === digest);
  return act === undefined || act.body.by.party === party ? [] : checkHolder(scene, act, party);
}

function jsonOf(part: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(fromUtf8(fromBase64Url(part)));
    return isJsonObject(value) ? value : undefined;
  } catch {
    // Not base64url, not UTF-8 or not JSON: no receipt.
    return undefined;
  }
}
