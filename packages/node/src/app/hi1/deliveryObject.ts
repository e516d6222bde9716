import type { JsonObject } from '@comity/core';
import { deliveryObject, entry, MOST_PARTS, qualified } from '@comity/formats/hi1';
import { sha256 } from '../../keys/crypto.ts';
import { contentOf, findDelivery, isItemOf, partsOf, type StoredDelivery, type StoredPart } from '../../store/hi1Deliveries.ts';
import { objectsOfImport } from '../../store/hi1Objects.ts';
import type { House } from '../house.ts';

/**
 * A part of an answer as the object that carries it; undefined where its bytes are gone. What was acknowledged is gone from here, and says so: then it has its status and no data.
 */
export async function partObject(house: House, part: StoredPart): Promise<JsonObject | undefined> {
  const delivery = await findDelivery(house.db, part.delivery);
  if (delivery === undefined || (delivery.state !== 'released' && delivery.state !== 'acknowledged')) return undefined;
  const content = await contentFor(house, { delivery, part });
  if (content === undefined && !part.acknowledged) return undefined;
  const task = (await objectsOfImport(house.db, delivery.import)).find(({ item }) => isItemOf(delivery.item, item));
  const { country: CountryCode, id: UniqueIdentifier } = house.party;
  const place = { ldid: delivery.ldid, delivery: delivery.id, sequence: part.sequence, last: part.last, object: part.object };
  const about = { from: { CountryCode, UniqueIdentifier }, task: task?.id ?? part.object, sha256 };
  const gone = { kind: 'existence', exists: true } as const;
  const { 'delivery:Delivery': data, ...rest } = deliveryObject({ ...place, content: content ?? gone }, about);
  return {
    ...rest,
    ...(content === undefined || data === undefined ? {} : { 'delivery:Delivery': data }),
    LastChanged: qualified(delivery.changed.replace(/\.\d{3}Z$/, '.000Z')) ?? '',
    'delivery:DeliveryStatus': entry('ETSI', 'DeliveryStatus', part.acknowledged ? 'Received' : 'Available'),
  };
}

async function contentFor(
  house: House,
  { delivery, part }: { readonly delivery: StoredDelivery; readonly part: StoredPart },
): Promise<Parameters<typeof deliveryObject>[0]['content'] | undefined> {
  if (delivery.exists !== null) return { kind: 'existence', exists: delivery.exists };
  const about = { import: delivery.import, subjects: house.subjects };
  const bytes = await contentOf(house.db, part, about);
  if (bytes === undefined) return undefined;
  const { encryption, size, sha256: digest } = delivery;
  const parts = part.last ? (await partsOf(house.db, part.delivery)).length : MOST_PARTS;
  const manifest = part.last && digest !== null ? { manifest: { sha256: digest, size, parts } } : {};
  return { kind: 'data', bytes, encryption: encryption ?? '', ...manifest };
}
