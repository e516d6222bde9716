import { type Item, type Json, ok, type Result, refuse, toBase64Url } from '@comity/core';
import {
  checkSource,
  columnsNeeded,
  type Plan,
  type Preview,
  planDigest,
  planFor,
  preview,
  type SourceShape,
} from '@comity/prepare';
import { decisionsOf } from '@comity/procedure';
import { sha256 } from '../keys/crypto.ts';
import { actsOf } from '../store/acts.ts';
import { findCase } from '../store/cases.ts';
import { findPreview, savePreview } from '../store/previews.ts';
import type { ActRequest } from './act.ts';
import type { House } from './house.ts';
import { identifierOf } from './identify.ts';
import { catalogueOf, decidedOn } from './prepare/offered.ts';
import { isByHand } from './selection.ts';

/** Key name under which a recipient's tokens are made: tokens of two recipients cannot be joined. */
export const TOKEN_KEY = 'recipient';

/**
 * Compiles an item into a filter over this holder's data and counts what it would release. Nothing is released: the preview is kept, and the
 * `minimise` act names its digest.
 */
export async function previewItem(house: House, ask: { readonly case: string; readonly item: string }): Promise<Result<Preview>> {
  const found = await findCase(house.db, ask.case);
  const state = found?.state.items.find((candidate) => candidate.item.id === ask.item);
  if (found === undefined) return refuse('case-unknown', 'case');
  if (state === undefined) return refuse('item-unknown', 'item', { item: ask.item });
  const planned = await planItem(house, { case: ask.case, item: state.item });
  if (!planned.ok) return planned;
  const { plan, source } = planned.value;
  const shown = await preview(plan, source);
  if (!shown.ok) return shown;
  // Both are plain JSON by construction; their digests are what is signed.
  const stored = {
    digest: shown.value.previewDigest,
    case: ask.case,
    item: ask.item,
    plan: plan as unknown as Json,
    preview: shown.value as unknown as Json,
    at: house.now(),
  };
  await savePreview(house.db, stored);
  return shown;
}

async function planItem(
  house: House,
  ask: { readonly case: string; readonly item: Item },
): Promise<Result<{ readonly plan: Plan; readonly source: SourceShape }>> {
  const acts = await house.db.transaction().execute((tx) => actsOf(tx, ask.case, house.subjects));
  const identifier = identifierOf(acts, ask.item);
  if (!identifier.ok) return identifier;
  const zip3 = house.restrictedZip3 === undefined ? {} : { restrictedZip3: house.restrictedZip3 };
  const options = { nonce: toBase64Url(house.random(32)), keyRef: TOKEN_KEY, on: house.now().slice(0, 10), ...zip3 };
  const plans = planFor([{ item: ask.item, identifier: identifier.value }], await catalogueOf(house), options);
  if (!plans.ok) return plans;
  const [plan] = plans.value;
  if (plan === undefined) return refuse('nothing-selected', 'item');
  const source = await sourceOf(house, plan);
  return source.ok ? ok({ plan, source: source.value }) : source;
}

/** The data file that a plan reads, checked: it is there, readable, and has the columns that the plan needs. */
export async function sourceOf(house: House, plan: Plan): Promise<Result<SourceShape>> {
  const entry = await decidedOn(house, plan.dataset);
  return entry === undefined
    ? refuse('dataset-unknown', 'dataset', { category: plan.category, identifierType: '' })
    : checkSource(entry.path, entry.format, columnsNeeded(plan));
}

/** Completes a `minimise` act from the previews that its decisions name: the counts are those that were shown, never what a page sends. */
export async function completeMinimise(
  house: House,
  ask: { readonly case: string; readonly request: ActRequest },
): Promise<Result<ActRequest>> {
  const decisions = [];
  const catalogue = await catalogueOf(house);
  for (const [index, decision] of decisionsOf(ask.request.data).entries()) {
    const shown = await findPreview(house.db, String(decision['preview']));
    if (shown === undefined || shown.case !== ask.case || shown.item !== decision.item)
      return refuse('preview-stale', `data.decisions.${index}.preview`);
    // Parser: savePreview wrote these.
    const [plan, counts] = [shown.plan as unknown as Plan, shown.preview as unknown as Preview];
    // What nobody has decided on yet must still be there to be asked for; what was selected by hand is in no catalogue.
    if (!isByHand(shown.plan) && !catalogue.some(({ dataset }) => dataset === plan.dataset))
      return refuse('offer-ended', `data.decisions.${index}.preview`);
    decisions.push({
      item: decision.item,
      choice: decision.choice,
      plan: planDigest(plan, sha256),
      preview: shown.digest,
      rowsTotal: counts.rowsTotal,
      rowsKept: counts.rowsKept,
    });
  }
  return ok({ ...ask.request, data: { ...ask.request.data, decisions } });
}
