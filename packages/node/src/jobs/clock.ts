import { clockOf } from '@comity/procedure';
import { procedureFor } from '../app/append.ts';
import { entryOf, logEntries } from '../app/entry.ts';
import { type House, NODE_PERSON, settingOf } from '../app/house.ts';
import { findCase, lockCase } from '../store/cases.ts';

/** A due time has come: when nothing has stopped the clock, the log says so, once. */
export async function noteDue(
  house: House,
  job: { readonly case: string; readonly clock: string; readonly kind: 'strict' | 'formal' },
): Promise<void> {
  await house.db.transaction().execute(async (tx) => {
    await lockCase(tx, job.case);
    const stored = await findCase(tx, job.case);
    const loaded =
      stored === undefined ? undefined : procedureFor(house, { id: stored.procedure, sha256: stored.procedureSha256 });
    if (stored === undefined || loaded === undefined || !loaded.ok) return;
    const now = house.now();
    const clock = clockOf(settingOf(house, loaded.value.procedure), stored.state, { id: job.clock, now });
    if (clock === undefined || clock.state === 'stopped' || now < clock[job.kind]) return;
    await logEntries(house, tx, [
      entryOf(house, { t: `deadline.${job.kind}`, case: job.case, at: now, role: NODE_PERSON, decision: job.clock }),
    ]);
  });
}
