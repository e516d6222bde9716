import { digestJson, isJsonObject, type Json, type JsonObject, ok, type Result, refuse, toBase64Url } from '@comity/core';
import { sha256 } from '../keys/crypto.ts';
import { findCase } from '../store/cases.ts';
import { savePreview } from '../store/previews.ts';
import type { House } from './house.ts';

/** What somebody selected with other means than a catalogue: files, a mailbox. */
export interface ByHand {
  readonly case: string;
  readonly item: string;
  /** How it was selected, and what was left out. It may hold personal data: it stays here, and only its digest is signed. */
  readonly says: string;
  /** Files, messages or records that there were, and that were kept. */
  readonly total: number;
  readonly kept: number;
}

/** Digests that a `minimise` act names for a selection by hand. */
export interface Selection {
  readonly planDigest: string;
  readonly previewDigest: string;
}

/**
 * Keeps how an item was minimised by hand, so that the `minimise` act can name it and somebody else can deliver exactly one file for it. Errors: `case-unknown`, `item-unknown`,
 * `field-invalid` when more is kept than there was.
 */
export async function selectByHand(house: House, ask: ByHand): Promise<Result<Selection>> {
  const found = await findCase(house.db, ask.case);
  if (found === undefined) return refuse('case-unknown', 'case');
  if (!found.state.items.some(({ item }) => item.id === ask.item)) return refuse('item-unknown', 'item', { item: ask.item });
  if (ask.kept > ask.total) return refuse('field-invalid', 'kept', { kind: `0-${ask.total}` });
  // Without the nonce anybody could test guesses of what was said.
  const nonce = toBase64Url(house.random(32));
  const plan = { v: 1, kind: BY_HAND, item: ask.item, says: ask.says, nonce } satisfies JsonObject;
  const counts = { rowsTotal: ask.total, rowsKept: ask.kept, rowsDropped: { 'by-hand': ask.total - ask.kept } };
  const shown = {
    v: 1,
    item: ask.item,
    dataset: '',
    planDigest: digestJson(plan, sha256),
    ...counts,
    ...NOTHING,
  } satisfies JsonObject;
  const digest = digestJson(shown, sha256);
  const preview = { ...shown, previewDigest: digest };
  await savePreview(house.db, { digest, case: ask.case, item: ask.item, plan, preview, at: house.now() });
  return ok({ planDigest: shown.planDigest, previewDigest: digest });
}

const BY_HAND = 'by-hand';
/** A selection of files has no columns. */
const NOTHING = { columnsKept: [], columnsDropped: [], sample: [], notes: [] };

/** Whether a plan says that somebody selected by hand: then only a file that was handed in can be delivered for it. */
export function isByHand(plan: Json): boolean {
  return isJsonObject(plan) && plan['kind'] === BY_HAND;
}
