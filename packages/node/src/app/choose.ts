import { isJsonObject, ok, type Result, refuse } from '@comity/core';
import { actsOf } from '../store/acts.ts';
import { findCase } from '../store/cases.ts';
import type { ActRequest } from './act.ts';
import type { House } from './house.ts';

interface Ask {
  readonly case: string;
  readonly request: ActRequest;
}

/**
 * Choosing a vendor: the seat goes to the party that is named, and the latest assessment is about it. The procedure asks only for the latest verdict,
 * since whom it is about is not for the vendor to read; so what binds the verdict to the party is checked here, and by whoever verifies the client's file.
 */
export async function checkChosen(house: House, ask: Ask): Promise<Result<ActRequest>> {
  const { party, seats } = ask.request.data;
  if (typeof party !== 'string') return refuse('field-missing', 'data.party');
  if (!isJsonObject(seats) || seats['vendor'] !== party) return refuse('field-invalid', 'data.seats.vendor', { kind: party });
  return assessedLast(house, ask, party);
}

/** Approving a release: the latest assessment is about the vendor that sits in the case. */
export async function checkApproved(house: House, ask: Ask): Promise<Result<ActRequest>> {
  const vendor = (await findCase(house.db, ask.case))?.state.seats['vendor'];
  return vendor === undefined ? ok(ask.request) : assessedLast(house, ask, vendor);
}

/** Permitting an onward share: the latest assessment is about the party that is named. */
export async function checkPermitted(house: House, ask: Ask): Promise<Result<ActRequest>> {
  const { party } = ask.request.data;
  return typeof party === 'string' ? assessedLast(house, ask, party) : refuse('field-missing', 'data.party');
}

async function assessedLast(house: House, ask: Ask, party: string): Promise<Result<ActRequest>> {
  const acts = await house.db.transaction().execute((tx) => actsOf(tx, ask.case, house.subjects));
  const latest = acts.findLast((act) => act.body.type === 'assess');
  // None at all: the procedure says so, with its own reason.
  if (latest === undefined) return ok(ask.request);
  const section = latest.openings['assessment']?.value;
  const about = isJsonObject(section) ? section['party'] : undefined;
  return about === party ? ok(ask.request) : refuse('assessment-of-another', 'data.party');
}
