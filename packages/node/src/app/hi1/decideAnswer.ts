import { ok, type Result, refuse } from '@comity/core';
import { lockCase } from '../../store/cases.ts';
import type { Tx } from '../../store/database.ts';
import { deliveriesOf, dropContent, moveDelivery, partsOf, type StoredDelivery } from '../../store/hi1Deliveries.ts';
import { insertObjects, touchObjects } from '../../store/hi1Objects.ts';
import { findImport } from '../../store/imports.ts';
import { standInLog } from '../entry.ts';
import type { House, Person } from '../house.ts';
import { logImport } from '../imports/log.ts';

/** Which answer, and what becomes of it. */
interface Ask {
  readonly import: string;
  readonly delivery: string;
  readonly decision: 'release' | 'discard';
}

/**
 * What becomes of an answer that somebody has handed in. Another person releases it: from then on the foreign system may fetch it, or it is pushed to it. Anybody who decides here may discard it, and its bytes go. Errors:
 * `import-unknown`, `delivery-unknown`, `import-needs-second`, `item-not-open` for one that was decided, `log-slow`.
 */
export async function decideAnswer(house: House, person: Person, ask: Ask): Promise<Result<StoredDelivery['state']>> {
  const done = await house.db.transaction().execute(async (tx): Promise<Result<string>> => {
    await lockCase(tx, ask.import);
    if ((await findImport(tx, ask.import)) === undefined) return refuse('import-unknown', 'id');
    const found = (await deliveriesOf(tx, ask.import)).find(({ id, side }) => id === ask.delivery && side === 'sent');
    if (found === undefined) return refuse('delivery-unknown', 'delivery');
    const { item, state } = found;
    if (state !== 'proposed') return refuse('item-not-open', 'delivery', { item, state });
    if (ask.decision === 'discard') return ok(await discard(house, tx, { found, person }));
    if (found.person === person.id) return refuse('import-needs-second', 'person');
    return ok(await release(house, tx, { found, person }));
  });
  if (!done.ok) return done;
  const state = ask.decision === 'discard' ? 'discarded' : 'released';
  return (await standInLog(house, [done.value])) ? ok(state) : refuse('log-slow');
}

interface Deciding {
  readonly found: StoredDelivery;
  readonly person: Person;
}

async function discard(house: House, tx: Tx, { found, person }: Deciding): Promise<string> {
  const entry = await noteStep(house, tx, { found, person, step: 'discarded' });
  await moveDelivery(tx, found, { state: 'discarded', changed: entry.at });
  await dropContent(tx, found);
  return entry.id;
}

async function release(house: House, tx: Tx, { found, person }: Deciding): Promise<string> {
  const entry = await noteStep(house, tx, { found, person, step: 'released' });
  await moveDelivery(tx, found, { state: 'released', changed: entry.at });
  const base = { sender: found.counterpart, import: found.import, type: 'DeliveryObject', item: null, generation: 1 };
  const parts = await partsOf(tx, found);
  await touchObjects(tx, found.import, entry.at);
  await insertObjects(
    tx,
    parts.map(({ object }) => ({ ...base, id: object, changed: entry.at })),
  );
  const authority = house.foreign.find(({ id }) => id === found.counterpart);
  if (authority?.url !== undefined) await house.jobs.hi1(tx, authority.id);
  return entry.id;
}

function noteStep(house: House, tx: Tx, { found, person, step }: Deciding & { readonly step: 'released' | 'discarded' }) {
  const decision = found.exists === null ? 'data' : 'existence';
  const role = person.roles[0] ?? 'none';
  return logImport(house, tx, { id: found.import, step, decision, role, basis: [found.counterpart, found.id] });
}
