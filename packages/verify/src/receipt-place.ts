import { fromHex, type JsonObject } from '@comity/core';
import { headOf } from './check-heads.ts';
import { type KeyScene, type Opened, openCheckpoint, originOfNote } from './log-keys.ts';
import { provenIndex } from './read-extract.ts';
import { type KnownHead, ownerOf } from './scene.ts';

/** Where a receiver says that its entry of receipt stands, proven to a checkpoint that its log signed. */
export interface ReceiptPlace {
  readonly head: KnownHead;
  /** Decimal. */
  readonly index: string;
  /** Leaf hash, hexadecimal. */
  readonly leaf: string;
}

const MEMBERS = ['index', 'leaf', 'proof'];

/** Checkpoints that were opened already: many receipts rest on one. */
export type OpenedNotes = Map<string, Opened>;

/**
 * The place in a receipt: `index` (decimal), `leaf` (hexadecimal) and `proof` (base64) beside the act, `checkpoint` there or beside all acts. `none` when it states
 * none, `false` when the proof does not lead to a checkpoint that the receiver's log signed.
 */
export function placeIn(
  scene: KeyScene,
  receipt: { readonly told: JsonObject; readonly content: JsonObject; readonly party: string },
  known: OpenedNotes,
): ReceiptPlace | 'none' | false {
  const { told, content, party } = receipt;
  const note = told['checkpoint'] ?? content['checkpoint'];
  if (MEMBERS.every((member) => told[member] === undefined)) return told['checkpoint'] === undefined ? 'none' : false;
  const { index, leaf, proof } = told;
  const texts = [index, leaf, note].every((member) => typeof member === 'string');
  if (!texts || !Array.isArray(proof) || proof.length > 63) return false;
  const opened = openOnce(scene, { note: String(note), party, at: String(content['at']) }, known);
  const bytes = bytesOf(String(leaf));
  if (opened === undefined || bytes === undefined) return false;
  const claim = { index: String(index), leaf: bytes, proof: proof.map(String), checkpoint: opened.checkpoint };
  if (provenIndex(claim, scene.sha256) === undefined) return false;
  return { head: headOf(opened.checkpoint, party), index: String(index), leaf: String(leaf) };
}

function openOnce(
  scene: KeyScene,
  { note, party, at }: { readonly note: string; readonly party: string; readonly at: string },
  known: OpenedNotes,
): Extract<Opened, { readonly ok: true }> | undefined {
  const origin = originOfNote(note);
  if (origin === undefined || ownerOf(scene.directory, origin)?.id !== party) return undefined;
  const opened = known.get(note) ?? openCheckpoint(scene, { note, origin, at });
  known.set(note, opened);
  return opened.ok ? opened : undefined;
}

function bytesOf(hex: string): Uint8Array | undefined {
  try {
    const bytes = fromHex(hex);
    return bytes.length === 32 ? bytes : undefined;
  } catch {
    // fromHex throws on every other spelling.
    return undefined;
  }
}
