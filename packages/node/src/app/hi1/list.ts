import { type Instant, isJsonObject, type Json, type JsonObject, toInstant } from '@comity/core';
import {
  entry,
  errorOf,
  instantFrom,
  qualified,
  type RequestAction,
  type ResponseAction,
  refusedAction,
} from '@comity/formats/hi1';
import type { ForeignAuthority } from '../../keys/foreign.ts';
import { type Listing, objectsFrom, type StoredObject } from '../../store/hi1Objects.ts';
import type { House } from '../house.ts';

/** Records of one answer. */
const MOST = 500;
/** What was created in one second is as many as a few messages may have. */
const MOST_IN_A_SECOND = 10_000;

/**
 * The asker's own objects, the latest change first, those of deliveries for it among them. The standard has no mark to go on from, but times: an answer never ends within a second, so that whoever asks again
 * with `LastChangedTimespan` up to the second before the last one gets every object once. Where one second alone has more than `MaximumObjectCount`, that is said, with how many it has: nothing is left out silently.
 */
export async function listObjects(
  house: House,
  authority: ForeignAuthority,
  { id, ask }: RequestAction & { readonly verb: 'LIST' },
): Promise<ResponseAction> {
  if (ask['Status'] !== undefined)
    return refusedAction(id, errorOf('not-supported', 'Objects are not listed by Status here. Please list by time, and GET.'));
  const listing = listingFrom(ask, authority.id);
  if (listing === undefined)
    return refusedAction(
      id,
      errorOf(
        'not-taken',
        'MaximumObjectCount is a whole number above zero; LastChanged and both ends of LastChangedTimespan are whole seconds with a zone.',
      ),
    );
  const country = ask['CountryCode'];
  const theirs = country === undefined || country === authority.endpoint?.CountryCode;
  const found = theirs ? await objectsFrom(house.db, { ...listing, limit: listing.limit + 1 }) : [];
  const page = await pageOf(house, { listing, found });
  if (page.length > listing.limit && ask['MaximumObjectCount'] !== undefined)
    return refusedAction(
      id,
      errorOf(
        'not-taken',
        `${page.length} objects changed in one second. Please ask for as many, or name no MaximumObjectCount.`,
      ),
    );
  const records = page.map((one) => ({
    ObjectType: entry('ETSI', 'ObjectType', one.type),
    Identifier: one.id,
    ...ownerOf(house, { authority, one }),
    Generation: one.generation,
    LastChanged: qualified(secondOf(one.changed)) ?? '',
  }));
  return { id, verb: 'LIST', records };
}

/** What is asked for; undefined where a member has not its form. */
function listingFrom(ask: JsonObject, sender: string): Listing | undefined {
  const { MaximumObjectCount: count = MOST, LastChanged: changed, LastChangedTimespan: span, ObjectType: type } = ask;
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 1) return undefined;
  const ends = isJsonObject(span) ? [span['common:StartTime'], span['common:EndTime']] : [];
  if (span !== undefined && !isJsonObject(span)) return undefined;
  const [since, from, until] = [changed, ends[0], ends[1]].map(timeIn);
  if (since === 'broken' || from === 'broken' || until === 'broken') return undefined;
  const wanted = isJsonObject(type) ? type['common:Value'] : undefined;
  const start = [since, from].filter((one) => one !== undefined).sort();
  return {
    ...{ sender, limit: Math.min(count, MOST) },
    ...(start.at(-1) === undefined ? {} : { since: start.at(-1) ?? '' }),
    // The whole of the last second.
    ...(until === undefined ? {} : { until: toInstant(Date.parse(until) + 999) }),
    ...(typeof wanted === 'string' ? { type: wanted } : {}),
  };
}

function timeIn(value: Json | undefined): Instant | 'broken' | undefined {
  if (value === undefined) return undefined;
  return (typeof value === 'string' ? instantFrom(value) : undefined) ?? 'broken';
}

/** As many as are asked for, and no second in part: the whole of it where one second alone has more. */
async function pageOf(
  house: House,
  { listing, found }: { readonly listing: Listing; readonly found: readonly StoredObject[] },
): Promise<readonly StoredObject[]> {
  const page = found.slice(0, listing.limit);
  const next = found[listing.limit];
  if (next === undefined) return page;
  const whole = page.filter(({ changed }) => secondOf(changed) !== secondOf(next.changed));
  if (whole.length > 0) return whole;
  const since = secondOf(next.changed);
  const until = toInstant(Date.parse(since) + 999);
  return objectsFrom(house.db, { ...listing, since, until, limit: MOST_IN_A_SECOND });
}

function secondOf(at: Instant): Instant {
  return at.replace(/\.\d{3}Z$/, '.000Z');
}

/** Deliveries are this organisation's objects, the rest the asker's. */
function ownerOf({ party }: House, { authority, one }: { readonly authority: ForeignAuthority; readonly one: StoredObject }) {
  if (one.type === 'DeliveryObject') return { CountryCode: party.country, OwnerIdentifier: party.id };
  const { CountryCode = authority.country, UniqueIdentifier = '' } = authority.endpoint ?? {};
  return { CountryCode, OwnerIdentifier: UniqueIdentifier };
}
