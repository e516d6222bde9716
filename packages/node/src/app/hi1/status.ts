import { fromUtf8, isJsonObject, type JsonObject } from '@comity/core';
import {
  entry,
  errorOf,
  instantFrom,
  kindOf,
  objectsOf,
  qualified,
  type RequestAction,
  type ResponseAction,
  readMessage,
  readMessageJson,
  refusedAction,
  statusEntry,
} from '@comity/formats/hi1';
import type { ForeignAuthority } from '../../keys/foreign.ts';
import { findCase, type StoredCase } from '../../store/cases.ts';
import { findObject, objectsFrom, type StoredObject } from '../../store/hi1Objects.ts';
import { findImport, originalOf, type StoredImport } from '../../store/imports.ts';
import type { House } from '../house.ts';

const MOST = 500;

/** What became of an object of the asker's own: as it was sent, with where it stands now. Nobody sees what another has sent. */
export async function getObject(
  house: House,
  authority: ForeignAuthority,
  action: RequestAction & { readonly verb: 'GET' },
): Promise<ResponseAction> {
  const found = await findObject(house.db, action.identifier);
  const stored = found === undefined ? undefined : await findImport(house.db, found.import);
  if (found === undefined || stored === undefined || found.sender !== authority.id)
    return refusedAction(action.id, errorOf('not-found', 'There is no such object of yours here.'));
  const sent = await sentObject(house, found);
  if (sent === undefined) return refusedAction(action.id, errorOf('not-found', 'What was sent was erased here.'));
  const { LastChanged: _changed, Generation: _generation, ...rest } = sent;
  const about = stored.case === null ? undefined : await findCase(house.db, stored.case);
  const changed = qualified(found.changed.replace(/\.\d{3}Z$/, '.000Z')) ?? '';
  const object = {
    ...rest,
    Generation: found.generation,
    LastChanged: changed,
    ...statusMembers(sent, { found, stored, about }),
  };
  return { id: action.id, verb: 'GET', object };
}

async function sentObject(house: House, found: StoredObject): Promise<JsonObject | undefined> {
  const bytes = await originalOf(house.db, found.import, house.subjects);
  if (bytes === undefined) return undefined;
  const read = readOriginal(bytes);
  return read?.find((object) => object['ObjectIdentifier'] === found.id);
}

/** The objects in an original: JSON, or a compact JWS of it. It was checked when it came. */
function readOriginal(bytes: Uint8Array): readonly JsonObject[] | undefined {
  const direct = readMessage(bytes);
  if (direct.ok) return objectsOf(direct.value.message).map(({ object }) => object);
  const [, payload] = fromUtf8(bytes).trim().split('.');
  const json: unknown = payload === undefined ? undefined : JSON.parse(Buffer.from(payload, 'base64url').toString());
  const read = isJsonObject(json) ? readMessageJson(json) : undefined;
  return read?.ok === true ? objectsOf(read.value.message).map(({ object }) => object) : undefined;
}

const OF_IMPORT = {
  quarantined: 'SUBMITTED',
  proposed: 'SUBMITTED',
  'taken-up': 'APPROVED',
  refused: 'REFUSED',
  withdrawn: 'WITHDRAWN',
} as const;
const DISCLOSURE = {
  quarantined: 'AwaitingApproval',
  proposed: 'AwaitingApproval',
  'taken-up': 'AwaitingDisclosure',
  refused: 'Rejected',
  withdrawn: 'Cancelled',
} as const;
const PRESERVATION = {
  ...DISCLOSURE,
  quarantined: 'AwaitingPreservation',
  proposed: 'AwaitingPreservation',
  'taken-up': 'AwaitingPreservation',
} as const;

interface About {
  readonly found: StoredObject;
  readonly stored: StoredImport;
  readonly about: StoredCase | undefined;
}

/** Where an object stands, in the members that its kind has for it. */
function statusMembers(object: JsonObject, { found, stored, about }: About): JsonObject {
  const kind = kindOf(object);
  if (kind === 'authorisation') return { 'auth:AuthorisationStatus': statusEntry(OF_IMPORT[stored.state]) };
  if (kind === 'disclosure')
    return { 'task:Status': entry('ETSI', 'LDTaskStatus', ofItem(about, found) ?? DISCLOSURE[stored.state]) };
  return kind === 'preservation' ? { 'task:Status': entry('ETSI', 'LPTaskStatus', PRESERVATION[stored.state]) } : {};
}

/** What the case says of the item of a task, once it was taken up. */
function ofItem(about: StoredCase | undefined, { item }: StoredObject): string | undefined {
  const tracks = about?.state.items.find((one) => one.item.id === item)?.tracks;
  if (tracks?.['answer'] === 'delivered') return 'Disclosed';
  if (tracks?.['answer'] === 'refused') return 'DisclosureNotAvailable';
  return tracks?.['approval'] === 'struck' ? 'Rejected' : undefined;
}

/** The asker's own objects, the latest change first. */
export async function listObjects(
  house: House,
  authority: ForeignAuthority,
  { id, ask }: RequestAction & { readonly verb: 'LIST' },
): Promise<ResponseAction> {
  const { MaximumObjectCount: count = MOST, LastChanged: changed } = ask;
  const since = instantFrom(typeof changed === 'string' ? changed : undefined);
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 1 || (changed !== undefined && since === undefined))
    return refusedAction(
      id,
      errorOf('not-taken', 'MaximumObjectCount is a whole number above zero; LastChanged is whole seconds with a zone.'),
    );
  const most = Math.min(count, MOST);
  const type = ask['ObjectType'];
  const wanted = isJsonObject(type) ? type['common:Value'] : undefined;
  const found = (await objectsFrom(house.db, authority.id, MOST)).filter(
    (one) => (since === undefined || one.changed >= since) && (wanted === undefined || wanted === one.type),
  );
  const records = found.slice(0, most).map((one) => ({
    ObjectType: entry('ETSI', 'ObjectType', one.type),
    Identifier: one.id,
    OwnerIdentifier: authority.endpoint?.UniqueIdentifier ?? '',
    Generation: one.generation,
    LastChanged: qualified(one.changed.replace(/\.\d{3}Z$/, '.000Z')) ?? '',
  }));
  return { id, verb: 'LIST', records };
}
