import type { Tx } from '../../store/database.ts';
import { acknowledgePart, findDelivery, moveDelivery, partsOf, type StoredPart } from '../../store/hi1Deliveries.ts';
import { touchObjects } from '../../store/hi1Objects.ts';
import { type House, NODE_PERSON } from '../house.ts';
import { logImport } from '../imports/log.ts';

/**
 * The other system says, with its key, that it has taken a part: its bytes go from here. With the last of them the delivery is acknowledged, and the log says so. The caller holds the lock of the import. Gives the
 * log entries that were made.
 */
export async function noteAcknowledged(house: House, tx: Tx, part: StoredPart): Promise<readonly string[]> {
  const delivery = await findDelivery(tx, part.delivery);
  if (delivery?.state !== 'released' || part.acknowledged) return [];
  await acknowledgePart(tx, part);
  const parts = await partsOf(tx, part.delivery);
  if (!parts.every(({ acknowledged }) => acknowledged)) return [];
  const entry = await logImport(house, tx, {
    id: delivery.import,
    step: 'delivered',
    decision: delivery.exists === null ? 'data' : 'existence',
    role: NODE_PERSON,
    basis: [delivery.counterpart, delivery.id],
  });
  await moveDelivery(tx, part.delivery, { state: 'acknowledged', changed: entry.at });
  await touchObjects(tx, delivery.import, entry.at);
  return [entry.id];
}
