import { caseInLdid, type Endpoint, ldidOf } from '@comity/formats/hi1';
import { findCase } from '../../store/cases.ts';
import type { Tx } from '../../store/database.ts';
import type { House } from '../house.ts';

/** A case of ours and its item that a task was written for. */
export interface Asked {
  readonly case: string;
  readonly item: string;
  /** Whether the order has been sent and still stands: nothing is to come in answer to any other. */
  readonly stands: boolean;
}

/** Where an order does not ask yet, or not any more. */
const SILENT = ['none', 'drafted', 'approved', 'issued', 'withdrawn', 'released', 'closed'];

/** Seats of those to whom an order is written. */
const ASKED = ['provider', 'central-in', 'executing'];

/** What of ours a reference names: a case in which whoever delivers was asked, and an item that still stands in it; undefined for anything else, and for another's case as well. */
export async function askedBy(
  house: House,
  tx: Tx,
  { ldid, endpoint }: { readonly ldid: string; readonly endpoint: Endpoint | undefined },
): Promise<Asked | undefined> {
  const from = { CountryCode: house.party.country, UniqueIdentifier: house.party.id };
  const id = caseInLdid(ldid, from);
  const found = id === undefined ? undefined : await findCase(tx, id);
  if (id === undefined || found === undefined || endpoint === undefined) return undefined;
  const { seats, items } = found.state;
  const asked = ASKED.map((seat) => seats[seat]).some((party) => party !== undefined && party === endpoint.UniqueIdentifier);
  if (!asked) return undefined;
  const item = items.find((one) => ldidOf({ from, reference: id }, one.item.id) === ldid);
  const struck = item?.tracks['approval'] === 'struck' || item?.tracks['approval'] === 'refused';
  const stage = found.state.tracks['order'] ?? found.state.tracks['request'];
  const stands = stage !== undefined && !SILENT.includes(stage);
  return item === undefined || struck ? undefined : { case: id, item: item.item.id, stands };
}
