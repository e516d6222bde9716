import { ok, type Result, refuse, toHex } from '@comity/core';
import { type LogEntry, parseSize } from '@comity/prove';
import { blankEntry, entryAt } from '../store/blank.ts';
import { lockCase } from '../store/cases.ts';
import type { Tx } from '../store/database.ts';
import type { Place } from '../store/logWriter.ts';
import { REDACTED } from '../store/stage.ts';
import { entryOf, type Logging, logStagings, nextInstant } from './entry.ts';
import { type House, NODE_PERSON } from './house.ts';
import { checkOrders, type Ordered } from './order.ts';

/** What of a house it takes to redact. */
export type Redacting = Logging & Pick<House, 'db' | 'directory' | 'now'> & { readonly redactionOrders: number };

/** What was redacted, and the id of the entry that says so. */
export interface Redacted {
  readonly place: Place;
  readonly entry: string;
}

/**
 * Blanks one entry of this node's log by order of overseers: its bytes go, its leaf hash stays, and an entry of the same log says so with the orders, in one
 * transaction. Roots, proofs and cosignatures hold. Backups and copies of the database keep what they had. Errors: those of checkOrders, `entry-unknown` for a place that
 * is not there or holds another leaf, `already-redacted`.
 */
export async function redactEntry(house: Redacting, given: readonly unknown[]): Promise<Result<Redacted>> {
  const ordered = checkOrders(house, given, house.redactionOrders);
  if (!ordered.ok) return ordered;
  const { origin, index: decimal } = ordered.value.redaction;
  const year = Number(origin.slice(-4));
  const index = parseSize(decimal);
  if (origin !== `${house.party.logOrigin}/${year}` || !index.ok) return refuse('entry-unknown', 'origin');
  return redactAt(house, { year, index: index.value }, ordered.value);
}

async function redactAt(house: Redacting, place: Place, ordered: Ordered): Promise<Result<Redacted>> {
  const standing = await entryAt(house.db, place);
  if (standing === undefined || toHex(standing.leaf) !== ordered.redaction.leaf) return refuse('entry-unknown', 'leaf');
  const { entry } = standing;
  if (entry === undefined) return refuse('already-redacted', 'index');
  // The order that keeps another blank place from being tampering cannot itself be taken away.
  if (entry.t === REDACTED) return refuse('order-invalid', 'index');
  return house.db.transaction().execute(async (tx): Promise<Result<Redacted>> => {
    await lockCase(tx, entry.case);
    const again = await entryAt(tx, place);
    if (again?.entry === undefined) return refuse('already-redacted', 'index');
    await blankEntry(tx, place);
    return ok({ place, entry: await sayRedacted(house, tx, { place, entry, ordered }) });
  });
}

async function sayRedacted(
  house: Redacting,
  tx: Tx,
  about: { readonly place: Place; readonly entry: LogEntry; readonly ordered: Ordered },
): Promise<string> {
  const { act, t: was, case: caseId } = about.entry;
  const { index, leaf, reason } = about.ordered.redaction;
  const at = await nextInstant(house, tx, caseId);
  const said = entryOf(house, {
    t: 'redacted',
    case: caseId,
    at,
    role: NODE_PERSON,
    decision: reason,
    index,
    refs: [leaf],
    was,
    orders: about.ordered.orders,
    ...(act === undefined ? {} : { act }),
  });
  await logStagings(house, tx, [{ entry: said, year: about.place.year }]);
  return said.id;
}
