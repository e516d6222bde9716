import { type JsonObject, ok, type Result, refuse } from '@comity/core';
import { type LogEntry, NO_QUORUM } from '@comity/prove';
import type { Tx } from '../store/database.ts';
import { unconfirmedSince } from '../store/quorum.ts';
import type { House } from './house.ts';

/** A quorum that is late by less than this is no matter of note: witnesses are asked once a second. */
const GRACE = 60_000;

/**
 * Whether a transfer may begin while witnesses are silent, and how its entry is marked. For a set time work goes on, marked; then only emergencies do, marked as such.
 * `opening` is the data of the case's first act. Errors: `log-unwitnessed`.
 */
export async function checkWitnessed(
  house: House,
  tx: Tx,
  about: { readonly begins: boolean; readonly opening: JsonObject },
): Promise<Result<Pick<LogEntry, 'marks'>>> {
  if (house.witnesses.policy.quorum === NO_QUORUM) return ok({});
  const since = await unconfirmedSince(tx);
  const silent = since === undefined ? 0 : Date.parse(house.now()) - Date.parse(since);
  if (silent < GRACE) return ok({});
  const emergency = about.opening['emergency'] === true;
  if (about.begins && !emergency && silent > house.unwitnessedLimit) return refuse('log-unwitnessed');
  return ok({ marks: emergency && about.begins ? ['emergency', 'unwitnessed'] : ['unwitnessed'] });
}
